"""What a plant made of a page, beside the same page with plain words in the same place.

In: two pages as HTML. Out: what the first has that is more than words: elements, attributes, addresses, ids that
stand twice. html5lib reads the pages as browsers do. It knows no plant.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import html5lib

PLAIN = {
    "p",
    "ul",
    "ol",
    "li",
    "strong",
    "em",
    "br",
    "h2",
    "h3",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "hr",
}
"""What the small Markdown makes; without attributes, words inside them stay words."""
QUIET = {
    "class",
    "id",
    "title",
    "aria-label",
    "aria-labelledby",
    "content",
    "value",
    "placeholder",
    "tabindex",
}
"""Attributes whose value is only ever read as words, or names a place."""
LEADS = {
    "href",
    "src",
    "srcset",
    "action",
    "formaction",
    "data",
    "background",
    "poster",
    "ping",
    "cite",
    "xlink:href",
}

Seen = tuple[str, str, str]
"""An element, an attribute of it, and the value where that counts."""


def elements(page: str) -> list[Any]:
    """Each element of a page, as a browser would build it."""
    tree = html5lib.parse(page, treebuilder="etree", namespaceHTMLElements=False)
    return [one for one in tree.iter() if isinstance(one.tag, str)]


def _seen(page: str) -> Iterator[Seen]:
    for element in elements(page):
        yield str(element.tag), "", ""
        for name, value in element.attrib.items():
            counts = (
                str(name) in LEADS or str(name).startswith("on") or str(name) in ("style", "rel", "target")
            )
            yield str(element.tag), str(name), str(value) if counts else ""


def strange(page: str, plain: str) -> list[str]:
    """What a page has more than the plain one, and is not words in the small Markdown."""
    more = Counter(_seen(page)) - Counter(_seen(plain))
    known = {_place(value) for _, name, value in _seen(plain) if name in LEADS}
    found = [
        f"<{tag} {name}={value!r}>"
        for tag, name, value in more
        if _is_strange(tag, name) and not (tag == "a" and name == "href" and _place(value) in known)
    ]
    leads = (value for _, name, value in _seen(page) if name in LEADS and _place(value) not in known)
    acts = [f"leads to {value!r}" for value in leads if "pwned" in value]
    return found + acts + twice(page)


def _place(address: str) -> tuple[str, str]:
    """The scheme and the host of an address; an unknown path on a known host is only a page that may be missing."""
    parts = urlsplit(address)
    return parts.scheme, parts.netloc


def _is_strange(tag: str, name: str) -> bool:
    if tag not in PLAIN:
        return name not in QUIET and not name.startswith("data-")
    return name not in ("", "id", "class")


def twice(page: str) -> list[str]:
    """Ids that stand on more than one element."""
    ids = Counter(element.attrib["id"] for element in elements(page) if "id" in element.attrib)
    return [f"id {id!r} stands {count} times" for id, count in ids.items() if count > 1]
