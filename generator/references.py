"""References: which entry points to which, and whether the target exists.

In: entries and the catalog. Out: references with their places, back-links and problems. It does not
know what a reference means to a reader.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from itertools import islice

from generator.catalog import Catalog, Entry
from generator.model import CONTENT_TYPES
from generator.model.base import Link, Loc, OldLink, Template, Text
from generator.model.evidence import Fact
from generator.model.page import Retired
from generator.pointers import Pointer
from generator.problems import Problem
from generator.prose import BRACKETS, REFERENCE

MAX_FOUND = 50
"""Malformed references that are told of one text."""
_GONE = [name for name, kind in CONTENT_TYPES.items() if kind.model is Retired]
_PAGED = [name for name, kind in CONTENT_TYPES.items() if kind.has_page and name not in _GONE]
_PAGELESS = [name for name, kind in CONTENT_TYPES.items() if kind.shown == "with source"]


def problems(entry: Entry, catalog: Catalog) -> Iterator[Problem]:
    """References that lead nowhere, and double brackets that are not references."""
    for pointer in entry.pointers:
        if not catalog.knows(pointer.key):
            yield _unknown(entry, catalog, pointer)
        elif pointer.kind in _GONE:
            yield _pageless(entry, pointer.loc, pointer.written)
    for loc, value in entry.leaves:
        kind = value.partition(":")[0] if isinstance(value, (Link, OldLink)) else ""
        if kind in _PAGELESS or (isinstance(value, OldLink) and kind not in _PAGED):
            yield _pageless(entry, loc, value)
        elif isinstance(value, Text) and "[[" in value and not isinstance(value, Template):
            yield from _malformed(entry, loc, value)


def _pageless(entry: Entry, loc: Loc, written: str) -> Problem:
    what, wanted = f'"{written}" has no page of its own', f"name one of these: {', '.join(_PAGED)}"
    place = entry.document.find(loc, written)
    return Problem(entry.document.path, place, what, wanted, "bad-reference")


def _unknown(entry: Entry, catalog: Catalog, pointer: Pointer) -> Problem:
    if pointer.kind not in CONTENT_TYPES:
        what = f'"{pointer.kind}" is not a content type'
        wanted = f"use one of: {', '.join(CONTENT_TYPES)}"
    else:
        what = f'there is no {pointer.kind} "{pointer.id}"'
        wanted = _nearest(pointer, catalog)
    place = entry.document.find(pointer.loc, pointer.written)
    return Problem(entry.document.path, place, what, wanted, "unknown-reference")


def _nearest(pointer: Pointer, catalog: Catalog) -> str:
    ids = sorted(id for kind, id in catalog.known if kind == pointer.kind)
    near = difflib.get_close_matches(pointer.id, ids, n=1, cutoff=0.6)
    folder = CONTENT_TYPES[pointer.kind].folder
    return f'did you mean "{near[0]}"?' if near else f"use the id of a file in content/{folder}/"


def _malformed(entry: Entry, loc: Loc, text: Text) -> Iterator[Problem]:
    wrong = (found for found in BRACKETS.finditer(text) if not REFERENCE.fullmatch(found.group()))
    for found in islice(wrong, MAX_FOUND):
        place = entry.document.find(loc, found.group())
        wanted = "write [[type:id]] or [[type:id|words]]"
        what = f'"{found.group()}" is not a reference'
        yield Problem(entry.document.path, place, what, wanted, "bad-reference")


def sources_of(entry: Entry, catalog: Catalog) -> set[str]:
    """The ids of all sources that an entry rests on, directly or through facts."""
    found = {pointer.id for pointer in entry.pointers if pointer.kind == "source"}
    for pointer in entry.pointers:
        if pointer.kind == "fact" and (fact := catalog.model("fact", pointer.id, Fact)):
            found.add(fact.source)
    return {id for id in found if catalog.get("source", id)}
