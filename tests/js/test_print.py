"""Paper: what is being printed is marked, and closed sections are open on it."""

from __future__ import annotations

from pathlib import Path

import pytest
from element_pages import CHECKLIST, POLICY, Serve, check_list, document, write_site
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

MORE = "<details><summary>More</summary><p>Hidden words</p></details><details open><p>Open</p></details>"
FAKE_PRINT = """window.print = () => {
  dispatchEvent(new Event("beforeprint"));
  window.printed = [document.documentElement.dataset.print,
                    document.querySelectorAll("details:not([open])").length];
  dispatchEvent(new Event("afterprint"));
}"""


@pytest.fixture
def opened(page: Page, tmp_path: Path, serve: Serve) -> Page:
    body = check_list({"one": "One"}) + MORE
    site = serve(
        write_site(tmp_path, {"page.html": document(body, CHECKLIST)}),
        {"Content-Security-Policy": POLICY},
    )
    page.add_init_script(FAKE_PRINT)
    page.goto(f"{site}/page.html")
    return page


@pytest.mark.parametrize(
    ("button", "mode"),
    [("Print as ticked", "ticked"), ("Print blank", "blank")],
)
def test_a_print_button_marks_the_page_for_as_long_as_it_prints(opened: Page, button: str, mode: str) -> None:
    opened.get_by_role("button", name=button).click()
    assert opened.evaluate("printed") == [mode, 0]
    assert opened.evaluate("document.documentElement.dataset.print ?? null") is None


def test_only_a_print_button_prints_even_where_a_print_never_ends(opened: Page) -> None:
    opened.evaluate("() => { window.count = 0; window.print = () => { count += 1; }; }")
    opened.get_by_role("button", name="Print as ticked").click()
    opened.get_by_label("One").check()
    assert opened.evaluate("count") == 1


def test_closed_sections_are_open_on_paper_and_closed_again_after(opened: Page) -> None:
    opened.evaluate("print()")
    assert opened.evaluate("printed[1]") == 0
    assert opened.evaluate("[...document.querySelectorAll('details')].map(x => x.open)") == [
        False,
        True,
    ]


def test_the_browsers_own_print_opens_closed_sections_too(opened: Page) -> None:
    opened.evaluate(
        """() => addEventListener("beforeprint",
             () => { window.closed = document.querySelectorAll("details:not([open])").length; })"""
    )
    opened.pdf()
    assert opened.evaluate("closed") == 0
    expect(opened.locator("details").first).not_to_have_attribute("open", "")
