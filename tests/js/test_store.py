"""The store: whatever the browser's storage does, the page works and says so once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from element_pages import CHECKLIST, POLICY, Serve, check_list, document, write_site
from playwright.sync_api import BrowserContext, Page, expect

pytestmark = pytest.mark.browser

ITEMS = {"open-order": "Open the order", "read-status": "Read the status"}
THROWS = """Object.defineProperty(window, "localStorage",
  {get() { throw new DOMException("no", "SecurityError"); }})"""
NULL = """Object.defineProperty(window, "localStorage", {get() { return null; }})"""
SILENT = """Storage.prototype.getItem = () => { throw new Error("no"); }"""
FULL = """Storage.prototype.setItem = () => { throw new DOMException("no", "QuotaExceededError"); }"""


@pytest.fixture
def url(tmp_path: Path, serve: Serve) -> str:
    pages = {"page.html": document(check_list(ITEMS), CHECKLIST)}
    return serve(write_site(tmp_path, pages), {"Content-Security-Policy": POLICY}) + "/page.html"


def notice(page: Page):
    return page.locator("storage-notice [role=status]")


def count_notices(page: Page) -> None:
    page.evaluate(
        """() => { window.times = 0; new MutationObserver(all => { window.times +=
             all.filter(x => x.addedNodes.length).length; })
             .observe(document.querySelector("storage-notice"), {childList: true, subtree: true}); }"""
    )


def start_with(page: Page, url: str, text: str) -> None:
    page.goto(url)
    page.evaluate("text => localStorage.setItem('undelivered.ticks', text)", text)
    page.reload()


@pytest.mark.parametrize("denial", [THROWS, NULL, SILENT], ids=["throws", "null", "unreadable"])
def test_without_storage_the_list_works_for_this_page_and_says_so(page: Page, url: str, denial: str) -> None:
    page.add_init_script(denial)
    page.goto(url)
    expect(notice(page)).to_have_text("NOTHING IS KEPT")
    count_notices(page)
    page.get_by_label("Open the order").check()
    page.get_by_label("Read the status").check()
    page.get_by_label("Open the order").uncheck()
    expect(page.locator("[data-progress-words]")).to_have_text("1 of 2 done")
    page.get_by_role("button", name="Clear").click()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_label("Read the status")).to_be_checked()
    page.wait_for_timeout(100)
    assert page.evaluate("times") == 0
    expect(notice(page)).to_have_text("NOTHING IS KEPT")


def test_a_full_storage_keeps_ticks_for_this_page_and_says_so(page: Page, url: str) -> None:
    page.add_init_script(FULL)
    page.goto(url)
    expect(notice(page)).to_be_hidden()
    page.get_by_label("Open the order").check()
    expect(notice(page)).to_have_text("NO ROOM")
    page.get_by_label("Read the status").check()
    expect(page.locator("[data-progress-words]")).to_have_text("2 of 2 done")
    assert page.evaluate("localStorage.length") == 0


def test_a_storage_that_is_really_full_is_noticed(page: Page, url: str) -> None:
    page.goto(url)
    page.evaluate(
        """() => { for (let size = 2 ** 22; size >= 1; size /= 2) try {
             for (;;) localStorage.setItem("x" + localStorage.length, "x".repeat(size)); } catch {} }"""
    )
    page.get_by_label("Open the order").check()
    expect(notice(page)).to_have_text("NO ROOM")
    expect(page.get_by_label("Open the order")).to_be_checked()


def test_ticks_made_while_the_storage_was_full_are_saved_with_the_next_one_that_fits(
    page: Page, url: str
) -> None:
    page.goto(url)
    page.evaluate(f"() => {{ window.real = Storage.prototype.setItem; {FULL} }}")
    page.get_by_label("Open the order").check()
    expect(notice(page)).to_have_text("NO ROOM")
    page.evaluate("() => { Storage.prototype.setItem = real; }")
    page.get_by_label("Read the status").check()
    page.reload()
    expect(page.locator("[data-progress-words]")).to_have_text("2 of 2 done")


DEEP = "[" * 100_000
CORRUPT = {
    "no JSON": "{oops",
    "markup": "<img src=x onerror=alert(1)>",
    "empty": "",
    "null": "null",
    "list": "[]",
    "number": "7",
    "no version": '{"ticks":{}}',
    "version as text": '{"version":"1","ticks":{}}',
    "no ticks": '{"version":1}',
    "ticks as list": '{"version":1,"ticks":["step/one/open-order"]}',
    "tick that is no truth": '{"version":1,"ticks":{"step/one/open-order":"yes"}}',
    "prototype": '{"version":1,"ticks":{"__proto__":{"step/one/open-order":true}}}',
    "constructor": '{"version":1,"ticks":{"constructor":true}}',
    "markup in an id": '{"version":1,"ticks":{"step/one/<b>":true}}',
    "deep": DEEP,
    "huge": json.dumps({"version": 1, "ticks": {f"step/one/{n:0500}": True for n in range(2500)}}),
}


@pytest.mark.parametrize("text", CORRUPT.values(), ids=CORRUPT.keys())
def test_an_unreadable_value_is_set_aside_and_the_list_starts_clean(page: Page, url: str, text: str) -> None:
    start_with(page, url, text)
    expect(notice(page)).to_have_text("UNREADABLE")
    expect(page.locator("[data-progress-words]")).to_have_text("0 of 2 done")
    assert page.evaluate("localStorage.getItem('undelivered.ticks.corrupt')") == text
    assert page.evaluate("localStorage.getItem('undelivered.ticks')") is None
    assert page.evaluate("({}).polluted === undefined && ({})['step/one/open-order'] === undefined")
    page.get_by_label("Open the order").check()
    page.reload()
    expect(page.get_by_label("Open the order")).to_be_checked()
    expect(notice(page)).to_be_hidden()


def test_an_unreadable_value_is_set_aside_although_the_storage_is_full(page: Page, url: str) -> None:
    start_with(page, url, "x" * 4_000_000)
    expect(notice(page)).to_have_text("UNREADABLE")
    assert page.evaluate("localStorage.getItem('undelivered.ticks.corrupt').length") == 4_000_000


def test_a_value_from_a_newer_site_is_never_overwritten(page: Page, url: str) -> None:
    newer = '{"version":2,"ticks":[["step/one/open-order","2027-01-01"]]}'
    start_with(page, url, newer)
    expect(notice(page)).to_have_text("FROM A NEWER SITE")
    page.get_by_label("Read the status").check()
    page.get_by_label("Open the order").check()
    page.get_by_role("button", name="Clear").click()
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("[data-progress-words]")).to_have_text("2 of 2 done")
    assert page.evaluate("localStorage.getItem('undelivered.ticks')") == newer
    assert page.evaluate("localStorage.length") == 1


def test_a_storage_cleared_in_another_tab_empties_the_list(
    page: Page, context: BrowserContext, url: str
) -> None:
    page.goto(url)
    page.get_by_label("Open the order").check()
    other = context.new_page()
    other.goto(url)
    other.evaluate("localStorage.clear()")
    expect(page.get_by_label("Open the order")).not_to_be_checked()


def test_garbage_from_another_tab_breaks_nothing(page: Page, context: BrowserContext, url: str) -> None:
    page.goto(url)
    other = context.new_page()
    other.goto(url)
    other.evaluate("localStorage.setItem('undelivered.ticks', '{\"version\":1,\"ticks\":7}')")
    expect(notice(page)).to_have_text("UNREADABLE")
    page.get_by_label("Open the order").check()
    expect(other.get_by_label("Open the order")).to_be_checked()
