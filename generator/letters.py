"""Letter templates: Jinja2 syntax to the letter tree, and what is wrong with a letter.

In: a template's text and the letter's blanks and ticks. Out: the tree (see `letter_tree.py`) and
faults with line numbers. Jinja2's own parser reads the template, so its language cannot drift; all
that the tree does not know is refused. It runs no template and knows no files.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from jinja2 import Environment, TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from generator.letter_tree import Node, depth

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


@cache
def environment() -> Environment:
    """The Jinja2 environment whose language the templates are written in."""
    env = ImmutableSandboxedEnvironment(trim_blocks=True, lstrip_blocks=True, autoescape=False)
    env.globals.clear()
    return env


@cache
def _parse(template: str) -> nodes.Template:
    return environment().parse(template)


@dataclass
class Reading:
    """What a template holds: its tree, what it may not hold, and the line of each blank in the tree."""

    tree: list[Node]
    faults: list[Fault]
    lines: dict[int, int]
    """The identity of an `out` node to its line."""


def tree(template: str) -> list[Node]:
    """The tree of a template; raises the first `Fault` when it holds what is not in the subset."""
    reading = read(template)
    if reading.faults:
        raise reading.faults[0]
    return reading.tree


def read(template: str) -> Reading:
    """The tree of a template, and every fault in it."""
    reader = _Reader()
    try:
        parsed = reader.body(_parse(template).body)
    except TemplateSyntaxError as error:
        said = (error.message or "unreadable").rstrip(".")
        return _broken(error.lineno, f"the template breaks here: {said}", _ALLOWED)
    except ValueError:  # Python reads no number of more than 4,300 digits
        return _broken(1, "a number in the template is too long", _ALLOWED)
    except RecursionError:
        return _broken(1, "the template is nested too deeply", "make it flatter")
    if depth(parsed) > MAX_DEPTH:
        return _broken(1, "the template is nested too deeply", "make it flatter")
    return Reading(parsed, reader.faults, reader.lines)


def _broken(line: int, what: str, instead: str) -> Reading:
    return Reading([], [Fault(line, what, instead, "bad-template")], {})


class _Reader:
    """Turns Jinja2's nodes into the tree; keeps the faults, so that all are told at once."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []
        self.lines: dict[int, int] = {}

    def body(self, body: list[nodes.Node]) -> list[Node]:
        return [part for node in body for part in self.node(node)]

    def node(self, node: nodes.Node) -> list[Node]:
        if isinstance(node, nodes.Output):
            return [part for one in node.nodes for part in self.printed(one)]
        if isinstance(node, nodes.If):
            arms = [[self.condition(arm.test), self.body(arm.body)] for arm in (node, *node.elif_)]
            return [["if", arms, self.body(node.else_)]]
        self.faults.append(_refused(node))
        return []

    def printed(self, node: nodes.Expr) -> list[Node]:
        if isinstance(node, nodes.TemplateData):
            return [node.data]
        try:
            out = _out(node)
        except Fault as fault:
            self.faults.append(fault)
            return []
        self.lines[id(out)] = node.lineno
        return [out]

    def condition(self, node: nodes.Node) -> Node:
        try:
            return _condition(node)
        except Fault as fault:
            self.faults.append(fault)
            return ["const", ""]


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
