"""Generated letters: the tree's text is what Jinja2 itself renders."""

from __future__ import annotations

import re
import string

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from jinja2 import Environment, StrictUndefined

from generator.letter_tree import date_words, text
from generator.letters import tree

BLANKS = ["order_number", "seller", "order_date"]
TICKS = ["looked", "told"]
CODES = ["US", "GB", "other"]

LITERAL = st.sampled_from(
    ["Hello", " ", "\n", "\n\n", "  two", "£5 & more", "“late”", "é", "\t", "{", "}", "%", "# ", "- ", "<b>"]
) | st.text(string.ascii_letters + " .,\n", max_size=6)
TEST = st.recursive(
    st.sampled_from([*BLANKS, *TICKS])
    | st.builds(
        lambda op, code: f'country {op} "{code}"', st.sampled_from(["==", "!="]), st.sampled_from(CODES)
    )
    | st.builds(
        lambda op, codes: f"country {op} {codes!r}",
        st.sampled_from(["in", "not in"]),
        st.lists(st.sampled_from(CODES), max_size=3),
    ),
    lambda inner: (
        st.builds(lambda one: f"not ({one})", inner)
        | st.builds(lambda a, op, b: f"({a}) {op} ({b})", inner, st.sampled_from(["and", "or"]), inner)
    ),
    max_leaves=5,
)
OUT = st.sampled_from(
    ["{{ order_number }}", "{{seller}}", "{{ order_date|date }}", "{{- seller -}}", "{# no #}"]
)


def _condition(parts: tuple[str, str, list[tuple[str, str]], str | None, bool]) -> str:
    test, body, others, last, own_lines = parts
    start, end = ("\n  ", "\n") if own_lines else ("", "")
    arms = [(f"if {test}", body), *((f"elif {one}", inner) for one, inner in others)]
    if last is not None:
        arms.append(("else", last))
    return "".join(f"{start}{{% {tag} %}}{end}{inner}" for tag, inner in [*arms, ("endif", "")])


TEMPLATE = st.recursive(
    st.lists(LITERAL | OUT, max_size=4).map("".join),
    lambda inner: st.lists(
        LITERAL
        | OUT
        | st.tuples(
            TEST, inner, st.lists(st.tuples(TEST, inner), max_size=2), st.none() | inner, st.booleans()
        ).map(_condition),
        max_size=4,
    ).map("".join),
    max_leaves=8,
)
ANSWER = st.sampled_from(["", "5771 2345", "{{ seller }}", "{% if x %}", "a\nb", "<img>", "GB"])
DATE = st.sampled_from(["", "2026-12-24", "2024-02-29", "2026-02-29", "24/12/2026", "0001-01-01"])


def rendered(template: str, values: dict[str, object], locale: str) -> str:
    env = Environment(trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined, autoescape=False)
    env.filters["date"] = lambda value: date_words(value, locale)
    return env.from_string(template).render(values)


@given(
    TEMPLATE,
    st.fixed_dictionaries(
        {"order_number": ANSWER, "seller": ANSWER, "order_date": DATE, "country": st.sampled_from(CODES)}
        | {name: st.booleans() for name in TICKS}
    ),
    st.sampled_from(["en-US", "en-GB"]),
)
@settings(max_examples=300, deadline=None, derandomize=True)
def test_the_text_of_the_tree_is_what_jinja2_renders(
    template: str, values: dict[str, str | bool], locale: str
) -> None:
    template = template.replace("{{{", "{ {{").replace("{{%", "{ {%").replace("{{#", "{ {#")
    # Two loose braces may meet and open something else.
    assume(not LOOSE.search(KNOWN.sub("", template)))
    assert text(tree(template), values, locale) == rendered(template, dict(values), locale)


KNOWN = re.compile(r"\{\{-? ?\w+(?:\|date)? ?-?\}\}|\{%-? ?[^%]*? ?-?%\}|\{# no #\}")
LOOSE = re.compile(r"\{[{%#]|[}%#]\}")
