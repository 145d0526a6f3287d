"""Served: how long after an edit `undelivered serve` shows it.

In: a project's folder and a function that edits it. Out: wall seconds and CPU seconds, the least of some
edits. It starts one server on a free port of 127.0.0.1 and ends it.
"""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from measure import cpu_of_session

PAGE = "/steps/step-0-0/"
PATIENCE = 300.0
_BETWEEN = 0.05


class NeverShown(Exception):
    """The server did not show what it should in time."""


def seconds_until_shown(project: Path, edit: Callable[[Path, str], None], edits: int) -> tuple[float, float]:
    """The least wall and CPU seconds from saving a file until the page has the new word."""
    wall, cpu = [], []
    with _server(project) as (port, session):
        _wait(port, "</html>")
        for number in range(edits):
            word = f"shown{'abcdefghij'[number % 10]}"
            edit(project, word)
            start, spent = time.monotonic(), cpu_of_session(session)
            _wait(port, word.capitalize())
            wall.append(time.monotonic() - start)
            cpu.append(cpu_of_session(session) - spent)
    return min(wall), min(cpu)


@contextmanager
def _server(project: Path) -> Iterator[tuple[int, int]]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [str(Path(sys.executable).with_name("undelivered")), "serve", "--address", f"127.0.0.1:{port}"]
    quiet = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}
    with subprocess.Popen(
        command,
        cwd=project,
        env=quiet,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as server:
        try:
            yield port, server.pid
        finally:
            os.killpg(server.pid, signal.SIGTERM)


def _wait(port: int, words: str) -> None:
    end = time.monotonic() + PATIENCE
    while words not in _page(port):
        if time.monotonic() > end:
            raise NeverShown(f'serve did not show "{words}" within {PATIENCE:.0f} seconds')
        time.sleep(_BETWEEN)


def _page(port: int) -> str:
    """The page as served now; nothing while the server does not answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request("GET", PAGE)
        return connection.getresponse().read().decode("utf-8", "replace")
    except (OSError, http.client.HTTPException):
        return ""
    finally:
        connection.close()
