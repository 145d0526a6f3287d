"""The ledger of tick ids: what readers' browsers may have kept under these names.

In: the catalog, or the ledger's text. Out: ids. A tick id once published stays known for ever, so that
its removal must be declared (rule lost-id). It knows no browser and no file.
"""

from __future__ import annotations

from generator.catalog import Catalog
from generator.checks.route import tick_ids

PATH = "content/_ids.txt"
_HEAD = "# Every tick id that the site has had. Written by `make fix`; never edit by hand.\n"


def parse(text: str) -> frozenset[str]:
    """The ids in a ledger."""
    lines = (line.strip() for line in text.splitlines())
    return frozenset(line for line in lines if line and not line.startswith("#"))


def to_text(catalog: Catalog, before: frozenset[str]) -> str:
    """A ledger with all ids of before and of now."""
    now = {id for entry in catalog for id in tick_ids(entry)}
    return _HEAD + "".join(f"{id}\n" for id in sorted(before | now))
