"""Letter templates: Jinja2 syntax to the letter tree, and what is wrong with a letter.

In: a template's text and the letter's blanks and ticks. Out: the tree (see `letter_tree.py`) and
faults with line numbers. Jinja2's own parser reads the template, so its language cannot drift; all
that the tree does not know is refused. It runs no template and knows no files.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from jinja2 import Environment, TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from generator.letter_tree import Node, certain, depth, names
from generator.model.letter import Letter

RESERVED = "country"
OTHER = "other"
"""The value of `country` for every country without words of its own."""

_COMPARISONS = {"eq": "eq", "ne": "ne", "in": "in", "notin": "not-in"}
_ALLOWED = 'use {{ blank }}, {{ blank|date }}, {% if tick %}, {% if country == "US" %}, and, or, not, in'


@dataclass(eq=False)
class Fault(Exception):
    """Something that a template may not hold; `line` counts from 1 inside the template."""

    line: int
    what: str
    instead: str
    rule: str


MAX_DEPTH = 60
"""Lists inside each other in a tree: about fourteen conditions."""


def environment() -> Environment:
    """The Jinja2 environment whose language the templates are written in."""
    env = ImmutableSandboxedEnvironment(trim_blocks=True, lstrip_blocks=True, autoescape=False)
    env.globals.clear()
    return env


@cache
def _parse(template: str) -> nodes.Template:
    return environment().parse(template)


def tree(template: str) -> list[Node]:
    """The tree of a template; raises `Fault` at the first thing that is not in the subset."""
    try:
        parsed = _nodes(_parse(template).body)
    except TemplateSyntaxError as error:
        said = (error.message or "unreadable").rstrip(".")
        raise Fault(error.lineno, f"the template breaks here: {said}", _ALLOWED, "bad-template") from None
    except ValueError:  # Python reads no number of more than 4,300 digits
        raise Fault(1, "a number in the template is too long", _ALLOWED, "bad-template") from None
    except RecursionError:
        parsed = None
    if parsed is None or depth(parsed) > MAX_DEPTH:
        raise Fault(1, "the template is nested too deeply", "make it flatter", "bad-template")
    return parsed


def _nodes(body: list[nodes.Node]) -> list[Node]:
    return [part for node in body for part in _node(node)]


def _node(node: nodes.Node) -> Iterator[Node]:
    if isinstance(node, nodes.Output):
        for one in node.nodes:
            yield one.data if isinstance(one, nodes.TemplateData) else _out(one)
    elif isinstance(node, nodes.If):
        arms = [[_condition(arm.test), _nodes(arm.body)] for arm in (node, *node.elif_)]
        yield ["if", arms, _nodes(node.else_)]
    else:
        raise _refused(node)


def _out(node: nodes.Expr) -> Node:
    if isinstance(node, nodes.Name):
        return ["out", node.name]
    plain = isinstance(node, nodes.Filter) and not (node.args or node.kwargs or node.dyn_args)
    if plain and isinstance(node, nodes.Filter) and isinstance(node.node, nodes.Name):
        if node.name == "date":
            return ["out", node.node.name, "date"]
        raise Fault(node.lineno, f'there is no filter "{node.name}"', 'use "date" or none', "bad-template")
    raise _refused(node)


def _condition(node: nodes.Node) -> Node:
    if isinstance(node, nodes.Name):
        return ["name", node.name]
    if isinstance(node, nodes.Not):
        return ["not", _condition(node.node)]
    if isinstance(node, (nodes.And, nodes.Or)):
        kind = "and" if isinstance(node, nodes.And) else "or"
        return [kind, [_condition(node.left), _condition(node.right)]]
    if isinstance(node, nodes.Compare) and len(node.ops) == 1:
        return _comparison(node.expr, node.ops[0])
    raise _refused(node)


def _comparison(left: nodes.Expr, right: nodes.Operand) -> Node:
    """Only the country is compared: what a reader types decides nothing."""
    if not (isinstance(left, nodes.Name) and left.name == RESERVED) or right.op not in _COMPARISONS:
        raise _miscompared(left)
    kind, code = _COMPARISONS[right.op], right.expr
    if kind in ("eq", "ne") and isinstance(code, nodes.Const) and _is_text(code):
        return [kind, ["name", RESERVED], ["const", code.value]]
    if kind in ("in", "not-in") and isinstance(code, nodes.List) and all(map(_is_text, code.items)):
        codes = [item.value for item in code.items if isinstance(item, nodes.Const)]
        return [kind, ["name", RESERVED], ["list", codes]]
    raise _miscompared(left)


def _is_text(node: nodes.Expr) -> bool:
    return isinstance(node, nodes.Const) and isinstance(node.value, str)


def _miscompared(left: nodes.Expr) -> Fault:
    what = 'a letter compares "country" only, with a code or a list of codes in quotes'
    return Fault(left.lineno, what, _ALLOWED, "bad-template")


def _refused(node: nodes.Node) -> Fault:
    what = f'a letter may not use "{type(node).__name__.lower()}"'
    return Fault(node.lineno, what, _ALLOWED, "bad-template")


def faults(letter: Letter) -> Iterator[tuple[str, Fault]]:
    """What is wrong with a letter's templates: the field's name and the fault."""
    used: set[str] = set()
    whole = True
    for field in ("subject", "body"):
        try:
            parsed = tree(getattr(letter, field))
        except Fault as fault:
            whole = False
            yield field, fault
            continue
        used |= {name for name, _ in names(parsed)}
        yield from ((field, fault) for fault in _name_faults(letter, parsed, getattr(letter, field)))
    if whole:
        yield from _unused(letter, used)


def _name_faults(letter: Letter, parsed: list[Node], template: str) -> Iterator[Fault]:
    declared = {*letter.blanks, *letter.ticks, RESERVED}
    for name, use in dict.fromkeys(names(parsed)):
        line = _line_of(template, name, use)
        if name not in declared:
            yield Fault(line, f'"{name}" is not declared', "add it to blanks or ticks", "unknown-blank")
        elif use != "if" and name not in letter.blanks:
            what = f'"{name}" is not a blank, so it cannot be printed'
            yield Fault(line, what, "use it in {% if %}", "wrong-use")
        elif use != "if" and (use == "date") != (letter.blanks[name].kind == "date"):  # type: ignore[index]
            what = f'"{name}" is of kind {letter.blanks[name].kind}'  # type: ignore[index]
            yield Fault(line, what, "write |date for blanks of kind date, and only there", "wrong-use")
    yield from _unguarded(letter, parsed, template)
    yield from _foreign_countries(letter, parsed, template)


def _line_of(template: str, name: str, use: str) -> int:
    """The first line where a name stands in a condition, is printed as it is, as a date, or in any way."""
    start = r"\{%[^%]*?" if use == "if" else r"\{\{[-+]?\s*"
    end = {"out": r"\s*[-+]?\}\}", "date": r"\s*\|"}.get(use, "")
    found = re.search(rf"{start}(?<!\w){re.escape(name)}(?!\w){end}", template)
    return template[: found.end() if found else 0].count("\n") + 1


def _unguarded(letter: Letter, parsed: list[Node], template: str) -> Iterator[Fault]:
    optional = {str(name) for name, blank in letter.blanks.items() if not blank.required}
    for name in sorted(set(_bare(parsed, optional))):
        what = f'"{name}" may be empty and would leave a hole'
        instead = f"put it inside {{% if {name} %}} … {{% endif %}}, or make it required"
        yield Fault(_line_of(template, name, "any"), what, instead, "unguarded-blank")


def _bare(parsed: list[Node], optional: set[str]) -> Iterator[str]:
    """Optional blanks that are printed outside a condition that asks for them."""
    for node in parsed:
        if isinstance(node, list) and node[0] == "out" and node[1] in optional:
            yield node[1]
        elif isinstance(node, list) and node[0] == "if":
            for condition, inner in node[1]:
                yield from _bare(inner, optional - certain(condition))
            yield from _bare(node[2], optional)


def _foreign_countries(letter: Letter, parsed: list[Node], template: str) -> Iterator[Fault]:
    for code in sorted(set(_countries(parsed)) - {*letter.countries, OTHER}):
        what = f'the letter asks for country "{code}" but does not list it'
        yield Fault(_line_of(template, code, "if"), what, "add it to countries", "unknown-country")


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
    for field, declared in (("blanks", letter.blanks), ("ticks", letter.ticks)):
        for name in declared:
            if name not in used:
                what = f'"{name}" is declared but the letter does not use it'
                yield (
                    f"{field}.{name}",
                    Fault(0, what, "use it in the text, or take it out", "unused-blank"),
                )
