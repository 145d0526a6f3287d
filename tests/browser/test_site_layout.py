"""Every page on narrow screens, with wide spacing and large text: nothing is cut off, covered, or too small.

WCAG 2.2: 1.4.4, 1.4.10, 1.4.11, 1.4.12, 2.5.8. What each check means stands in checks.js.
Only served: the download holds the same elements (test_site_folder.py).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from built_site import BuiltSite
from chromium import find_chromium
from own_checks import LAYOUT, TEXT, faults
from page_kinds import covering, every_page
from playwright.sync_api import Browser, BrowserContext, Page
from states import STATES, open_details, settle

Opens = Callable[..., BrowserContext]

pytestmark = pytest.mark.browser

WIDTHS = (320, 768, 1280)
# The least that text must bear, by WCAG 1.4.12.
SPACED = """() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important;
        word-spacing: .16em !important } p { margin-block-end: 2em !important }`);
    document.adoptedStyleSheets = [sheet];
}"""
USUAL = "() => { document.adoptedStyleSheets = []; }"


@pytest.fixture
def still(open_context: Opens) -> Page:
    return open_context(reduced_motion="reduce").new_page()


def look(page: Page, url: str, width: int, checks: tuple[str, ...]) -> list[str]:
    page.set_viewport_size({"width": width, "height": 900})
    return [f"{url} {width}: {fault}" for fault in faults(page, checks)]


def test_every_page_fits_narrow_and_wide_screens(still: Page, home: str, built: BuiltSite) -> None:
    found = []
    for url in every_page(built):
        still.goto(home + url)
        open_details(still)
        found += [fault for width in WIDTHS for fault in look(still, url, width, LAYOUT)]
    assert found == []


def test_every_page_bears_more_space_between_letters_and_lines(
    still: Page, home: str, built: BuiltSite
) -> None:
    found = []
    for url in every_page(built):
        still.goto(home + url)
        open_details(still)
        still.evaluate(SPACED)
        found += [fault for width in (320, 1280) for fault in look(still, url, width, TEXT)]
    assert found == []


@pytest.fixture(scope="module")
def large_text(browser: Browser) -> Iterator[Browser]:
    """A browser whose reader set text to twice the usual size."""
    larger = browser.browser_type.launch(
        executable_path=find_chromium(), args=["--no-sandbox", "--blink-settings=defaultFontSize=32"]
    )
    yield larger
    larger.close()


def test_every_page_bears_text_twice_as_large(large_text: Browser, home: str, built: BuiltSite) -> None:
    page = large_text.new_page(reduced_motion="reduce")
    found = []
    for url in every_page(built):
        page.goto(home + url)
        assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "32px"
        open_details(page)
        found += [fault for width in (320, 640, 1280) for fault in look(page, url, width, TEXT)]
    page.close()
    assert found == []


@pytest.mark.parametrize("state", STATES)
def test_every_state_fits_with_usual_and_with_large_text(
    still: Page, large_text: Browser, home: str, built: BuiltSite, state: str
) -> None:
    found = []
    large = large_text.new_page(reduced_motion="reduce")
    for url in covering(built, STATES[state].inside):
        for page, width, checks in ((still, 320, LAYOUT), (still, 1280, LAYOUT), (large, 640, TEXT)):
            page.set_viewport_size({"width": width, "height": 900})
            page.goto(home + url)
            page.evaluate("localStorage.clear()")
            if STATES[state].enter(page):
                settle(page)
                found += look(page, url, width, checks)
    large.close()
    assert found == []


PLANTED: dict[str, str] = {
    "sideways": "p.style.minWidth = '2000px'; p.textContent = 'wide';",
    "cutOff": "p.style.cssText = 'width: 4em; overflow: hidden; white-space: nowrap';",
    "overlapping": "p.style.marginBlockEnd = '-1.3em'; p.after(p.cloneNode(true));",
    "smallTargets": "const b = document.createElement('button'); b.style.cssText ="
    "'padding: 0; inline-size: 12px; block-size: 12px; min-block-size: 0; min-inline-size: 0'; p.append(b);",
    "paleEdges": "const i = document.createElement('input'); i.style.border = '1px solid #eee'; p.append(i);",
}


@pytest.mark.parametrize("check", LAYOUT)
def test_each_check_finds_its_planted_fault(still: Page, home: str, check: str) -> None:
    still.emulate_media(color_scheme="light")
    still.goto(home)
    assert faults(still, (check,)) == []
    plant: Any = f"""() => {{
        const p = document.createElement('p');
        p.textContent = 'Words that are planted here for the check';
        document.querySelector('main').prepend(p);
        {PLANTED[check]}
    }}"""
    still.evaluate(plant)
    assert len(faults(still, (check,))) > 0
