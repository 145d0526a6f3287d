"""The browser renders a letter's tree as Jinja2 renders the letter's template."""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from babel.dates import format_date
from element_pages import COUNTRIES, LETTER, document, write_site
from jinja2 import StrictUndefined
from playwright.sync_api import Page

from generator.letters import environment, tree

pytestmark = pytest.mark.browser

TEXT = "values => values.map(([tree, given, locale]) => undelivered.letterTree.text(tree, given, locale))"
WORDS = ["parcel", "£5 & more", "it's <b>here</b>", "  two", "“late”", "é", "\n", "\n\n", " "]
BLANKS = ["order_number", "seller"]
TICKS = ["looked_around", "told_seller"]
DATES = ["", "2026-12-24", "2024-02-29", "2026-02-29", "0001-01-01", "9999-12-31", "24/12/2026"]
ANSWERS = ["", "5771 2345", "{{ seller }}", "<img src=x>", "{% if x %}", "line one\nline two", "GB"]


class Writer:
    """Writes a random template in the subset, in the way that people write them."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def body(self, depth: int = 0) -> str:
        return "".join(self.piece(depth) for _ in range(self.random.randint(1, 4)))

    def piece(self, depth: int) -> str:
        kind = self.random.choice(["text", "text", "blank", "date", "if", "lines"])
        if kind == "blank":
            return "{{ " + self.random.choice(BLANKS) + " }}"
        if kind == "date":
            return "{{ order_date|date }}"
        if kind in ("if", "lines") and depth < 3:
            return self.condition_block(depth, on_own_lines=kind == "lines")
        return self.random.choice(WORDS)

    def condition_block(self, depth: int, *, on_own_lines: bool) -> str:
        start, end = ("\n  ", "\n") if on_own_lines else ("", "")
        tags = [f"if {self.condition()}"]
        tags += [f"elif {self.condition()}" for _ in range(self.random.randint(0, 2))]
        tags += ["else"] * self.random.randint(0, 1)
        arms = "".join(f"{start}{{% {tag} %}}{end}{self.body(depth + 1)}" for tag in tags)
        return f"{arms}{start}{{% endif %}}{end}"

    def condition(self, depth: int = 0) -> str:
        kind = self.random.choice(["name", "name", "eq", "ne", "in", "not in", "and", "or", "not"])
        if kind in ("and", "or") and depth < 3:
            return f"({self.condition(depth + 1)} {kind} {self.condition(depth + 1)})"
        if kind == "not":
            return f"not {self.condition(depth + 1)}"
        if kind == "name":
            return self.random.choice([*BLANKS, *TICKS, "order_date"])
        country = self.random.choice(["US", "GB", "other"])
        if kind in ("eq", "ne"):
            return f'country {"==" if kind == "eq" else "!="} "{country}"'
        return f'country {"not in" if kind == "not in" else "in"} ["{country}", "FR"]'

    def values(self) -> dict[str, Any]:
        return {
            "country": self.random.choice(list(COUNTRIES)),
            "order_date": self.random.choice(DATES),
            **{blank: self.random.choice(ANSWERS) for blank in BLANKS},
            **{tick: self.random.random() < 0.5 for tick in TICKS},
        }


def date_words(value: str, locale: str) -> str:
    try:
        return format_date(date.fromisoformat(value), "long", locale.replace("-", "_"))
    except ValueError:
        return value


def by_jinja(template: str, values: dict[str, Any]) -> str:
    env = environment()
    env.undefined = StrictUndefined
    env.filters["date"] = lambda value: date_words(value, COUNTRIES[values["country"]])
    return env.from_string(template).render(values)


@pytest.fixture
def scripts(page: Page, tmp_path: Path) -> Page:
    write_site(tmp_path, {"page.html": document("<p>Scripts only</p>", LETTER)})
    page.goto((tmp_path / "page.html").as_uri())
    return page


def test_random_templates_give_the_text_that_jinja2_gives(scripts: Page) -> None:
    writers = [Writer(seed) for seed in range(600)]
    cases = [(writer.body(), writer.values()) for writer in writers]
    ours = scripts.evaluate(
        TEXT, [[tree(text), values, COUNTRIES[values["country"]]] for text, values in cases]
    )
    for (template, values), text in zip(cases, ours, strict=True):
        assert text == by_jinja(template, values), (template, values)


@pytest.mark.parametrize("locale", ["en-US", "en-GB"])
def test_every_day_of_four_years_is_written_as_babel_writes_it(scripts: Page, locale: str) -> None:
    days = [(date(2024, 1, 1) + timedelta(n)).isoformat() for n in range(1461)]
    ours = scripts.evaluate(
        "([days, locale]) => days.map(x => undelivered.letterTree.dateWords(x, locale))",
        [days, locale],
    )
    assert ours == [date_words(day, locale) for day in days]


NO_DATES = ["2026-13-01", "2026-00-10", "2026-02-30", "0000-01-01", "2026-1-1", "20261224"]
NO_DATES += ["2026-12-24T00:00", " 2026-12-24", "12026-12-24", "-2026-12-24", "soon", ""]


@pytest.mark.parametrize("typed", NO_DATES)
def test_what_is_no_date_stays_as_it_was_typed(scripts: Page, typed: str) -> None:
    assert scripts.evaluate("x => undelivered.letterTree.dateWords(x, 'en-GB')", typed) == typed


@pytest.mark.parametrize("name", ["__proto__", "constructor", "toString", "gone"])
def test_a_name_without_a_value_is_an_empty_blank(scripts: Page, name: str) -> None:
    nodes = [["out", name], ["if", [[["name", name], ["yes"]]], ["no"]]]
    assert scripts.evaluate(TEXT, [[nodes, {}, "en-GB"]]) == ["no"]


@pytest.mark.parametrize(
    "nodes", [[["run", "x"]], [["if", [[["constructor", "x"], ["a"]]], []]]], ids=["node", "test"]
)
def test_what_the_tree_does_not_know_is_refused(scripts: Page, nodes: list[Any]) -> None:
    said = scripts.evaluate(
        """nodes => { try { return undelivered.letterTree.text(nodes, {}, "en"); }
                     catch (fault) { return fault.message; } }""",
        nodes,
    )
    assert said.startswith("unknown ")
