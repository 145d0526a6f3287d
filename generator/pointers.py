"""Pointers: what an entry refers to, in fields and in texts, and where each reference stands.

In: a model. Out: pointers. It does not know which entries there are, so it cannot say which lead nowhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from generator.model.base import Link, Loc, Reference, Template, Text
from generator.prose import mentions

Key = tuple[str, str]
"""Content type and id."""


@dataclass(frozen=True)
class Pointer:
    """A reference that an entry makes: where it stands, how it is written, and what it points to."""

    loc: Loc
    kind: str
    id: str
    written: str

    @property
    def key(self) -> Key:
        """Content type and id of the target."""
        return self.kind, self.id


def pointers_in(leaves: Iterable[tuple[Loc, Any]]) -> Iterator[Pointer]:
    """Every reference among the single values of a model."""
    for loc, value in leaves:
        if isinstance(value, Reference):
            yield Pointer(loc, value.target, value, value)
        elif isinstance(value, Link):
            kind, _, id = value.partition(":")
            yield Pointer(loc, kind, id, value)
        elif isinstance(value, Text) and "[[" in value and not isinstance(value, Template):
            for mention in mentions(value):
                yield Pointer(loc, mention.kind, mention.id, mention.written)
