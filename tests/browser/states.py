"""The states that a page can be brought into, found by roles and data attributes; no page is named.

In: an open page. Out: whether it has the state, and then it is in it. A new state is one line in STATES.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from page_kinds import Inside, has, is_a
from playwright.sync_api import Locator, Page

SEARCH = "[role=search] input:visible, search input:visible, input[type=search]:visible"
TICKS = "main input[data-tick]"
FIELDS = "form :is(input, textarea, select):not([type=checkbox], [type=radio], [type=hidden])"
IN_SEARCH = "[role=search] *, search *, [type=search]"
NOWHERE = "zqxzqxzqx"
VALUES = {
    "date": "2026-11-22",
    "email": "alex@example.org",
    "number": "3",
    "tel": "0123 456",
    "url": "https://x.test/",
}
TOLD = """() => {
    const search = document.querySelector('search, [role=search]');
    return [...search.querySelectorAll('[role=status]')].map(one => one.innerText.trim()).join('');
}"""
SETTLED = "() => document.getAnimations().every(one => one.playState !== 'running')"


@dataclass(frozen=True)
class State:
    """How to bring a page into it, and inside which elements it changes anything."""

    enter: Callable[[Page], bool]
    inside: Inside | None = None


def visible(page: Page, selector: str) -> list[Locator]:
    return page.locator(selector).filter(visible=True).all()


def open_popovers(page: Page) -> bool:
    buttons = visible(page, "button[popovertarget]")
    for button in buttons:
        button.click()
    return bool(buttons)


def search_for(page: Page, words: str) -> bool:
    """Type like a reader; wait for the answers to be told in the live region of the search."""
    boxes = visible(page, SEARCH)
    if not boxes:
        return False
    [box] = boxes
    box.click()
    told = page.locator(
        "[role=search] :is([role=status], [aria-live]), search :is([role=status], [aria-live])"
    )
    before = told.all_inner_texts()
    box.press_sequentially(words)
    page.wait_for_function(
        """before => {
            const scope = document.querySelector('search, [role=search]');
            const told = [...scope.querySelectorAll('[role=status], [aria-live]')].map(one => one.innerText);
            return told.join() !== before.join() && told.some(text => text.trim());
        }""",
        arg=before,
    )
    return True


def find_something(page: Page) -> bool:
    return search_for(page, max(page.locator("h1").inner_text().split(), key=len))


def find_nothing(page: Page) -> bool:
    return search_for(page, NOWHERE)


def tick_one(page: Page) -> bool:
    boxes = visible(page, TICKS)
    for box in boxes[:1]:
        box.check()
    return bool(boxes)


def tick_all(page: Page) -> bool:
    open_details(page)
    ticked = page.locator(TICKS).evaluate_all(
        "all => all.filter(one => !one.checked).map(one => one.click()).length"
    )
    return bool(ticked)


def fields(page: Page) -> list[Locator]:
    return [one for one in visible(page, FIELDS) if not one.evaluate(f"one => one.matches('{IN_SEARCH}')")]


def refuse_fields(page: Page) -> bool:
    """Leave each field empty or wrong, as a reader who tabs through."""
    found = fields(page)
    for field in found:
        if field.get_attribute("type") != "date":
            field.fill("?")
        field.focus()
        page.keyboard.press("Tab")
    return bool(found) and page.locator("[aria-invalid=true]").count() > 0


def fill_fields(page: Page) -> bool:
    found = fields(page)
    for field in found:
        field.fill(VALUES.get(field.get_attribute("type") or "text", "Alex Morgan 34.50"))
    choices = visible(page, "main form :is([type=checkbox], [type=radio])")
    for choice in choices:
        choice.check()
    return bool(found or choices)


def press_buttons(page: Page) -> bool:
    """Press everything in the page's own part that can be pressed, after it has been used."""
    page.evaluate("window.print = () => {}")
    used = tick_one(page) or fill_fields(page)
    for button in visible(page, "main button:not([popovertarget])"):
        if button.is_visible():
            button.click()
    return used


def open_details(page: Page) -> bool:
    page.eval_on_selector_all("details", "all => all.forEach(one => { one.open = true })")
    return page.locator("details").count() > 0


def is_search(element: Any) -> bool:
    return bool(element.get("role") == "search" or element.tag == "search")


STATES: dict[str, State] = {
    "popovers open": State(open_popovers, has("popover")),
    "something found": State(find_something, is_search),
    "nothing found": State(find_nothing, is_search),
    "one ticked": State(tick_one, has("data-list")),
    "all ticked": State(tick_all, has("data-list")),
    "fields refused": State(refuse_fields, is_a("form")),
    "fields filled": State(fill_fields, is_a("form")),
    "buttons pressed": State(press_buttons, is_a("button")),
}


def settle(page: Page) -> None:
    """Wait until nothing moves any more."""
    page.wait_for_function(SETTLED)
