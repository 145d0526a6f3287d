"""The ledger: every page and tick that the site has had, by id.

In: the catalog, or the ledger's text. Out: keys such as step/report-it (a page) and
step/report-it/keep-copies (a tick). What was published once stays known for ever, because readers'
browsers and bookmarks hold it; so what goes must be declared (rule lost-id). It knows no file.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalog import Catalog, Entry
from generator.model import CONTENT_TYPES
from generator.model.page import Retired
from generator.model.route import Walk

PATH = "content/_ids.txt"
_HEAD = "# Every page and tick that the site has had. Written by `make fix`; never edit by hand.\n"


def parse(text: str) -> frozenset[str]:
    """The keys in a ledger."""
    lines = (line.strip() for line in text.splitlines())
    return frozenset(line for line in lines if line and not line.startswith("#"))


def to_text(catalog: Catalog, before: frozenset[str]) -> str:
    """A ledger with all keys of before and of now."""
    now = {key for entry in catalog for key in keys(entry)}
    return _HEAD + "".join(f"{key}\n" for key in sorted(before | now))


def keys(entry: Entry) -> Iterator[str]:
    """The key of an entry's page, and those of its ticks."""
    if CONTENT_TYPES[entry.kind].has_page and not isinstance(entry.model, Retired):
        yield f"{entry.kind}/{entry.id}"
    yield from tick_ids(entry)


def tick_ids(entry: Entry) -> list[str]:
    """The keys under which a reader's ticks on this entry are kept: type/entry/item."""
    items = entry.model.checklist if isinstance(entry.model, Walk) else {}
    return [f"{entry.kind}/{entry.id}/{item}" for item in items]
