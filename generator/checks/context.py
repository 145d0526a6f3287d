"""What a rule may look at: the catalog, the day, and what was published before."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from urllib.parse import urlsplit

from generator.catalog import Catalog, Entry, Key
from generator.model.evidence import Fact, GlossaryTerm, Source
from generator.model.page import Retired
from generator.problems import Problem
from generator.references import pointers, sources_of


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
        return {pointer.key for pointer in pointers(entry)}

    @cached_property
    def names(self) -> dict[str, str]:
        """Names and numbers of bodies that have a fact of their own: value to fact id."""
        found = {}
        for entry in self.catalog.of_kind("fact"):
            if isinstance(entry.model, Fact) and entry.model.unit in ("name", "phone", "address"):
                found[entry.model.value or ""] = entry.id
        return found

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


def host(url: str) -> str:
    """The host of an address, without a leading www; nothing for what is no address."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:  # brackets that hold no IPv6 address
        return ""


Rule = Callable[[Entry, Context], Iterator[Problem]]
