"""Catalog: all entries by type and id.

In: decoded entries. Out: look-ups, and a print of each entry that changes when its file does. It knows
nothing of files, rules or pages.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any, TypeVar

from generator.digest import digest
from generator.document import Document
from generator.model.base import EntryModel, Loc, leaves
from generator.pointers import Key, Pointer, pointers_in

M = TypeVar("M", bound=EntryModel)


@dataclass(frozen=True, eq=False)
class Entry:
    """One record: what it says, and the document that it was read from."""

    document: Document
    model: EntryModel

    @property
    def key(self) -> Key:
        """Content type and id."""
        return self.document.kind, self.document.id

    @property
    def kind(self) -> str:
        """The content type's name."""
        return self.document.kind

    @property
    def id(self) -> str:
        """The word id."""
        return self.document.id

    @property
    def title(self) -> str:
        """The title; the id where there is none."""
        return str(getattr(self.model, "title", self.id))

    @cached_property
    def print(self) -> str:
        """A short word that changes when the entry's file does."""
        return digest(self.document.path, self.document.text)

    @property
    def leaves(self) -> tuple[tuple[Loc, Any], ...]:
        """Every single value, with the way to it."""
        return _leaves_of(self)

    @cached_property
    def pointers(self) -> tuple[Pointer, ...]:
        """Every reference that the entry makes."""
        return tuple(pointers_in(self.leaves))


@lru_cache(maxsize=4)  # all rules look at one entry before the next one comes
def _leaves_of(entry: Entry) -> tuple[tuple[Loc, Any], ...]:
    return tuple(leaves(entry.model))


@dataclass(frozen=True)
class Catalog:
    """All entries; `known` also holds the keys of entries that could not be decoded."""

    entries: dict[Key, Entry] = field(default_factory=dict)
    known: frozenset[Key] = frozenset()

    @classmethod
    def of(cls, entries: Iterable[Entry], known: Iterable[Key] = ()) -> Catalog:
        """A catalog of these entries."""
        by_key = {entry.key: entry for entry in entries}
        return cls(by_key, frozenset(known) | frozenset(by_key))

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.entries.values())

    def get(self, kind: str, id: str) -> Entry | None:
        """The entry with this type and id, if there is one."""
        return self.entries.get((kind, id))

    def knows(self, key: Key) -> bool:
        """Whether there is an entry with this type and id, even one that could not be decoded."""
        return key in self.known

    def model(self, kind: str, id: str, model: type[M]) -> M | None:
        """What an entry says, when there is one and it is of the model that is asked for."""
        entry = self.get(kind, id)
        return entry.model if entry and isinstance(entry.model, model) else None

    def broken(self, kind: str) -> set[str]:
        """The ids of entries of one type that could not be decoded."""
        return {id for one, id in self.known - self.entries.keys() if one == kind}

    def of_kind(self, kind: str) -> list[Entry]:
        """All entries of one type, by id."""
        return self._by_kind.get(kind, [])

    def by_title(self, kind: str) -> list[Entry]:
        """All entries of one type, by title."""
        return self._by_title.get(kind, [])

    @cached_property
    def _by_title(self) -> dict[str, list[Entry]]:
        return {
            kind: sorted(entries, key=lambda one: one.title.casefold())
            for kind, entries in self._by_kind.items()
        }

    @cached_property
    def _by_kind(self) -> dict[str, list[Entry]]:
        found: dict[str, list[Entry]] = {}
        for entry in self.entries.values():
            found.setdefault(entry.kind, []).append(entry)
        return found
