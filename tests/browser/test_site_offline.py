"""Offline: first visit, no network, new release, broken release, recovered; never half, never locked out.

Only served: a page from a file has no service worker.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from axe import GOOD_PRACTICE, violations
from built_site import BuiltSite
from by_keyboard import walk, watch
from own_checks import LAYOUT, TEXT, faults
from playwright.sync_api import Browser, BrowserContext, Page, expect
from releases import NAMED_FOR_EVER, WORKERS, Host, files_of, hosting, marked, release

pytestmark = pytest.mark.browser

Release = Callable[..., Path]

# The script comes when the page is idle.
STATUS = """async () => {
  while (!globalThis.undelivered?.offline) await new Promise(done => setTimeout(done, 20));
  return undelivered.offline.status();
}"""
WHOLE = """async () => {
  for (let left = 200; left > 0; left--) {
    const told = await globalThis.undelivered?.offline?.status();
    if (told?.whole) return told;
    await new Promise(resolve => setTimeout(resolve, 50));
  }
  return await undelivered.offline.status();
}"""
# Looks for a new release as a change of page does, and waits until it is whole or given up.
UPDATE = """async () => {
  const registration = await navigator.serviceWorker.getRegistration();
  await registration.update().catch(() => {});
  const coming = registration.installing;
  if (coming) await new Promise(resolve => {
    const look = () => coming.state !== "installing" && resolve();
    coming.addEventListener("statechange", look);
    look();
  });
  return Boolean(registration.waiting);
}"""
CACHES = "caches.keys()"
SAVES_DATA = 'Object.defineProperty(navigator, "connection", { value: { saveData: true } });\n'


@pytest.fixture(scope="module")
def made(built: BuiltSite, tmp_path_factory: pytest.TempPathFactory) -> Release:
    """Makes a release by its name, once."""
    home, known = tmp_path_factory.mktemp("releases"), dict[str, Path]()

    def make(name: str, **more: Any) -> Path:
        if name not in known:
            known[name] = release(built.folder, home / name, marked(name), **more)
        return known[name]

    return make


@pytest.fixture(params=["/", "/below/a/path/"], ids=["root", "sub-path"])
def below(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def host(made: Release) -> Iterator[Host]:
    with hosting(made("one")) as running:
        yield running


@pytest.fixture
def context(browser: Browser, page_errors: list[str]) -> Iterator[BrowserContext]:
    """A fresh profile; what the network says is no error here, what scripts throw is."""
    fresh = browser.new_context()
    fresh.set_default_timeout(15_000)
    fresh.on("weberror", lambda error: page_errors.append(str(error.error)))
    yield fresh
    fresh.close()
    assert page_errors == []


def visit(page: Page, host: Host) -> None:
    """A first visit, until all is kept."""
    page.goto(host.home)
    told = page.evaluate(WHOLE)
    assert told["whole"], told


def shown(page: Page) -> str:
    """The release that the page's HTML is from."""
    found = re.findall(r"<!-- release (\w+) -->", page.content())
    return found[-1] if found else ""


def part(page: Page) -> str:
    """The release that parts of this page are from, those with a name that changes and those without."""
    sheet = "document.querySelector('link[rel=stylesheet]').href"
    texts = [
        page.evaluate(f"fetch({address}).then(answer => answer.text())")
        for address in (sheet, f"new URL('{NAMED_FOR_EVER}', undelivered.boot.base)")
    ]
    return "+".join(sorted({re.findall(r"release (\w+)", text)[-1] for text in texts}))


def until(page: Page, expression: str, argument: Any = None) -> None:
    """Waits for an expression to be true; Playwright's own way needs eval, which the policy forbids."""
    for _ in range(200):
        if page.evaluate(expression, argument):
            return
        page.wait_for_timeout(50)
    pytest.fail(f"never true: {expression}")


def pages_of(folder: Path) -> list[str]:
    return [path.removesuffix("index.html") for path in files_of(folder) if path.endswith("index.html")]


def newer(page: Page) -> Any:
    return page.locator("[data-newer]")


# ---- without a network


def test_after_one_visit_every_page_opens_without_a_network(
    page: Page, made: Release, below: str, built: BuiltSite
) -> None:
    with hosting(made("one"), below) as host:
        visit(page, host)
        urls = pages_of(made("one"))
        assert page.evaluate(STATUS)["pages"] == len(urls) >= len(built.urls)
        host.stop()
        failed: list[str] = []
        page.on("requestfailed", lambda request: failed.append(f"{request.url} {request.failure}"))
        for url in urls:
            page.goto(host.home + url)
            assert shown(page) == "one", url
            assert page.locator("h1").count() == 1, url
            sheets = "[...document.styleSheets].every(one => one.cssRules.length > 0)"
            assert page.evaluate(sheets), url
        # The next page cuts off what this one still asks for when it is idle.
        assert [one for one in failed if not one.endswith("net::ERR_ABORTED")] == []


def test_the_page_of_the_first_visit_works_on_without_a_network(page: Page, host: Host) -> None:
    visit(page, host)
    host.stop()
    assert part(page) == "one"


def test_checklists_and_letters_work_without_a_network(page: Page, host: Host) -> None:
    visit(page, host)
    host.stop()
    page.goto(f"{host.home}steps/check-order-status/")
    tick = page.locator("[data-tick]").first
    tick.check()
    page.reload()
    expect(tick).to_be_checked()
    page.goto(f"{host.home}letters/first-message/")
    page.locator("#blank-item").fill("Blue rain jacket")
    expect(page.locator("[data-preview]")).to_contain_text("Blue rain jacket")


def test_search_works_without_a_network(page: Page, host: Host) -> None:
    visit(page, host)
    host.stop()
    page.goto(host.home)
    box = page.get_by_role("searchbox").or_(page.get_by_role("combobox")).first
    box.click()
    box.press_sequentially("contact support")
    expect(page.locator("header a[href*='contact-support']").first).to_be_visible()


def test_an_address_keeps_its_query_and_finds_its_page(page: Page, host: Host) -> None:
    visit(page, host)
    host.stop()
    page.goto(f"{host.home}letters/first-message/?country=gb#top")
    assert page.evaluate("location.search + location.hash") == "?country=gb#top"
    page.goto(f"{host.home}steps/report-it/index.html?a=1")
    assert (shown(page), page.evaluate("location.search")) == ("one", "?a=1")
    page.goto(f"{host.home}steps/report-it?a=1")
    assert page.url == f"{host.home}steps/report-it/?a=1"
    assert shown(page) == "one"


def test_an_address_that_is_nowhere_gets_the_page_that_says_so(page: Page, host: Host) -> None:
    visit(page, host)
    with_network = page.goto(f"{host.home}no/such/page/")
    assert with_network and with_network.status == 404
    host.stop()
    without = page.goto(f"{host.home}no/such/page/")
    assert without and without.status == 404
    assert page.locator("h1").inner_text() == "This page is not here"


def test_the_download_and_the_worker_itself_are_never_kept(page: Page, host: Host, made: Release) -> None:
    visit(page, host)
    kept = page.evaluate(
        "async () => { const names = await caches.keys(); const all = [];"
        " for (const name of names)"
        " for (const one of await (await caches.open(name)).keys()) all.push(one.url);"
        " return all }"
    )
    assert [url for url in kept if "download/" in url or url.endswith(("sw.js", "sitemap.xml"))] == []
    assert page.evaluate("fetch('sw.js').then(a => a.ok)")
    host.asked.clear()
    assert page.evaluate(
        "fetch('download/undelivered-site.zip', {headers: {range: 'bytes=0-1'}}).then(a => a.ok)"
    )
    assert host.asked == ["download/undelivered-site.zip"]


# ---- a new release


def publish(host: Host, folder: Path) -> None:
    host.heal()
    host.release = folder


def test_a_new_release_is_offered_and_taken_when_the_reader_wants_it(
    page: Page, made: Release, below: str
) -> None:
    with hosting(made("one"), below) as host:
        visit(page, host)
        page.reload()
        publish(host, made("two"))
        page.goto(f"{host.home}about/")  # a change of page looks for it
        expect(newer(page)).to_be_visible()
        expect(newer(page)).to_contain_text("A newer version of this site is here.")
        assert (shown(page), part(page)) == ("one", "one")
        page.goto(f"{host.home}privacy/")
        assert (shown(page), part(page)) == ("one", "one")
        with page.expect_navigation():
            newer(page).get_by_role("button", name="Load it").click()
        assert (shown(page), part(page)) == ("two", "two")
        expect(newer(page)).to_be_hidden()
        host.stop()
        for url in pages_of(made("two")):
            page.goto(host.home + url)
            assert (shown(page), part(page)) == ("two", "two")
        page.reload()
        assert len([name for name in page.evaluate(CACHES) if "notes" not in name]) == 1


def test_a_page_in_another_tab_stays_whole_in_the_release_it_is_from(
    page: Page, context: BrowserContext, host: Host, made: Release
) -> None:
    visit(page, host)
    page.reload()
    other = context.new_page()
    other.goto(f"{host.home}about/")
    assert (shown(other), part(other)) == ("one", "one")
    publish(host, made("two"))
    assert page.evaluate(UPDATE)
    with page.expect_navigation():
        newer(page).get_by_role("button", name="Load it").click()
    host.stop()
    assert (shown(page), part(page)) == ("two", "two")
    assert (shown(other), part(other)) == ("one", "one")
    other.reload()
    assert (shown(other), part(other)) == ("two", "two")


def test_only_what_changed_is_loaded_again(page: Page, host: Host, built: BuiltSite, tmp_path: Path) -> None:
    def about_changed(path: str, data: bytes) -> bytes:
        return marked("three" if path == "about/index.html" else "one")(path, data)

    visit(page, host)
    page.reload()
    publish(host, release(built.folder, tmp_path / "three", about_changed))
    host.asked.clear()
    assert page.evaluate(UPDATE)
    assert sorted(set(host.asked) - {"sw.js"}) == ["about/"]


def test_the_offer_can_be_put_off_and_is_not_made_again_in_this_tab(
    page: Page, host: Host, made: Release
) -> None:
    visit(page, host)
    page.reload()
    publish(host, made("two"))
    assert page.evaluate(UPDATE)
    expect(newer(page)).to_be_visible()
    newer(page).get_by_role("button", name="Not now").focus()
    page.keyboard.press("Enter")
    expect(newer(page)).to_be_hidden()
    page.goto(f"{host.home}about/")
    until(page, "globalThis.undelivered?.offline")
    page.wait_for_timeout(500)
    expect(newer(page)).to_be_hidden()
    assert shown(page) == "one"


def test_the_offer_says_when_a_typed_letter_would_be_lost(page: Page, host: Host, made: Release) -> None:
    visit(page, host)
    page.goto(f"{host.home}letters/first-message/")
    page.locator("#blank-item").fill("Blue rain jacket")
    publish(host, made("two"))
    assert page.evaluate(UPDATE)
    expect(newer(page)).to_contain_text("empties the form")


def test_a_release_that_waited_too_long_is_taken_at_the_next_change_of_page(
    page: Page, host: Host, made: Release
) -> None:
    visit(page, host)
    page.reload()
    publish(host, made("two"))
    assert page.evaluate(UPDATE)
    page.evaluate(
        "async () => { const name = (await caches.keys()).find(one => one.endsWith('notes'));"
        " const cache = await caches.open(name);"
        " const key = (await cache.keys()).find(one => one.url.endsWith('ready'));"
        " const [version] = (await (await cache.match(key)).text()).split(' ');"
        " await cache.put(key, new Response(`${version} 1`)) }"
    )
    page.goto(f"{host.home}about/")
    assert (shown(page), part(page)) == ("one", "one")
    until(page, "navigator.serviceWorker.getRegistration().then(one => one.waiting === null)")
    assert (shown(page), part(page)) == ("one", "one")
    page.goto(f"{host.home}privacy/")
    assert (shown(page), part(page)) == ("two", "two")


# ---- the offer itself: seen, heard, and used by keyboard

WIDTHS = (320, 1280)


def offered(page: Page, host: Host, two: Path, url: str = "") -> None:
    """Until a new release is offered on the page."""
    visit(page, host)
    page.goto(host.home + url)
    publish(host, two)
    assert page.evaluate(UPDATE)
    expect(newer(page).get_by_role("status")).not_to_be_empty()


def with_offer(page: Page) -> None:
    """The page anew; a release that waits is offered on every page."""
    page.reload()
    expect(newer(page).get_by_role("status")).not_to_be_empty()


@pytest.mark.parametrize("typed", [False, True], ids=["nothing typed", "typed"])
def test_axe_and_our_own_checks_find_nothing_where_the_offer_is_open(
    page: Page, host: Host, made: Release, typed: bool
) -> None:
    page.emulate_media(reduced_motion="reduce")
    visit(page, host)
    page.goto(f"{host.home}letters/first-message/" if typed else host.home)
    if typed:
        page.locator("#blank-item").fill("Blue rain jacket")
    publish(host, made("two"))
    assert page.evaluate(UPDATE)
    expect(newer(page)).to_contain_text("empties the form" if typed else "newer version")
    found = {}
    for theme, width in product(("light", "dark"), WIDTHS):
        page.emulate_media(color_scheme=theme)
        page.set_viewport_size({"width": width, "height": 640})
        found[theme, width] = [
            *violations(page),
            *violations(page, GOOD_PRACTICE),
            *faults(page, LAYOUT),
        ]
    assert {look: all_ for look, all_ in found.items() if all_} == {}


def test_the_offer_leaves_half_of_the_smallest_window_to_the_page_also_with_large_text(
    page: Page, host: Host, made: Release
) -> None:
    offered(page, host, made("two"))
    for size, width in product(("100%", "200%"), WIDTHS):
        page.set_viewport_size({"width": width, "height": 568})
        page.evaluate("size => { document.documentElement.style.fontSize = size }", size)
        share = page.evaluate("document.querySelector('[data-newer]').offsetHeight / innerHeight")
        assert 0 < share <= 0.5, (size, width, share)
        assert faults(page, TEXT) == [], (size, width)


def test_where_the_offer_is_open_tab_reaches_it_and_all_else_and_nothing_is_covered(
    page: Page, host: Host, made: Release
) -> None:
    page.emulate_media(reduced_motion="reduce")
    offered(page, host, made("two"), "steps/check-order-status/")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 568})
        with_offer(page)
        watch(page)
        assert walk(page, "Tab") == [], width
        expect(newer(page).locator(":focus")).to_have_text("Not now")  # the last stop of the page
        assert walk(page, "Shift+Tab") == [], width


def test_the_offer_is_a_named_part_of_the_page_and_is_told_while_the_reader_reads_on(
    page: Page, host: Host, made: Release
) -> None:
    offered(page, host, made("two"))
    expect(newer(page)).to_match_aria_snapshot(
        """
        - region "A newer version":
          - status: A newer version of this site is here.
          - paragraph:
            - button "Load it"
            - button "Not now"
        """
    )
    assert page.evaluate("document.activeElement === document.body"), "the offer takes the focus from nobody"


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_the_offer_is_put_off_by_keyboard_and_the_reader_goes_on_where_they_were(
    page: Page, host: Host, made: Release, key: str
) -> None:
    page.set_viewport_size({"width": 320, "height": 568})
    offered(page, host, made("two"))
    last = page.locator("footer a").last
    last.focus()
    page.keyboard.press("Tab")
    expect(newer(page).get_by_role("button", name="Load it")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press(key)
    expect(newer(page)).to_be_hidden()
    expect(last).to_be_focused()
    expect(last).to_be_in_viewport(ratio=1)


def test_the_offer_is_taken_by_keyboard_and_the_new_page_is_walked_from_its_start(
    page: Page, host: Host, made: Release
) -> None:
    offered(page, host, made("two"))
    page.locator("footer a").last.focus()
    page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert shown(page) == "two"
    expect(newer(page)).to_be_hidden()
    page.keyboard.press("Tab")
    expect(page.locator("a.u-skip")).to_be_focused()


# ---- a broken release


def lost_file(host: Host, two: Path) -> None:
    publish(host, two)
    host.status["privacy/"] = 404


def other_bytes(host: Host, two: Path) -> None:
    publish(host, two)
    host.bytes["about/"] = b"<!doctype html><title>half</title>"


def syntax_error(host: Host, two: Path) -> None:
    publish(host, two)
    host.bytes["sw.js"] = (two / "sw.js").read_bytes()[:-200]


def throwing_worker(host: Host, two: Path) -> None:
    publish(host, two)
    host.bytes["sw.js"] = b"throw new Error('broken')"


def server_errors(host: Host, two: Path) -> None:
    publish(host, two)
    host.status["*"] = 500


def worker_gone(host: Host, two: Path) -> None:
    publish(host, two)
    host.status["sw.js"] = 404


def login_page(host: Host, two: Path) -> None:
    """What a network in a hotel answers to everything."""
    publish(host, two)
    host.bytes.update(dict.fromkeys(files_of(two), b"<!doctype html><title>Log in</title>"))
    host.bytes.update(dict.fromkeys(pages_of(two), b"<!doctype html><title>Log in</title>"))


def new_list_old_files(host: Host, two: Path) -> None:
    """The worker came first, the files are still on their way."""
    host.bytes["sw.js"] = (two / "sw.js").read_bytes()


BROKEN = [
    *(lost_file, other_bytes, syntax_error, throwing_worker),
    *(server_errors, worker_gone, login_page, new_list_old_files),
]


@pytest.mark.parametrize("breaks", BROKEN, ids=lambda one: one.__name__)
def test_a_broken_release_leaves_the_old_one_whole_until_a_good_one_comes(
    page: Page, host: Host, made: Release, breaks: Callable[[Host, Path], None]
) -> None:
    visit(page, host)
    page.reload()
    breaks(host, made("two"))
    assert page.evaluate(UPDATE) is False
    for url in pages_of(made("one")):
        page.goto(host.home + url)
        assert (shown(page), part(page)) == ("one", "one"), url
    expect(newer(page)).to_be_hidden()
    host.stop()
    page.goto(f"{host.home}about/")
    assert (shown(page), part(page)) == ("one", "one")
    host.start()
    publish(host, made("three"))
    assert page.evaluate(UPDATE)
    expect(newer(page)).to_be_visible()
    with page.expect_navigation():
        newer(page).get_by_role("button", name="Load it").click()
    assert (shown(page), part(page)) == ("three", "three")
    assert page.evaluate(STATUS)["whole"]


def test_an_attempt_goes_on_where_the_last_one_broke_off(page: Page, host: Host, made: Release) -> None:
    visit(page, host)
    page.reload()
    publish(host, made("two"))
    host.status["tips/track-your-parcel/"] = 500
    assert page.evaluate(UPDATE) is False
    first = set(host.asked)
    host.heal()
    host.asked.clear()
    page.goto(f"{host.home}about/")
    page.evaluate(UPDATE)
    until(page, "navigator.serviceWorker.getRegistration().then(one => Boolean(one.waiting))")
    again = [path for path in set(host.asked) & first if path not in ("sw.js", "about/")]
    assert len(again) < len(first) / 2


def test_a_first_visit_to_a_broken_release_works_without_being_kept(page: Page, host: Host) -> None:
    host.status["privacy/"] = 404
    page.goto(f"{host.home}about/")
    until(page, "globalThis.undelivered?.offline")
    page.wait_for_timeout(500)
    assert page.evaluate("navigator.serviceWorker.controller") is None
    assert page.evaluate(STATUS) is None
    host.heal()
    visit(page, host)


def test_the_way_out_removes_the_worker_and_what_it_kept(page: Page, host: Host, made: Release) -> None:
    visit(page, host)
    page.reload()
    publish(host, made("two"))
    host.bytes["sw.js"] = (WORKERS / "worker-off.js").read_bytes()
    page.goto(f"{host.home}about/")
    assert shown(page) == "one"
    page.evaluate("navigator.serviceWorker.getRegistration().then(one => one?.update())")
    until(page, "caches.keys().then(all => all.length === 0)")
    page.goto(f"{host.home}about/")
    assert (shown(page), part(page)) == ("two", "two")
    publish(host, made("three"))
    visit(page, host)
    page.reload()
    assert (shown(page), part(page)) == ("three", "three")


def test_a_worker_whose_storage_fails_lets_the_network_answer(page: Page, host: Host, made: Release) -> None:
    visit(page, host)
    page.evaluate("caches.keys().then(all => Promise.all(all.map(name => caches.delete(name))))")
    publish(host, made("two"))
    for url in ("about/", "privacy/", ""):
        page.goto(host.home + url)
        assert (shown(page), part(page)) == ("two", "two"), url


def test_a_page_that_the_browser_threw_away_comes_from_the_network_or_says_why_not(
    page: Page, host: Host
) -> None:
    visit(page, host)
    throw = (
        "url => caches.keys().then(all =>"
        " Promise.all(all.map(async one => (await caches.open(one)).delete(url))))"
    )
    about = f"{host.home}about/"
    page.evaluate(throw, about)
    page.goto(about)
    assert (shown(page), part(page)) == ("one", "one")
    until(page, "url => caches.match(url).then(Boolean)", about)
    page.evaluate(throw, about)
    host.stop()
    page.goto(about)
    assert page.url == f"{host.home}offline/#not-kept"


# ---- what the reader chooses


def test_where_data_is_saved_only_what_was_looked_at_is_kept(page: Page, made: Release) -> None:
    with hosting(made("saving", before_worker=SAVES_DATA)) as host:
        page.goto(f"{host.home}about/")
        page.evaluate("navigator.serviceWorker.ready")
        until(page, "Boolean(navigator.serviceWorker.controller)")
        told = page.evaluate(STATUS)
        assert not told["whole"] and told["pages"] < told["total"] / 2
        page.goto(f"{host.home}privacy/")
        until(page, "url => caches.match(url).then(Boolean)", f"{host.home}privacy/")
        host.stop()
        for url in ("about/", "privacy/"):
            page.goto(host.home + url)
            assert shown(page) == "saving", url
        page.goto(f"{host.home}sources/")
        assert page.url == f"{host.home}offline/#not-kept"
        expect(page.locator("offline-status [role=status]")).to_contain_text(re.compile(r"\d+ of \d+ pages"))
        host.start()
        page.get_by_role("button", name="Keep the whole site").click()
        expect(page.locator("offline-status [role=status]")).to_contain_text(
            "This site is kept on this device."
        )
        host.stop()
        page.goto(f"{host.home}sources/")
        assert shown(page) == "saving"


def test_the_reader_is_told_and_can_remove_and_keep_the_site(page: Page, host: Host, made: Release) -> None:
    visit(page, host)
    page.goto(f"{host.home}offline/")
    said = page.locator("offline-status [role=status]")
    pages = len(pages_of(made("one")))
    expect(said).to_have_text(f"This site is kept on this device. All {pages} pages open without a network.")
    keep = page.get_by_role("button", name="Keep the whole site")
    remove = page.get_by_role("button", name="Remove it from this device")
    expect(keep).to_be_hidden()
    remove.focus()
    page.keyboard.press("Enter")
    expect(said).to_contain_text("no longer kept")
    expect(keep).to_be_focused()
    assert [name for name in page.evaluate(CACHES) if not name.endswith("notes")] == []
    page.goto(f"{host.home}about/")
    page.wait_for_timeout(500)
    assert page.evaluate("navigator.serviceWorker.getRegistration()") is None
    page.goto(f"{host.home}offline/")
    expect(said).to_have_text("This site is not kept on this device.")
    keep.click()
    expect(said).to_contain_text("This site is kept on this device.")
    host.stop()
    page.goto(f"{host.home}sources/")
    assert shown(page) == "one"


def test_two_sites_on_one_host_leave_each_other_alone(page: Page, made: Release) -> None:
    with hosting(made("one"), "/a/") as host:
        visit(page, host)
        page.evaluate("caches.open('undelivered /b/ 1').then(one => one.put('/b/', new Response('theirs')))")
        page.goto(f"{host.home}offline/")
        page.get_by_role("button", name="Remove it from this device").click()
        expect(page.locator("offline-status [role=status]")).to_contain_text("no longer kept")
        assert "undelivered /b/ 1" in page.evaluate(CACHES)


DENIED = """Object.defineProperty(window, "caches",
  {get() { throw new DOMException("denied", "SecurityError") }})"""
NO_ROOM = 'Cache.prototype.put = () => Promise.reject(new DOMException("full", "QuotaExceededError"));\n'
NO_CACHES = (
    'Object.defineProperty(self, "caches", {value: {keys: () => Promise.reject(new Error("denied")),\n'
)
NO_CACHES += (
    ' open: () => Promise.reject(new Error("denied")), match: () => Promise.reject(new Error("denied"))}});\n'
)


@pytest.mark.parametrize(
    ("name", "script"),
    [
        ("no workers", "delete Navigator.prototype.serviceWorker"),
        (
            "workers refused",
            "if (navigator.serviceWorker)"
            " navigator.serviceWorker.register = () => Promise.reject(new Error('no'))",
        ),
        ("caches denied", DENIED),
        ("caches gone", "delete window.caches"),
    ],
)
def test_where_the_browser_refuses_the_site_works_as_any_other(
    context: BrowserContext, host: Host, name: str, script: str
) -> None:
    context.add_init_script(script)
    page = context.new_page()
    page.goto(f"{host.home}steps/check-order-status/")
    page.locator("[data-tick]").first.check()
    page.goto(f"{host.home}offline/")
    expect(page.locator("offline-status [role=status]")).not_to_be_empty()
    page.goto(f"{host.home}about/")
    assert shown(page) == "one"


@pytest.mark.parametrize(("name", "script"), [("full", NO_ROOM), ("denied", NO_CACHES)])
def test_where_the_worker_has_no_room_the_site_works_as_any_other(
    page: Page, made: Release, name: str, script: str
) -> None:
    with hosting(made(name, before_worker=script)) as host:
        page.goto(host.home)
        page.wait_for_timeout(500)
        page.goto(f"{host.home}about/")
        assert (shown(page), part(page)) == (name, name)
        assert page.evaluate("navigator.serviceWorker.controller") is None
