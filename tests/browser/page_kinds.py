"""Which pages show everything that the site holds: the fewest that have each shape of element between them.

In: the built site. Out: addresses. A new kind of page, element or attribute brings its page along by itself,
so what costs much is tested on each kind of page, and nobody keeps a list. It opens no browser.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import html5lib
from built_site import BuiltSite

Shape = tuple[str, ...]
Inside = Callable[[Any], bool]
MISSING = "404.html"


def every_page(built: BuiltSite) -> list[str]:
    """The address of every page that can be opened, the one for addresses that are not there too."""
    return [*built.urls, MISSING]


def covering(built: BuiltSite, inside: Inside | None = None) -> list[str]:
    """The fewest pages, about, that hold every shape of element, or of those inside an element that fits."""
    left = {url: shapes for url in every_page(built) if (shapes := _shapes(_tree(_file(built, url)), inside))}
    chosen = []
    while left:
        best = max(sorted(left), key=lambda url: len(left[url]))
        chosen.append(best)
        known = left.pop(best)
        left = {url: rest for url, shapes in left.items() if (rest := shapes - known)}
    return chosen


def has(name: str) -> Inside:
    """Fits an element that carries the attribute."""
    return lambda element: name in element.attrib


def is_a(*tags: str) -> Inside:
    """Fits an element with one of the names."""
    return lambda element: element.tag in tags


def _file(built: BuiltSite, url: str) -> Path:
    return built.folder / url if url == MISSING else built.page(url)


@cache
def _tree(path: Path) -> Any:
    return html5lib.parse(path.read_text("utf-8"), namespaceHTMLElements=False)


def _shapes(tree: Any, inside: Inside | None) -> frozenset[Shape]:
    roots = [tree.find("body")] if inside is None else [one for one in tree.iter() if _fits(one, inside)]
    return frozenset(_shape(one) for root in roots for one in _elements(root))


def _fits(element: Any, inside: Inside) -> bool:
    return isinstance(element.tag, str) and inside(element)


def _elements(root: Any) -> Iterator[Any]:
    return (one for one in root.iter() if isinstance(one.tag, str))


def _shape(element: Any) -> Shape:
    kind = (element.get(name, "") for name in ("class", "role", "type"))
    return (element.tag, *kind, *sorted(element.attrib))
