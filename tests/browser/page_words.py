"""The words of a page, from its HTML or as a browser shows them.

In: HTML or text. Out: a list of words. It opens no browser.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

import html5lib

UNSEEN = {"script", "style", "template", "head"}


def shown_words(text: str, *, markup: bool = False) -> list[str]:
    """The words in reading order; with `markup`, those that are not hidden."""
    seen = " ".join(_texts(html5lib.parseFragment(text, namespaceHTMLElements=False))) if markup else text
    return re.findall(r"\w+", unicodedata.normalize("NFKC", seen).casefold())


def _texts(element: Any) -> Iterator[str]:
    if not isinstance(element.tag, str) or element.tag in UNSEEN or "hidden" in element.attrib:
        return
    yield element.text or ""
    for child in element:
        yield from _texts(child)
        yield child.tail or ""
