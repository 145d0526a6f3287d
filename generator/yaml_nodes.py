"""YAML text to plain data with positions; the only module that knows YAML.

In: text. Out: str, list, dict and None, problems, and on request a span for every value: only a problem needs
to know where things stand, so most texts are read without keeping their places. All scalars stay text,
so `no`, `010` and `12:30` mean what they say. It refuses what makes data surprising: anchors,
aliases, tags, duplicate keys, a second document, deep nesting. It knows no content types.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from generator.document import Span
from generator.model.base import Loc
from generator.problems import Position

# libyaml's parser is about twenty times faster; PyYAML's own is used where it was built without it.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

MAX_DEPTH = 12

# Control characters, direction overrides, and letters and spaces that nobody sees: they make text lie to reviewers.
HIDDEN = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    r"\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\U000e0000-\U000e007f]"
)

Fault = tuple[Position, str, str, str]
"""Position, what is wrong, what to write instead, rule."""

_HINTS = (
    (
        "mapping values are not allowed",
        "put the whole text in quotes, or check the spaces before it",
    ),
    ("could not find expected ':'", "write key: value, with a space after the colon"),
    ("found character that cannot start", "put the text in quotes; use spaces, not tabs"),
    ("expected <block end>", "check that it starts in the same column as the lines around it"),
    ("did not find expected key", "check that it starts in the same column as the lines around it"),
    (
        "did not find expected '-'",
        "check that each list item starts with a dash in the same column",
    ),
    ("unexpected end of stream", "close the quotes or brackets"),
    ("expected ',' or", "close the bracket, or put the whole text in quotes"),
    ("expected the node content", "write a value after the colon"),
)


@dataclass
class Parsed:
    """What came out of one YAML text."""

    data: Any = None
    faults: list[Fault] = field(default_factory=list)


def parse(text: str) -> Parsed:
    """Data and faults of one YAML text; never raises for what the text contains."""
    return _built(text).result


def spans(text: str) -> dict[Loc, Span]:
    """Where each value of one YAML text stands."""
    return _built(text, placing=True).spans


def _built(text: str, *, placing: bool = False) -> _Builder:
    builder = _Builder(text, placing=placing)
    try:
        builder.run()
    except yaml.YAMLError as error:
        builder.result.faults.append(_syntax_fault(text, error))
    return builder


def _syntax_fault(text: str, error: yaml.YAMLError) -> Fault:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if "unexpected end of stream" in str(getattr(error, "problem", "")):
        mark = getattr(error, "context_mark", None) or mark  # where the quotes were opened
    said = str(getattr(error, "problem", None) or getattr(error, "reason", None) or "unreadable")
    hint = next((hint for part, hint in _HINTS if part in said), "check the quotes and the indentation")
    place = _clamped(text, mark.line, mark.column) if mark else Position()
    return place, f"this is not YAML: {said}", hint, "broken-yaml"


def _clamped(text: str, line: int, column: int) -> Position:
    """A position that exists in the text; the parser may point one line behind its end."""
    lines = text.split("\n")
    if line >= len(lines) or (line == len(lines) - 1 and not lines[line] and line):
        line = max(len(lines) - 2, 0)
        column = len(lines[line])
    return Position(line + 1, min(column, len(lines[line])) + 1)


class _Builder:
    """Walks the parser's events and builds the data; one instance for one text."""

    def __init__(self, text: str, *, placing: bool) -> None:
        self.result = Parsed()
        self.spans: dict[Loc, Span] = {}
        self.events: Iterator[Any] = iter(yaml.parse(text, Loader=_Loader))
        self.starts = _line_starts(text) if placing else []
        self.lines: dict[Loc, int] = {}
        """The line of each key, for the second of two that are the same."""

    def run(self) -> None:
        documents = 0
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                self._document(event, documents)

    def _document(self, event: Any, number: int) -> None:
        data = self._node(next(self.events), (), event)
        if number == 1:
            self.result.data = data
        else:
            self._fault(event, "a second document starts here", "keep one per file", "one-document")

    def _node(self, event: Any, loc: Loc, key: Any) -> Any:
        self._refuse_surprises(event)
        if isinstance(event, yaml.AliasEvent):
            return self._span(loc, key, event, event)
        if len(loc) >= MAX_DEPTH and not isinstance(event, yaml.ScalarEvent):
            self._fault(event, "this is nested too deeply", "make it flatter", "too-deep")
            self._span(loc, key, event, event)
            return self._skip()
        build = {yaml.ScalarEvent: self._scalar, yaml.SequenceStartEvent: self._list}
        return build.get(type(event), self._map)(event, loc, key)

    def _refuse_surprises(self, event: Any) -> None:
        if isinstance(event, yaml.AliasEvent):
            self._fault(event, f'alias "*{event.anchor}"', "write the text again", "no-alias")
        elif event.anchor:
            self._fault(event, f'anchor "&{event.anchor}"', "leave it out", "no-anchor")
        if getattr(event, "tag", None):
            self._fault(event, f'tag "{event.tag}"', "leave it out; all values are text", "no-tag")

    def _scalar(self, event: Any, loc: Loc, key: Any) -> str | None:
        self._span(loc, key, event, event, block=event.style in ("|", ">"))
        if found := HIDDEN.search(event.value):
            what = f"an escape makes a hidden character (U+{ord(found[0]):04X})"
            self._fault(event, what, "leave it out", "hidden-character")
        return event.value if event.value or event.style else None

    def _list(self, event: Any, loc: Loc, key: Any) -> list[Any]:
        items: list[Any] = []
        while not isinstance(last := next(self.events), yaml.SequenceEndEvent):
            items.append(self._node(last, (*loc, len(items)), last))
        self._span(loc, key, event, last)
        return items

    def _map(self, event: Any, loc: Loc, key: Any) -> dict[str, Any]:
        items: dict[str, Any] = {}
        while not isinstance(last := next(self.events), yaml.MappingEndEvent):
            name = self._key(last, items, loc)
            value = self._node(next(self.events), (*loc, name), last)
            if not name.startswith("?"):
                items.setdefault(name, value)
        self._span(loc, key, event, last)
        return items

    def _key(self, event: Any, items: dict[str, Any], loc: Loc) -> str:
        self._refuse_surprises(event)
        if not isinstance(event, yaml.ScalarEvent):
            self._fault(event, "a key must be a word", "put the whole text in quotes", "bad-key")
            if not isinstance(event, yaml.AliasEvent):
                self._skip()
            return f"?{len(items)}"
        if event.value in items:
            line = self.lines[(*loc, event.value)]
            what = f'key "{event.value}" is written twice (first on line {line})'
            self._fault(event, what, "keep one of them", "duplicate-key")
        self.lines.setdefault((*loc, event.value), self._place(event).line)
        return str(event.value)

    def _skip(self) -> None:
        """Pass over the rest of a collection whose start was taken."""
        depth = 1
        while depth:
            event = next(self.events)
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)

    def _place(self, event: Any) -> Position:
        return Position(event.start_mark.line + 1, event.start_mark.column + 1)

    def _fault(self, event: Any, what: str, instead: str, rule: str) -> None:
        self.result.faults.append((self._place(event), what, instead, rule))

    def _span(self, loc: Loc, key: Any, first: Any, last: Any, *, block: bool = False) -> None:
        if self.starts:
            start, end = self._offset(first.start_mark), self._offset(last.end_mark)
            self.spans.setdefault(loc, Span(self._place(key), start, end, block))

    def _offset(self, mark: Any) -> int:
        line: int = min(mark.line, len(self.starts) - 1)
        return self.starts[line] + int(mark.column)


def _line_starts(text: str) -> list[int]:
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    return starts
