"""A walk through a page by keyboard: real presses of Tab, and what is wrong at each stop.

In: an open page. Out: one line for each fault. What is judged at a stop stands in focus.js.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from own_checks import load
from playwright.sync_api import Page

# Chromium stops at each part of a date, and at tables that can be moved sideways: more presses than elements.
MORE_PRESSES = 60


def watch(page: Page) -> None:
    """Note each stop from now on."""
    load(page)
    page.evaluate(_script())


def walk(page: Page, key: str) -> list[str]:
    """Press the key until all that can have the focus has had it."""
    pressed, limit = 0, page.evaluate("keys.left()") + MORE_PRESSES
    while (left := page.evaluate("keys.left()")) and pressed < limit:
        for _ in range(left):
            page.keyboard.press(key)
        pressed += left
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    return page.evaluate("backwards => keys.verdict(backwards)", key != "Tab")


@cache
def _script() -> str:
    return Path(__file__).with_name("focus.js").read_text("utf-8")
