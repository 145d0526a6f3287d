"""The dev server: serves the site while it is written, with live reload; decides nothing.

In: an address, a folder, and a function that builds into it and returns problems. Out: pages that reload
after each edit, with the problems on top of the last good ones. MkDocs' own server does the work.
"""

from __future__ import annotations

import html
import logging
import re
from collections.abc import Callable, Iterable
from pathlib import Path

from mkdocs.livereload import LiveReloadServer

# The reload script stands in the page and would be refused; what is published keeps its policy.
_POLICY = re.compile(rb'<meta http-equiv="?Content-Security-Policy"?[^>]*>', re.IGNORECASE)
_BODY = re.compile(rb"<body[^>]*>")

Rebuild = Callable[[], list[str]]
"""Builds the site anew and returns what is wrong, a line each."""


def serve(host: str, port: int, site: Path, watched: Iterable[Path], rebuild: Rebuild) -> None:
    """Serve a folder until interrupted; `rebuild` runs after each change below the watched paths."""
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    server = _Preview(host, port, site, rebuild)
    for path in watched:
        if path.exists():
            server.watch(str(path))
    try:
        server.serve()  # type: ignore[no-untyped-call]
    except KeyboardInterrupt:
        server.shutdown()


class _Preview(LiveReloadServer):
    """MkDocs' server, showing problems on every page."""

    def __init__(self, host: str, port: int, site: Path, rebuild: Rebuild) -> None:
        self._rebuild = rebuild
        self._problems = rebuild()
        super().__init__(self._build, host, port, str(site))
        self.error_handler = self._missing

    def _build(self) -> None:
        self._problems = self._rebuild()

    def _missing(self, code: int) -> bytes | None:
        page = Path(self.root) / "404.html"
        return self._shown(page.read_bytes()) if code == 404 and page.is_file() else None

    def _inject_js_into_html(self, content: bytes, epoch: int) -> bytes:
        shown = self._shown(content)
        return bytes(super()._inject_js_into_html(shown, epoch))  # type: ignore[no-untyped-call]

    def _shown(self, content: bytes) -> bytes:
        """A page without its policy, and with what is wrong right now on top."""
        lines = "".join(f"<li>{html.escape(problem)}</li>" for problem in self._problems)
        banner = f'<div class="u-problems"><strong>content/</strong><ul>{lines}</ul></div>' if lines else ""
        page = _POLICY.sub(b"", content)
        return _BODY.sub(lambda found: found[0] + banner.encode(), page, count=1)
