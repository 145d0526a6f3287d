"""The workshop: from the project's folder to a published site, with what earlier builds kept.

In: the project's folder and the day. Out: problems, or a site and what was done for it. Content becomes
pages in `pipeline.py`, pages become a site in `site/`; here the two meet, and both commands use it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from generator import ground, pipeline, site, tree
from generator.digest import digest
from generator.disk_store import Disk, drop
from generator.pipeline import Build, Kept, Tell
from generator.problems import Problem
from generator.render import forget_templates

AT_REST = ".build/at-rest"
"""Is there when the last build ended well, so that what a stopped one left is cleared also when nothing has changed."""
READS = ("content", "site_overrides", "mkdocs.yml")
"""What a site is made from, besides the generator itself."""


@dataclass(frozen=True)
class Outcome:
    """What came of a build: problems, or a site of so many pages."""

    problems: list[Problem] = field(default_factory=list)
    pages: int = 0
    rendered: int = 0
    """Pages that had to be made anew."""


def make_site(root: Path, today: date, tell: Tell, *, fresh: bool = False) -> Outcome:
    """Build and publish the site; does nothing when nothing has changed. Raises EngineError or OSError."""
    with site.alone(root, tell):
        if fresh:
            drop(root / site.STORE)
            (root / site.PUBLISHED.index).unlink(missing_ok=True)
        inputs = _inputs(root, today)
        if total := _unchanged(root, inputs):
            return Outcome(pages=total)
        return _make(root, today, tell, site.PUBLISHED, inputs)


def make_preview(root: Path, today: date) -> Outcome:
    """Build the site that is shown while serving."""
    forget_templates()
    ground.of_code.cache_clear()  # templates are part of it
    with site.alone(root, lambda stage: None):
        return _make(root, today, lambda stage: None, site.PREVIEW, "")


def check(root: Path, today: date, tell: Tell) -> Build:
    """Check the content, passing by what was clean and has not changed."""
    with _kept(root, tell, forget=False) as kept:
        return pipeline.check(root, today, kept)


def _make(root: Path, today: date, tell: Tell, place: site.Place, inputs: str) -> Outcome:
    (root / AT_REST).unlink(missing_ok=True)
    there = _entries(root)
    with _kept(root, tell, forget=place == site.PUBLISHED) as kept:
        build = pipeline.build(root, today, kept)
        if build.problems:
            return Outcome(build.problems)
        _refuse_gone(there - _entries(root))
        _sync(root, build)
        address = _site_url(root)
        order = site.Order(build.pages, build.prints, build.files, build.checked, address, inputs)
        del build  # the catalog is the largest thing in memory, and pages are all that is needed now
        done = site.publish(root, order, kept.store, tell, place)
    (root / AT_REST).touch()
    return Outcome(pages=done.pages, rendered=done.rendered)


def _entries(root: Path) -> frozenset[str]:
    """The files that may be entries: no drafts of editors, which come and go."""
    names = tree.found_in(root / "content")
    return frozenset(name for name in names if name.endswith((".yml", ".md")) and "/." not in name)


def _refuse_gone(gone: frozenset[str]) -> None:
    """Raises OSError when files went while they were read: what is left may look whole and be half of the site."""
    if gone:
        raise OSError(f"content/{min(gone)} went while the site was made: build again")


def _sync(root: Path, build: Build) -> None:
    """The docs tree holds exactly what this build made, so that another engine can be run on it by hand."""
    docs = tree.Folder(root / site.DOCS)
    for path, data in build.files.items():
        docs.put(path, data)
    docs.keep_only({*build.prints, *build.files})


@contextmanager
def _kept(root: Path, tell: Tell, *, forget: bool) -> Iterator[Kept]:
    store = Disk(root / site.STORE)
    try:
        yield Kept(store, tree.Folder(root / site.DOCS), tell)
        store.close(forget=forget)
    finally:
        store.close()


def _site_url(root: Path) -> str:
    """The site's own address, as the engine takes it: from the environment, else from mkdocs.yml."""
    told = re.search(r'SITE_URL, "([^"]+)"', (root / "mkdocs.yml").read_text("utf-8"))
    return os.environ.get("SITE_URL") or (told[1] if told else "")


def _inputs(root: Path, today: date) -> str:
    """A short word for all that the site is made from; nothing when it cannot be read."""
    variables = (os.environ.get(name, "") for name in site.VARIABLES)
    try:
        theirs = ground.of_files(*(root / name for name in READS))
    except OSError:
        return ""
    return digest(ground.of_code(), theirs, today.isoformat(), *variables)


def _unchanged(root: Path, inputs: str) -> int:
    """The pages of the published site, when it was made from the same and nobody has touched it; else 0."""
    index = site.Index.read(root / site.PUBLISHED.index)
    same = (
        (root / AT_REST).exists() and inputs and index.inputs == inputs and index.stands_in(root / site.SITE)
    )
    return index.pages if same else 0
