"""Document: one content file as plain data, with the place of every value.

In: what a reader found in a file. Out: data made of str, list and dict, and positions for problems.
It does not know content types, and it never sees a disk.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from generator.model.base import Loc
from generator.problems import Position, Problem


@dataclass(frozen=True)
class Span:
    """Where a value stands: the place of its key (or of itself) and its offsets in the file's text."""

    key: Position
    start: int
    end: int
    block: bool = False
    """Written as a block (`|` or `>`): its text starts on the line below."""


@dataclass(frozen=True)
class Document:
    """A content file that could be read."""

    kind: str
    id: str
    path: str
    text: str
    data: Any
    locate: Callable[[], Mapping[Loc, Span]] = dict
    """Finds where every value stands; asked only when there is something to tell."""

    @cached_property
    def spans(self) -> Mapping[Loc, Span]:
        """Where every value stands."""
        return self.locate()

    def position(self, loc: Loc = ()) -> Position:
        """Where the value at `loc` stands: its key, or the nearest thing around it."""
        while loc and loc not in self.spans:
            loc = loc[:-1]
        return self.spans[loc].key if loc in self.spans else Position()

    def find(self, loc: Loc, needle: str, *, occurrence: int = 0) -> Position:
        """Where `needle` stands inside the value at `loc`; where the value starts if it is folded apart."""
        span = self.spans.get(loc)
        if span is None:
            return self.position(loc)
        places = offsets(self.text, needle, span.start, span.end)
        offset = next((at for index, at in enumerate(places) if index == occurrence), span.start)
        return position_at(self.text, offset)

    def line_of(self, loc: Loc, number: int) -> Position:
        """Where line `number` (from 1, empty lines at the top apart) of the block text at `loc` starts."""
        span = self.spans.get(loc)
        if span is None or not span.block:
            return self.position(loc)
        block = self.text[span.start : span.end].partition("\n")[2]
        above = block[: len(block) - len(block.lstrip())].count("\n")
        line = position_at(self.text, span.start).line + above + number
        written = self.text.split("\n")[line - 1 : line] or [""]
        return Position(line, len(written[0]) - len(written[0].lstrip()) + 1)

    def problem(self, loc: Loc, what: str, instead: str, rule: str) -> Problem:
        """A problem at the value at `loc`."""
        return Problem(self.path, self.position(loc), what, instead, rule)


def offsets(text: str, needle: str, start: int, end: int) -> Iterator[int]:
    """Every place between `start` and `end` where `needle` stands; folded lines may part its words."""
    words = [re.escape(word) for word in needle.split()]
    if words:
        yield from (found.start() for found in re.compile(r"\s+".join(words)).finditer(text, start, end))


def position_at(text: str, offset: int) -> Position:
    """Line and column (from 1) of an offset in a text."""
    before = text[:offset]
    return Position(before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1)
