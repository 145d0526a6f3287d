"""Small projects to test with: a whole one as a base, and changes to it.

In: files by path, replacements, links. Out: a folder that the generator can read.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from generator.catalog import Catalog, Entry
from generator.decode import decode
from generator.model import CONTENT_TYPES, ContentType
from generator.source import read, to_document

PROJECT = Path(__file__).parent.parent
BASE = Path(__file__).parent / "golden" / "base"
TODAY = date(2026, 11, 22)

Files = Mapping[str, str]


def lay_out(root: Path, files: Files, *, base: bool = True) -> Path:
    """A project in `root`: the base when asked for, with these files over it."""
    if base:
        shutil.copytree(BASE, root, dirs_exist_ok=True)
    (root / "content").mkdir(parents=True, exist_ok=True)
    (root / "mkdocs.yml").write_text("site_name: A small project\n", "utf-8")
    for path, text in files.items():
        put(root / path, text.encode())
    return root


def put(path: Path, data: bytes) -> None:
    """Write bytes to a file, with its folders."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def replace(root: Path, path: str, changes: Mapping[str, str]) -> None:
    """Replace texts that stand exactly once in a file."""
    text = (root / path).read_text("utf-8")
    for old, new in changes.items():
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path}"
        text = text.replace(old, new)
    put(root / path, text.encode())


def kind_of(path: str) -> ContentType:
    """The content type that a path below the project belongs to."""
    folder = Path(path).parts[1]
    return next(kind for kind in CONTENT_TYPES.values() if kind.folder == folder)


@cache
def base_entries() -> tuple[Entry, ...]:
    """The entries of the base project."""
    found = [decode(document)[0] for document in read(BASE).documents]
    return tuple(entry for entry in found if entry)


def base_with(*entries: Entry) -> Catalog:
    """The base project's catalog, with some entries exchanged or added."""
    return Catalog.of([*base_entries(), *entries])


def data_of(entry: Entry) -> dict[str, Any]:
    """What an entry's file says, as plain data."""
    document, _ = to_document(
        entry.document.text.encode(), entry.document.path, CONTENT_TYPES[entry.kind], entry.id
    )
    assert document
    return dict(document.data)
