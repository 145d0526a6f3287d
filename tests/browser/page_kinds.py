"""Which pages show everything that the site holds: the fewest that have each shape of element between them.

In: the files of the site. Out: addresses. A new kind of page, element or attribute brings its page along by itself,
so what costs much is tested on each kind of page, and nobody keeps a list. It opens no browser.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Protocol

import html5lib

Shape = tuple[str, ...]
Inside = Callable[[Any], bool]


class Pages(Protocol):
    """A site that knows the file of each of its pages: as built, or as it is opened."""

    @property
    def pages(self) -> Mapping[str, Path]: ...


def every_page(site: Pages) -> list[str]:
    """The address of every page that can be opened, the one for addresses that are not there too."""
    return list(site.pages)


def covering(site: Pages, inside: Inside | None = None) -> list[str]:
    """The fewest pages, about, that hold every shape of element, or of those inside an element that fits."""
    left = {url: shapes for url, file in site.pages.items() if (shapes := _shapes(_tree(file), inside))}
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
