"""Fixtures for every test that opens a page: a real Chromium, a fresh profile, no error unseen.

In: nothing but the browser that `chromium.py` finds. Out: `browser`, `context`, `page`, `page_errors`,
`serve`. It knows nothing of the project's pages.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from chromium import find_chromium
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

Serve = Callable[..., str]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A file's tests stay together on one worker, but for those that name a group of their own."""
    for item in items:
        if item.get_closest_marker("xdist_group") is None:
            item.add_marker(pytest.mark.xdist_group(item.path.name))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the whole run."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture
def page_errors() -> list[str]:
    """What went wrong on any page of the test; one that expects an error takes it out of the list."""
    return []


@pytest.fixture
def context(browser: Browser, page_errors: list[str]) -> Iterator[BrowserContext]:
    """A fresh profile; open a second tab with `context.new_page()`."""
    fresh = browser.new_context()
    fresh.set_default_timeout(5_000)
    fresh.on("weberror", lambda error: page_errors.append(str(error.error)))
    fresh.on("console", lambda said: page_errors.append(said.text) if said.type == "error" else None)
    yield fresh
    fresh.close()
    assert page_errors == []


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """A tab of a fresh profile; the test fails on an uncaught error or an error in the console."""
    return context.new_page()


class _Quiet(SimpleHTTPRequestHandler):
    """Serves a folder with extra headers, and writes no log."""

    def __init__(self, *args: Any, headers_out: Mapping[str, str], **kwargs: Any) -> None:
        self.headers_out = headers_out
        super().__init__(*args, **kwargs)

    def end_headers(self) -> None:
        for name, value in self.headers_out.items():
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Serves a folder on 127.0.0.1: `serve(folder, headers={...})` returns its address."""
    servers: list[ThreadingHTTPServer] = []

    def start(folder: Path, headers: Mapping[str, str] | None = None) -> str:
        handler = partial(_Quiet, directory=str(folder), headers_out=headers or {})
        server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        servers.append(server)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{server.server_address[1]}"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()
