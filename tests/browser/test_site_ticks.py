"""Checklists on the real site: kept by id, alike on every page, in every tab and after every mishap."""

from __future__ import annotations

import json

import pytest
from addresses import Site
from built_site import BuiltSite, build, copy_project, serving
from chromium import find_chromium
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from generator.checks.route import tick_ids

pytestmark = pytest.mark.browser

GUIDE = "guides/tiktok-shop-not-delivered/"
SHEET = GUIDE + "checklist/"
STEP = "steps/check-order-status/"
LIST = "step/check-order-status"
FIRST, SECOND = f"{LIST}/open-order", f"{LIST}/last-scan"
TIP_ITEM = "tip/check-the-seller/"
LETTER = "letters/first-message/"
ROUTE_PAGES = ("", GUIDE, SHEET)


def box(page: Page, id: str):
    return page.locator(f'[data-tick="{id}"]')


def words(page: Page, element: str = "check-list"):
    return page.locator(f"{element} [data-progress-words]").first


@pytest.fixture(scope="module")
def totals(built: BuiltSite) -> dict[str, int]:
    """How many items each list has, and the route."""
    lists = {f"{entry.kind}/{entry.id}": len(list(tick_ids(entry))) for entry in built.catalog}
    lists = {name: count for name, count in lists.items() if count}
    return {**lists, "route": sum(lists.values())}


WRITTEN = 300
"""Milliseconds. Pages of a folder have a process each: what one writes reaches the next a moment later."""


def test_a_tick_stays_after_a_reload(page: Page, site: Site) -> None:
    page.goto(site.at(STEP))
    box(page, FIRST).check()
    page.wait_for_timeout(WRITTEN)
    page.reload()
    expect(box(page, FIRST)).to_be_checked()
    expect(box(page, SECOND)).not_to_be_checked()


def test_a_label_ticks_its_box(page: Page, site: Site) -> None:
    page.goto(site.at(STEP))
    page.get_by_text("Open the order in the app and read its status").click()
    expect(box(page, FIRST)).to_be_checked()


def test_another_tab_agrees_at_once(page: Page, context: BrowserContext, site: Site) -> None:
    page.goto(site.at(STEP))
    other = context.new_page()
    other.goto(site.at(GUIDE))
    box(page, FIRST).check()
    expect(box(other, FIRST)).to_be_checked()
    box(other, SECOND).check()
    expect(box(page, SECOND)).to_be_checked()
    box(other, FIRST).uncheck()
    expect(box(page, FIRST)).not_to_be_checked()
    expect(words(page)).to_contain_text("1 of")


def test_what_another_tab_unticked_does_not_come_back(
    page: Page, context: BrowserContext, site: Site
) -> None:
    page.goto(site.at(STEP))
    other = context.new_page()
    other.goto(site.at(GUIDE))
    box(page, FIRST).check()
    expect(box(other, FIRST)).to_be_checked()
    box(other, FIRST).uncheck()  # the last tick: nothing is stored now
    box(other, SECOND).check()
    expect(box(page, SECOND)).to_be_checked()
    expect(box(page, FIRST)).not_to_be_checked()
    page.reload()
    expect(box(page, FIRST)).not_to_be_checked()


def test_clearing_a_list_can_be_undone_and_leaves_other_lists_alone(page: Page, site: Site) -> None:
    page.goto(site.at("steps/contact-support/"))
    elsewhere = page.locator("[data-tick]").first.get_attribute("data-tick") or ""
    box(page, elsewhere).check()
    page.goto(site.at(STEP))
    box(page, FIRST).check()
    box(page, SECOND).check()
    page.locator("[data-reset]").click()
    expect(page.locator("[data-tick]:checked")).to_have_count(0)
    expect(page.get_by_role("status").filter(has_text="cleared")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(box(page, FIRST)).to_be_checked()
    expect(box(page, SECOND)).to_be_checked()
    page.locator("[data-reset]").click()
    page.reload()
    expect(page.locator("[data-tick]:checked")).to_have_count(0)
    page.goto(site.at("steps/contact-support/"))
    expect(box(page, elsewhere)).to_be_checked()


@pytest.mark.parametrize("frozen", [False, True], ids=["loaded again", "from the back-forward cache"])
def test_the_back_button_shows_what_was_ticked_since(browser: Browser, site: Site, frozen: bool) -> None:
    own = browser.browser_type.launch(
        executable_path=find_chromium(),
        args=["--no-sandbox"],
        ignore_default_args=["--disable-back-forward-cache"] if frozen else None,
    )
    # The service worker of a first visit takes charge of all pages, and browsers then drop the frozen ones.
    page = own.new_page(service_workers="block")
    page.set_default_timeout(5_000)
    page.add_init_script("addEventListener('pageshow', event => { window.cameBack = event.persisted })")
    page.goto(site.at(STEP))
    box(page, FIRST).check()
    page.goto(site.at(GUIDE))
    expect(box(page, FIRST)).to_be_checked()
    box(page, FIRST).uncheck()
    box(page, SECOND).check()
    page.wait_for_timeout(WRITTEN)
    page.evaluate("history.back()")
    page.wait_for_url(site.at(STEP), wait_until="commit")
    expect(box(page, SECOND)).to_be_checked()
    expect(box(page, FIRST)).not_to_be_checked()
    expect(words(page)).to_contain_text("1 of")
    # Of pages from files Chromium keeps none as it was: they are loaded again, whatever the reader's settings.
    assert page.evaluate("window.cameBack") is (frozen and site.served)
    own.close()


def whole(page: Page) -> Locator:
    """The progress of the whole route, told in the home page's note or around the lists of a guide."""
    around = 'check-list[data-list^="guide/"] > [data-progress] [data-progress-words]'
    return page.locator(f"progress-note [data-progress-words], {around}").first


def test_all_ticks_of_the_route_can_be_cleared_at_once_and_brought_back(page: Page, site: Site) -> None:
    page.goto(site.at(STEP))
    box(page, FIRST).check()
    for url in (GUIDE, SHEET):
        page.goto(site.at(url))
        page.locator(f'[data-tick^="{TIP_ITEM}"]').first.check()
        page.get_by_role("button", name="Clear all ticks").click()
        expect(page.locator("[data-tick]:checked")).to_have_count(0)
        page.get_by_role("button", name="Undo").click()
        expect(page.locator("[data-tick]:checked")).to_have_count(2)


def test_the_same_progress_is_told_on_every_page(page: Page, site: Site, totals: dict[str, int]) -> None:
    page.goto(site.at(STEP))
    box(page, FIRST).check()
    box(page, SECOND).check()
    expect(words(page)).to_have_text(f"2 of {totals[LIST]} done")
    page.goto(site.at(GUIDE))
    page.locator(f'[data-tick^="{TIP_ITEM}"]').first.check()
    for url in ROUTE_PAGES:
        page.goto(site.at(url))
        expect(whole(page)).to_have_text(f"3 of {totals['route']} done on the whole route")
    for url in (GUIDE, SHEET):
        page.goto(site.at(url))
        assert page.locator("[data-tick]:checked").count() == 3
        own = page.locator(f'check-list[data-list="{LIST}"] [data-progress-words]')
        expect(own).to_have_text(f"2 of {totals[LIST]} done")


def test_every_item_stands_on_its_page_the_guide_and_the_sheet(
    page: Page, site: Site, built: BuiltSite, totals: dict[str, int]
) -> None:
    ids = {id for entry in built.catalog for id in tick_ids(entry)}
    for url in (GUIDE, SHEET):
        page.goto(site.at(url))
        shown = page.eval_on_selector_all("[data-tick]", "all => all.map(box => box.dataset.tick)")
        assert sorted(shown) == sorted(ids)
    assert len(ids) == totals["route"]


THROWS = """Object.defineProperty(window, "localStorage",
  {get() { throw new DOMException("denied", "SecurityError") }})"""
IS_NULL = 'Object.defineProperty(window, "localStorage", {value: null})'
FULL = 'Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError") }'
TRULY_FULL = """(() => {
  let piece = "x".repeat(1024 * 1024), at = 0;
  while (piece.length > 0) {
    try { localStorage.setItem(`junk${at++}`, piece) } catch { piece = piece.slice(0, piece.length >> 1) }
  }
})()"""


def kept(text: str) -> str:
    keys = ("undelivered.ticks", "undelivered.letters")
    sets = ";".join(f"localStorage.setItem({json.dumps(key)}, {json.dumps(text)})" for key in keys)
    return f"if (location.protocol !== 'about:') {{ {sets} }}"


MISHAPS = {
    "denied": (THROWS, "does not let this page keep anything"),
    "null": (IS_NULL, "does not let this page keep anything"),
    "full": (FULL, "no room left"),
    "corrupt": (kept("{not json"), "could not be read"),
    "another shape": (kept('{"version": 1, "ticks": [1], "letters": "x"}'), "could not be read"),
    "newer": (kept('{"version": 99, "ticks": {}, "letters": {}}'), "newer version"),
}


def seen_notices(page: Page):
    return page.locator("storage-notice [role=status]")


@pytest.mark.parametrize("mishap", MISHAPS)
def test_a_broken_storage_is_told_once_and_the_page_works(
    context: BrowserContext, site: Site, totals: dict[str, int], mishap: str
) -> None:
    script, sentence = MISHAPS[mishap]
    context.add_init_script(script)
    for url in (STEP, GUIDE, SHEET):
        page = context.new_page()
        page.goto(site.at(url))
        box(page, FIRST).check()
        box(page, SECOND).check()
        box(page, SECOND).uncheck()
        box(page, SECOND).check()
        expect(seen_notices(page)).to_have_count(1)
        expect(seen_notices(page)).to_be_visible()
        expect(seen_notices(page)).to_contain_text(sentence)
        assert (seen_notices(page).text_content() or "").count(sentence) == 1
        expect(box(page, FIRST)).to_be_checked()
        own = page.locator(f'check-list[data-list="{LIST}"] [data-progress-words]')
        expect(own).to_have_text(f"2 of {totals[LIST]} done")
        page.close()


@pytest.mark.parametrize("mishap", MISHAPS)
def test_a_broken_storage_leaves_home_and_letters_working(
    context: BrowserContext, site: Site, totals: dict[str, int], mishap: str
) -> None:
    script, sentence = MISHAPS[mishap]
    context.add_init_script(script)
    page = context.new_page()
    page.goto(site.at())
    expect(whole(page)).to_contain_text(f"0 of {totals['route']}")
    page.goto(site.at(LETTER))
    page.locator("[data-keep]").check()
    page.locator("#blank-item").fill("Blue rain jacket")
    expect(page.locator("[data-preview]")).to_contain_text("Blue rain jacket")
    expect(seen_notices(page)).to_be_visible()
    expect(seen_notices(page)).to_contain_text(sentence)


def test_a_storage_that_is_really_full_keeps_what_it_had(context: BrowserContext, site: Site) -> None:
    page = context.new_page()
    page.goto(site.at(STEP))
    box(page, FIRST).check()
    page.evaluate(TRULY_FULL)
    page.reload()
    expect(box(page, FIRST)).to_be_checked()
    box(page, SECOND).check()
    expect(seen_notices(page)).to_contain_text("no room left")
    expect(box(page, SECOND)).to_be_checked()
    page.reload()
    expect(box(page, FIRST)).to_be_checked()


def test_data_of_a_newer_version_is_left_as_it_is(page: Page, site: Site) -> None:
    newer = '{"version": 99, "ticks": {"a": 1}}'
    page.goto(site.at("about/"))
    page.evaluate("text => localStorage.setItem('undelivered.ticks', text)", newer)
    page.wait_for_timeout(WRITTEN)
    page.goto(site.at(STEP))
    box(page, FIRST).check()
    assert page.evaluate("localStorage.getItem('undelivered.ticks')") == newer


def test_pages_without_trouble_show_no_notice(page: Page, site: Site) -> None:
    for url in ("", GUIDE, SHEET, STEP, LETTER):
        page.goto(site.at(url))
        expect(seen_notices(page)).to_be_hidden()


@pytest.fixture(scope="module")
def later(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """The site after an edit: one item reworded and moved, one retired."""
    root = copy_project(tmp_path_factory.mktemp("later") / "copy")
    step = root / "content/steps/check-order-status.yml"
    lines = step.read_text("utf-8").splitlines()
    first, second = (
        next(at for at, line in enumerate(lines) if line.startswith(f"  {id}:"))
        for id in ("open-order", "last-scan")
    )
    lines[second] = "  open-order: Have a look at the order in the app."
    lines[first] = "  new-item: Take a deep breath."
    lines += ["retired:", "  last-scan: The app shows this by itself now."]
    step.write_text("\n".join([*lines, ""]), "utf-8")
    return build(root)


def test_a_reworded_item_keeps_its_tick_and_a_retired_one_tells_why(
    browser: Browser, built: BuiltSite, later: BuiltSite
) -> None:
    # Without the service worker, which would show the old release until the reader takes the new one.
    with serving(built.folder) as server, browser.new_context(service_workers="block") as own:
        page = own.new_page()
        page.goto(server.address + STEP)
        box(page, FIRST).check()
        box(page, SECOND).check()
        server.folder = later.folder
        page.goto(server.address + STEP)
        expect(box(page, FIRST)).to_be_checked()
        expect(page.locator(f'li:has([data-tick="{FIRST}"])')).to_have_text(
            "Have a look at the order in the app."
        )
        expect(page.locator("[data-tick]:checked")).to_have_count(1)
        note = page.locator("[data-retired-note]")
        expect(note).to_be_visible()
        expect(note).to_contain_text("The app shows this by itself now.")
        note.scroll_into_view_if_needed()
        page.wait_for_function("() => !localStorage.getItem('undelivered.ticks').includes('last-scan')")
        page.reload()
        expect(note).to_be_hidden()
        expect(box(page, FIRST)).to_be_checked()
