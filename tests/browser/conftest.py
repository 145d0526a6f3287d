"""Fixtures for tests of the whole site: built once, served on 127.0.0.1, every page watched.

In: the project, Chromium. Out: `built`, `server`, `home`, `open_context`; `context` and `page` as everywhere,
and no request to another host passes unseen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from built_site import BuiltSite, SiteServer, build, copy_project, serving
from playwright.sync_api import Browser, BrowserContext

OpenContext = Callable[..., BrowserContext]


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """The whole site, built once for each worker."""
    return build(copy_project(tmp_path_factory.mktemp("project") / "copy"))


@pytest.fixture(scope="session")
def server(built: BuiltSite) -> Iterator[SiteServer]:
    """Serves the built site."""
    with serving(built.folder) as running:
        yield running


@pytest.fixture(scope="session")
def home(server: SiteServer) -> str:
    """The address of the built site, with a slash at its end."""
    return server.address


def watch(context: BrowserContext, home: str, errors: list[str]) -> None:
    """Notes every request to another host, uncaught error and error in the console."""

    def note_request(request: Any) -> None:
        if request.url.startswith(("http:", "https:", "ws:", "wss:")) and not request.url.startswith(home):
            errors.append(f"request to {request.url}")

    context.set_default_timeout(15_000)
    context.on("request", note_request)
    context.on("weberror", lambda error: errors.append(str(error.error)))
    context.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)


@pytest.fixture
def open_context(browser: Browser, home: str, page_errors: list[str]) -> Iterator[OpenContext]:
    """Opens fresh profiles: `open_context(viewport={...})`; the test fails when a page of them misbehaves."""
    opened: list[BrowserContext] = []

    def start(**options: Any) -> BrowserContext:
        fresh = browser.new_context(**options)
        watch(fresh, home, page_errors)
        opened.append(fresh)
        return fresh

    yield start
    for context in opened:
        context.close()
    assert page_errors == []


@pytest.fixture
def context(open_context: OpenContext) -> BrowserContext:
    """A fresh profile; open a second tab with `context.new_page()`."""
    return open_context()
