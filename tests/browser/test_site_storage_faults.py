"""Storage denied, absent, full, corrupt, hostile or newer: no exception, told once, what is typed stays."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from addresses import Site
from features import PREVIEW, TYPED
from page_kinds import covering, every_page, has
from playwright.sync_api import Browser, BrowserContext, Page, expect
from states import TICKS, fields

pytestmark = pytest.mark.browser

MARKUP = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>'
HOSTILE = (
    '{"version": 1, "__proto__": {"polluted": true}, "seen": {"__proto__": {"polluted": 1}},'
    f' "ticks": {{"__proto__": {{"polluted": true}}, "constructor": true, {json.dumps(MARKUP)}: true}},'
    f' "letters": {{"__proto__": {{"polluted": true}}, "first-message": {{"country": {json.dumps(MARKUP)},'
    f' "values": {{"__proto__": {{"polluted": true}}, "name": {json.dumps(MARKUP)}}}}}}}}}'
)


def access(body: str) -> str:
    return f"Object.defineProperty(window, 'localStorage', {{ configurable: true, get() {{ {body} }} }})"


def stored(text: str) -> str:
    """Every key of ours holds this text before the page's own scripts run, once in a tab."""
    keys = ["undelivered.ticks", "undelivered.letters", "undelivered.theme"]
    return f"""if (location.protocol !== 'about:' && !sessionStorage.getItem('planted')) {{
        sessionStorage.setItem('planted', 'yes');
        for (const key of {json.dumps(keys)}) localStorage.setItem(key, {json.dumps(text)});
    }}"""


FULL = "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }"
FAULTS = {
    "denied": access("throw new DOMException('denied', 'SecurityError')"),
    "absent": access("return null"),
    "full": FULL,
    "corrupt": stored('{"version": 1, "ticks"'),
    "hostile": stored(HOSTILE),
    "newer": stored('{"version": 99, "ticks": [], "letters": []}'),
}
ASKS_STORAGE = "[data-tick], [data-ticks], [data-keep]"
TOLD = {"denied": "denied", "absent": "denied", "full": "full", "corrupt": "corrupt", "newer": "newer"}


@pytest.fixture
def faulty(browser: Browser, page_errors: list[str]) -> Iterator[Any]:
    opened: list[BrowserContext] = []

    def start(fault: str) -> Page:
        context = browser.new_context(service_workers="block")
        context.set_default_timeout(5_000)
        opened.append(context)
        context.on("weberror", lambda error: page_errors.append(str(error.error)))
        context.on("dialog", lambda dialog: page_errors.append(dialog.message))
        context.add_init_script(FAULTS[fault])
        return context.new_page()

    yield start
    for context in opened:
        context.close()
    assert page_errors == []


@pytest.mark.parametrize("fault", FAULTS)
def test_no_page_throws_and_nothing_stored_is_run(
    faulty: Any, site: Site, page_errors: list[str], fault: str
) -> None:
    page = faulty(fault)
    # From a folder no script or element is another one: there, the pages that hold each of them are enough.
    for url in every_page(site) if site.served else covering(site):
        page.goto(site.at(url))
        for box in page.locator(TICKS).filter(visible=True).all()[:1]:
            box.check()
            expect(box).to_be_checked()
        assert (
            page.evaluate("[window.hacked, ({}).polluted, document.querySelector('[onerror]')]") == [None] * 3
        )
        assert page_errors == [], url


@pytest.mark.parametrize("fault", TOLD)
def test_the_reader_is_told_once(faulty: Any, site: Site, fault: str) -> None:
    page = faulty(fault)
    told = 0
    for url in covering(site):
        page.goto(site.at(url))
        page.evaluate("sessionStorage.clear()")
        page.wait_for_timeout(
            0 if site.served else 300
        )  # until a page of a folder can see what another one did
        page.reload()
        notice = page.locator(f"[data-msg-{TOLD[fault]}]")
        if notice.count() == 0 or page.locator(ASKS_STORAGE).count() == 0:
            continue
        used = page.locator(f"{TICKS}, [data-keep]").filter(visible=True).all()[:1]
        for box in used:
            box.check()
        for field in fields(page)[:1]:
            field.fill(TYPED)
        if fault == "full" and not used:
            continue  # nothing on this page is ever saved
        told += 1
        words = notice.first.get_attribute(f"data-msg-{TOLD[fault]}")
        expect(page.locator("[role=status]").filter(has_text=words or "", visible=True)).to_have_count(1)
    assert told > 0


@pytest.mark.parametrize("fault", FAULTS)
def test_what_is_typed_stays_and_is_used(faulty: Any, site: Site, fault: str) -> None:
    page = faulty(fault)
    for url in covering(site, has("data-preview")):
        page.goto(site.at(url))
        page.locator("[data-keep]").check()
        field = fields(page)[0]
        field.fill(TYPED)
        expect(page.locator(PREVIEW)).to_contain_text(TYPED)
        page.locator("h1").click()
        expect(field).to_have_value(TYPED)
