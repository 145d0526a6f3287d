"""What a rule may look at: the catalog, the day, and what was published before."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from generator.catalog import Catalog, Entry
from generator.checks.matches import first_word
from generator.digest import digest
from generator.model.evidence import Fact, GlossaryTerm, Source
from generator.model.page import Retired
from generator.model.route import Titled
from generator.pointers import Key
from generator.problems import Problem
from generator.references import sources_of
from generator.trace import Traced

HOLDERS = {"step": ("guide", "steps"), "tip": ("guide", "tips"), "letter": ("step", "letters")}
"""Which type's list leads readers to an entry: a step stands in the `steps` of a guide."""


@dataclass(frozen=True)
class Context:
    """All that rules may know; `published` holds the tick ids that the site once had."""

    catalog: Catalog
    today: date
    published: frozenset[str] = frozenset()

    @cached_property
    def abbreviations(self) -> frozenset[str]:
        """Words in capitals that the glossary explains."""
        # A term that could not be read explains at least its own id.
        words = {id.upper() for id in self.catalog.broken("term")}
        for entry in self.catalog.of_kind("term"):
            if isinstance(entry.model, GlossaryTerm):
                words |= {word for text in (entry.model.title, *entry.model.also) for word in text.split()}
        return frozenset(words)

    @cached_property
    def bodies(self) -> dict[str, str]:
        """Abbreviations of bodies to the glossary term that says with a source what they are."""
        found: dict[str, str] = {}
        for entry in self.catalog.of_kind("term"):
            if isinstance(entry.model, GlossaryTerm) and sources_of(entry, self.catalog):
                words = (entry.model.title, *entry.model.also)
                found |= {word: entry.id for word in words if word.isupper() and len(word) > 2}
        return found

    def linked(self, entry: Entry) -> set[Key]:
        """What an entry refers to."""
        return {pointer.key for pointer in entry.pointers}

    @cached_property
    def names(self) -> dict[str, str]:
        """Names and numbers of bodies that have a fact of their own: value to fact id."""
        found = {}
        for entry in self.catalog.of_kind("fact"):
            if isinstance(entry.model, Fact) and entry.model.unit in ("name", "phone", "address"):
                found[entry.model.value or ""] = entry.id
        return found

    @cached_property
    def names_by_word(self) -> dict[str, tuple[tuple[str, str], ...]]:
        """The same by the first word of each name, so that few are looked for in a text; "" for a number."""
        found: dict[str, list[tuple[str, str]]] = {}
        for name, id in self.names.items():
            if name:
                found.setdefault(first_word(name), []).append((name, id))
        return {word: tuple(names) for word, names in found.items()}

    @cached_property
    def listed(self) -> dict[str, frozenset[str]]:
        """The ids that stand in the list that leads to them, by content type."""
        return {kind: self._in_lists(holder, field) for kind, (holder, field) in HOLDERS.items()}

    def _in_lists(self, holder: str, field: str) -> frozenset[str]:
        lists = (getattr(entry.model, field, []) for entry in self.catalog.of_kind(holder))
        return frozenset(id for ids in lists for id in ids)

    @cached_property
    def unread_lists(self) -> frozenset[str]:
        """The content types whose list may stand in a file that could not be read."""
        return frozenset(kind for kind, (holder, _) in HOLDERS.items() if self.catalog.broken(holder))

    @cached_property
    def titles(self) -> dict[tuple[str, str], tuple[str, ...]]:
        """The ids of the pages of one type that carry one title, where there are several."""
        found: dict[tuple[str, str], list[str]] = {}
        for entry in self.catalog:
            if isinstance(entry.model, Titled):
                found.setdefault(title_key(entry), []).append(entry.id)
        return {key: tuple(ids) for key, ids in found.items() if len(ids) > 1}

    @cached_property
    def retired(self) -> frozenset[str]:
        """Keys of pages that were taken out and say where to go instead."""
        models = [entry.model for entry in self.catalog.of_kind("retired")]
        return frozenset(model.was.replace(":", "/") for model in models if isinstance(model, Retired))

    @cached_property
    def forbidden_hosts(self) -> frozenset[str]:
        """Hosts of sources that are marked as never to be linked."""
        models = [entry.model for entry in self.catalog.of_kind("source")]
        urls = [model.url for model in models if isinstance(model, Source) and model.do_not_link]
        return frozenset(host(url) for url in urls)


_SHARED = (
    "abbreviations", "bodies", "names", "names_by_word", "listed", "unread_lists", "titles", "retired",
    "forbidden_hosts", "today", "published",
)  # fmt: skip


@dataclass(frozen=True)
class TracedContext(Context):
    """A context that writes down what a rule asks it; its answers are those of `base`."""

    catalog: Traced
    base: Context = field(kw_only=True)

    @classmethod
    def over(cls, base: Context) -> TracedContext:
        """A traced context with the same answers."""
        return cls(Traced.over(base.catalog), base.today, base.published, base=base)

    def __getattribute__(self, name: str) -> Any:
        if name not in _SHARED:
            return super().__getattribute__(name)
        self.catalog.asked.add(name)
        return getattr(self.base, name)


def shared_answers(context: Context) -> dict[str, str]:
    """The print of each answer that is not a single entry's."""
    return {name: digest(repr(_in_order(getattr(context, name)))) for name in _SHARED}


def _in_order(value: Any) -> Any:
    if isinstance(value, dict):
        return [(key, _in_order(part)) for key, part in sorted(value.items())]
    return sorted(value) if isinstance(value, frozenset) else value


def title_key(entry: Entry) -> tuple[str, str]:
    """An entry's type and its title, as far as readers can tell titles apart."""
    return entry.kind, str(getattr(entry.model, "title", "")).casefold()


def host(url: str) -> str:
    """The host of an address, without a leading www; nothing for what is no address."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:  # brackets that hold no IPv6 address
        return ""


Rule = Callable[[Entry, Context], Iterator[Problem]]
