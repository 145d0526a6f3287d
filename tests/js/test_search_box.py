"""<search-box>: nothing comes before it is used; keys, words, links; slow, failing and hostile data."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from element_pages import Serve
from playwright.sync_api import Page, Route, expect
from search_pages import PAGES, POLICY, WORDS, page_record, write_search_site

from generator.search import Record

pytestmark = pytest.mark.browser

Open = Callable[..., Page]


@pytest.fixture
def requests(page: Page) -> list[str]:
    """The path of every request, in order."""
    seen: list[str] = []
    page.on("request", lambda request: seen.append(request.url))
    return seen


@pytest.fixture
def opened(page: Page, tmp_path: Path, serve: Serve) -> Open:
    """Opens the small page under the site's policy."""

    def start(records: Iterable[Record] = PAGES, **options: Any) -> Page:
        folder = write_search_site(tmp_path / "site", records, **options)
        page.goto(f"{serve(folder, {'Content-Security-Policy': POLICY})}/pages/here/")
        return page

    return start


def box(page: Page) -> Any:
    return page.get_by_role("searchbox", name="Search")


def results(page: Page) -> Any:
    return page.locator("[data-results] a")


def ask(page: Page, text: str) -> None:
    box(page).fill(text)
    expect(results(page)).not_to_have_count(0)


def test_nothing_of_search_is_loaded_before_the_box_is_used(opened: Open, requests: list[str]) -> None:
    page = opened()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Before")).to_be_focused()
    page.mouse.move(50, 50)
    page.wait_for_timeout(300)
    assert [url for url in requests if "search" in url] == []
    box(page).focus()
    expect(page.locator("search-box:defined")).to_be_visible()
    assert sorted(url.rpartition("/")[2] for url in requests if "search" in url) == [
        "search-data.js",
        "search.js",
    ]


def test_results_are_links_with_a_title_and_a_line_and_are_counted_aloud(opened: Open) -> None:
    page = opened()
    ask(page, "complaint")
    expect(results(page)).to_have_count(1)
    expect(page.locator("[data-results] .u-search__title")).to_have_text("First complaint")
    expect(page.locator("[data-results] .u-search__lead")).to_have_text("A letter to the seller")
    assert results(page).get_attribute("href").endswith("/letters/complaint/")
    expect(page.get_by_role("status")).to_have_text("1 PAGE")
    ask(page, "delivered")
    expect(page.get_by_role("status")).to_have_text("2 PAGES")


def test_a_heading_that_answers_is_shown_and_led_to(opened: Open) -> None:
    page = opened()
    ask(page, "stuck in transit")
    expect(page.locator("[data-results] .u-search__heading").first).to_have_text("In transit and stuck")
    assert results(page).first.get_attribute("href").endswith("/steps/status/#transit")


def test_words_that_are_nowhere_are_answered_with_the_way_to_all_pages(opened: Open) -> None:
    page = opened()
    box(page).fill("xylophone")
    expect(page.get_by_role("status")).to_have_text("NOTHING FOUND")
    expect(page.get_by_role("link", name="All pages")).to_be_visible()


def test_what_was_typed_before_the_script_came_is_searched_when_it_comes(opened: Open, page: Page) -> None:
    held = threading.Event()
    page.route("**/assets/search.js", lambda route: (held.wait(5), route.continue_()))
    opened()
    box(page).focus()
    page.keyboard.type("complaint")
    held.set()
    expect(results(page)).to_have_count(1)


def test_slow_loading_is_told_and_covers_nothing(opened: Open, page: Page) -> None:
    waiting: list[Route] = []
    page.route("**/assets/search*.js", lambda route: waiting.append(route))
    opened()
    box(page).focus()
    page.keyboard.type("complaint")
    expect(page.get_by_role("status")).to_have_text("LOADING")
    expect(page.get_by_role("link", name="All pages")).to_be_visible()
    while waiting:
        waiting.pop().continue_()
    expect(results(page)).to_have_count(1)


@pytest.mark.parametrize("failing", ["search.js", "search-data.js"])
def test_a_failed_load_is_told_with_the_way_to_all_pages_and_tried_again(
    opened: Open, page: Page, failing: str, page_errors: list[str]
) -> None:
    page.route(f"**/assets/{failing}", lambda route: route.abort())
    opened()
    box(page).focus()
    page.keyboard.type("complaint")
    expect(page.get_by_role("status")).to_have_text("FAILED")
    expect(page.get_by_role("link", name="All pages")).to_be_visible()
    page.unroute(f"**/assets/{failing}")
    page.get_by_role("link", name="Before").focus()
    box(page).focus()
    expect(results(page)).to_have_count(1)
    assert [one for one in page_errors if "ERR_FAILED" not in one] == []
    page_errors.clear()


@pytest.mark.parametrize(
    "bundle",
    ["throw new Error('broken')", "", "this is no script"],
    ids=["throws", "empty", "no script"],
)
def test_a_broken_script_is_told_like_one_that_does_not_come(
    opened: Open, bundle: str, page_errors: list[str]
) -> None:
    page = opened(bundle=bundle)
    box(page).focus()
    expect(page.get_by_role("status")).to_have_text("FAILED")
    expect(page.get_by_role("link", name="All pages")).to_be_visible()
    page_errors.clear()


@pytest.mark.parametrize(
    "text",
    [
        "undelivered.searchPages = {format: 99}",
        "undelivered.searchPages = null",
        "throw 1",
        "",
        "<html>404</html>",
    ],
)
def test_data_that_is_none_is_told_and_breaks_nothing(
    opened: Open, page: Page, text: str, page_errors: list[str]
) -> None:
    page.route(
        "**/assets/search-data.js", lambda route: route.fulfill(body=text, content_type="text/javascript")
    )
    opened()
    box(page).focus()
    page.keyboard.type("complaint")
    expect(page.get_by_role("status")).to_have_text("FAILED")
    expect(results(page)).to_have_count(0)
    page_errors.clear()


def test_arrows_walk_through_box_and_links_and_escape_leads_back(opened: Open) -> None:
    page = opened()
    ask(page, "delivered")
    page.keyboard.press("ArrowDown")
    expect(results(page).nth(0)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(results(page).nth(1)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("link", name="All pages")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(box(page)).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("link", name="All pages")).to_be_focused()
    page.keyboard.press("Escape")
    expect(box(page)).to_be_focused()
    expect(page.locator("[data-panel]")).to_be_hidden()
    expect(box(page)).to_have_value("delivered")


def test_enter_leads_to_the_best_answer_and_a_second_one_opens_it(opened: Open) -> None:
    page = opened()
    ask(page, "bank said no")
    page.keyboard.press("Enter")
    expect(results(page).first).to_be_focused()
    assert page.url.endswith("/pages/here/")
    page.keyboard.press("Enter")
    page.wait_for_url("**/steps/refund/**")


def test_tab_goes_on_through_the_links_and_leaving_closes_the_panel(opened: Open) -> None:
    page = opened()
    ask(page, "complaint")
    page.keyboard.press("Tab")
    expect(results(page).first).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="After")).to_be_focused()
    expect(page.locator("[data-panel]")).to_be_hidden()
    box(page).focus()
    expect(page.locator("[data-panel]")).to_be_visible()
    page.keyboard.press("Shift+Tab")
    expect(page.get_by_role("link", name="Before")).to_be_focused()
    expect(page.locator("[data-panel]")).to_be_hidden()


def test_a_press_outside_closes_the_panel_and_an_emptied_box_too(opened: Open) -> None:
    page = opened()
    ask(page, "complaint")
    page.locator("h1").dispatch_event("pointerdown")
    expect(page.locator("[data-panel]")).to_be_hidden()
    ask(page, "complaint")
    box(page).fill("")
    expect(page.locator("[data-panel]")).to_be_hidden()


def test_no_single_key_is_a_shortcut(opened: Open) -> None:
    page = opened()
    page.locator("h1").click()
    for key in ("/", "s", "f", "?"):
        page.keyboard.press(key)
        assert page.evaluate("document.activeElement.tagName") == "BODY"


HOSTILE = '<img src=x onerror="window.hit=1"></script><script>window.hit=1</script>\u2028'


def test_hostile_words_of_a_record_are_text_and_hostile_addresses_no_links(opened: Open) -> None:
    records = [
        page_record(
            "steps/one/", f"Refund {HOSTILE}", lead=HOSTILE, headings=[("x", f"Refund refused {HOSTILE}")]
        ),
        *(
            page_record(url, "Refund")
            for url in (
                "javascript:window.hit=1",
                "https://elsewhere.example/",
                "//elsewhere.example/",
                "../../../",
            )
        ),
    ]
    page = opened(records)
    ask(page, "refund refused")
    expect(results(page)).to_have_count(1)
    expect(page.locator("[data-results] .u-search__lead")).to_have_text(HOSTILE.strip())
    assert page.evaluate("window.hit ?? null") is None
    assert page.locator("[data-results] img, [data-results] script").count() == 0


def test_what_is_typed_is_in_no_request_address_title_or_storage(opened: Open, requests: list[str]) -> None:
    page = opened()
    canary = "canary4711"
    ask(page, f"refund {canary}")
    page.keyboard.press("Enter")
    expect(results(page).first).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/steps/refund/**")
    page.go_back()
    kept = page.evaluate(
        "JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie, history.state])"
    )
    assert canary not in " ".join([*requests, page.url, page.title(), kept])


def test_it_works_from_a_folder(page: Page, tmp_path: Path) -> None:
    folder = write_search_site(tmp_path / "site")
    page.goto((folder / "pages" / "here" / "index.html").as_uri())
    ask(page, "complaint")
    assert results(page).get_attribute("href") == (folder / "letters" / "complaint" / "index.html").as_uri()


def test_every_sentence_is_said_in_the_words_of_the_page(opened: Open) -> None:
    page = opened()
    assert set(page.locator("search-box").evaluate("one => Object.keys(one.dataset)")) == {
        "script",
        "data",
        *(f"msg{name.capitalize()}" for name in WORDS),
    }
