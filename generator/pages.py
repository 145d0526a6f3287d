"""Catalog to pages: which pages there are, and what each is made from.

In: the catalog. Out: page plans (address, template, entry, and where to edit it). It renders nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from generator import urls
from generator.catalog import Catalog, Entry
from generator.model import CONTENT_TYPES
from generator.model.evidence import Fact, Source
from generator.model.letter import Letter
from generator.model.page import Page as Standing
from generator.model.page import Retired
from generator.model.route import Guide, Walk
from generator.pointers import Key
from generator.references import sources_of


@dataclass(frozen=True)
class Page:
    """A page that will be rendered: all that its template needs, and nothing rendered yet."""

    url: str
    template: str
    kind: str
    edit_path: str
    checked: date | None = None
    entry: Entry | None = None
    scripts: tuple[str, ...] = ()
    """Names of bundles: generator/assets.py."""
    more: dict[str, Any] = field(default_factory=dict)

    @property
    def edits_file(self) -> bool:
        """Whether the page is made from one file, and not from a folder."""
        return self.kind not in ("index", "search")


@dataclass(frozen=True)
class Place:
    """Where a step or tip stands in a guide: its number, and its neighbours."""

    guide: Entry
    number: int
    total: int
    before: Entry | None
    after: Entry | None


def pages(catalog: Catalog) -> Iterator[Page]:
    """Every page of the site."""
    yield from _home(catalog)
    places = places_in(catalog)
    for entry in catalog:
        if CONTENT_TYPES[entry.kind].has_page:
            yield _of_entry(catalog, entry, places.get(entry.key))
    for entry in catalog.of_kind("guide"):
        yield _checklist(catalog, entry)
    for kind in CONTENT_TYPES.values():
        if kind.shown in ("page", "on index") and catalog.of_kind(kind.name):
            yield _index(catalog, kind.name)
    yield from _search(catalog)
    yield Page(urls.MISSING, "missing.md.jinja", "missing", "generator/templates/missing.md.jinja")


def _home(catalog: Catalog) -> Iterator[Page]:
    guides = catalog.of_kind("guide")
    if guides:
        edit = guides[0].document.path
        yield Page("", "home.md.jinja", "home", edit, _checked(catalog, guides), None, ("ticks",))


def _of_entry(catalog: Catalog, entry: Entry, place: Place | None) -> Page:
    template, checked = f"{entry.kind}/entry.md.jinja", _checked(catalog, [entry])
    scripts, more = _scripts_of(entry), {"place": place}
    return Page(_address(entry), template, entry.kind, entry.document.path, checked, entry, scripts, more)


def _address(entry: Entry) -> str:
    """Where an entry's page stands; a retired one keeps the address that readers have."""
    was = entry.model.was.partition(":") if isinstance(entry.model, Retired) else None
    return urls.of_entry(was[0], was[2]) if was else urls.of_entry(*entry.key)


def _scripts_of(entry: Entry) -> tuple[str, ...]:
    if isinstance(entry.model, Letter):
        return ("letter",)
    if isinstance(entry.model, Standing) and entry.model.tool:
        return (f"{entry.model.tool}-page",)
    return ("ticks",) if isinstance(entry.model, (Walk, Guide)) else ()


def _checklist(catalog: Catalog, guide: Entry) -> Page:
    url = urls.of_entry("guide", guide.id) + "checklist/"
    walks = [*steps_of(catalog, guide), *tips_of(catalog, guide)]
    edit, checked = guide.document.path, _checked(catalog, walks)
    return Page(url, "guide/checklist.md.jinja", "checklist", edit, checked, guide, ("ticks",))


def _index(catalog: Catalog, name: str) -> Page:
    folder, entries = CONTENT_TYPES[name].folder, catalog.of_kind(name)
    checked = _checked(catalog, entries)
    return Page(f"{folder}/", f"{name}/index.md.jinja", "index", f"content/{folder}", checked)


def _search(catalog: Catalog) -> Iterator[Page]:
    """The page that lists all pages; the one page that may grow with the site."""
    entries = [entry for entry in catalog if CONTENT_TYPES[entry.kind].has_page]
    if entries:
        yield Page("search/", "search.md.jinja", "search", "content", _checked(catalog, entries))


def _checked(catalog: Catalog, entries: list[Entry]) -> date | None:
    """The oldest day on which any of these entries, or a source that they rest on, was read."""
    days = [entry.model.checked for entry in entries if entry.model.checked]
    for id in {id for entry in entries for id in sources_of(entry, catalog)}:
        if source := catalog.model("source", id, Source):
            days.append(source.read)
    days += [entry.model.read for entry in entries if isinstance(entry.model, Source)]
    return min(days, default=None)


def steps_of(catalog: Catalog, guide: Entry) -> list[Entry]:
    """A guide's steps, in order."""
    ids = guide.model.steps if isinstance(guide.model, Guide) else []
    return [entry for id in ids if (entry := catalog.get("step", id))]


def tips_of(catalog: Catalog, guide: Entry) -> list[Entry]:
    """A guide's tips, in order."""
    ids = guide.model.tips if isinstance(guide.model, Guide) else []
    return [entry for id in ids if (entry := catalog.get("tip", id))]


def places_in(catalog: Catalog) -> dict[Key, Place]:
    """Where each step and tip stands in the first guide that lists it."""
    found: dict[Key, Place] = {}
    for guide in catalog.of_kind("guide"):
        for walks in (steps_of(catalog, guide), tips_of(catalog, guide)):
            for at, entry in enumerate(walks):
                before = walks[at - 1] if at else None
                after = walks[at + 1] if at + 1 < len(walks) else None
                found.setdefault(entry.key, Place(guide, at + 1, len(walks), before, after))
    return found


def facts_by_source(catalog: Catalog) -> dict[str, list[Entry]]:
    """The facts that some entry refers to, by the source that they were read in."""
    found: dict[str, list[Entry]] = {}
    used = used_facts(catalog)
    for entry in catalog.of_kind("fact"):
        if isinstance(entry.model, Fact) and entry.id in used:
            found.setdefault(entry.model.source, []).append(entry)
    return found


def cited_sources(catalog: Catalog) -> set[str]:
    """The ids of the sources that some page rests on, directly or through a fact."""
    pages_ = [entry for entry in catalog if CONTENT_TYPES[entry.kind].shown != "with source"]
    return {id for entry in pages_ for id in sources_of(entry, catalog)}


def used_facts(catalog: Catalog) -> set[str]:
    """The ids of the facts that some entry refers to."""
    return {one.id for entry in catalog for one in entry.pointers if one.kind == "fact"}
