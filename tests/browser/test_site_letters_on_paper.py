"""Each shipped letter on paper: one page with exactly the letter on it, on A4 and US Letter."""

from __future__ import annotations

import math
import random

import pytest
from addresses import Site
from letter_oracle import Answers, Oracle
from paper import PAPERS, print_out, squeeze, words_of
from playwright.sync_api import Page
from test_site_letters import LETTERS, everything, fill, oracles

pytestmark = pytest.mark.browser
__all__ = ["oracles"]


def lines(text: str) -> int:
    """About how many lines a letter takes."""
    return sum(max(1, math.ceil(len(line) / 85)) for line in text.split("\n"))


def combinations(oracle: Oracle) -> list[Answers]:
    """Nothing and everything ticked in each country, the longest letter of all, and a seeded choice."""
    ticks, optional = dict.fromkeys(oracle.letter.ticks, False), dict.fromkeys(oracle.optional, False)
    nothing = [oracle.answers(country, ticks, optional) for country in oracle.countries]
    every = [everything(oracle, country) for country in oracle.countries]
    longest = max(range(oracle.count), key=lambda index: lines(oracle.text(oracle.combination(index))))
    chosen = random.Random(7).sample(range(oracle.count), 4)
    return [*nothing, *every, *map(oracle.combination, [longest, *chosen])]


@pytest.mark.parametrize("id", LETTERS)
def test_a_letter_with_ordinary_data_is_one_page_with_nothing_else_on_it(
    page: Page, home: str, oracles: dict[str, Oracle], id: str
) -> None:
    page.goto(f"{home}letters/{id}/")
    for answers in combinations(oracles[id]):
        fill(page, answers)
        expected = squeeze(oracles[id].text(answers))
        for paper in PAPERS:
            pdf = print_out(page, paper)
            assert squeeze(words_of(pdf)) == expected, f"{paper}: {answers}"
            assert len(pdf.pages) == 1, f"{paper}: {answers}"


def test_the_button_prints_the_same_sheet(page: Page, site: Site, oracles: dict[str, Oracle]) -> None:
    page.goto(site.at("letters/first-complaint/"))
    answers = everything(oracles["first-complaint"], "GB")
    fill(page, answers)
    page.evaluate("document.documentElement.dataset.print = 'letter'")
    pdf = print_out(page, "A4")
    assert squeeze(words_of(pdf)) == squeeze(oracles["first-complaint"].text(answers))
    assert len(pdf.pages) == 1


def test_a_gap_is_printed_as_a_line_to_write_on(page: Page, site: Site, oracles: dict[str, Oracle]) -> None:
    page.goto(site.at("letters/first-message/"))
    page.locator("#blank-order_number").fill("5771")
    text = squeeze(words_of(print_out(page, "A4")))
    assert "aboutmyorder5771of" in text
    assert squeeze("What has not come") in text
