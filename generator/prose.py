"""Texts: the small Markdown that contributors write, read once and turned into safe HTML.

In: a text and a function that turns references into HTML. Out: references with their places, or HTML
in which raw HTML is text. markdown-it does the Markdown. It does not know entries, facts or pages.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import count, pairwise
from typing import TYPE_CHECKING, Any

from generator.model.base import Line, Markdown, Text

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.renderer import RendererHTML
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

# [[type:id]] or [[type:id|words]]
REFERENCE = re.compile(r"\[\[([^\[\]|:]*):([^\[\]|]*)(?:\|([^\[\]]+))?\]\]")
# Anything in double brackets, also what is written wrongly.
BRACKETS = re.compile(r"\[\[[^\[\]\n]*\]?\]?")


@dataclass(frozen=True)
class Mention:
    """A reference in a text: `[[kind:id|words]]` and the offset where it starts."""

    kind: str
    id: str
    words: str | None
    offset: int
    written: str


Resolve = Callable[[Mention], str]
"""Turns a reference into HTML."""


def mentions(text: str) -> Iterator[Mention]:
    """Every well-formed reference in a text."""
    for found in REFERENCE.finditer(text) if "[[" in text else ():
        kind, id, words = found.groups()
        yield Mention(kind.strip(), id.strip(), words, found.start(), found.group())


# Without one of these a line holds references at most, and nothing else for the parser to do; most lines do not.
_MARK = re.compile(r"[*_\\\r\0]")


def to_html(text: Text, resolve: Resolve) -> str:
    """HTML of a text: a Line gives inline HTML, Prose and Markdown give blocks."""
    if isinstance(text, Line):
        if not _MARK.search(text):
            return _unmarked(text, resolve)
        return str(parser("line").renderInline(text, {"resolve": resolve}))
    if isinstance(text, Markdown):
        return str(parser("page").render(text, {"resolve": resolve}))
    blocks = plain_blocks(text)
    if blocks is None:
        return str(parser("prose").render(text, {"resolve": resolve}))
    return "".join(_block(tag, lines, resolve) for tag, lines in blocks)


# What plain blocks never hold: marks, white space that the parser treats in its own ways, lines with spaces around.
_NOT_PLAIN = re.compile(r"[*_\\\0]|[^\S \n]|^\s|\A\Z|\s\Z| \n|\n ")
_ITEM = re.compile(r"(?:[-+]|[0-9]+[.)])(?: |$)")
_ITEM_OF = {"ul": re.compile(r"- (?=[^ ])"), "ol": re.compile(r"[0-9]{1,9}\. (?=[^ ])")}


def plain_blocks(text: str) -> list[tuple[str, list[str]]] | None:
    """Paragraphs and plain lists as tags with their lines; None for a text that needs the parser.

    The parser takes forty times as long, and most texts hold no more than this.
    """
    if _NOT_PLAIN.search(text):
        return None
    blocks = [_plain_block(block.split("\n")) for block in re.split("\n{2,}", text)]
    tags = [tag for tag, _ in blocks]
    together = any(one != "p" != next_one for one, next_one in pairwise(tags))
    return None if "" in tags or together else blocks


def _plain_block(lines: list[str]) -> tuple[str, list[str]]:
    """The tag and the lines of a block; no tag where it is neither a paragraph nor a list from 1 on."""
    if not any(_ITEM.match(line) for line in lines):
        return "p", ["\n".join(lines)]
    tag = "ul" if lines[0].startswith("-") else "ol"
    items = [_ITEM_OF[tag].sub("", line, count=1) for line in lines if _ITEM_OF[tag].match(line)]
    simple = len(items) == len(lines) and not any(map(_ITEM.match, items))
    return tag if simple and lines[0].startswith(("- ", "1. ")) else "", items


def _block(tag: str, lines: list[str], resolve: Resolve) -> str:
    if tag == "p":
        return f"<p>{_unmarked(lines[0], resolve)}</p>\n"
    items = "".join(f"<li>{_unmarked(line, resolve)}</li>\n" for line in lines)
    return f"<{tag}>\n{items}</{tag}>\n"


def _escaped(text: str) -> str:
    """A text in HTML, as the parser writes it."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def _unmarked(text: str, resolve: Resolve) -> str:
    """HTML of words and references."""
    done, parts = 0, list[str]()
    for mention in mentions(text):
        parts += _escaped(text[done : mention.offset]), resolve(mention)
        done = mention.offset + len(mention.written)
    return "".join([*parts, _escaped(text[done:])])


def to_words(text: str, resolve: Resolve) -> str:
    """The text without marks: for descriptions and titles."""
    plain = text
    if "[[" in text:
        plain = REFERENCE.sub(lambda found: resolve(next(mentions(found.group()))), text)
    return re.sub(r"(\*\*|\*)(.+?)\1", r"\2", " ".join(plain.split()))


@cache
def parser(kind: str) -> MarkdownIt:
    """A parser that knows only the marks that a kind of text may use; HTML is never one of them."""
    from markdown_it import MarkdownIt  # most builds after an edit need no parser, and it takes long to load

    blocks: dict[str, list[str]] = {
        "line": [],
        "prose": ["list"],
        "page": ["list", "heading", "table", "blockquote", "hr"],
    }
    parser = MarkdownIt("zero", {"html": False}).enable(["emphasis", "escape", *blocks[kind]])
    parser.inline.ruler.before("emphasis", "reference", _reference_rule)
    parser.add_render_rule("reference", _render_reference)
    parser.add_render_rule("heading_open", _render_heading)
    parser.add_render_rule("table_open", _render_table)
    parser.add_render_rule("table_close", _render_table_end)
    return parser


def _reference_rule(state: StateInline, silent: bool) -> bool:
    found = REFERENCE.match(state.src, state.pos)
    if not found:
        return False
    if not silent:
        token = state.push("reference", "", 0)
        token.meta = {"mention": next(mentions(found.group()))}
    state.pos = found.end()
    return True


def _render_reference(self: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    return str(env["resolve"](tokens[index].meta["mention"]))


_FRAME_IDS = ("start", "content", "sources", "header", "menu")
"""Ids that every page has outside its text."""


def _numbered(words: str) -> Iterator[str]:
    yield words
    yield from (f"{words}-{number}" for number in count(2))


def _render_heading(self: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    """Headings get an id from their words, so that they can be linked and found by search."""
    words = re.sub(r"[^\w]+", "-", tokens[index + 1].content.lower()).strip("-")
    taken = env.setdefault("headings", set(_FRAME_IDS))
    id = next(one for one in _numbered(words or "part") if one not in taken)
    taken.add(id)
    tokens[index].attrSet("id", _escaped(id))
    return self.renderToken(tokens, index, options, env)


def _render_table(self: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    return '<div class="u-scroll" tabindex="0"><table class="u-table">'


def _render_table_end(self: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    return "</table></div>"
