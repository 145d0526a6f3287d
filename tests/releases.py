"""Releases of the built site, and a host that publishes them, breaks them and goes away.

In: the folder of a built site. Out: new folders with changed files and the worker that belongs to them; a
server whose release can be exchanged, which can answer wrongly and be stopped. It opens no page.
"""

from __future__ import annotations

import shutil
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from built_site import PROJECT

from generator import offline

WORKERS = PROJECT / "site_overrides/assets/javascripts"
NAMED_FOR_EVER = "assets/named-for-ever.js"
"""A file of every release whose name does not change with its bytes, as that of the search data."""
Change = Callable[[str, bytes], bytes]


def files_of(folder: Path) -> dict[str, bytes]:
    """All files of a site by path."""
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def marked(name: str) -> Change:
    """A change of every text file: each page, script and style sheet names its release."""

    def change(path: str, data: bytes) -> bytes:
        kind = path.rpartition(".")[2]
        if kind == "html":
            return data.replace(b"</body>", f"<!-- release {name} --></body>".encode())
        comments = {"js": f"\n// release {name}", "css": f"\n/* release {name} */"}
        return data + comments.get(kind, "").encode()

    return change


def release(built: Path, to: Path, change: Change, *, before_worker: str = "") -> Path:
    """The built site with each file changed, and its worker; `before_worker` is put before its source."""
    shutil.rmtree(to, ignore_errors=True)
    old = {**files_of(built), NAMED_FOR_EVER: b""}
    files = {path: change(path, data) for path, data in old.items() if path != offline.PATH}
    pages = {path: data for path, data in files.items() if path.endswith(".html")}
    others = {path: data for path, data in files.items() if path not in pages}
    template = before_worker + (WORKERS / "worker.js").read_text("utf-8")
    for path, data in {**files, **offline.worker(template, pages, others)}.items():
        (to / path).parent.mkdir(parents=True, exist_ok=True)
        (to / path).write_bytes(data)
    return to


class Host:
    """A static host with one release at a time, on one address for as long as the test lasts."""

    def __init__(self, release: Path, below: str = "/") -> None:
        self.release = release
        self.below = below
        self.status: dict[str, int] = {}
        """Answers instead of files, by path; "*" is any."""
        self.bytes: dict[str, bytes] = {}
        """Other bytes for a file, by path."""
        self.asked: list[str] = []
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self._server: ThreadingHTTPServer | None = None

    @property
    def home(self) -> str:
        return f"http://127.0.0.1:{self.port}{self.below}"

    def start(self) -> None:
        host = self

        class Handler(SimpleHTTPRequestHandler):
            def do_GET(self) -> None:
                host._answer(self)

            def log_message(self, format: str, *args: object) -> None:
                pass

        ThreadingHTTPServer.allow_reuse_address = True
        self._server = ThreadingHTTPServer(("127.0.0.1", self.port), Handler)
        self._server.daemon_threads = True
        threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True
        ).start()

    def stop(self) -> None:
        """No server any more: what browsers meet without a network."""
        if self._server:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    def heal(self) -> None:
        """Answers rightly again."""
        self.status.clear()
        self.bytes.clear()

    def _answer(self, request: SimpleHTTPRequestHandler) -> None:
        path = request.path.partition("?")[0].removeprefix(self.below)
        self.asked.append(path)
        file = self.release / path
        if file.is_dir() and path and not path.endswith("/"):
            request.send_response(301)
            request.send_header("Location", f"{self.below}{path}/")
            request.send_header("Content-Length", "0")
            request.end_headers()
            return
        file = file / "index.html" if file.is_dir() else file
        status = self.status.get(path, self.status.get("*", 200 if file.is_file() else 404))
        body = self.bytes.get(path, file.read_bytes() if file.is_file() else b"")
        self._send(request, status, request.guess_type(file), body if status == 200 else self._missing())

    def _missing(self) -> bytes:
        page = self.release / "404.html"
        return page.read_bytes() if page.is_file() else b""

    def _send(self, request: SimpleHTTPRequestHandler, status: int, kind: str, body: bytes) -> None:
        request.send_response(status)
        request.send_header("Content-Type", kind if status == 200 else "text/html")
        request.send_header("Content-Length", str(len(body)))
        request.send_header("Cache-Control", "no-cache")
        request.end_headers()
        request.wfile.write(body)


@contextmanager
def hosting(release: Path, below: str = "/") -> Iterator[Host]:
    """A host that runs until the block ends."""
    host = Host(release, below)
    host.start()
    try:
        yield host
    finally:
        host.stop()
