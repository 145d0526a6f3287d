"""Every page by axe (WCAG 2.2 AA), in both themes, on a phone and on a desk; no page scrolls sideways."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from built_site import BuiltSite
from chromium import find_chromium
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
OPTIONS = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
RUN = "options => axe.run(document, options).then(({violations}) => violations)"
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def violations(page: Page) -> list[str]:
    """What axe finds on the page as it is now: rule, element, reason."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    found = page.evaluate(RUN, OPTIONS)
    return [
        f"{rule['id']}: {node['html'][:160]}: {node['failureSummary']}"
        for rule in found
        for node in rule["nodes"]
    ]


@pytest.fixture
def themed(open_context: Any, home: str) -> Any:
    """Opens a profile that chose a theme, on a screen of this width."""

    def start(theme: str, width: int) -> Page:
        page = open_context(
            color_scheme=theme, viewport={"width": width, "height": 900}, reduced_motion="reduce"
        ).new_page()
        page.goto(home)
        assert page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches") is (theme == "dark")
        return page

    return start


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_on_any_page(
    themed: Any, home: str, built: BuiltSite, theme: str, width: int
) -> None:
    page = themed(theme, width)
    found: dict[str, list[str]] = {}
    sideways = []
    for url in [*built.urls, "404.html"]:
        page.goto(home + url)
        page.eval_on_selector_all("details", "all => all.forEach(one => { one.open = true })")
        if faults := violations(page):
            found[url] = faults
        if page.evaluate(SIDEWAYS) > 0:
            sideways.append(url)
    assert found == {}
    assert sideways == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_in_what_opens_and_changes(themed: Any, home: str, theme: str) -> None:
    page = themed(theme, 320)
    page.get_by_role("button", name="Menu").click()
    expect(page.get_by_role("link", name="Letters", exact=True)).to_be_visible()
    assert violations(page) == []
    page.keyboard.press("Escape")
    box = page.locator("[data-md-component=search-query]")
    box.focus()
    box.press_sequentially("refund")
    expect(page.locator("[data-md-component=search-result] ol > li").first).to_be_visible()
    assert violations(page) == []
    page.goto(f"{home}steps/check-order-status/")
    page.locator("[data-tick]").first.check()
    page.locator("[data-reset]").click()
    expect(page.get_by_role("button", name="Undo")).to_be_visible()
    assert violations(page) == []
    page.goto(f"{home}letters/first-complaint/")
    page.locator("#blank-email").fill("nobody")
    page.locator("#blank-email").press("Tab")
    expect(page.locator("#blank-email-error")).to_be_visible()
    page.locator("#country-GB").check()
    page.locator("[data-save-text]").click()
    assert violations(page) == []


def test_the_dark_theme_chosen_by_hand_is_kept_and_passes_too(themed: Any, home: str) -> None:
    page = themed("light", 1280)
    before = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.get_by_label("Dark").check()
    page.goto(f"{home}steps/ask-for-refund/")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != before
    assert violations(page) == []


@pytest.mark.parametrize("url", ["", "letters/first-complaint/", "steps/check-order-status/"])
def test_text_twice_as_large_still_needs_no_sideways_scroll(browser: Browser, home: str, url: str) -> None:
    large = browser.browser_type.launch(
        executable_path=find_chromium(), args=["--no-sandbox", "--blink-settings=defaultFontSize=32"]
    )
    page = large.new_page(viewport={"width": 640, "height": 900})
    page.goto(home + url)
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "32px"
    assert page.evaluate(SIDEWAYS) <= 0
    large.close()
