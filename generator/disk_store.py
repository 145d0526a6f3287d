"""A store in one file below `.build`, so that the next build finds what this one made.

In: keys and bytes. Out: the bytes, also in another process; SQLite keeps the file whole when a build is
killed. A file or a value that is damaged counts as nothing. It does not know what it holds.
"""

from __future__ import annotations

import sqlite3
import zlib
from contextlib import suppress
from pathlib import Path

_SHAPE = 2
"""Raise it when what is stored changes its shape."""
_SUM = 4
"""Bytes of the check sum before each value. Values are not packed: that took longer than to write them."""


class Disk:
    """A store in one file below `.build`; a file that cannot be read is thrown away."""

    def __init__(self, path: Path) -> None:
        self._used: set[str] = set()
        self._base = _opened_or_new(path)
        self._known = {key for (key,) in self._base.execute("SELECT key FROM kept")}

    def get(self, key: str) -> bytes | None:
        """What was put under a key, or nothing; a damaged value counts as nothing."""
        try:
            row = self._base.execute("SELECT value FROM kept WHERE key = ?", (key,)).fetchone()
            self._used.add(key)
            return _whole(row[0]) if row else None
        except sqlite3.DatabaseError:
            return None

    def has(self, key: str) -> bool:
        """Whether something was put under a key; it then stays."""
        self._used.add(key)
        return key in self._known

    def put(self, key: str, value: bytes) -> None:
        """Keep bytes under a key; a full disk only makes the next build slower."""
        self._used.add(key)
        try:
            self._base.execute("INSERT OR REPLACE INTO kept VALUES (?, ?)", (key, _sum(value) + value))
            self._known.add(key)
        except sqlite3.DatabaseError:
            return

    def close(self, *, forget: bool = False) -> None:
        """Write what was put; `forget` drops what was neither asked for nor put since it was opened."""
        try:
            stale = self._known - self._used if forget else ()
            self._base.executemany("DELETE FROM kept WHERE key = ?", ((key,) for key in stale))
            self._base.commit()
        except sqlite3.DatabaseError:
            return
        finally:
            self._base.close()


def _sum(value: bytes) -> bytes:
    return zlib.crc32(value).to_bytes(_SUM, "big")


def _whole(kept: bytes) -> bytes | None:
    """The value after its check sum; nothing when they do not agree."""
    value = kept[_SUM:]
    return value if _sum(value) == kept[:_SUM] else None


def _opened_or_new(path: Path) -> sqlite3.Connection:
    """The store in this file, or a new one, or where nothing can be written one in memory."""
    for _ in range(2):
        try:
            return _opened(path)
        except (sqlite3.DatabaseError, OSError):
            with suppress(OSError):
                drop(path)
    return _opened(":memory:")


def _opened(path: Path | str) -> sqlite3.Connection:
    if isinstance(path, Path):
        path.parent.mkdir(parents=True, exist_ok=True)
    base = sqlite3.connect(path, timeout=60)
    base.execute("PRAGMA journal_mode = WAL")
    base.execute("PRAGMA synchronous = OFF")  # losing it in a power cut costs one slow build
    if base.execute("PRAGMA user_version").fetchone()[0] != _SHAPE:
        base.execute("DROP TABLE IF EXISTS kept")
        base.execute(f"PRAGMA user_version = {_SHAPE}")
    base.execute("CREATE TABLE IF NOT EXISTS kept (key TEXT PRIMARY KEY, value BLOB) WITHOUT ROWID")
    return base


def drop(path: Path) -> None:
    """Throw a store away, with what SQLite keeps beside it."""
    for name in (path, path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")):
        name.unlink(missing_ok=True)
