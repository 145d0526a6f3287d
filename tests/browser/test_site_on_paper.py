"""Pages on paper: all words, each source's address once, no furniture, nothing cut, on both papers.

Looks only on a server, of the same elements; what scripts do about printing both ways.
"""

from __future__ import annotations

from collections import Counter

import pytest
from addresses import Site
from built_site import BuiltSite
from page_words import shown_words
from paper import PAPERS, WIDTHS, lines_of, print_out, squeeze, words_of
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

GUIDE = "guides/tiktok-shop-not-delivered/"
SHEET = GUIDE + "checklist/"
STEP = "steps/ask-for-refund/"
PRINTED = (
    "",
    GUIDE,
    SHEET,
    STEP,
    "tips/track-your-parcel/",
    "letters/first-complaint/",
    "glossary/",
    "sources/",
)

FURNITURE = """() => [...document.querySelectorAll(
  "header.u-header, footer, nav, form, button, select, textarea, dialog, [role=search], [popover], .u-skip,"
  + " input:not([data-tick]), storage-notice")]
  .filter(one => one.checkVisibility({visibilityProperty: true}) && one.getClientRects().length)
  .map(one => one.outerHTML.slice(0, 200))"""
OUTSIDE = """() => {
  const width = document.documentElement.clientWidth, shown = {visibilityProperty: true};
  const named = one => `${one.tagName}.${one.className} ${one.textContent.trim().slice(0, 40)}`;
  const all = [...document.querySelectorAll(".u-main *")].filter(one => one.checkVisibility(shown));
  const outside = box => box.right > width + 1 || box.left < -1;
  const beyond = all.filter(one => [...one.getClientRects()].some(outside));
  const cut = all.filter(one => getComputedStyle(one).overflow !== "visible"
    && (one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1));
  return [...beyond.map(one => `beyond: ${named(one)}`), ...cut.map(one => `cut: ${named(one)}`)];
}"""
WORDS = """() => {
  for (const more of document.querySelectorAll("details")) more.open = true;
  return document.querySelector(".u-main").innerText;
}"""
BUTTONS = ("Print as ticked", "Print blank", "Clear these ticks", "Skip to the content", "Improve this page")


@pytest.fixture
def no_script_page(open_context, site: Site) -> Page:
    return open_context(java_script_enabled=False).new_page()


@pytest.mark.parametrize("url", PRINTED)
def test_all_words_of_a_page_are_printed_and_no_furniture(page: Page, home: str, url: str) -> None:
    page.goto(home + url)
    page.emulate_media(media="print")
    assert page.evaluate(FURNITURE) == []
    for paper in PAPERS:
        printed = words_of(print_out(page, paper))
        page.emulate_media(media="print")
        assert page.locator("details[open]").count() == 0 or url == "", "closed parts close again"
        for words in BUTTONS:
            assert squeeze(words) not in squeeze(printed)
        assert lost(page, printed) == []


def lost(page: Page, printed: str) -> list[str]:
    """Words that the printed page should show and does not."""
    opened = page.locator("details:not([open])").element_handles()
    words = Counter(shown_words(page.evaluate(WORDS)))
    for one in opened:
        one.evaluate("one => { one.open = false }")
    on_paper = squeeze(printed).casefold()
    return [word for word, count in words.items() if on_paper.count(word) < count]


def test_closed_parts_are_printed_without_scripts_too(no_script_page: Page, site: Site) -> None:
    page = no_script_page
    page.goto(site.at(GUIDE))
    assert page.locator("details:not([open])").count() > 0
    on_paper = squeeze(words_of(print_out(page, "A4")))
    for text in page.locator("details").evaluate_all("all => all.map(one => one.textContent)"):
        for line in filter(None, map(str.strip, text.split("\n"))):
            assert squeeze(line) in on_paper


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("url", PRINTED)
def test_nothing_is_cut_off_on_paper(page: Page, home: str, url: str, paper: str) -> None:
    page.set_viewport_size({"width": WIDTHS[paper], "height": 1000})
    page.goto(home + url)
    page.emulate_media(media="print")
    assert page.evaluate(OUTSIDE) == []


# A source is one item of the list; two dated versions of one page are two sources with one address.
ADDRESSES = """() => [...document.querySelectorAll(":is(.u-sources, .u-sources__all) li")]
  .map(item => [...item.querySelectorAll("a[href^=http]")].map(one => one.getAttribute("href")))
  .flatMap(addresses => [...new Set(addresses)])"""


@pytest.mark.parametrize("url", [GUIDE, STEP, "glossary/", "sources/"])
def test_the_address_of_each_source_is_printed_once(page: Page, home: str, url: str) -> None:
    page.goto(home + url)
    addresses = Counter(map(squeeze, page.evaluate(ADDRESSES)))
    assert addresses
    assert url == "sources/" or set(addresses.values()) == {1}
    for paper in PAPERS:
        rest = squeeze(words_of(print_out(page, paper)))
        printed = {}
        for address in sorted(addresses, key=len, reverse=True):  # one may be the beginning of another
            printed[address] = rest.count(address)
            rest = rest.replace(address, "")
        wrong = {address: count for address, count in printed.items() if count != addresses[address]}
        assert wrong == {}, paper


@pytest.mark.parametrize("paper", PAPERS)
def test_the_whole_checklist_fits_on_two_pages(page: Page, site: Site, built: BuiltSite, paper: str) -> None:
    page.goto(site.at(SHEET))
    pdf = print_out(page, paper)
    assert len(pdf.pages) <= 2
    labels = page.locator("label[for]:not(header label)").all_inner_texts()
    on_paper = squeeze(words_of(pdf))
    assert [label for label in labels if label and squeeze(label) not in on_paper] == []


@pytest.mark.parametrize("paper", PAPERS)
def test_no_item_stands_alone_in_a_column_of_the_whole_checklist(page: Page, home: str, paper: str) -> None:
    page.goto(home + SHEET)
    lists = page.locator(".u-sheet .u-checks").all()
    labels = [[squeeze(label) for label in one.locator("label").all_inner_texts()] for one in lists]
    lines = [(place, left, squeeze(text)) for place, left, text in lines_of(print_out(page, paper))]
    for items in labels:
        columns = Counter(column_of(item, lines) for item in items)
        assert min(columns.values()) > 1 or len(items) == 1, items


def column_of(label: str, lines: list[tuple[int, int, str]]) -> tuple[int, int]:
    """Page and left edge of the line that begins a label."""
    return next((page, left) for page, left, text in lines if len(text) > 8 and label.startswith(text))


def drawing(page: Page, mode: str) -> bytes:
    """What is drawn on the paper; equal bytes look equal."""
    page.evaluate("mode => { document.documentElement.dataset.print = mode }", mode)
    pdf = print_out(page, "A4")
    return b"".join(sheet.get_contents().get_data() for sheet in pdf.pages)  # type: ignore[union-attr]


@pytest.mark.parametrize("url", [SHEET, STEP])
def test_a_blank_print_shows_no_tick_and_the_other_shows_them(page: Page, site: Site, url: str) -> None:
    page.goto(site.at(url))
    unticked = drawing(page, "blank")
    assert drawing(page, "blank") == unticked
    for box in page.locator("[data-tick]").all()[:3]:
        box.check()
    assert drawing(page, "blank") == unticked
    page.locator("[data-tick]").first.uncheck()
    two = drawing(page, "ticked")
    page.locator("[data-tick]").first.check()
    assert drawing(page, "ticked") != two


@pytest.mark.parametrize(
    ("url", "mode"),
    [(GUIDE, "ticked"), (SHEET, "blank"), (SHEET, "ticked"), (STEP, "blank"), (STEP, "ticked")],
)
def test_the_print_buttons_open_the_print_dialog(page: Page, site: Site, url: str, mode: str) -> None:
    page.add_init_script(
        "window.print = () => { window.printed = document.documentElement.dataset.print;"
        " dispatchEvent(new Event('afterprint')) }"
    )
    page.goto(site.at(url))
    page.locator(f"[data-print={mode}]").first.click()
    assert page.evaluate("window.printed") == mode
    expect(page.locator("html")).not_to_have_attribute("data-print", mode)
