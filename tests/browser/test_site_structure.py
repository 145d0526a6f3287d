"""Every page as a screen reader meets it: names, headings, landmarks, ids, languages, titles.

Only served: the download holds the same elements (test_site_folder.py).
"""

from __future__ import annotations

import pytest
from axe import load
from built_site import BuiltSite
from own_checks import WORDS, faults
from page_kinds import every_page
from playwright.sync_api import Page

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [320, 1280])
def test_every_control_has_a_name_and_every_page_an_order(
    page: Page, home: str, built: BuiltSite, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    found = []
    for url in every_page(built):
        page.goto(home + url)
        load(page)
        found += [f"{url}: {fault}" for fault in faults(page, WORDS)]
        # On a telephone the open menu covers the page, which is then hidden: only what it holds is asked for.
        page.eval_on_selector_all("[popover]", "all => all.forEach(one => one.showPopover())")
        found += [f"{url}, menu open: {fault}" for fault in faults(page, ("names",))]
    assert found == []


def test_every_page_has_a_title_of_its_own(page: Page, home: str, built: BuiltSite) -> None:
    titles: dict[str, list[str]] = {}
    for url in every_page(built):
        page.goto(home + url)
        titles.setdefault(page.title(), []).append(url)
    assert {title: urls for title, urls in titles.items() if len(urls) > 1 or not title.strip()} == {}


PLANTED = {
    "names": [
        "const one = document.createElement('button'); main.append(one);",
        "const one = document.createElement('button'); one.textContent = 'Send';"
        "one.ariaLabel = 'Go'; main.append(one);",
        "const one = document.createElement('input'); main.append(one);",
    ],
    "structure": [
        "main.append(document.createElement('h1'));",
        "const one = document.createElement('h6'); one.textContent = 'x'; main.append(one);",
        "const one = document.createElement('p'); one.id = 'content'; main.append(one);",
        "document.documentElement.lang = '';",
        "document.querySelector('footer').remove();",
    ],
}


@pytest.mark.parametrize("check, plant", [(check, one) for check, all in PLANTED.items() for one in all])
def test_each_check_finds_its_planted_fault(page: Page, home: str, check: str, plant: str) -> None:
    page.goto(home)
    load(page)
    assert faults(page, (check,)) == []
    page.evaluate(f"() => {{ const main = document.querySelector('main'); {plant} }}")
    assert len(faults(page, (check,))) > 0
