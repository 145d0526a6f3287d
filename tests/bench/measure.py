"""Measure: what one command costs, counted by the operating system.

In: a command and its folder. Out: CPU seconds of all its processes together, wall seconds, and peak
memory, both of the largest process and of all at once. It refuses to know what the command does.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_PROC = Path("/proc")
_EVERY = 0.1
"""Seconds between two looks at the memory of the running processes."""


@dataclass(frozen=True)
class Cost:
    """What a run took: CPU and wall seconds, and megabytes of the largest process and of all at once."""

    cpu: float
    wall: float
    largest: float
    together: float


class CommandError(Exception):
    """A measured command failed; the text is what it said."""


def run(command: Sequence[str], cwd: Path, environment: Mapping[str, str] | None = None) -> Cost:
    """Run a command to its end; raises CommandError when it fails."""
    start, log = time.monotonic(), cwd / ".bench.log"
    with log.open("wb") as out:
        child = subprocess.Popen(
            command,
            cwd=cwd,
            env={**os.environ, **(environment or {})},
            stdout=out,
            stderr=out,
            start_new_session=True,
        )
        watch = _Memory(child.pid)
        # wait4 counts the children that the command itself waited for, too.
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    wall, together = time.monotonic() - start, watch.stop()
    said = log.read_text("utf-8", "replace")
    log.unlink()
    if child.returncode:
        raise CommandError(f"{' '.join(map(str, command))} ended with {child.returncode}:\n{said[-2000:]}")
    largest = usage.ru_maxrss / 1024
    return Cost(usage.ru_utime + usage.ru_stime, wall, largest, max(largest, together))


class _Memory:
    """Looks again and again at the memory of all processes of a session; shared pages count once."""

    def __init__(self, session: int) -> None:
        self.session, self.peak, self.done = session, 0.0, threading.Event()
        self.thread = threading.Thread(target=self._look, daemon=True)
        self.thread.start()

    def stop(self) -> float:
        """The most that was seen, in megabytes; 0 where the system does not tell."""
        self.done.set()
        self.thread.join()
        return self.peak

    def _look(self) -> None:
        while not self.done.wait(_EVERY):
            self.peak = max(
                self.peak, sum(_proportional(process) for process in _of_session(self.session)) / 1024
            )


def _of_session(session: int) -> list[Path]:
    processes = _PROC.glob("[0-9]*") if _PROC.is_dir() else ()
    return [process for process in processes if _stat(process)[3:4] == [str(session)]]


def _stat(process: Path) -> list[str]:
    """The fields behind a process's name; none when it has just ended."""
    try:
        return (process / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def _proportional(process: Path) -> int:
    """Kilobytes of a process, with pages that it shares divided among those that share them."""
    try:
        lines = (process / "smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


def cpu_of_session(session: int) -> float:
    """CPU seconds so far of a session's processes and their ended children; 0 where nothing tells."""
    ticks = [int(field) for process in _of_session(session) for field in _stat(process)[11:15]]
    return sum(ticks) / os.sysconf("SC_CLK_TCK")


def digest(folder: Path) -> dict[str, str]:
    """Every file of a folder with the hash of its bytes."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files
    }
