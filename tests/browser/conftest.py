"""Fixtures for tests of the whole site: built once, served and unpacked once, every page watched.

In: the project, Chromium. Out: `built`; `site`, the way it is opened: a test that asks for it runs from a server
and again from the unpacked download; `server` and `home` for tests that need a server; `open_context`; `context`
and `page` as everywhere, and no request to another host or for another file passes unseen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from addresses import Site, unpack
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


@pytest.fixture(scope="session")
def unpacked(built: BuiltSite, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The download, unpacked below a name with a space and an umlaut; opened from file://."""
    return unpack(built, tmp_path_factory.mktemp("stick") / "Mein Ordner äöü")


@pytest.fixture(params=["served", "folder"])
def site(request: pytest.FixtureRequest, built: BuiltSite, home: str, unpacked: Site) -> Site:
    """The site in each of the two ways that readers open it."""
    return Site(home, built.folder) if request.param == "served" else unpacked


def watch(context: BrowserContext, ours: tuple[str, ...], errors: list[str]) -> None:
    """Notes every request for what is not ours, uncaught error and error in the console."""

    def note_request(request: Any) -> None:
        if not request.url.startswith((*ours, "data:", "blob:", "about:")):
            errors.append(f"request to {request.url}")

    context.set_default_timeout(15_000)
    context.on("request", note_request)
    context.on("weberror", lambda error: errors.append(str(error.error)))
    context.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)


@pytest.fixture
def open_context(
    browser: Browser, home: str, unpacked: Site, page_errors: list[str]
) -> Iterator[OpenContext]:
    """Opens fresh profiles: `open_context(viewport={...})`; the test fails when a page of them misbehaves."""
    opened: list[BrowserContext] = []

    def start(**options: Any) -> BrowserContext:
        fresh = browser.new_context(**options)
        watch(fresh, (home, unpacked.base), page_errors)
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
