"""Letter faults: what is wrong between a letter's words and what it declares.

In: a letter, also one of which some fields could not be read. Out: faults with the field and the line
inside the template. It knows the tree, no Jinja2 and no files.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, get_args

from generator.letter_tree import Node, certain, names
from generator.letters import OTHER, RESERVED, Fault, Reading, read
from generator.model.letter import BlankKind, Letter


def faults(letter: Letter) -> Iterator[tuple[str, Fault]]:
    """What is wrong with a letter's templates: the field's name and the fault."""
    used: set[str] = set()
    readings = {field: read(text) for field in ("subject", "body") if (text := getattr(letter, field))}
    for field, reading in readings.items():
        used |= {name for name, _ in names(reading.tree)}
        yield from ((field, fault) for fault in reading.faults)
        yield from ((field, fault) for fault in _name_faults(letter, reading, getattr(letter, field)))
    if len(readings) == 2 and not any(reading.faults for reading in readings.values()):
        yield from _unused(letter, used)


def _name_faults(letter: Letter, reading: Reading, template: str) -> Iterator[Fault]:
    for name, line in dict.fromkeys(_tested(reading, template)):
        if name not in {*(letter.blanks or {}), *(letter.ticks or {}), RESERVED}:
            yield Fault(line, f'"{name}" is not declared', "add it to blanks or ticks", "unknown-blank")
    for node in _printed(reading.tree):
        yield from _wrongly_printed(letter, node, reading.lines[id(node)])
    yield from _unguarded(letter, reading)
    yield from _foreign_countries(letter, reading.tree, template)


def _tested(reading: Reading, template: str) -> Iterator[tuple[str, int]]:
    """Names in conditions, with the line of the first."""
    for name, use in names(reading.tree):
        if use == "if":
            yield name, _line_of(template, name)


def _printed(tree: list[Node]) -> Iterator[Node]:
    """Every node that prints a blank."""
    for node in tree:
        if isinstance(node, list) and node[0] == "out":
            yield node
        elif isinstance(node, list):
            for nodes in (*(nodes for _, nodes in node[1]), node[2]):
                yield from _printed(nodes)


def _wrongly_printed(letter: Letter, node: Node, line: int) -> Iterator[Fault]:
    name, as_date = node[1], node[2:] == ["date"]
    blank = (letter.blanks or {}).get(name)
    if blank is None and name not in {*(letter.ticks or {}), RESERVED}:
        yield Fault(line, f'"{name}" is not declared', "add it to blanks or ticks", "unknown-blank")
    elif blank is None:
        what = f'"{name}" is not a blank, so it cannot be printed'
        yield Fault(line, what, "use it in {% if %}", "wrong-use")
    elif blank.kind in get_args(BlankKind) and as_date != (blank.kind == "date"):
        what = f'"{name}" is of kind {blank.kind}'
        yield Fault(line, what, "write |date for blanks of kind date, and only there", "wrong-use")


def _line_of(template: str, name: str) -> int:
    """The first line where a name stands in a condition."""
    found = re.search(rf"\{{%[^%]*?(?<!\w){re.escape(name)}(?!\w)", template)
    return template[: found.end() if found else 0].count("\n") + 1


def _unguarded(letter: Letter, reading: Reading) -> Iterator[Fault]:
    blanks = (letter.blanks or {}).items()
    for node in _bare(reading.tree, {str(name) for name, blank in blanks if blank.required is False}):
        what = f'"{node[1]}" may be empty and would leave a hole'
        instead = f"put it inside {{% if {node[1]} %}} … {{% endif %}}, or make it required"
        yield Fault(reading.lines[id(node)], what, instead, "unguarded-blank")


def _bare(tree: list[Node], optional: set[str]) -> Iterator[Node]:
    """Nodes that print an optional blank outside a condition that asks for it."""
    for node in tree:
        if isinstance(node, list) and node[0] == "out" and node[1] in optional:
            yield node
        elif isinstance(node, list) and node[0] == "if":
            for condition, inner in node[1]:
                yield from _bare(inner, optional - certain(condition))
            yield from _bare(node[2], optional)


def _foreign_countries(letter: Letter, tree: list[Node], template: str) -> Iterator[Fault]:
    for code in sorted(set(_countries(tree)) - {*(letter.countries or ()), OTHER}):
        what = f'the letter asks for country "{code}" but does not list it'
        yield Fault(_line_of(template, code), what, "add it to countries", "unknown-country")


def _countries(tree_part: Any) -> Iterator[str]:
    """Every text that a condition compares `country` with."""
    if not isinstance(tree_part, list):
        return
    if len(tree_part) == 3 and tree_part[1] == ["name", RESERVED]:
        kind, codes = tree_part[2]
        yield from [codes] if kind == "const" else codes
    for one in tree_part:
        yield from _countries(one)


def _unused(letter: Letter, used: set[str]) -> Iterator[tuple[str, Fault]]:
    for field, declared in (("blanks", letter.blanks or {}), ("ticks", letter.ticks or {})):
        for name in declared:
            if name not in used:
                what = f'"{name}" is declared but the letter does not use it'
                yield (
                    f"{field}.{name}",
                    Fault(0, what, "use it in the text, or take it out", "unused-blank"),
                )
