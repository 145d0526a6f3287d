"""View: what a page template may ask for.

In: a page plan, the catalog and the words of a language. Out: texts as HTML, ways to other pages, and
sources numbered in the order in which the page uses them. It knows no template.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, get_args

from markupsafe import Markup, escape

from generator import pages, prose, urls
from generator.catalog import Catalog, Entry
from generator.ledger import tick_ids
from generator.model import CONTENT_TYPES
from generator.model.base import Text
from generator.model.evidence import Fact, Source
from generator.model.letter import Letter
from generator.model.page import Retired
from generator.pages import Page
from generator.words import Words


@dataclass(frozen=True)
class Group:
    """The pages of one type, for a page that lists all."""

    name: str
    folder: str
    index: str
    entries: list[Entry]


@dataclass
class View:
    """What a template may ask for; one instance for one page, because sources are numbered per page."""

    page: Page
    catalog: Catalog
    words: Words
    notes: dict[str, list[str]] = field(default_factory=dict)
    """Source id to the notes of its facts, in the order in which the page first used it."""

    def html(self, text: Text) -> Markup:
        """A text as HTML, with links and numbered sources."""
        return Markup(prose.to_html(text, self._linked))

    def plain(self, text: str) -> str:
        """A text as words alone; its sources still count as used."""
        return prose.to_words(text, self._named)

    def href(self, kind: str, id: str) -> str:
        """The way to an entry."""
        return self.to(urls.of_entry(kind, id))

    def to(self, url: str) -> str:
        """The way to an address on the site."""
        return urls.relative(self.page.url, url)

    def cite(self, source: str, note: str | None = None) -> int:
        """The number of a source on this page."""
        notes = self.notes.setdefault(source, [])
        words = self.plain(note) if note else ""
        if words and words not in notes:
            notes.append(words)
        return list(self.notes).index(source) + 1

    def ref(self, source: str, note: str | None = None) -> Markup:
        """The mark that leads to a source in the list below."""
        number = self.cite(source, note)
        label = escape(self.gettext("Source %(number)s", number=number))
        return Markup(
            f'<sup class="u-ref"><a href="#source-{number}" aria-label="{label}">{number}</a></sup>'
        )

    def gettext(self, message: str, **values: Any) -> str:
        """A message of the interface, filled in."""
        return self.words.translations.gettext(message) % values

    def _target(self, mention: prose.Mention) -> Entry:
        entry = self.catalog.get(mention.kind, mention.id)
        assert entry, "a reference that leads nowhere is a problem, and then nothing is rendered"
        return entry

    def _linked(self, mention: prose.Mention) -> str:
        entry = self._target(mention)
        if isinstance(entry.model, Fact):
            return self._fact(entry.model, mention.words)
        words = escape(mention.words or self.plain(entry.title))
        if isinstance(entry.model, Source):
            return f"{words}{self.ref(entry.id)}"
        kind = ' class="u-term"' if entry.kind == "term" else ""
        return f'<a{kind} href="{escape(self.href(*entry.key))}">{words}</a>'

    def _fact(self, fact: Fact, words: str | None) -> str:
        shown: str = escape(words or self.words.value(fact) or fact.claim)
        if fact.unit == "phone" and not words:
            shown = f'<a class="u-contact" href="tel:{_dialled(fact.value or "")}">{shown}</a>'
        elif fact.unit == "website":
            name = escape(words or (fact.value or "").removeprefix("https://").rstrip("/"))
            shown = f'<a class="u-contact" href="{escape(fact.value or "")}" rel="noopener">{name}</a>'
        return f'<span class="u-fact">{shown}</span>{self.ref(fact.source, fact.note)}'

    def _named(self, mention: prose.Mention) -> str:
        entry = self._target(mention)
        if isinstance(entry.model, Fact):
            self.cite(entry.model.source, entry.model.note)
            return mention.words or self.words.value(entry.model) or entry.model.claim
        return mention.words or entry.title

    def limits(self, ids: list[str]) -> list[Fact]:
        """Facts by id, the reader's countries together."""
        facts = [fact for id in ids if (fact := self.catalog.model("fact", id, Fact))]
        return sorted(facts, key=lambda fact: self.words.country(fact.country))

    def sources(self) -> list[tuple[str, Source, list[str]]]:
        """The sources that the page has used so far: id, source, notes."""
        found = ((id, self.catalog.model("source", id, Source), notes) for id, notes in self.notes.items())
        return [(id, source, notes) for id, source, notes in found if source]

    def entries(self, kind: str, ids: Iterable[str] | None = None) -> list[Entry]:
        """Entries of one type: those named, or all of them by title."""
        if ids is None:
            return self.catalog.by_title(kind)
        return [entry for id in ids if (entry := self.catalog.get(kind, id))]

    def letters(self) -> list[Entry]:
        """All letters, in the order of their stages."""
        stages = get_args(Letter.model_fields["stage"].annotation)
        found = [(one, one.model) for one in self.entries("letter")]
        return [one for stage in stages for one, model in found if getattr(model, "stage", "") == stage]

    def cited_sources(self) -> list[Entry]:
        """The sources that some page rests on, by title; never one that must not be linked."""
        cited = pages.cited_sources(self.catalog)
        found = [(one, one.model) for one in self.entries("source") if one.id in cited]
        return [one for one, model in found if isinstance(model, Source) and not model.do_not_link]

    def links(self, links: list[str]) -> list[Entry]:
        """The entries that typed references such as step:report-it point to."""
        keys = [link.partition(":") for link in links]
        return [entry for kind, _, id in keys if (entry := self.catalog.get(kind, id))]

    def link(self, link: str) -> str:
        """The way to a typed reference."""
        kind, _, id = link.partition(":")
        return self.href(kind, id)

    def steps(self, guide: Entry) -> list[Entry]:
        """A guide's steps."""
        return pages.steps_of(self.catalog, guide)

    def tips(self, guide: Entry) -> list[Entry]:
        """A guide's tips."""
        return pages.tips_of(self.catalog, guide)

    def retired(self, entry: Entry) -> dict[str, str]:
        """The items that were taken out of an entry's list, with the reasons as words alone."""
        reasons: dict[str, Text] = getattr(entry.model, "retired", {})
        return {item: self.plain(reason) for item, reason in reasons.items()}

    def ticks(self, entries: list[Entry]) -> list[str]:
        """The keys of all ticks of some entries."""
        return [key for entry in entries for key in tick_ids(entry)]

    def facts_by_source(self) -> dict[str, list[Entry]]:
        """The facts that some page uses, by the source that they were read in."""
        return pages.facts_by_source(self.catalog)

    def groups(self) -> list[Group]:
        """Every page of an entry by its type, each with the address of the page that lists the type."""
        found = []
        for kind in CONTENT_TYPES.values():
            entries = self.entries(kind.name) if kind.has_page and kind.model is not Retired else []
            listed = kind.shown in ("page", "on index") and bool(self.catalog.of_kind(kind.name))
            if entries or listed:
                found.append(Group(kind.name, kind.folder, f"{kind.folder}/" if listed else "", entries))
        return found

    @property
    def checked_words(self) -> str:
        """When the page's facts were last checked."""
        if not self.page.checked:
            return ""
        return self.gettext("Facts last checked on %(day)s.", day=self.words.day(self.page.checked))


def _dialled(number: str) -> str:
    """What a telephone dials: the (0) in +44 (0)20 is only for callers inside the country."""
    number = number.replace("(0)", "") if number.startswith("+") else number
    return "".join(one for one in number if one in "+0123456789")
