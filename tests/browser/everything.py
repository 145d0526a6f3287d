"""Everything that a page offers, used: whatever the page holds, found by what it is and not by name.

In: an open page and a word to type. Out: how many fields took it; the page has been used as far as it goes.
It holds no claim.
"""

from __future__ import annotations

from playwright.sync_api import Dialog, Locator, Page
from playwright.sync_api import TimeoutError as PlaywrightTimeout

FIELDS = (
    "input:not([type]), input:is([type=text], [type=search], [type=email], [type=tel], [type=url]), textarea"
)
SHORT = 1_500
"""Milliseconds for one control: what is covered or moved away meanwhile is left out."""

_QUIET = """() => { window.print = () => {}; }"""
_OPEN = """() => { for (const one of document.querySelectorAll("details")) one.open = true; }"""
_TICK = """() => { for (const one of document.querySelectorAll("input[type=checkbox], input[type=radio]"))
  if (!one.disabled && one.checkVisibility()) one.click(); }"""
_DATES = """() => { for (const one of document.querySelectorAll("input[type=date]")) {
  one.value = "2026-11-20";
  one.dispatchEvent(new Event("input", {bubbles: true}));
  one.dispatchEvent(new Event("change", {bubbles: true})); } }"""
_CHOOSE = """() => { for (const one of document.querySelectorAll("select")) {
  one.selectedIndex = one.options.length - 1;
  one.dispatchEvent(new Event("input", {bubbles: true}));
  one.dispatchEvent(new Event("change", {bubbles: true})); } }"""


def use_everything(page: Page, word: str, *, within: str = "body") -> int:
    """Open, tick, type, choose, press and print all that is there; returns how many fields held the word."""
    page.once("dialog", _accept)
    page.evaluate(_QUIET)
    page.evaluate(_OPEN)
    page.evaluate(_TICK)
    page.evaluate(_DATES)
    page.evaluate(_CHOOSE)
    took = sum(_type(field, word) for field in page.locator(within).locator(FIELDS).all())
    for button in page.locator(within).locator("button:visible").all():
        _press(button)
    page.emulate_media(media="print")
    page.emulate_media(media="screen", color_scheme="dark")
    page.emulate_media(color_scheme="light")
    page.mouse.wheel(0, 10_000)
    for link in page.locator(within).locator("a[href]").all()[:40]:
        link.dispatch_event("mouseenter")
        link.dispatch_event("focusin")
    return took


def _accept(dialog: Dialog) -> None:
    dialog.accept()


def _type(field: Locator, word: str) -> bool:
    try:
        if not field.is_visible() or not field.is_editable():
            return False
        field.fill(word, timeout=SHORT)
        field.press("Enter", timeout=SHORT)
        field.press("End", timeout=SHORT)
        field.fill(word, timeout=SHORT)
        return field.input_value() == word
    except PlaywrightTimeout:
        return False  # the page put something over it, as a reader would find


def _press(button: Locator) -> None:
    try:
        if button.is_visible() and button.is_enabled():
            button.click(timeout=SHORT)
    except PlaywrightTimeout:
        return  # the same
