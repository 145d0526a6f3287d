"""Store: what earlier builds made, by the hash of what it was made from.

In: a key and bytes. Out: the bytes that were put under that key, or nothing. A store can be lost at any
moment and costs only time; it does not know what it holds. `disk_store.py` has one that lasts.
"""

from __future__ import annotations

from typing import Protocol


class Store(Protocol):
    """Bytes by key."""

    def get(self, key: str) -> bytes | None:
        """What was put under a key, or nothing."""

    def put(self, key: str, value: bytes) -> None:
        """Keep bytes under a key."""

    def has(self, key: str) -> bool:
        """Whether something was put under a key."""


class Memory(dict[str, bytes]):
    """A store that lives as long as the process."""

    def put(self, key: str, value: bytes) -> None:
        """Keep bytes under a key."""
        self[key] = value

    def has(self, key: str) -> bool:
        """Whether something was put under a key."""
        return key in self
