"""What a first visit fetches: little, all of it needed, nothing of the search, and nothing moves.

Budgets by kind of page are today's sizes; more than a tenth above them is a decision:
`PYTHONPATH=tests .venv/bin/python tests/bench/weight.py --write-budget` makes it.
Only served: a folder has no network to weigh.
"""

from __future__ import annotations

import re

import pytest
from built_site import BuiltSite
from first_visit import Visit, first_visit, serving_compressed
from page_weight import MARGIN, MOST_BYTES, MOST_SCRIPT, budget, compressed, pages_by_kind
from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

Visits = dict[str, Visit]


@pytest.fixture(scope="module")
def visits(built: BuiltSite, browser: Browser) -> Visits:
    """A first visit to the heaviest page of each kind."""
    heaviest = {kind: urls[0] for kind, urls in pages_by_kind(built.folder).items()}
    with serving_compressed(built.folder) as server:
        return {kind: first_visit(browser, server, url) for kind, url in heaviest.items()}


def test_a_first_visit_keeps_the_promise_of_60_kilobytes_and_36_of_script(visits: Visits) -> None:
    assert {kind: visit.of() for kind, visit in visits.items() if visit.of() > MOST_BYTES} == {}
    assert {
        kind: visit.of("script") for kind, visit in visits.items() if visit.of("script") > MOST_SCRIPT
    } == {}


def test_every_kind_of_page_keeps_its_own_budget(visits: Visits) -> None:
    over = {}
    assert set(visits) == set(budget()), "a kind of page came or went: write the budget anew"
    for kind, allowed in budget().items():
        visit = visits[kind]
        rest, most = visit.of() - visit.of("page"), MARGIN * allowed["rest"]
        if rest > most or len(visit.requests) > allowed["requests"]:
            over[kind] = (rest, len(visit.requests), [one.path for one in visit.requests])
    assert over == {}


def test_no_page_of_content_is_heavier_than_the_budget_of_its_kind(built: BuiltSite) -> None:
    lists = {"home", "index"}  # they name all pages, so they grow with the content; 60 kB holds for them
    over = {
        url: compressed(built.page(url))
        for kind, urls in pages_by_kind(built.folder).items()
        for url in urls[: 0 if kind in lists else 1]
        if compressed(built.page(url)) > MARGIN * budget()[kind]["page"]
    }
    assert over == {}


def test_nothing_of_the_search_is_fetched_before_its_box_is_used(visits: Visits) -> None:
    fetched = [one.path for visit in visits.values() for one in visit.requests if one.kind != "page"]
    assert any(path.endswith(".css") for path in fetched)
    assert [path for path in fetched if "search" in path] == []


def test_nothing_moves_while_a_page_loads(visits: Visits) -> None:
    assert {kind: visit.shift for kind, visit in visits.items() if visit.shift} == {}


def test_every_image_has_its_size_and_no_font_is_fetched(built: BuiltSite, visits: Visits) -> None:
    assert {kind: visit.unsized for kind, visit in visits.items() if visit.unsized} == {}
    assert {kind: visit.of("font") for kind, visit in visits.items() if visit.of("font")} == {}
    styles = [path.read_text("utf-8") for path in built.folder.rglob("*.css")]
    assert styles
    assert not [found for text in styles for found in re.findall(r"@font-face|@import", text)]
