"""Catalog: all entries by type and id.

In: decoded entries. Out: look-ups. It knows nothing of files, rules or pages.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from generator.document import Document
from generator.model.base import EntryModel

Key = tuple[str, str]
"""Content type and id."""

M = TypeVar("M", bound=EntryModel)


@dataclass(frozen=True)
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

    def model(self, kind: str, id: str, model: type[M]) -> M | None:
        """What an entry says, when there is one and it is of the model that is asked for."""
        entry = self.get(kind, id)
        return entry.model if entry and isinstance(entry.model, model) else None

    def broken(self, kind: str) -> set[str]:
        """The ids of entries of one type that could not be decoded."""
        return {id for one, id in self.known - self.entries.keys() if one == kind}

    def of_kind(self, kind: str) -> list[Entry]:
        """All entries of one type, by id."""
        return [entry for entry in self if entry.kind == kind]
