"""Every page by axe (WCAG 2.2 AA), in both themes and three widths, and in each state it can be brought into.

Nothing is excluded. Media and states are changed on the open page where a reload would change nothing.
Only served: the download holds the same elements (test_site_folder.py).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe import GOOD_PRACTICE, WCAG, violations
from built_site import BuiltSite
from page_kinds import covering, every_page
from playwright.sync_api import BrowserContext, Page
from states import STATES, open_details, settle, tick_one

Opens = Callable[..., BrowserContext]
Findings = dict[str, list[str]]

THEMES = ("light", "dark")
WIDTHS = (320, 768, 1280)
SHARES = 2  # two workers divide the pages between them

pytestmark = pytest.mark.browser


def looks(page: Page, themes: tuple[str, ...] = THEMES, widths: tuple[int, ...] = WIDTHS) -> Iterator[str]:
    """The open page in each theme and width, one after the other."""
    for theme in themes:
        page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
        for width in widths:
            page.set_viewport_size({"width": width, "height": 900})
            yield f"{theme} {width}"


def note(found: Findings, where: str, faults: list[str]) -> None:
    if faults:
        found[where] = faults


@pytest.fixture
def still(open_context: Opens) -> Page:
    """A page in which nothing moves, so that nothing is judged half-way."""
    return open_context(reduced_motion="reduce").new_page()


@pytest.mark.parametrize(
    "share", [pytest.param(one, marks=pytest.mark.xdist_group(f"axe {one}")) for one in range(SHARES)]
)
def test_axe_finds_nothing_on_any_page(still: Page, home: str, built: BuiltSite, share: int) -> None:
    found: Findings = {}
    for url in every_page(built)[share::SHARES]:
        still.goto(home + url)
        open_details(still)
        for look in looks(still):
            note(found, f"{url} {look}", violations(still))
    assert found == {}


def test_axe_finds_no_bad_practice_either(still: Page, home: str, built: BuiltSite) -> None:
    found: Findings = {}
    for url in every_page(built):
        still.goto(home + url)
        for look in looks(still, themes=("light",), widths=(320, 1280)):
            note(found, f"{url} {look}", violations(still, GOOD_PRACTICE))
    assert found == {}


@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing_in_any_state(still: Page, home: str, built: BuiltSite, state: str) -> None:
    found: Findings = {}
    entered = 0
    for url in covering(built, STATES[state].inside):
        for width in WIDTHS:
            still.set_viewport_size({"width": width, "height": 900})
            still.goto(home + url)
            still.evaluate("localStorage.clear()")
            if not STATES[state].enter(still):
                continue
            settle(still)
            entered += 1
            for look in looks(still, widths=(width,)):
                note(found, f"{url} {look}", violations(still))
    assert found == {}
    assert entered > 0, "no page has this state"


TAPPED = "target-size"  # nobody taps paper
MEDIA: dict[str, dict[str, Any]] = {
    "forced colours": {"forced_colors": "active"},
    "motion allowed": {"reduced_motion": "no-preference"},
    "print": {"media": "print"},
}


@pytest.mark.parametrize("media", MEDIA)
def test_axe_finds_nothing_in_other_media(still: Page, home: str, built: BuiltSite, media: str) -> None:
    found: Findings = {}
    for url in covering(built):
        still.goto(home + url)
        still.emulate_media(**MEDIA[media])
        open_details(still)
        for look in looks(still, widths=(320,)):
            settle(still)
            faults = [one for one in violations(still) if media != "print" or not one.startswith(TAPPED)]
            note(found, f"{url} {look}", faults)
    assert found == {}


DENIED = """Object.defineProperty(window, 'localStorage', {
    get() { throw new DOMException('denied', 'SecurityError') }
})"""


def test_axe_finds_nothing_in_what_readers_are_told_about_storage(
    open_context: Opens, home: str, built: BuiltSite
) -> None:
    context = open_context(reduced_motion="reduce")
    context.add_init_script(DENIED)
    page = context.new_page()
    found: Findings = {}
    for url in covering(built):
        page.goto(home + url)
        tick_one(page)
        for look in looks(page, widths=(320, 1280)):
            note(found, f"{url} {look}", violations(page))
    assert found == {}


def test_the_theme_chosen_by_hand_is_kept_and_passes_too(still: Page, home: str, built: BuiltSite) -> None:
    still.emulate_media(color_scheme="light")
    still.set_viewport_size({"width": 1280, "height": 900})
    still.goto(home)
    before = still.evaluate("getComputedStyle(document.body).backgroundColor")
    still.get_by_role("radio", name="Dark").check(force=True)
    for url in covering(built):
        still.goto(home + url)
        assert still.evaluate("getComputedStyle(document.body).backgroundColor") != before
        assert violations(still) == [], url


def test_axe_finds_planted_faults(still: Page, home: str) -> None:
    """Silence means that there is nothing, in each kind of rule that is asked for."""
    still.goto(home)
    still.evaluate(
        """() => {
            const main = document.querySelector('main');
            const image = document.createElement('img');
            image.src = 'data:,';
            const pale = Object.assign(document.createElement('p'), { textContent: 'pale' });
            pale.style.cssText = 'color: #ccc; background: #fff';
            const heading = Object.assign(document.createElement('h6'), { textContent: 'too deep' });
            main.append(image, pale, heading);
        }"""
    )
    rules = {one.partition(":")[0] for one in violations(still, WCAG) + violations(still, GOOD_PRACTICE)}
    assert {"image-alt", "color-contrast", "heading-order"} <= rules
