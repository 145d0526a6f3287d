"""The site without JavaScript: all words are there, and nothing that does nothing.

Words and controls are the same elements in the download; what is clicked and listed is tested both ways.
"""

from __future__ import annotations

import re
from typing import Any

import html5lib
import pytest
from addresses import Site
from built_site import BuiltSite
from page_kinds import every_page
from page_words import shown_words
from playwright.sync_api import BrowserContext, Locator, Page, expect

from generator import letters, urls
from generator.model.base import Text
from generator.model.letter import Letter

pytestmark = pytest.mark.browser

GUIDE = "guides/tiktok-shop-not-delivered/"
# What each step and tip is about, in words that its part of the guide must hold; "a|b" means either.
MEANINGS = {
    "check-order-status": ["order", "status", "check|read|look", "app"],
    "check-delivery-details": ["address", "look around|neighbour|next door", "check"],
    "contact-support": ["write|message", "seller", "TikTok Shop", "support|help", "case"],
    "check-shipping-policy": ["date", "late", "deliver|shipping", "promised|estimated"],
    "follow-up": ["again|follow up", "date", "write|keep", "answer"],
    "ask-for-refund": ["refund", "money|card", "ask"],
    "use-social-media": ["public|post|social", "order number|private|personal"],
    "report-it": ["report", "consumer|authority|court|complain"],
    "check-the-seller": ["seller", "before you pay|before you buy", "review|rating|badge"],
    "track-your-parcel": ["track", "parcel", "carrier"],
    "read-the-policies": ["return|refund", "polic|rules", "before"],
}


@pytest.fixture
def context(open_context: Any) -> BrowserContext:
    return open_context(java_script_enabled=False, viewport={"width": 1280, "height": 900})


def open_details(page: Page) -> None:
    closed = page.locator("details:not([open]) > summary")
    while closed.count():
        closed.first.click()


def test_every_page_shows_all_its_words(page: Page, home: str, built: BuiltSite) -> None:
    for url in built.urls:
        page.goto(home + url)
        page.eval_on_selector_all("details", "all => all.forEach(one => one.open = true)")
        shown = page.locator(".u-shell").inner_text()
        body = built.source(url).read_text("utf-8").split("\n---\n", 1)[1]
        # A footnote's number stands at its word without a space: letters are compared, not words.
        assert "".join(shown_words(shown)) == "".join(shown_words(body, markup=True)), url


def letters_of(text: str) -> str:
    return "".join(shown_words(text))


def whole_page(page: Page) -> str:
    """All that can be read, also in closed parts and in what opens with a press."""
    page.eval_on_selector_all("details", "all => all.forEach(one => { one.open = true })")
    closed = "[popover]:not(:popover-open)"
    page.eval_on_selector_all(closed, "all => all.forEach(one => one.showPopover())")
    return letters_of(page.locator("body").inner_text())


MARKUP = re.compile(r"\[\[[^\]]*\]\]|\]\([^)]*\)|^\s*(?:\d+\.|[-#>]+)\s|[\[\]{}]|\n", re.MULTILINE)


def test_every_word_that_was_written_is_shown(page: Page, home: str, built: BuiltSite) -> None:
    """From the files in content/ to the screen. Letters, which show a form or a blank, have tests of their own."""
    page.goto(home)
    start = whole_page(page)
    missing, seen = [], 0
    for entry in built.catalog:
        url = urls.of_entry(entry.kind, entry.id)
        if url not in built.urls or isinstance(entry.model, Letter):
            continue
        page.goto(home + url)
        shown = whole_page(page)
        for loc, text in entry.leaves:
            runs = [letters_of(run) for run in MARKUP.split(text)] if isinstance(text, Text) else []
            seen += len(runs)
            missing += [f"{url} {loc}: {run}" for run in runs if run not in shown and run not in start]
    assert missing == []
    assert seen > 0


def test_the_frame_of_every_page_shows_all_its_words(page: Page, home: str, built: BuiltSite) -> None:
    for url in every_page(built):
        page.goto(home + url)
        shown = whole_page(page)
        source = html5lib.parse(page.content(), namespaceHTMLElements=False)
        for part in ("header", "footer"):
            [words] = [page.locator(f"body > {part}").inner_text()]
            assert letters_of(words) and letters_of(words) in shown, url
        links = [one for part in ("header", "footer") for one in source.find(f"body/{part}").iter("a")]
        assert [one.get("href") for one in links if letters_of("".join(one.itertext())) not in shown] == []


def test_closed_parts_open_without_scripts(page: Page, site: Site) -> None:
    page.goto(site.at(GUIDE))
    more = page.locator("details").first
    expect(more.locator("p").first).to_be_hidden()
    open_details(page)
    expect(page.locator("details:not([open])")).to_have_count(0)
    expect(more.locator("p, ol").first).to_be_visible()


CONTROLS = "button, input, select, textarea, [role=button], [contenteditable]"


def works_without_scripts(control: Locator) -> bool:
    tick, popover = (control.get_attribute(name) for name in ("data-tick", "popovertarget"))
    return tick is not None or popover is not None


@pytest.mark.parametrize("width", [320, 1280])
def test_no_control_is_shown_that_does_nothing(
    open_context: Any, home: str, built: BuiltSite, width: int
) -> None:
    page = open_context(java_script_enabled=False, viewport={"width": width, "height": 800}).new_page()
    for url in every_page(built):
        page.goto(home + url)
        whole_page(page)
        shown = page.locator(CONTROLS).filter(visible=True)
        dead = [one.evaluate("e => e.outerHTML") for one in shown.all() if not works_without_scripts(one)]
        assert dead == [], url


def test_the_menu_opens_on_a_phone(open_context: Any, site: Site) -> None:
    page = open_context(java_script_enabled=False, viewport={"width": 320, "height": 640}).new_page()
    page.goto(site.at())
    link = page.locator("nav").get_by_role("link", name="Letters")
    expect(link).to_be_hidden()
    page.get_by_role("button", name="Menu").click()
    expect(link).to_be_visible()
    expect(page.locator("input[name=theme]").filter(visible=True)).to_have_count(0)
    link.click()
    expect(page).to_have_url(site.at("letters/"))


def outs(nodes: list[Any]) -> int:
    """How many gaps a letter tree shows when all its arms are shown."""
    arms = [arm for node in nodes if node[0] == "if" for arm in (*(arm[1] for arm in node[1]), node[2])]
    return sum(node[0] == "out" for node in nodes) + sum(map(outs, arms))


def arms(nodes: list[Any]) -> int:
    found = [node for node in nodes if not isinstance(node, str) and node[0] == "if"]
    inner = [arm for node in found for arm in (*(arm[1] for arm in node[1]), node[2])]
    return sum(len(node[1]) + bool(node[2]) for node in found) + sum(map(arms, inner))


def test_a_letter_shows_ruled_gaps_and_every_arm_with_its_condition(
    page: Page, site: Site, built: BuiltSite
) -> None:
    for entry in built.catalog.of_kind("letter"):
        assert isinstance(entry.model, Letter)
        trees = [letters.tree(entry.model.subject), letters.tree(entry.model.body)]
        page.goto(site.at(f"letters/{entry.id}/"))
        gaps = page.locator(".u-letter .u-gap").filter(visible=True)
        assert gaps.count() == sum(map(outs, trees))
        assert all(words.strip() for words in gaps.all_inner_texts())
        ruled = (
            "all => all.every(one => parseFloat(getComputedStyle(one, '::before').borderBlockEndWidth) > 0"
        )
        assert page.eval_on_selector_all(
            ".u-gap",
            ruled + " || parseFloat(getComputedStyle(one).borderBlockEndWidth) > 0)",
        )
        told = page.locator(".u-letter .u-arm__if").filter(visible=True).all_inner_texts()
        assert len(told) == sum(map(arms, trees))
        assert [words for words in told if not re.search("only if|none of", words, re.I)] == []
        assert any("United Kingdom" in words for words in told) == ("GB" in entry.model.body)
        for tick in entry.model.ticks.values():
            label = shown_words(tick.label)[:4]
            assert any(" ".join(label) in " ".join(shown_words(words)) for words in told), tick.label


def test_the_guide_tells_every_step_and_tip_by_its_meaning(page: Page, home: str) -> None:
    page.goto(home + GUIDE)
    steps = page.locator("ol.u-route > li").evaluate_all("all => all.map(one => one.id)")
    tips = page.locator("ul.u-route > li").evaluate_all("all => all.map(one => one.id)")
    assert (len(steps), len(tips)) == (8, 3)
    assert [*steps, *tips] == list(MEANINGS)
    open_details(page)
    for id, meanings in MEANINGS.items():
        text = page.locator(f"#{id}").inner_text().casefold()
        missing = [one for one in meanings if not any(word.casefold() in text for word in one.split("|"))]
        assert missing == [], id


def test_pages_parse_without_scripts_as_with_them(built: BuiltSite) -> None:
    """No <noscript> holds words that only some readers would get."""
    for url in built.urls:
        tree = html5lib.parse(built.page(url).read_text("utf-8"), namespaceHTMLElements=False)
        assert tree.findall(".//noscript") == [], url
