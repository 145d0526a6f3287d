"""First visit: what a browser with an empty cache fetches for one page, counted on the wire.

In: a folder with a built site, a browser, an address. Out: requests with their bytes, layout shift, and what
the page holds. The server compresses with gzip at level 6, as nginx and most static hosts can; hosts with
brotli send less. It counts what it sends, so workers hide nothing. It knows no page and no budget.
"""

from __future__ import annotations

import gzip
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser

_COMPRESSED = {".html", ".css", ".js", ".mjs", ".json", ".svg", ".xml", ".txt", ".webmanifest"}
_KINDS = {
    ".html": "page",
    ".css": "style",
    ".js": "script",
    ".mjs": "script",
    ".woff2": "font",
    ".woff": "font",
    ".ttf": "font",
}
_QUIET_MS = 1_000
"""How long nothing may be fetched until a visit counts as done; what loads at idle is in it."""
_SHIFTS = """
globalThis.shifted = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) globalThis.shifted += entry.value;
}).observe({ type: "layout-shift", buffered: true });
"""
_UNSIZED = "() => [...document.images].filter(i => !i.width || !i.height).map(i => i.src)"


@dataclass(frozen=True)
class Request:
    """One request: its path, what kind of file it is, and its bytes on the wire with headers."""

    path: str
    kind: str
    bytes: int


@dataclass
class Visit:
    """All that one first visit fetched, and what was seen."""

    requests: list[Request] = field(default_factory=list)
    shift: float = 0.0
    unsized: list[str] = field(default_factory=list)
    """Images without width and height."""

    def of(self, kind: str = "") -> int:
        """Bytes of the requests of a kind; of all, when none is named."""
        return sum(one.bytes for one in self.requests if kind in ("", one.kind))


class CompressingServer(ThreadingHTTPServer):
    """Serves a folder with gzip, and counts what it sends."""

    daemon_threads = True

    def __init__(self, folder: Path) -> None:
        self.folder, self.sent = folder, list[Request]()
        super().__init__(("127.0.0.1", 0), _Gzip)

    @property
    def address(self) -> str:
        """Where it serves, with a slash at its end."""
        return f"http://127.0.0.1:{self.server_address[1]}/"


class _Gzip(BaseHTTPRequestHandler):
    server: CompressingServer

    def do_GET(self) -> None:
        path = self.server.folder / urlsplit(self.path).path.strip("/")
        path = path / "index.html" if path.is_dir() else path
        body, packed = path.read_bytes() if path.is_file() else b"", path.suffix in _COMPRESSED
        body = gzip.compress(body, 6, mtime=0) if packed else body
        self.send_response(200 if path.is_file() else 404)
        self.send_header("Content-Type", SimpleHTTPRequestHandler.guess_type(self, path))  # type: ignore[arg-type]
        self.send_header("Content-Length", str(len(body)))
        if packed:
            self.send_header("Content-Encoding", "gzip")
        length = sum(map(len, self._headers_buffer)) + 2 + len(body)  # type: ignore[attr-defined]
        self.server.sent.append(Request(self.path, _KINDS.get(path.suffix, "other"), length))
        self.end_headers()
        self.wfile.write(body)

    # What SimpleHTTPRequestHandler.guess_type looks into.
    extensions_map = SimpleHTTPRequestHandler.extensions_map

    def version_string(self) -> str:
        return "static"

    def date_time_string(self, timestamp: float | None = None) -> str:
        return "Thu, 01 Jan 2026 00:00:00 GMT"  # the same bytes at each visit

    def log_message(self, format: str, *args: Any) -> None:
        pass


@contextmanager
def serving_compressed(folder: Path) -> Iterator[CompressingServer]:
    """Serve a folder with gzip on a free port."""
    server = CompressingServer(folder)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


def first_visit(browser: Browser, server: CompressingServer, url: str) -> Visit:
    """Open a page in a fresh profile without a service worker, wait until all is quiet, and count."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, service_workers="block")
    context.add_init_script(_SHIFTS)
    server.sent.clear()
    try:
        page = context.new_page()
        page.goto(server.address + url, wait_until="load")
        seen = -1
        while seen != len(server.sent):
            seen = len(server.sent)
            page.wait_for_timeout(_QUIET_MS)
        return Visit(list(server.sent), page.evaluate("shifted"), page.evaluate(_UNSIZED))
    finally:
        context.close()
