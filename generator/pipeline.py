"""The spine: read, decode, check, render. Start reading the generator here.

In: the project's folder, the day, the ids published before. Out: a `Build` of pages as text and
problems as values. With a problem there are no pages, so that nothing half-true is ever published.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping, MutableMapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from generator import checks, ground, ledger, pages, rendering, search, source, urls
from generator.assets import Assets, assets
from generator.catalog import Catalog, Entry
from generator.checks import Context
from generator.decode import decode
from generator.digest import digest
from generator.loose import loose
from generator.problems import Position, Problem, in_order
from generator.remember import Remember
from generator.render import keep_compiled
from generator.source import Reading
from generator.store import Memory, Store
from generator.trace import Answers

Tell = Callable[[str], None]
"""Is told what is going on, for a progress line."""


@dataclass(frozen=True)
class Build:
    """What the content gives: catalog, pages and other files by path below the docs tree, and problems."""

    catalog: Catalog
    pages: Mapping[str, str] = field(default_factory=dict)
    prints: Mapping[str, str] = field(default_factory=dict)
    """A short word for each page's text, by path."""
    checked: Mapping[str, str] = field(default_factory=dict)
    """The ISO date on which the facts of a page were last checked, by path."""
    files: Mapping[str, bytes] = field(default_factory=dict)
    """All other files, by path."""
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True)
class Kept:
    """What earlier builds kept, and where this one keeps what it makes."""

    store: Store = field(default_factory=Memory)
    texts: MutableMapping[str, str] = field(default_factory=dict)
    tell: Tell = lambda stage: None


def build(root: Path, today: date, kept: Kept | None = None) -> Build:
    """Read, decode, check and render all content below `root`."""
    kept = kept or Kept()
    checked = check(root, today, kept)
    if checked.problems:
        return checked
    kept.tell("Rendering")
    frame = frame_assets(root)
    if isinstance(frame, Problem):
        return Build(checked.catalog, problems=[frame])
    keep_compiled(kept.store, ground.of_code())
    base = digest(ground.of_code(), frame.boot, *sorted(frame.files))
    remember = Remember(kept.store, base, Answers(checked.catalog).print)
    plans = {urls.file_of(page.url): page for page in pages.pages(checked.catalog)}
    made = {
        path: rendering.text_of(page, checked.catalog, frame, remember, kept.texts)
        for path, page in plans.items()
    }
    broken = [one for one in made.values() if isinstance(one, Problem)]
    if broken:
        return Build(checked.catalog, problems=in_order(broken))
    prints = {path: one for path, one in made.items() if isinstance(one, str)}
    days = {path: page.checked.isoformat() for path, page in plans.items() if page.checked}
    files = {**frame.files, **search.files(kept.texts, prints, kept.store, ground.of_code())}
    return Build(checked.catalog, kept.texts, prints, days, files)


def frame_assets(root: Path) -> Assets | Problem:
    """The styles and scripts of the project's frame; none where it has no frame."""
    folder = root / "site_overrides" / "assets"
    found = sorted(folder.rglob("*"))
    for link in (path for path in found if path.is_symlink()):
        name, what = link.relative_to(root).as_posix(), "this is a link to another place"
        return Problem(name, Position(), what, "put the file itself here", "no-symlink")
    files = [path for path in found if path.is_file() and path.suffix]
    return assets({path.relative_to(folder).as_posix(): path.read_bytes() for path in files})


def check(root: Path, today: date, kept: Kept | None = None) -> Build:
    """Read, decode and check all content below `root`; no pages."""
    kept = kept or Kept()
    kept.tell("Reading")
    reading = source.read(root, source.remembered(kept.store, ground.of_code()))
    kept.tell("Decoding")
    entries, refused, problems = _decoded(reading)
    catalog = Catalog.of(entries, known=reading.ids)
    kept.tell("Checking")
    context = Context(catalog, today, published_ids(root))
    answers = Answers(catalog, checks.shared_answers(context))
    remember = Remember(kept.store, ground.of_code(), answers.print)
    problems += [*reading.problems, *checks.run(context, remember), *checks.run_words(context, refused)]
    return Build(catalog, problems=in_order(problems))


def _decoded(reading: Reading) -> tuple[list[Entry], list[Entry], list[Problem]]:
    """Entries, what can be read of refused ones, and problems; a document is let go when it is an entry."""
    entries: list[Entry] = []
    refused: list[Entry] = []
    problems: list[Problem] = []
    documents = deque(reading.documents)
    reading.documents.clear()
    while documents:
        document = documents.popleft()
        entry, found = decode(document)
        problems += found
        if entry:
            entries.append(entry)
        else:
            refused.append(loose(document))
    return entries, refused, problems


def published_ids(root: Path) -> frozenset[str]:
    """The keys in the project's ledger; none when there is no ledger yet."""
    path = root / ledger.PATH
    return ledger.parse(path.read_text("utf-8", "replace")) if path.is_file() else frozenset()
