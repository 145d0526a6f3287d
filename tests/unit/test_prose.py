"""Texts as HTML: the few marks that are known, and nothing else."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.model.base import Line, Markdown, Prose, Text
from generator.prose import Mention, mentions, parser, plain_blocks, to_html, to_words


def shown(mention: Mention) -> str:
    return f"<a>{html.escape(mention.words or mention.id)}</a>"


def named(mention: Mention) -> str:
    return mention.words or mention.id


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (Line("Look **first**, then *ask*."), "Look <strong>first</strong>, then <em>ask</em>."),
        (Line("See [[step:ask]]."), "See <a>ask</a>."),
        (Line("See [[step:ask|the seller]]."), "See <a>the seller</a>."),
        (Line("See **[[step:ask]]**."), "See <strong><a>ask</a></strong>."),
        (Line("- no list\n- here"), "- no list\n- here"),
        (Line("# no heading"), "# no heading"),
        (Line(r"\*plain\*"), "*plain*"),
        (Prose("One\n\nTwo"), "<p>One</p>\n<p>Two</p>\n"),
        (Prose("- a\n- b"), "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
        (Prose("1. a\n2. b"), "<ol>\n<li>a</li>\n<li>b</li>\n</ol>\n"),
        (Prose("# no heading"), "<p># no heading</p>\n"),
        (Prose("> no quote"), "<p>&gt; no quote</p>\n"),
        (Prose("    no code"), "<p>no code</p>\n"),
        (Markdown("## Fish & chips"), '<h2 id="fish-chips">Fish &amp; chips</h2>\n'),
        (Markdown("## …"), '<h2 id="part">…</h2>\n'),
    ],
)  # fmt: skip
def test_known_marks_become_html(text: Text, wanted: str) -> None:
    assert to_html(text, shown) == wanted


HTML = [
    "<b>bold</b>",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<!-- gone -->",
    "<div>\n\nblock\n\n</div>",
    "&lt;b&gt;",
    "&#106;avascript:",
    "</div></article>",
    "<a href='javascript:alert(1)'>x</a>",
]
LINKS = [
    "[x](javascript:alert(1))",
    "[x](https://parcels.example)",
    "<https://parcels.example>",
    "https://parcels.example",
    "[x]: https://parcels.example\n\n[x]",
    "![x](https://parcels.example/x.png)",
    "[[javascript:alert(1)",
    "me@parcels.example",
]


@pytest.mark.parametrize("kind", [Line, Prose, Markdown])
@pytest.mark.parametrize("text", HTML)
def test_raw_html_is_text(kind: type[Text], text: str) -> None:
    made = to_html(kind(text), shown)
    assert html.unescape(re.sub("</?p>", " ", made)).split() == text.split()
    assert "<" not in re.sub("</?p>", "", made)


@pytest.mark.parametrize("kind", [Line, Prose, Markdown])
@pytest.mark.parametrize("text", LINKS)
def test_no_address_becomes_a_link_least_of_all_javascript(kind: type[Text], text: str) -> None:
    made = to_html(kind(text), shown)
    assert "<a" not in made
    assert "<img" not in made
    assert "href" not in made


@given(st.text(alphabet=st.sampled_from("<>&\"'/ab *[]|:-#\n`()!=\\"), max_size=60))
@settings(max_examples=300, deadline=None)
def test_no_text_makes_a_tag_of_its_own(text: str) -> None:
    own = {
        "p",
        "/p",
        "em",
        "/em",
        "strong",
        "/strong",
        "ul",
        "/ul",
        "ol",
        "/ol",
        "li",
        "/li",
        "a",
        "/a",
        "br",
    }
    made = to_html(Prose(text), shown)
    tags = {part.split(">")[0].split(" ")[0] for part in made.split("<")[1:]}
    assert tags <= own


def test_mentions_tell_type_id_words_and_place() -> None:
    assert list(mentions("See [[step:ask]] or [[ fact : limit |two words]].")) == [
        Mention("step", "ask", None, 4, "[[step:ask]]"),
        Mention("fact", "limit", "two words", 20, "[[ fact : limit |two words]]"),
    ]


@pytest.mark.parametrize(
    "text", ["[[ask]]", "[[step:ask", "[step:ask]", "[[step:a[b]]]", "[[step:ask|]]", ""]
)
def test_what_is_not_written_as_a_reference_is_none(text: str) -> None:
    assert list(mentions(text)) == []
    assert "<a>" not in to_html(Line(text), shown)


def test_words_alone_lose_marks_references_and_line_ends() -> None:
    assert to_words("Look **at**\n  the *order*, see [[step:ask|the seller]].", named) == (
        "Look at the order, see the seller."
    )


def test_deep_lists_and_many_stars_end_soon() -> None:
    assert to_html(Prose("- " * 500 + "x"), shown)
    assert to_html(Line("*" * 5000), shown)
    assert to_html(Line("[[" * 5000), shown)


_PIECES = [
    "a",
    "Fish & chips",
    "<b>",
    "[[step:ask]]",
    "[[fact:x|y\n\nz]]",
    "[",
    "]]",
    "- ",
    "-",
    "+ ",
    "1. ",
    "2. ",
    "10. ",
]
_PIECES += [
    "1) ",
    "0. ",
    " ",
    "  ",
    "    ",
    "\n",
    "\n\n",
    "\n\n\n",
    "\t",
    "\u00a0",
    "# ",
    "> ",
    "---",
    "|",
    "`",
    ".",
    "1",
]


@settings(max_examples=3000, deadline=None)
@given(st.lists(st.sampled_from(_PIECES), max_size=14).map("".join))
def test_plain_blocks_are_what_the_parser_makes_of_them(text: str) -> None:
    if plain_blocks(text) is not None:
        assert to_html(Prose(text), shown) == parser("prose").render(text, {"resolve": shown})


@settings(max_examples=1000, deadline=None)
@given(st.lists(st.sampled_from(_PIECES), max_size=8).map("".join))
def test_a_line_without_marks_is_what_the_parser_makes_of_it(text: str) -> None:
    line = Line(text.replace("\n", " "))
    assert to_html(line, shown) == parser("line").renderInline(line, {"resolve": shown})


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("One.\nTwo.\n\nThree.", ["p", "p"]),
        ("First:\n\n1. a\n2. b\n\nThen [[step:ask]].", ["p", "ol", "p"]),
        ("- a\n- b", ["ul"]),
    ],
)
def test_paragraphs_and_lists_are_plain(text: str, tags: list[str]) -> None:
    assert [tag for tag, _ in plain_blocks(text) or ()] == tags
