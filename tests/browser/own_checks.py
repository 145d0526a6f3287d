"""Our own checks of an open page: what axe does not look at. They stand in checks.js.

In: an open page. Out: one line for each fault.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from playwright.sync_api import Page

TEXT = ("sideways", "cutOff", "overlapping")
LAYOUT = (*TEXT, "smallTargets", "paleEdges")
WORDS = ("names", "structure")


def faults(page: Page, checks: tuple[str, ...]) -> list[str]:
    """What the checks find on the page as it is now."""
    load(page)
    return [f"{check}: {one}" for check in checks for one in page.evaluate(f"checks.{check}()")]


def load(page: Page) -> None:
    """Bring the checks into the page."""
    if not page.evaluate("'checks' in globalThis"):
        page.evaluate(_script())


@cache
def _script() -> str:
    return Path(__file__).with_name("checks.js").read_text("utf-8")
