"""Every page by keyboard alone: each stop is reached in order, seen, marked, never covered; no trap.

Real presses of Tab through the whole page and back. What is judged at each stop stands in focus.js.
Stops of the same elements only on a server; what scripts do at a press both ways.
"""

from __future__ import annotations

from typing import Any

import pytest
from addresses import Site
from built_site import BuiltSite
from by_keyboard import walk, watch
from page_kinds import covering, every_page, has
from playwright.sync_api import Page, expect
from states import SEARCH, find_something, settle

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    "width", [pytest.param(one, marks=pytest.mark.xdist_group(f"keys {one}")) for one in (320, 1280)]
)
def test_tab_reaches_everything_forwards_and_backwards(
    open_context: Any, home: str, built: BuiltSite, width: int
) -> None:
    page = open_context(viewport={"width": width, "height": 640}, reduced_motion="reduce").new_page()
    found = []
    for url in every_page(built):
        page.goto(home + url)
        watch(page)
        found += [f"{url} forwards, {fault}" for fault in walk(page, "Tab")]
        found += [f"{url} backwards, {fault}" for fault in walk(page, "Shift+Tab")]
    assert found == []


def test_the_skip_link_is_first_is_seen_and_leads_to_the_content(
    page: Page, home: str, built: BuiltSite
) -> None:
    for url in every_page(built):
        page.goto(home + url)
        page.keyboard.press("Tab")
        link = page.locator("a:focus")
        assert (link.get_attribute("href") or "").startswith("#"), url
        expect(link).to_be_in_viewport(ratio=1)
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('body > :is(main, footer)') !== null"), url


def test_escape_closes_what_was_opened_and_gives_the_focus_back(page: Page, site: Site) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    for url in covering(site, has("popover")):
        page.goto(site.at(url))
        for button in page.locator("button[popovertarget]").filter(visible=True).all():
            button.focus()
            page.keyboard.press("Enter")
            opened = page.locator("[popover]:popover-open")
            expect(opened).to_be_visible()
            watch(page)
            page.keyboard.press("Tab")
            assert page.evaluate("document.activeElement.closest(':popover-open') !== null"), url
            page.keyboard.press("Escape")
            expect(opened).to_have_count(0)
            expect(button).to_be_focused()


@pytest.mark.parametrize("width", [320, 1280])
def test_the_answers_of_a_search_are_walked_and_left_by_keyboard(page: Page, site: Site, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 640})
    page.goto(site.at())
    assert find_something(page)
    settle(page)
    watch(page)
    answers = page.locator("search a, [role=search] a, search-box a").filter(visible=True)
    shown = answers.count()
    assert shown > 0
    for _ in range(shown):
        page.keyboard.press("Tab")
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert page.evaluate("keys.stops.flatMap(stop => stop.faults)") == []
    assert page.evaluate("document.activeElement.closest('search, [role=search], search-box') !== null")
    page.keyboard.press("Escape")
    expect(answers).to_have_count(0)
    expect(page.locator(SEARCH)).to_be_focused()


def test_planted_faults_are_found(page: Page, home: str) -> None:
    page.goto(home)
    watch(page)
    page.evaluate(
        """() => {
            const sheet = new CSSStyleSheet();
            sheet.replaceSync('footer a:focus-visible { outline: none !important }');
            document.adoptedStyleSheets = [sheet];
            const cover = document.createElement('div');
            cover.style.cssText = 'position: fixed; inset: 0 0 20%; background: #fff; z-index: 9';
            document.body.append(cover);
            const first = document.createElement('button');
            document.querySelector('footer').append(Object.assign(first, { tabIndex: 5 }));
        }"""
    )
    found = " ".join(walk(page, "Tab"))
    for fault in ("no focus indicator", "covered by", "out of order"):
        assert fault in found
