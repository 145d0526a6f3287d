"""Addresses: where each entry stands on the site, and the way from one page to another.

In: content types and ids. Out: site-relative URLs that end in a slash (with a fragment for entries that
share a page). It knows no host.
"""

from __future__ import annotations

from itertools import takewhile

from generator.model import CONTENT_TYPES

MISSING = "404/"
"""The page that a server shows for any address that is not there."""


def of_entry(kind: str, id: str) -> str:
    """The address of an entry, for example steps/contact-support/ or glossary/#chargeback."""
    content_type = CONTENT_TYPES[kind]
    if content_type.shown == "root page":
        return f"{id}/"
    if content_type.shown == "page":
        return f"{content_type.folder}/{id}/"
    return f"{content_type.folder}/#{id}"


def relative(here: str, there: str) -> str:
    """The way from the page `here` to the address `there`; both site-relative, "" is the home page."""
    path, hash, fragment = there.partition("#")
    if path == here:
        return hash + fragment or "./"
    ours, theirs = here.split("/")[:-1], path.split("/")[:-1]
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(ours, theirs, strict=False)))
    way = "/".join([".."] * (len(ours) - shared) + theirs[shared:])
    return f"{way or '.'}/{hash}{fragment}"


def file_of(url: str) -> str:
    """The Markdown file of a page. Always index.md: see docs/decisions/0001-docs-tree.md.

    But for the page that is shown at any address: it has no place of its own, and holds no relative link.
    """
    return "404.md" if url == MISSING else f"{url}index.md"
