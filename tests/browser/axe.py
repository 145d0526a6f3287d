"""The accessibility checker axe on a page as it is now.

In: an open page. Out: one line for each fault: rule, element, reason. Nothing is excluded.
"""

from __future__ import annotations

from functools import cache

from checkers import package
from playwright.sync_api import Page

WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa")
GOOD_PRACTICE = ("best-practice",)
RUN = "options => axe.run(document, options).then(({violations}) => violations)"


def violations(page: Page, tags: tuple[str, ...] = WCAG) -> list[str]:
    """What axe finds on the page as it is now."""
    load(page)
    found = page.evaluate(RUN, {"runOnly": {"type": "tag", "values": tags}, "resultTypes": ["violations"]})
    return [
        f"{rule['id']}: {node['html'][:160]}: {node['failureSummary']}"
        for rule in found
        for node in rule["nodes"]
    ]


def load(page: Page) -> None:
    """Bring axe into the page; the browser's own channel is not held by the page's policy."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(script())


@cache
def script() -> str:
    """The text of axe."""
    return package("axe-core/axe.min.js").read_text("utf-8")
