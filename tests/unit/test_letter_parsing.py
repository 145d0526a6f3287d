"""Letter templates: what is in the small language, and what is refused at which line."""

from __future__ import annotations

from typing import Any

import pytest

from generator import letter_tree
from generator.letter_tree import certain, date_words, depth, holds, literals, names, text
from generator.letters import Fault, tree


@pytest.mark.parametrize(
    ("template", "wanted"),
    [
        ("", []),
        ("Hello", ["Hello"]),
        ("Hello {{ name }}!", ["Hello ", ["out", "name"], "!"]),
        ("{{ order_date|date }}", [["out", "order_date", "date"]]),
        ("{% if a %}x{% endif %}", [["if", [[["name", "a"], ["x"]]], []]]),
        ("{% if a %}x{% else %}y{% endif %}", [["if", [[["name", "a"], ["x"]]], ["y"]]]),
        (
            "{% if a %}x{% elif not b %}y{% else %}z{% endif %}",
            [["if", [[["name", "a"], ["x"]], [["not", ["name", "b"]], ["y"]]], ["z"]]],
        ),
        (
            '{% if country == "US" and a %}x{% endif %}',
            [["if", [[["and", [["eq", ["name", "country"], ["const", "US"]], ["name", "a"]]], ["x"]]], []]],
        ),
        (
            "{% if country != 'US' or a %}x{% endif %}",
            [["if", [[["or", [["ne", ["name", "country"], ["const", "US"]], ["name", "a"]]], ["x"]]], []]],
        ),
        (
            '{% if country in ["US", "GB"] %}x{% endif %}',
            [["if", [[["in", ["name", "country"], ["list", ["US", "GB"]]], ["x"]]], []]],
        ),
        (
            '{% if country not in ["US"] %}x{% endif %}',
            [["if", [[["not-in", ["name", "country"], ["list", ["US"]]], ["x"]]], []]],
        ),
        ("a\n{% if a %}\nb\n{% endif %}\nc", ["a\n", ["if", [[["name", "a"], ["b\n"]]], []], "c"]),
        ("a\n  {% if a %}\n  b\n  {% endif %}\nc", ["a\n", ["if", [[["name", "a"], ["  b\n"]]], []], "c"]),
        ("a {# said to nobody #}b", ["a ", "b"]),
    ],
)
def test_the_small_language_becomes_a_tree(template: str, wanted: list[Any]) -> None:
    assert tree(template) == wanted


REFUSED = {
    "a filter": "{{ name|upper }}",
    "a filter with a value": '{{ name|date("x") }}',
    "two filters": "{{ name|date|date }}",
    "a filter on text": '{{ "x"|date }}',
    "text": '{{ "x" }}',
    "a number": "{{ 1 }}",
    "a sum": "{{ a + b }}",
    "joined text": "{{ a ~ b }}",
    "an attribute": "{{ name.__class__ }}",
    "an index": "{{ name[0] }}",
    "a call": "{{ name() }}",
    "a choice": "{{ a if b else c }}",
    "a comparison as text": '{{ country == "US" }}',
    "a loop": "{% for a in b %}{% endfor %}",
    "a variable": "{% set a = b %}",
    "a macro": "{% macro a() %}{% endmacro %}",
    "an include": '{% include "x" %}',
    "an import": '{% import "x" as y %}',
    "inheritance": '{% extends "x" %}',
    "a block": "{% block a %}{% endblock %}",
    "a filter block": "{% filter upper %}x{% endfilter %}",
    "a test": "{% if a is defined %}{% endif %}",
    "a comparison of blanks": "{% if a == b %}{% endif %}",
    "a comparison of what is typed": '{% if name == "x" %}{% endif %}',
    "a comparison turned round": '{% if "US" == country %}{% endif %}',
    "less than": '{% if country < "US" %}{% endif %}',
    "two comparisons": '{% if country == "US" == "GB" %}{% endif %}',
    "a country that is no text": "{% if country == 1 %}{% endif %}",
    "a list of numbers": "{% if country in [1] %}{% endif %}",
    "a list in a text": '{% if country in "US" %}{% endif %}',
    "a tuple": '{% if country in ("US", "GB") %}{% endif %}',
    "one code as a list": '{% if country == ["US"] %}{% endif %}',
    "text as a condition": '{% if "x" %}{% endif %}',
    "a call as a condition": "{% if a() %}{% endif %}",
    "an unknown tag": "{% elseif a %}",
    "an if that never ends": "{% if a %}",
    "an end without an if": "{% endif %}",
    "half a gap": "{{ a",
    "an empty gap": "{{ }}",
    "two names in a gap": "{{ order number }}",
    "a broken text": '{% if country == "US %}{% endif %}',
    "a number without end": "{{ " + "9" * 5000 + " }}",
    "brackets without end": "{{ " + "(" * 3000 + "a" + ")" * 3000 + " }}",
    "nots without end": "{% if " + "not " * 900 + "a %}{% endif %}",
    "ifs without end": "{% if a %}" * 200 + "{% endif %}" * 200,
    "ifs a little too deep": "{% if a %}" * 20 + "{% endif %}" * 20,
}
DEEP = [name for name in REFUSED if name.endswith(("without end", "too deep"))]


@pytest.mark.parametrize("name", REFUSED)
def test_all_else_is_refused_with_its_line(name: str) -> None:
    with pytest.raises(Fault) as caught:
        tree(f"one\ntwo\n{REFUSED[name]}")
    fault = caught.value
    assert (fault.rule, fault.line) == ("bad-template", 1 if name in DEEP else 3)
    assert fault.what
    assert fault.instead
    assert "\n" not in fault.what


def test_ten_conditions_inside_each_other_are_allowed() -> None:
    parsed = tree("{% if a %}" * 10 + "x" + "{% endif %}" * 10)
    assert text(parsed, {"a": True}, "en-GB") == "x"
    assert depth(parsed) < 60


def test_names_come_with_their_use() -> None:
    parsed = tree(
        "{{ a }}{% if b and not c %}{{ d|date }}{% elif country == 'US' %}{% else %}{{ e }}{% endif %}"
    )
    assert list(names(parsed)) == [
        ("a", "out"), ("b", "if"), ("c", "if"), ("country", "if"), ("d", "date"), ("e", "out")
    ]  # fmt: skip


def test_literal_text_is_found_in_every_arm() -> None:
    parsed = tree("a{% if b %}b{% elif c %}c{% if d %}d{% endif %}{% else %}e{% endif %}f")
    assert "".join(literals(parsed)) == "abcdef"


@pytest.mark.parametrize(
    ("condition", "wanted"),
    [
        ("a", {"a"}),
        ("not a", set()),
        ("a and b", {"a", "b"}),
        ("a or b", set()),
        ("(a and b) or (a and c)", {"a"}),
        ("a and not b", {"a"}),
        ("not (a and b)", set()),
        ('a and country == "US"', {"a"}),
        ('country in ["US"]', set()),
    ],
)
def test_a_condition_is_certain_of_what_must_be_filled_in(condition: str, wanted: set[str]) -> None:
    ((_, arms, _),) = tree(f"{{% if {condition} %}}x{{% endif %}}")
    assert certain(arms[0][0]) == wanted
    assert certain(arms[0][0]) <= set(letter_tree.tested(arms[0][0]))


def test_conditions_hold_as_python_means_them() -> None:
    values = {"a": True, "b": "", "country": "US"}
    assert holds(["and", [["name", "a"], ["not", ["name", "b"]]]], values)
    assert holds(["in", ["name", "country"], ["list", ["GB", "US"]]], values)
    assert holds(["not-in", ["name", "country"], ["list", ["GB"]]], values)
    assert not holds(["ne", ["name", "country"], ["const", "US"]], values)


@pytest.mark.parametrize(
    ("value", "locale", "words"),
    [
        ("2026-12-24", "en-US", "December 24, 2026"),
        ("2026-12-24", "en-GB", "24 December 2026"),
        ("2026-02-29", "en-GB", "2026-02-29"),
        ("20261224", "en-GB", "20261224"),
        ("2026-W52-4", "en-GB", "2026-W52-4"),
        ("next week", "en-US", "next week"),
        ("", "en-US", ""),
    ],
)
def test_dates_are_written_as_the_country_does(value: str, locale: str, words: str) -> None:
    assert date_words(value, locale) == words
