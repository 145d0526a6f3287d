"""The spine: read, decode, check, render. Start reading the generator here.

In: the project's folder, the day, the ids published before. Out: a `Build` of pages as text and
problems as values. With a problem there are no pages, so that nothing half-true is ever published.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from generator import checks, ledger, pages, source, urls
from generator.assets import Assets, assets
from generator.catalog import Catalog
from generator.checks import Context
from generator.decode import decode
from generator.loose import loose
from generator.problems import Problem, in_order
from generator.render import render

Tell = Callable[[str], None]
"""Is told what is going on, for a progress line."""


@dataclass(frozen=True)
class Build:
    """What the content gives: the catalog, pages and files by path below the docs tree, and problems."""

    catalog: Catalog
    pages: dict[str, str] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    @property
    def docs(self) -> dict[str, str | bytes]:
        """All that belongs in the docs tree."""
        return {**self.pages, **self.files}


def _silence(stage: str) -> None:
    return None


def build(root: Path, today: date, tell: Tell = _silence) -> Build:
    """Read, decode, check and render all content below `root`."""
    checked = check(root, today, tell)
    if checked.problems:
        return checked
    tell("Rendering")
    frame = frame_assets(root)
    if isinstance(frame, Problem):
        return Build(checked.catalog, problems=[frame])
    plans = list(pages.pages(checked.catalog))
    rendered = {urls.file_of(page.url): render(page, checked.catalog, frame) for page in plans}
    broken = [text for text in rendered.values() if isinstance(text, Problem)]
    texts = {path: text for path, text in rendered.items() if isinstance(text, str)}
    if broken:
        return Build(checked.catalog, problems=in_order(broken))
    return Build(checked.catalog, texts, dict(frame.files))


def frame_assets(root: Path) -> Assets | Problem:
    """The styles and scripts of the project's frame; none where it has no frame."""
    folder = root / "site_overrides" / "assets"
    files = sorted(path for path in folder.rglob("*.*") if path.is_file())
    return assets({path.relative_to(folder).as_posix(): path.read_bytes() for path in files})


def check(root: Path, today: date, tell: Tell = _silence) -> Build:
    """Read, decode and check all content below `root`; no pages."""
    tell("Reading")
    reading = source.read(root)
    tell("Decoding")
    decoded = [decode(document) for document in reading.documents]
    catalog = Catalog.of((entry for entry, _ in decoded if entry), known=reading.ids)
    tell("Checking")
    context = Context(catalog, today, published_ids(root))
    problems = [*reading.problems, *(problem for _, found in decoded for problem in found)]
    pairs = zip(reading.documents, decoded, strict=True)
    refused = [loose(document) for document, (entry, _) in pairs if entry is None]
    problems += [*checks.run(context), *checks.run_words(context, refused)]
    return Build(catalog, problems=in_order(problems))


def published_ids(root: Path) -> frozenset[str]:
    """The keys in the project's ledger; none when there is no ledger yet."""
    path = root / ledger.PATH
    return ledger.parse(path.read_text("utf-8", "replace")) if path.is_file() else frozenset()
