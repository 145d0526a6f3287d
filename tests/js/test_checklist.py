"""The check-list: ticks by id, kept, counted, shown alike everywhere, cleared, printed."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from chromium import find_chromium
from element_pages import CHECKLIST, POLICY, Serve, check_list, document, progress_note, write_site
from playwright.sync_api import Browser, BrowserContext, Page, expect

pytestmark = pytest.mark.browser

ITEMS = {"open-order": "Open the order", "read-status": "Read the status", "save-it": "Save it"}
IDS = [f"step/one/{item}" for item in ITEMS]
KEPT = "JSON.parse(localStorage.getItem('undelivered.ticks'))"


@pytest.fixture
def site(tmp_path: Path, serve: Serve) -> str:
    list_page = document(check_list(ITEMS) + progress_note(IDS), CHECKLIST)
    twice = document(check_list(ITEMS) + check_list(ITEMS, copy="b-"), CHECKLIST)
    reworded = {"save-it": "Keep a copy", "open-order": "Look up the order", "new-one": "New"}
    pages = {
        "list.html": list_page,
        "twice.html": twice,
        "reworded.html": document(check_list(reworded), CHECKLIST),
        "other.html": document("<p>Elsewhere</p>"),
    }
    return serve(write_site(tmp_path, pages), {"Content-Security-Policy": POLICY})


def ticked(page: Page) -> list[str]:
    return page.eval_on_selector_all("[data-tick]:checked", "all => all.map(x => x.dataset.tick)")


def test_a_tick_stays_after_a_reload(page: Page, site: str) -> None:
    page.goto(f"{site}/list.html")
    page.get_by_label("Read the status").check()
    page.reload()
    expect(page.get_by_label("Read the status")).to_be_checked()
    assert ticked(page) == ["step/one/read-status"]
    kept = page.evaluate(KEPT)
    assert (kept["version"], kept["ticks"]) == (1, {"step/one/read-status": True})


def test_progress_is_told_in_words_and_as_a_bar(page: Page, site: str) -> None:
    page.goto(f"{site}/list.html")
    expect(page.locator("check-list [data-progress-words]")).to_have_text("0 of 3 done")
    page.get_by_label("Save it").check()
    expect(page.locator("check-list [data-progress-words]")).to_have_text("1 of 3 done")
    expect(page.locator("progress-note [data-progress-words]")).to_have_text("1 of 3 in all")
    width = page.locator("check-list [data-progress-bar]").evaluate("bar => bar.style.inlineSize")
    assert float(width.rstrip("%")) == pytest.approx(100 / 3, abs=0.01)


def test_a_reworded_and_moved_item_keeps_its_tick(page: Page, site: str) -> None:
    page.goto(f"{site}/list.html")
    page.get_by_label("Save it").check()
    page.goto(f"{site}/reworded.html")
    assert ticked(page) == ["step/one/save-it"]


def test_the_same_item_shown_twice_is_ticked_in_both_places_and_counted_once(page: Page, site: str) -> None:
    page.goto(f"{site}/twice.html")
    page.get_by_label("Open the order").first.check()
    expect(page.get_by_label("Open the order").last).to_be_checked()
    expect(page.locator("[data-progress-words]").last).to_have_text("1 of 3 done")
    page.get_by_label("Open the order").last.uncheck()
    expect(page.get_by_label("Open the order").first).not_to_be_checked()


def test_two_tabs_agree_and_lose_nothing(page: Page, context: BrowserContext, site: str) -> None:
    page.goto(f"{site}/list.html")
    other = context.new_page()
    other.goto(f"{site}/list.html")
    page.get_by_label("Open the order").check()
    expect(other.get_by_label("Open the order")).to_be_checked()
    other.get_by_label("Read the status").check()
    expect(page.get_by_label("Read the status")).to_be_checked()
    page.get_by_label("Open the order").uncheck()
    expect(other.get_by_label("Open the order")).not_to_be_checked()
    expect(other.locator("progress-note [data-progress-words]")).to_have_text("1 of 3 in all")
    assert page.evaluate(KEPT)["ticks"] == {"step/one/read-status": True}


MANY = {f"item-{number}": f"Item {number}" for number in range(40)}
TICK_HALF = """([start, half]) => setTimeout(() => {
  for (const [place, box] of document.querySelectorAll("[data-tick]").entries())
    if (place % 2 === half) box.click();
}, start - Date.now())"""


def test_two_tabs_that_write_in_the_same_moment_lose_nothing(
    page: Page, context: BrowserContext, tmp_path: Path, serve: Serve
) -> None:
    folder = write_site(tmp_path, {"page.html": document(check_list(MANY), CHECKLIST)})
    site = serve(folder, {"Content-Security-Policy": POLICY})
    tabs = [page, context.new_page()]
    for tab in tabs:
        tab.goto(f"{site}/page.html")
    start = time.time() * 1000 + 300
    for half, tab in enumerate(tabs):
        tab.evaluate(TICK_HALF, [start, half])
    for tab in tabs:
        expect(tab.locator("[data-tick]:checked")).to_have_count(40)
        expect(tab.locator("[data-progress-words]")).to_have_text("40 of 40 done")
    assert len(page.evaluate(KEPT)["ticks"]) == 40


def test_a_change_adds_to_what_another_tab_wrote_unseen(page: Page, site: str) -> None:
    page.goto(f"{site}/list.html")
    page.evaluate(
        """() => localStorage.setItem("undelivered.ticks",
             JSON.stringify({version: 1, ticks: {"tip/two/other": true}}))"""
    )
    page.get_by_label("Open the order").check()
    assert page.evaluate(KEPT)["ticks"] == {"tip/two/other": True, "step/one/open-order": True}


def test_reset_clears_this_list_only_and_undo_brings_it_back(page: Page, site: str) -> None:
    page.goto(f"{site}/list.html")
    page.evaluate(
        """() => localStorage.setItem("undelivered.ticks", JSON.stringify({version: 1, ticks: {
             "step/one/save-it": true, "step/one-more/save-it": true}}))"""
    )
    page.reload()
    expect(page.get_by_role("button", name="Undo")).to_be_hidden()
    page.get_by_role("button", name="Clear").click()
    assert ticked(page) == []
    expect(page.locator("check-list [role=status]")).to_have_text("Cleared")
    assert page.evaluate(KEPT)["ticks"] == {"step/one-more/save-it": True}
    page.get_by_role("button", name="Undo").click()
    assert ticked(page) == ["step/one/save-it"]
    expect(page.get_by_role("button", name="Clear")).to_be_focused()
    expect(page.get_by_role("button", name="Undo")).to_be_hidden()
    expect(page.locator("check-list [role=status]")).to_have_text("Back again")


def test_clearing_the_last_tick_leaves_nothing_in_the_browser(page: Page, site: str) -> None:
    page.goto(f"{site}/list.html")
    page.get_by_label("Open the order").check()
    page.get_by_role("button", name="Clear").click()
    assert page.evaluate("localStorage.length") == 0


def test_a_change_tells_the_page_in_one_bubbling_event(page: Page, site: str) -> None:
    page.goto(f"{site}/list.html")
    page.evaluate(
        """() => { window.told = []; document.addEventListener("undelivered:tick",
             ({detail}) => window.told.push([detail.id, detail.done])); }"""
    )
    page.get_by_label("Open the order").check()
    page.get_by_label("Open the order").uncheck()
    assert page.evaluate("told") == [["step/one/open-order", True], ["step/one/open-order", False]]


def test_the_back_button_shows_what_is_kept_now(page: Page, site: str) -> None:
    page.goto(f"{site}/list.html")
    page.get_by_label("Open the order").check()
    page.goto(f"{site}/reworded.html")
    page.get_by_label("Look up the order").uncheck()
    page.get_by_label("Keep a copy").check()
    page.go_back()
    expect(page.get_by_label("Save it")).to_be_checked()
    assert ticked(page) == ["step/one/save-it"]


def test_a_page_from_the_back_forward_cache_is_brought_up_to_date(browser: Browser, site: str) -> None:
    cached = browser.browser_type.launch(
        executable_path=find_chromium(),
        args=["--no-sandbox"],
        ignore_default_args=["--disable-back-forward-cache"],
    )
    page, other = (context := cached.new_context()).new_page(), context.new_page()
    page.goto(f"{site}/list.html")
    page.evaluate("addEventListener('pageshow', e => { window.revived = e.persisted; })")
    page.goto(f"{site}/other.html")
    other.goto(f"{site}/list.html")
    other.get_by_label("Save it").check()
    page.go_back(wait_until="commit")  # a revived page fires no load event
    expect(page.get_by_label("Save it")).to_be_checked()
    assert page.evaluate("window.revived") is True
    cached.close()


def test_boxes_that_the_browser_restores_do_not_win_over_the_store(page: Page, site: str) -> None:
    page.goto(f"{site}/list.html")
    page.get_by_label("Open the order").check()
    page.evaluate(
        """() => { for (const box of document.querySelectorAll("[data-tick]")) box.checked = !box.checked;
             dispatchEvent(new PageTransitionEvent("pageshow", {persisted: false})); }"""
    )
    assert ticked(page) == ["step/one/open-order"]


def test_a_box_ticked_before_a_late_script_is_kept(page: Page, site: str) -> None:
    held = []
    page.route("**/scripts/element.js", lambda route: held.append(route))
    page.goto(f"{site}/list.html", wait_until="commit")
    page.get_by_label("Read the status").check()
    held[0].continue_()
    expect(page.locator("check-list [data-progress-words]")).to_have_text("1 of 3 done")
    assert ticked(page) == ["step/one/read-status"]


def test_buttons_that_need_scripts_appear_only_with_scripts(page: Page, site: str, browser: Browser) -> None:
    page.goto(f"{site}/list.html")
    expect(page.get_by_role("button", name="Clear")).to_be_visible()
    without = browser.new_context(java_script_enabled=False)
    plain = without.new_page()
    plain.goto(f"{site}/list.html")
    expect(plain.get_by_role("button")).to_have_count(0)
    expect(plain.get_by_role("checkbox")).to_have_count(3)
    expect(plain.locator("[data-progress]").first).to_be_hidden()
    without.close()


def test_an_element_that_leaves_the_page_stops_listening(page: Page, site: str) -> None:
    page.goto(f"{site}/twice.html")
    page.evaluate("window.gone = document.querySelectorAll('check-list')[1]; gone.remove()")
    page.get_by_label("Open the order").check()
    assert page.evaluate("gone.querySelector('[data-tick]').checked") is False
    page.evaluate("gone.querySelectorAll('[data-tick]')[1].checked = true")
    page.evaluate("document.body.append(gone)")
    expect(page.get_by_label("Open the order").last).to_be_checked()
    assert list(page.evaluate(KEPT)["ticks"]) == ["step/one/open-order"]
    assert page.locator("check-list").last.get_by_text("Undo").count() == 1


@pytest.mark.parametrize("lost", ["store", "checklist-state", "element"])
def test_without_one_script_the_page_stays_as_it_was(
    page: Page, page_errors: list[str], site: str, lost: str
) -> None:
    page.route(f"**/scripts/{lost}.js", lambda route: route.fulfill(body="throw 'no'"))
    page.goto(f"{site}/list.html")
    page.get_by_label("Open the order").check()
    assert ticked(page) == ["step/one/open-order"]
    expect(page.get_by_role("button")).to_have_count(0)
    assert any(error.startswith("<check-list> did not start: ") for error in page_errors)
    assert not any("Uncaught TypeError" in error for error in page_errors)
    page_errors.clear()


def test_an_element_with_a_broken_attribute_says_one_sentence(
    page: Page, page_errors: list[str], tmp_path: Path, serve: Serve
) -> None:
    broken = check_list(ITEMS, retired="{") + check_list({"fine": "Fine"}, name="step/two")
    folder = write_site(tmp_path, {"page.html": document(broken, CHECKLIST)})
    site = serve(folder, {"Content-Security-Policy": POLICY})
    page.goto(f"{site}/page.html")
    expect(page.locator("check-list").last.get_by_role("button", name="Clear")).to_be_visible()
    expect(page.locator("check-list").first.get_by_role("button")).to_have_count(0)
    assert len(page_errors) == 1
    assert page_errors.pop().startswith("<check-list> did not start: ")


RETIRED = {"retired": {"call-them": "the number is gone"}}


@pytest.fixture
def retired_page(tmp_path: Path, serve: Serve) -> str:
    above = "<p>far above</p>" + "<br>" * 200
    pages = {"page.html": document(above + check_list(ITEMS, **RETIRED), CHECKLIST)}
    return serve(write_site(tmp_path, pages), {"Content-Security-Policy": POLICY}) + "/page.html"


def test_a_ticked_item_that_was_retired_is_explained_once_and_only_then_forgotten(
    page: Page, retired_page: str
) -> None:
    page.goto(retired_page)
    page.evaluate(
        """() => localStorage.setItem("undelivered.ticks", JSON.stringify({version: 1, ticks: {
             "step/one/call-them": true, "step/one/save-it": true}}))"""
    )
    page.reload()
    note = page.locator("[data-retired-note]")
    expect(note).to_have_text("Taken out: the number is gone")
    page.wait_for_timeout(200)
    assert "step/one/call-them" in page.evaluate(KEPT)["ticks"]  # nobody has seen the note yet
    note.scroll_into_view_if_needed()
    page.wait_for_timeout(200)
    expect(note).to_be_visible()
    assert page.evaluate(KEPT)["ticks"] == {"step/one/save-it": True}
    page.reload()
    expect(note).to_be_hidden()


def test_a_retired_item_that_was_not_ticked_is_not_mentioned(page: Page, retired_page: str) -> None:
    page.goto(retired_page)
    expect(page.locator("check-list [data-progress-words]")).to_have_text("0 of 3 done")
    expect(page.locator("[data-retired-note]")).to_be_hidden()


def test_from_a_folder_without_a_server_ticks_are_kept_too(page: Page, tmp_path: Path) -> None:
    write_site(tmp_path, {"list.html": document(check_list(ITEMS), CHECKLIST)})
    page.goto((tmp_path / "list.html").as_uri())
    page.get_by_label("Open the order").check()
    page.reload()
    assert ticked(page) == ["step/one/open-order"]
