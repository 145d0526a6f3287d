"""The letter tree: what a template means, as plain lists that Python and a browser read alike.

In: a tree and values. Out: the letter's text, or its parts. The tree:
  "text" | ["out", name] | ["out", name, "date"] | ["if", [[condition, nodes], …], else-nodes]
  condition: ["name", n] | ["const", text] | ["list", [text, …]] | ["eq"|"ne"|"in"|"not-in", c, c]
             | ["and"|"or", [c, …]] | ["not", c]
`letter-tree.js` is its twin; Jinja2 is the judge of both. It knows nothing of files or HTML.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from babel.dates import format_date

Node = Any
"""A string or a list, as above; JSON has no better type for it."""
Values = Mapping[str, str | bool]


@dataclass(frozen=True)
class Part:
    """A piece of a letter: literal text, or what stands in a blank."""

    text: str
    blank: str | None = None


def text(tree: list[Node], values: Values, locale: str) -> str:
    """The whole letter as text."""
    return "".join(part.text for part in parts(tree, values, locale))


def parts(tree: list[Node], values: Values, locale: str) -> Iterator[Part]:
    """The letter's pieces in order, with conditions decided."""
    for node in tree:
        if isinstance(node, str):
            yield Part(node)
        elif node[0] == "out":
            yield Part(_shown(node, values, locale), node[1])
        else:
            yield from parts(_chosen(node, values), values, locale)


def _shown(node: list[Any], values: Values, locale: str) -> str:
    value = str(values[node[1]])
    return date_words(value, locale) if node[2:] == ["date"] else value


def _chosen(node: list[Any], values: Values) -> list[Node]:
    for condition, nodes in node[1]:
        if holds(condition, values):
            return list(nodes)
    return list(node[2])


def holds(condition: list[Any], values: Values) -> bool:
    """Whether a condition is true."""
    return bool(_value(condition, values))


def _value(condition: list[Any], values: Values) -> Any:
    kind, *rest = condition
    if kind == "name":
        return values[rest[0]]
    if kind in ("const", "list"):
        return rest[0]
    if kind in ("and", "or"):
        results = [holds(one, values) for one in rest[0]]
        return all(results) if kind == "and" else any(results)
    if kind == "not":
        return not holds(rest[0], values)
    left, right = (_value(one, values) for one in rest)
    return {"eq": left == right, "ne": left != right}.get(kind, (left in right) == (kind == "in"))


def date_words(value: str, locale: str) -> str:
    """2026-12-24 in words of the locale; anything that is no date stays as it was typed."""
    try:
        # Python also reads week dates such as 2026-W52-4; browsers do not.
        day = date.fromisoformat(value) if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value) else None
    except ValueError:
        day = None
    return format_date(day, "long", locale.replace("-", "_")) if day else value


def names(tree: list[Node]) -> Iterator[tuple[str, str]]:
    """Every name that a tree uses, with its use: `out`, `date` or `if`."""
    for node in tree:
        if isinstance(node, list) and node[0] == "out":
            yield node[1], "date" if node[2:] else "out"
        elif isinstance(node, list):
            yield from ((name, "if") for condition, _ in node[1] for name in tested(condition))
            for nodes in (*(nodes for _, nodes in node[1]), node[2]):
                yield from names(nodes)


def tested(condition: Any) -> Iterator[str]:
    """The names that a condition asks for."""
    if condition and condition[0] == "name":
        yield condition[1]
    elif condition[0] in ("and", "or"):
        for one in condition[1]:
            yield from tested(one)
    elif condition[0] not in ("const", "list"):
        for one in condition[1:]:
            yield from tested(one)


def certain(condition: Any) -> set[str]:
    """The names that hold something whenever a condition is true."""
    if condition[0] == "name":
        return {condition[1]}
    if condition[0] in ("and", "or"):
        sides = [certain(one) for one in condition[1]]
        return set.union(*sides) if condition[0] == "and" else set.intersection(*sides)
    return set()


def depth(tree: list[Node]) -> int:
    """How many lists stand inside each other."""
    levels = 0
    while tree:
        levels += 1
        tree = [one for node in tree if isinstance(node, list) for one in node]
    return levels


def literals(tree: list[Node]) -> Iterator[str]:
    """Every piece of literal text."""
    for node in tree:
        if isinstance(node, str):
            yield node
        elif node[0] == "if":
            for nodes in (*(nodes for _, nodes in node[1]), node[2]):
                yield from literals(nodes)
