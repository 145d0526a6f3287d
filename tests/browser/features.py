"""What the scripts of a page do for the reader, found by what stands on the page: what is there, what works.

In: an open page. Out: names of features. A new one is a line in FEATURES. No page and no script is named.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page
from playwright.sync_api import TimeoutError as TookTooLong
from states import SEARCH, TICKS, fields, find_something

PATIENCE = 2_000  # milliseconds
PREVIEW = "[data-preview]"
TYPED = "Typed in a test"


@dataclass(frozen=True)
class Feature:
    """What must be on a page that has it, and a use of it that ends in True when it works."""

    part: str
    works: Callable[[Page], bool]


def ticks_are_kept(page: Page) -> bool:
    box = page.locator(TICKS).filter(visible=True).first
    box.check()
    return bool(page.evaluate("Object.keys(localStorage).some(key => key.includes('ticks'))"))


def letter_is_filled(page: Page) -> bool:
    for field in fields(page)[:1]:
        field.fill(TYPED)
    page.locator(PREVIEW, has_text=TYPED).wait_for(timeout=PATIENCE)
    return True


def theme_changes(page: Page) -> bool:
    colour = "getComputedStyle(document.body).backgroundColor"
    before = page.evaluate(colour)
    page.locator("input[name=theme][value=dark]").check(force=True)
    page.wait_for_function(f"before => {colour} !== before", arg=before, timeout=PATIENCE)
    return True


def search_answers(page: Page) -> bool:
    find_something(page)
    page.locator("[role=search] li a, search li a").first.wait_for(timeout=PATIENCE)
    page.keyboard.press("Escape")
    return True


def menu_opens(page: Page) -> bool:
    width = page.viewport_size or {"width": 1280, "height": 720}
    page.set_viewport_size({"width": 320, "height": 900})
    page.locator("button[popovertarget]").first.click()
    opened = page.locator("[popover]:popover-open").count() > 0
    page.keyboard.press("Escape")
    page.set_viewport_size(width)
    return opened


def offline_use_starts(page: Page) -> bool:
    page.wait_for_function("() => globalThis.undelivered?.offline !== undefined", timeout=PATIENCE)
    return True


FEATURES = {
    "theme": Feature("input[name=theme]", theme_changes),
    "menu": Feature("button[popovertarget]", menu_opens),
    "search": Feature(SEARCH, search_answers),
    "ticks": Feature(TICKS, ticks_are_kept),
    "letter": Feature(PREVIEW, letter_is_filled),
    "offline": Feature("html[data-later]", offline_use_starts),
}


def there(page: Page) -> set[str]:
    """The features that the page has; ask this of a page whose scripts all run."""
    return {name for name, feature in FEATURES.items() if page.locator(feature.part).count() > 0}


def working(page: Page, names: set[str]) -> set[str]:
    """Those that work, each used like a reader would."""
    return {name for name in names if _works(page, FEATURES[name])}


def _works(page: Page, feature: Feature) -> bool:
    try:
        return feature.works(page)
    except TookTooLong:
        return False
