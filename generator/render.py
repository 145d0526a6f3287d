"""Page plans to text: Jinja2 templates, and what they may call.

In: page plans and the catalog. Out: Markdown files whose body is one block of HTML. Texts become HTML
here, facts get their numbered sources here. It reads templates, never content, and decides no rule.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from generator import letter_blank, letters, pages, prose, urls
from generator.catalog import Catalog, Entry
from generator.checks.route import tick_ids
from generator.model.base import Text
from generator.model.evidence import Fact, Source
from generator.model.letter import Letter
from generator.pages import Page
from generator.words import Words

TEMPLATES = Path(__file__).parent / "templates"
LOCALES = {"US": "en-US", "GB": "en-GB", letters.OTHER: "en-GB"}
"""The locale that a letter's dates are written in, by the reader's country."""


@cache
def environment(locale: str = "en") -> Environment:
    """The Jinja2 environment of the page templates, in one language."""
    env = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
        # Templates are read again after an edit; serve relies on it.
        auto_reload=True,
    )
    words = Words.of(locale)
    env.install_gettext_translations(words.translations, newstyle=True)  # type: ignore[attr-defined]
    env.filters["day"] = words.day
    env.filters["country"] = words.country
    env.filters["json"] = _json
    return env


def _json(value: Any) -> str:
    """Compact JSON; the templates put it into attributes, where Jinja escapes it."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def render(page: Page, catalog: Catalog, locale: str = "en") -> str:
    """The whole file of a page: front matter and body."""
    view = View(page, catalog, Words.of(locale))
    template = environment(locale).get_template(page.template)
    module = template.make_module({"view": view, "page": page, "entry": page.entry})
    body, title = str(module), str(getattr(module, "title"))  # noqa: B009  (set by the template)
    return _front_matter(view, title, str(getattr(module, "description"))) + body  # noqa: B009


def _front_matter(view: View, title: str, description: str) -> str:
    page = view.page
    meta = {
        "title": title,
        "description": " ".join(description.split()),
        "kind": page.kind,
        "edit_path": page.edit_path,
        "checked": page.checked.isoformat() if page.checked else "",
        "checked_words": view.checked_words,
        "scripts": list(page.scripts),
        "hide": ["navigation", "toc"],
        "frame": view.frame,
    }
    # JSON is YAML, and the same to every engine.
    lines = [f"{json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}" for key, value in meta.items()]
    return "\n".join(["---", *lines, "---", "", ""])


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
        if note and note not in notes:
            notes.append(note)
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
        return self.catalog.entries[mention.kind, mention.id]

    def _linked(self, mention: prose.Mention) -> str:
        entry = self._target(mention)
        if isinstance(entry.model, Fact):
            return self._fact(entry.model, mention.words)
        words = escape(mention.words or self.plain(pages.title_of(entry)))
        if isinstance(entry.model, Source):
            return f"{words}{self.ref(entry.id)}"
        kind = ' class="u-term"' if entry.kind == "term" else ""
        return f'<a{kind} href="{escape(self.href(*entry.key))}">{words}</a>'

    def _fact(self, fact: Fact, words: str | None) -> str:
        shown: str = escape(words or self.words.value(fact) or fact.claim)
        if fact.unit == "phone" and not words:
            digits = "".join(c for c in fact.value or "" if c in "+0123456789")
            shown = f'<a class="u-contact" href="tel:{digits}">{shown}</a>'
        elif fact.unit == "website":
            name = escape(words or (fact.value or "").removeprefix("https://").rstrip("/"))
            shown = f'<a class="u-contact" href="{escape(fact.value or "")}" rel="noopener">{name}</a>'
        return f'<span class="u-fact">{shown}</span>{self.ref(fact.source, fact.note)}'

    def _named(self, mention: prose.Mention) -> str:
        entry = self._target(mention)
        if isinstance(entry.model, Fact):
            self.cite(entry.model.source, entry.model.note)
            return mention.words or self.words.value(entry.model)
        return mention.words or pages.title_of(entry)

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
            return sorted(self.catalog.of_kind(kind), key=lambda one: pages.title_of(one).casefold())
        return [entry for id in ids if (entry := self.catalog.get(kind, id))]

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

    def ticks(self, entries: list[Entry]) -> list[str]:
        """The keys of all ticks of some entries."""
        return [key for entry in entries for key in tick_ids(entry)]

    def facts_of(self, source: str) -> list[Entry]:
        """The facts that were read on a page."""
        used = pages.used_facts(self.catalog)
        return [fact for fact in pages.facts_of(self.catalog, source) if fact.id in used]

    def letter(self, entry: Entry) -> LetterView:
        """A letter, ready for its template."""
        return LetterView(entry, self)

    @property
    def checked_words(self) -> str:
        """When the page's facts were last checked."""
        if not self.page.checked:
            return ""
        return self.gettext("Facts last checked on %(day)s.", day=self.words.day(self.page.checked))

    @property
    def frame(self) -> dict[str, Any]:
        """Words and links of the frame around every page; the theme has no words of its own."""
        module: Any = environment(self.words.locale).get_template("_frame.jinja").module
        menu = [{"title": title, "url": url} for title, url in module.menu]
        footer = [{"title": title, "url": url} for title, url in module.footer]
        return {**module.words, "menu": menu, "footer": footer}


@dataclass
class LetterView:
    """A letter's tree, its blank form, and the data for the browser."""

    entry: Entry
    view: View

    @cached_property
    def model(self) -> Letter:
        """What the letter's file says."""
        assert isinstance(self.entry.model, Letter)
        return self.entry.model

    @property
    def countries(self) -> dict[str, str]:
        """Country codes with their names; every other country last."""
        named = {code: self.view.words.country(code) for code in self.model.countries}
        return {**named, letters.OTHER: self.view.gettext("Another country")}

    @property
    def subject(self) -> Markup:
        """The subject with gaps."""
        return letter_blank.inline(letters.tree(self.model.subject), self._labels)

    @property
    def body(self) -> Markup:
        """The letter with all its arms and gaps."""
        return letter_blank.blocks(letters.tree(self.model.body), self._labels)

    @cached_property
    def _labels(self) -> letter_blank.Labels:
        say = self.view.gettext
        return letter_blank.Labels(
            blanks={name: self.view.plain(one.label) for name, one in self.model.blanks.items()},
            ticks={name: f"“{self.view.plain(one.label)}”" for name, one in self.model.ticks.items()},
            countries=self.countries,
            only_if=say("Only if: {0}"),
            otherwise=say("Only if none of the above is true"),
            live_in=say("you live in: {0}"),
            or_=say(" or "),
            and_=say(" and "),
            not_=say("not: {0}"),
            filled=say("you know this: {0}"),
        )

    @property
    def data(self) -> dict[str, Any]:
        """What the browser needs: the tree, the blanks, the ticks, and a locale by country."""
        model = self.model
        blanks = {
            name: {
                "kind": one.kind,
                "required": one.required,
                "label": self.view.plain(one.label),
                "example": one.example or "",
            }
            for name, one in model.blanks.items()
        }
        return {
            "tree": {"subject": letters.tree(model.subject), "body": letters.tree(model.body)},
            "blanks": blanks,
            "ticks": list(model.ticks),
            "countries": {code: LOCALES[code] for code in (*model.countries, letters.OTHER)},
        }
