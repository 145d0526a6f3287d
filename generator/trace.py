"""Trace: what was looked up while something was made, so that it is made again only when that has changed.

In: a catalog, and the context of the rules. Out: a catalog (or context) that answers the same and writes
down each question; and a print of the answers. A result whose questions have the same answers as before
is still right. It does not know what was made.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from generator.catalog import Catalog, Entry
from generator.digest import digest
from generator.pointers import Key


@dataclass(frozen=True)
class Traced(Catalog):
    """A catalog that writes down what it is asked."""

    base: Catalog = field(kw_only=True)
    asked: set[str] = field(default_factory=set)

    @classmethod
    def over(cls, catalog: Catalog) -> Traced:
        """A traced catalog with the same entries."""
        return cls(catalog.entries, catalog.known, base=catalog)

    def __iter__(self) -> Iterator[Entry]:
        self.asked.add("all")
        return super().__iter__()

    def get(self, kind: str, id: str) -> Entry | None:
        """The entry with this type and id, if there is one."""
        self.asked.add(f"entry {kind}/{id}")
        return super().get(kind, id)

    def knows(self, key: Key) -> bool:
        """Whether there is an entry with this type and id."""
        self.asked.add(f"known {key[0]}/{key[1]}")
        return super().knows(key)

    def of_kind(self, kind: str) -> list[Entry]:
        """All entries of one type, by id."""
        self.asked.add(f"kind {kind}")
        return self.base.of_kind(kind)  # sorted out once, not once for each page

    def by_title(self, kind: str) -> list[Entry]:
        """All entries of one type, by title."""
        self.asked.add(f"kind {kind}")
        return self.base.by_title(kind)

    def broken(self, kind: str) -> set[str]:
        """The ids of entries of one type that could not be decoded."""
        self.asked.add("all")
        return super().broken(kind)


@dataclass(frozen=True)
class Answers:
    """The prints of a catalog's answers; `shared` holds those to questions of other kinds, by name."""

    catalog: Catalog
    shared: dict[str, str] = field(default_factory=dict)
    _found: dict[str, str] = field(default_factory=dict)
    """The prints that were asked for before: a thousand pages ask the same few hundred questions."""

    def print(self, questions: Iterable[str]) -> str:
        """One short word for the answers to all these questions."""
        return digest(*[self.answer(one) for one in sorted(questions)])

    def answer(self, question: str) -> str:
        """The print of the answer to one question."""
        if question not in self._found:
            self._found[question] = self._answer(question)
        return self._found[question]

    def _answer(self, question: str) -> str:
        how, _, what = question.partition(" ")
        kind, _, id = what.partition("/")
        if how == "entry":
            entry = self.catalog.entries.get((kind, id))
            return entry.print if entry else ""
        if how == "known":
            return str((kind, id) in self.catalog.known)
        if how == "kind":
            return self._kinds.get(kind, "")
        return self._all if how == "all" else self.shared.get(question, "")

    @cached_property
    def _kinds(self) -> dict[str, str]:
        kinds = {kind for kind, _ in self.catalog.entries}
        return {
            kind: digest(*(f"{one.id} {one.print}" for one in self.catalog.of_kind(kind))) for kind in kinds
        }

    @cached_property
    def _all(self) -> str:
        known = (f"{kind}/{id}" for kind, id in sorted(self.catalog.known))
        return digest(*known, *(print_ for _, print_ in sorted(self._kinds.items())))
