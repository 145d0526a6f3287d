"""Matches: where a pattern stands in the texts of an entry.

In: an entry or a text, and a pattern. Out: matches with their places in the file, ready to be told as
problems. References are passed over, except for the words that they show when a rule asks for those.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import islice

from generator.catalog import Entry
from generator.document import offsets
from generator.letter_tree import literals
from generator.letters import Fault, tree
from generator.model.base import Loc, Template, Text
from generator.model.evidence import Fact, GlossaryTerm, Source
from generator.problems import Position, Problem
from generator.prose import REFERENCE

MAX_FOUND = 50
"""Matches that one rule tells of one text."""

_WORD = re.compile(r"[^\W\d_]+")
_LIST_NUMBER = re.compile(r"(?m)^[ ]*(\d{1,2})(?=\. )")

# What others wrote, or what a fact itself says: rules for our own words pass it over.
_GIVEN: dict[type, tuple[str, ...]] = {
    Source: ("title", "publisher"),
    Fact: ("claim", "note"),
    GlossaryTerm: ("title", "also"),
}


@dataclass(frozen=True)
class Match:
    """Words that a pattern found, and where they stand."""

    path: str
    place: Position
    words: str

    def problem(self, what: str, instead: str, rule: str) -> Problem:
        """The match as a problem; {0} in `what` stands for the words."""
        return Problem(self.path, self.place, what.format(self.words), instead, rule)


@dataclass(frozen=True, eq=False)
class Texts:
    """Texts of one entry with their places; what they hold together says which rules need not look at each."""

    each: tuple[tuple[Loc, str], ...]

    def __iter__(self) -> Iterator[tuple[Loc, str]]:
        return iter(self.each)

    @cached_property
    def shown(self) -> str:
        """All that readers see, in one text."""
        return "\n".join([_masked(text, shown=True) for _, text in self.each])

    @cached_property
    def referring(self) -> list[tuple[Loc, str]]:
        """Those that may hold a reference."""
        return [(loc, text) for loc, text in self.each if "[[" in text]


@lru_cache(maxsize=4)  # all rules look at one entry before the next one comes
def all_texts(entry: Entry) -> Texts:
    """Each text for readers, as written; a letter's template gives its literal text."""
    texts = [(loc, value) for loc, value in entry.leaves if isinstance(value, Text)]
    return Texts(tuple([(loc, _literal(one) if isinstance(one, Template) else one) for loc, one in texts]))


@lru_cache(maxsize=4)
def own_texts(entry: Entry) -> Texts:
    """Texts of our own: not the titles of cited pages, nor what a fact says, nor a glossary word."""
    given, texts = _GIVEN.get(type(entry.model), ()), all_texts(entry)
    return Texts(tuple((loc, text) for loc, text in texts if loc[0] not in given)) if given else texts


@lru_cache(maxsize=4)
def addresses(entry: Entry) -> list[tuple[Loc, str]]:
    """Each value that is an address."""
    texts = [(loc, value) for loc, value in entry.leaves if isinstance(value, str)]
    return [(loc, value) for loc, value in texts if value.startswith("https://")]


@lru_cache(maxsize=512)
def _literal(template: Template) -> str:
    try:
        return "\n".join(literals(tree(template)))
    except Fault:
        return ""


Hint = Callable[[str], object]
"""A quick look that is false only where a slow pattern cannot match.

What it finds in a part of a text it finds in the whole, so that it is asked for all texts of an entry at once first.
"""


def found_in(
    entry: Entry, texts: Texts, pattern: re.Pattern[str], *, shown: bool = False, hint: Hint = bool
) -> Iterator[Match]:
    """Each match outside references in some texts of an entry; `shown` looks into their words, too."""
    if hint(texts.shown):  # where references are hidden there is less, and nothing else
        for loc, text in texts:
            yield from matches(entry, loc, text, pattern, shown=shown, hint=hint)


def matches(
    entry: Entry, loc: Loc, text: str, pattern: re.Pattern[str], *, shown: bool = False, hint: Hint = bool
) -> Iterator[Match]:
    """Each match outside references in one text; `shown` looks into the words that references show, too."""
    document, masked = entry.document, _masked(text, shown=shown)
    for found in islice(pattern.finditer(masked), MAX_FOUND) if hint(masked) else ():
        written = text[found.start() : found.end()].strip()
        nth = sum(at < found.start() for at in offsets(text, written, 0, len(text)))
        yield Match(document.path, document.find(loc, written, occurrence=nth), written)


@lru_cache(maxsize=128)
def words_in(text: str) -> frozenset[str]:
    """The words of a text in small letters, without digits and marks."""
    return frozenset(_WORD.findall(text.casefold()))


def first_word(text: str) -> str:
    """The first of these words; nothing where there is none."""
    found = _WORD.search(text.casefold())
    return found[0] if found else ""


def some_word(*words: str) -> Hint:
    """A hint: the text holds one of these words."""
    wanted = frozenset(words)
    return lambda text: not wanted.isdisjoint(words_in(text))


def some_part(*parts: str) -> Hint:
    """A hint: the text holds one of these strings."""
    return lambda text: any(part in text for part in parts)


def blot(text: str, pattern: re.Pattern[str]) -> str:
    """The text with each match blotted out; all else keeps its place."""
    return pattern.sub(lambda found: "\0" * len(found[0]), text)


def _masked(text: str, *, shown: bool) -> str:
    """The text without list numbers and references; `shown` leaves the words that references show."""
    return _without_references(text, shown) if "[[" in text else _without_list_numbers(text)


@lru_cache(maxsize=512)  # every rule looks at the same few texts in turn
def _without_references(text: str, shown: bool) -> str:

    def hide(found: re.Match[str]) -> str:
        words = (found[3] or "") if shown else ""
        return "\0" * (len(found[0]) - len(words) - 2) + words + "\0\0"

    return _without_list_numbers(REFERENCE.sub(hide, text))


@lru_cache(maxsize=512)
def _without_list_numbers(text: str) -> str:
    """The text with list numbers blotted out: those that start low and count up."""
    expected = 1

    def hide(found: re.Match[str]) -> str:
        nonlocal expected
        number = int(found[1])
        if number > 9 and number != expected:
            return found[0]
        expected = number + 1
        return "\0" * len(found[0])

    return _LIST_NUMBER.sub(hide, text)
