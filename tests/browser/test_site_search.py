"""Search: each step and tip is found by the words of people who look for it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

# The first of each is the heading of the text that this guide answers; the others are readers' own words.
QUERIES = {
    "steps/check-order-status/": ["check order status", "awaiting shipment", "stuck in transit"],
    "steps/check-delivery-details/": [
        "review delivery information",
        "wrong address",
        "left with a neighbour",
    ],
    "steps/contact-support/": ["contact support", "tiktok shop phone number", "customer service"],
    "steps/check-shipping-policy/": ["shipping policy", "how long does delivery take", "held at customs"],
    "steps/follow-up/": ["follow up", "keep a record", "support does not reply"],
    "steps/ask-for-refund/": ["refund", "get my money back", "bank said no"],
    "steps/use-social-media/": ["social media", "public post", "fake support account"],
    "steps/report-it/": ["report the issue", "small claims court", "where to complain"],
    "tips/check-the-seller/": ["verify sellers", "is this seller legit", "fake shop"],
    "tips/track-your-parcel/": ["track shipments", "where is my parcel", "fake delivery text"],
    "tips/read-the-policies/": ["read policies", "return policy before buying", "terms and conditions"],
}
RESULTS = "[data-md-component=search-result] ol > li"


def search(page: Page, query: str) -> list[str]:
    """The addresses of the pages found, best first."""
    box = page.locator("[data-md-component=search-query]")
    box.fill("")
    box.press("Backspace")  # the theme's script listens to keys
    expect(page.locator(RESULTS)).to_have_count(0)
    box.fill(query[:-1])
    box.press(query[-1])
    expect(page.locator(RESULTS)).not_to_have_count(0)
    links = page.locator(f"{RESULTS} > a").evaluate_all(
        "all => all.filter(one => one === one.parentElement.querySelector('a')).map(one => one.href)"
    )
    return [link.partition("#")[0].partition("?")[0] for link in links]


def test_every_step_and_tip_is_among_the_first_three_results(page: Page, home: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(home)
    page.locator("[data-md-component=search-query]").click()
    missed = [
        f"{query}: {', '.join(found)}"
        for url, queries in QUERIES.items()
        for query in queries
        if home + url not in (found := search(page, query)[:3])
    ]
    assert missed == []


@pytest.mark.parametrize("width", [320, 1280])
def test_a_result_can_be_opened_by_keyboard(page: Page, home: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{home}about/")
    box = page.locator("[data-md-component=search-query]")
    box.focus()
    box.press_sequentially("contact support")
    expect(page.locator(RESULTS)).not_to_have_count(0)
    expect(page.locator(RESULTS).first).to_be_visible()
    box.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{home}steps/contact-support/")


def test_words_that_are_nowhere_give_an_answer_too(page: Page, home: str) -> None:
    page.goto(home)
    box = page.locator("[data-md-component=search-query]")
    box.focus()
    box.press_sequentially("xylophone")
    expect(page.locator("[data-md-component=search-result]")).to_contain_text("No matching")


def test_results_show_no_words_of_buttons(page: Page, home: str) -> None:
    page.goto(home)
    box = page.locator("[data-md-component=search-query]")
    box.focus()
    search(page, "checklist")
    expect(page.locator("[data-md-component=search-result]")).not_to_contain_text("Print as ticked")
