"""The letter without a script: every arm of the tree in view, with gaps to fill by pen.

In: a letter's tree and the words for its names. Out: HTML. It is the twin of what `letter.js` shows.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup, escape

from generator.letter_tree import Node


@dataclass(frozen=True)
class Labels:
    """Words for what a tree names; `words` turns a condition into a sentence part."""

    blanks: dict[str, str]
    ticks: dict[str, str]
    countries: dict[str, str]
    only_if: str
    or_if: str
    otherwise: str
    live_in: str
    or_: str
    and_: str
    not_: str
    filled: str

    def words(self, condition: list[Any]) -> str:
        """A condition in words, for the reader who fills in the letter by pen."""
        kind, *rest = condition
        if kind == "name":
            name = str(rest[0])
            return self.ticks.get(name) or self.filled.format(self.blanks.get(name, name))
        if kind == "not":
            return self.not_.format(self.words(rest[0]))
        if kind in ("and", "or"):
            joint = self.and_ if kind == "and" else self.or_
            return joint.join(self.words(one) for one in rest[0])
        return self._where(kind, rest[1])

    def _where(self, kind: str, right: list[Any]) -> str:
        codes: list[str] = right[1] if isinstance(right[1], list) else [right[1]]
        where = self.live_in.format(self.or_.join(self.countries.get(one, one) for one in codes))
        return where if kind in ("eq", "in") else self.not_.format(where)


@dataclass
class _Flow:
    """Collects paragraphs; `line` is the paragraph being written."""

    done: list[str] = field(default_factory=list)
    line: list[str] = field(default_factory=list)

    def text(self, text: str) -> None:
        first, *others = text.split("\n\n")
        self.line.append(_broken(first))
        for paragraph in others:
            self.close()
            self.line.append(_broken(paragraph))

    def close(self) -> None:
        words = "".join(self.line).strip().removesuffix("<br>").removeprefix("<br>")
        if words:
            self.done.append(f"<p>{words}</p>")
        self.line = []


def _broken(text: str) -> str:
    return str(escape(text)).replace("\n", "<br>")


def blocks(tree: list[Node], labels: Labels) -> Markup:
    """The letter's body as paragraphs, arms and gaps."""
    flow = _Flow()
    _fill(flow, tree, labels)
    flow.close()
    return Markup("".join(flow.done))


def inline(tree: list[Node], labels: Labels) -> Markup:
    """A single line, such as the subject."""
    return Markup("".join(_inline(node, labels) for node in tree))


def _fill(flow: _Flow, tree: list[Node], labels: Labels) -> None:
    for node in tree:
        if isinstance(node, str):
            flow.text(node)
        elif node[0] == "if" and _stands_alone(node):
            flow.close()
            flow.done += _arms(node, labels)
        else:
            flow.line.append(_inline(node, labels))


def _stands_alone(node: Node) -> bool:
    """Whether a condition's arms hold whole lines, so that they are blocks of their own."""
    arms = [nodes for _, nodes in node[1]] + [node[2]]
    ends = [nodes[-1] for nodes in arms if nodes]
    return any(not isinstance(end, str) or end.endswith("\n") for end in ends)


def _arms(node: Node, labels: Labels) -> list[str]:
    return [
        f'<div class="u-arm"><p class="u-arm__if">{escape(words)}</p>{blocks(nodes, labels)}</div>'
        for words, nodes in _told(node, labels)
    ]


def _told(node: Node, labels: Labels) -> list[tuple[str, list[Node]]]:
    """Each arm that holds something, with the words that say when it is for you."""
    leads = [labels.only_if, *([labels.or_if] * len(node[1]))]
    arms = [
        (lead.format(labels.words(one)), nodes) for lead, (one, nodes) in zip(leads, node[1], strict=False)
    ]
    return [(words, nodes) for words, nodes in [*arms, (labels.otherwise, node[2])] if nodes]


def _inline(node: Node, labels: Labels) -> str:
    if isinstance(node, str):
        return _broken(node)
    if node[0] == "out":
        label = escape(labels.blanks.get(node[1], node[1]))
        return f'<span class="u-gap"><span class="u-gap__label">{label}</span></span>'
    return "".join(
        f'<span class="u-arm u-arm--inline"><span class="u-arm__if">({escape(words)})</span> '
        f"{inline(nodes, labels)}</span>"
        for words, nodes in _told(node, labels)
    )
