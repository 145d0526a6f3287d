"""Publishing: a build in, `site/` out, whole or not at all.

In: the project's folder, a build, and what earlier builds kept. Out: `site/`, exchanged once the new
folder is whole. Pages whose text and frame are as before are taken over from `site/` or from the store;
only the others go through the engine. An interrupted build leaves the old site.
Whoever builds holds the lock.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from generator import folder, ground
from generator.digest import digest
from generator.site import engine, finish
from generator.site.engine import EngineError
from generator.site.exchange import exchange, refuse_strange
from generator.site.shelf import Index, Shelf
from generator.store import Store
from generator.tree import write

BUILD = ".build"
DOCS = ".build/docs"
SITE = "site"
HOSTING = ".build/hosting"
STORE = ".build/store.db"
_WORK = "work-"
Tell = Callable[[str], None]
"""Is told what is going on, for a progress line."""
VARIABLES = ("SITE_URL", "REPO_URL", "OFFLINE")


@dataclass(frozen=True)
class Place:
    """Where a site goes, and where its index is kept; both below the project's folder."""

    site: str
    index: str
    whole: bool = True
    """Whether it is made for a host, with all that is made from the whole site."""


PUBLISHED = Place(SITE, ".build/site.json")
PREVIEW = Place(".build/preview", ".build/preview.json", whole=False)


@dataclass(frozen=True)
class Order:
    """What is to be published: pages by docs path, and all other files by site path."""

    texts: Mapping[str, str]
    prints: Mapping[str, str]
    """A short word for each text."""
    files: Mapping[str, bytes]
    checked: Mapping[str, str] = field(default_factory=dict)
    """The ISO date on which the facts of a page were last checked, where there is one."""
    site_url: str = ""
    inputs: str = ""
    """A short word for everything that the site is made from."""


@dataclass(frozen=True)
class Published:
    """What was done, as counts of pages."""

    pages: int
    rendered: int


def publish(root: Path, order: Order, store: Store, tell: Tell, place: Place = PUBLISHED) -> Published:
    """Make the site of an order and exchange it for the old one; raises EngineError or OSError."""
    site, index = root / place.site, root / place.index
    refuse_strange(site)
    old, work = _known(index, site), root / BUILD / f"{_WORK}{os.getpid()}"
    try:
        shelf = Shelf(work / "site", site, old)
        rendered = _pages(root, order, store, shelf, work, tell)
        for name, data in order.files.items():
            shelf.put(name, data, digest(data))
        if place.whole:
            tell("Finishing")
            _finish(root, order, shelf)
        shelf.keep_foreign()
        Index(order.inputs, len(order.prints), shelf.files).write(_next(index))
        shelf.refuse_gaps()
        # Nobody knows who made a folder without an index: it is put aside, not deleted.
        exchange(shelf.folder, site, aside=None if old.files else root / BUILD / "site-before")
        _next(index).replace(index)
    except (EngineError, OSError):
        _next(index).unlink(missing_ok=True)
        raise
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return Published(len(order.prints), rendered)


def _next(index: Path) -> Path:
    """Where the index of a site stands that is about to be exchanged."""
    return index.with_suffix(".next.json")


def _known(index: Path, site: Path) -> Index:
    """What is known of a site; a build killed right after the exchange has left its index beside the old."""
    coming = Index.read(_next(index))
    return coming if coming.stands_in(site) else Index.read(index)


def _pages(root: Path, order: Order, store: Store, shelf: Shelf, work: Path, tell: Tell) -> int:
    """Put every page on the shelf; returns how many went through the engine."""
    frame = frame_print(root, order.files)
    keys = {path: digest(frame, path, one) for path, one in order.prints.items()}
    anew = [path for path, key in keys.items() if not _taken_over(path, key, shelf, store)]
    if anew:
        tell(f"Building {len(anew)} of {len(keys)} pages")
        for path, html in engine.run(root, order.texts, anew, work):
            store.put(keys[path], html)
            shelf.put(site_path(path), html, keys[path])
    return len(anew)


def site_path(docs_path: str) -> str:
    """Where a page is published: steps/x/index.md at steps/x/index.html, 404.md at 404.html."""
    return f"{docs_path.removesuffix('.md')}.html"


def frame_print(root: Path, files: Mapping[str, bytes]) -> str:
    """A short word for all that finished pages are made from besides their texts."""
    theirs = ground.of_files(root / "site_overrides", root / "mkdocs.yml")
    variables = (os.environ.get(name, "") for name in VARIABLES)
    return digest(ground.of_code(), theirs, *variables, *sorted(files))


def _taken_over(path: str, key: str, shelf: Shelf, store: Store) -> bool:
    """Put a finished page on the shelf if it is still there from before."""
    name = site_path(path)
    if shelf.link(name, key):
        store.has(key)  # it stays in the store
        return True
    html = store.get(key)
    if html is not None:
        shelf.put(name, html, key)
    return html is not None


def _finish(root: Path, order: Order, shelf: Shelf) -> None:
    """Put on the shelf what is made from the whole site, and write configurations for hosts beside it."""
    names = sorted(map(site_path, order.prints))
    whole = finish.Whole(
        pages={name: (shelf.folder / name).read_bytes() for name in names},
        files=order.files,
        site_url=order.site_url,
        checked={site_path(path): day for path, day in order.checked.items()},
        worker=_worker(root),
        archive=_bytes(root / SITE / folder.PATH),
    )
    try:
        made, beside = finish.published(whole), finish.beside(whole)
    except ValueError as error:
        raise EngineError(str(error)) from None
    for name, data in made.items():
        shelf.put(name, data, digest(data))
    for name, data in beside.items():
        write(root / HOSTING / name, data)


def _worker(root: Path) -> str:
    """The source of the service worker, or of the one that removes it: the way out, told in decision 9."""
    name = "worker-off" if os.environ.get("OFFLINE") == "off" else "worker"
    return _bytes(root / f"site_overrides/assets/javascripts/{name}.js").decode("utf-8")


def _bytes(path: Path) -> bytes:
    return path.read_bytes() if path.is_file() else b""


@contextmanager
def alone(root: Path, tell: Tell) -> Iterator[None]:
    """One build at a time in one project, from reading on; the system opens the lock after a kill."""
    (root / BUILD).mkdir(exist_ok=True)
    with (root / BUILD / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            tell("Waiting for another build")
            fcntl.flock(lock, fcntl.LOCK_EX)
        _clear(root)
        yield


def _clear(root: Path) -> None:
    """Throw away what builds left that were killed; no other one runs now."""
    for left in (root / BUILD).glob(f"{_WORK}*"):
        shutil.rmtree(left, ignore_errors=True)
