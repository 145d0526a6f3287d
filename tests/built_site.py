"""The project built in a folder of its own, and served from there: the developer's site/ is never touched.

In: the project's sources. Out: a copy of them, a built site, and an address on 127.0.0.1. It opens no page.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from generator import pipeline
from generator.catalog import Catalog
from generator.site import DOCS, SITE

PROJECT = Path(__file__).parents[1]
PARTS = ("content", "generator", "site_overrides", "mkdocs.yml")
ENVIRONMENT = {
    **{name: value for name, value in os.environ.items() if name not in ("SITE_URL", "REPO_URL")},
    "NO_MKDOCS_2_WARNING": "1",
    "DISABLE_MKDOCS_2_WARNING": "true",
    "PYTHONUNBUFFERED": "1",
}


def copy_project(to: Path) -> Path:
    """The project's sources in a new folder."""
    for part in PARTS:
        source = PROJECT / part
        if source.is_dir():
            shutil.copytree(source, to / part, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            to.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, to / part)
    return to


def command(*arguments: str) -> list[str]:
    """The command `undelivered`; in the folder of a copy it runs the copy's own code."""
    return [sys.executable, "-m", "generator.cli", *arguments]


def undelivered(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command in a copy of the project."""
    return subprocess.run(
        command(*arguments), cwd=root, env=ENVIRONMENT, capture_output=True, text=True, check=False
    )


def pages_of(folder: Path) -> dict[str, Path]:
    """The file of every page below a folder, by its site-relative address; the home page is ""."""
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*.html")}
    return {name.removesuffix("index.html"): path for name, path in sorted(found.items())}


@dataclass(frozen=True)
class BuiltSite:
    """A copy of the project with its docs tree and its site."""

    root: Path

    @property
    def folder(self) -> Path:
        return self.root / SITE

    @property
    def docs(self) -> Path:
        return self.root / DOCS

    @cached_property
    def urls(self) -> list[str]:
        """Every page that the docs tree asks for, as a site-relative address; the home page is ""."""
        pages = (path.parent.relative_to(self.docs) for path in self.docs.rglob("index.md"))
        return sorted("" if page == Path() else f"{page.as_posix()}/" for page in pages)

    @cached_property
    def pages(self) -> dict[str, Path]:
        """The file of every page that can be opened, also of the one for addresses that are not there."""
        return pages_of(self.folder)

    @cached_property
    def catalog(self) -> Catalog:
        from datetime import date

        return pipeline.check(self.root, date.today()).catalog

    def page(self, url: str) -> Path:
        return self.folder / url / "index.html"

    def source(self, url: str) -> Path:
        return self.docs / url / "index.md"


def build(root: Path) -> BuiltSite:
    """Build a copy of the project."""
    done = undelivered(root, "build")
    assert done.returncode == 0, done.stdout + done.stderr
    return BuiltSite(root)


def edit(path: Path, old: str, new: str) -> None:
    """Replace a text that stands exactly once in a file."""
    text = path.read_text("utf-8")
    assert text.count(old) == 1, f"{text.count(old)} times in {path}: {old}"
    path.write_text(text.replace(old, new), "utf-8")


class _Pages(SimpleHTTPRequestHandler):
    """Serves the server's folder as a static host does, with its 404 page."""

    def __init__(self, request: Any, client: Any, server: SiteServer) -> None:
        super().__init__(request, client, server, directory=str(server.folder))

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        missing = Path(self.directory) / "404.html"
        if code != 404 or not missing.is_file():
            return super().send_error(code, message, explain)
        body = missing.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        return None

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-cache")  # the folder may be exchanged at any time
        super().end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        pass


class SiteServer(ThreadingHTTPServer):
    """A static server whose folder can be exchanged, as a deployment does."""

    daemon_threads = True

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        super().__init__(("127.0.0.1", 0), _Pages)  # type: ignore[arg-type]

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that leaves while it is being answered is no news."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


@contextmanager
def serving(folder: Path) -> Iterator[SiteServer]:
    """Serve a folder until the block ends."""
    server = SiteServer(folder)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()
