"""offline.js: asks for a worker, offers a newer version, takes or leaves it; whatever the browser refuses."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from element_pages import Serve
from offline_pages import FAULT, HEADERS, NEWER, UPDATE, document, notice, told, worker, write_offline_site
from playwright.sync_api import BrowserContext, Page, expect

pytestmark = pytest.mark.browser

ACTIVE = """async () => {
  const { active } = await navigator.serviceWorker.ready;
  if (active.state !== "activated") await new Promise(done => active.addEventListener("statechange", done));
}"""
REGISTERED = "navigator.serviceWorker.getRegistrations().then(all => all.map(one => one.scope))"
NAVIGATIONS = "performance.getEntriesByType('navigation')[0].type"
SETTLED = 300  # milliseconds, for what must not come


@pytest.fixture
def site(tmp_path: Path) -> Path:
    pages = {
        "index.html": document(notice()),
        "deep/er/index.html": document(notice(), base="../../"),
        "bare/index.html": document("", base="../"),
        "wordless/index.html": document(notice({}), base="../"),
    }
    return write_offline_site(tmp_path, pages)


@pytest.fixture
def home(site: Path, serve: Serve) -> str:
    return f"{serve(site.parent, HEADERS)}/site/"


@pytest.fixture
def warnings(page: Page) -> list[str]:
    """What the page says in the console without calling it an error."""
    said: list[str] = []
    page.on("console", lambda one: said.append(one.text) if one.type == "warning" else None)
    return said


def offer(page: Page) -> Any:
    return page.locator("[data-newer]")


def words(page: Page) -> Any:
    return offer(page).get_by_role("status")


def visit(page: Page, address: str) -> None:
    """Until the worker runs."""
    page.goto(address)
    page.evaluate(ACTIVE)


def publish(site: Path, version: str) -> None:
    (site / "sw.js").write_text(worker(version), encoding="utf-8")


def offered(page: Page, site: Path, version: str = "two") -> None:
    """Until another version waits and is offered."""
    publish(site, version)
    assert page.evaluate(UPDATE)
    expect(words(page)).to_have_text(NEWER["newer"])


# ---- a worker


def test_the_worker_is_asked_for_the_whole_site_from_any_page_of_it(page: Page, home: str) -> None:
    visit(page, f"{home}deep/er/")
    assert page.evaluate(REGISTERED) == [home]
    assert page.evaluate("navigator.serviceWorker.ready.then(one => one.updateViaCache)") == "none"
    assert page.evaluate("undelivered.offline.able") is True
    assert page.evaluate("undelivered.offline.status()") == told(3)


def test_the_first_version_is_no_newer_one(page: Page, home: str) -> None:
    visit(page, home)
    page.wait_for_timeout(SETTLED)
    expect(offer(page)).to_be_hidden()


def test_a_page_that_has_the_script_twice_asks_once(page: Page, home: str, site: Path) -> None:
    (site / "twice.html").write_text(document(notice(), ("boot", "offline", "offline")))
    page.add_init_script(
        """window.asked = 0;
        const { register } = ServiceWorkerContainer.prototype;
        ServiceWorkerContainer.prototype.register = function (...all) {
          asked += 1;
          return register.apply(this, all);
        }"""
    )
    visit(page, f"{home}twice.html")
    assert page.evaluate("asked") == 1


def test_a_worker_of_a_site_above_is_left_alone(page: Page, home: str, site: Path) -> None:
    (site.parent / "sw.js").write_text(worker("theirs"))
    (site.parent / "index.html").write_text(document("", ()))
    above = home.removesuffix("site/")
    page.goto(above)
    page.evaluate(
        """async () => {
          const policy = trustedTypes.createPolicy("undelivered", { createScriptURL: (one) => one });
          await navigator.serviceWorker.register(policy.createScriptURL("/sw.js"));
          await navigator.serviceWorker.ready;
          await caches.open("undelivered / theirs");
        }"""
    )
    page.add_init_script("ServiceWorkerContainer.prototype.register = () => new Promise(() => {})")
    page.goto(home)
    assert page.evaluate("undelivered.offline.status()") is None
    page.evaluate("undelivered.offline.remove()")
    assert page.evaluate(REGISTERED) == [above]
    assert "undelivered / theirs" in page.evaluate("caches.keys()")


# ---- what a browser or a network refuses: the page is as it was, and no error reaches its reader


def test_from_a_folder_there_is_nothing_and_nothing_is_tried(
    page: Page, site: Path, warnings: list[str]
) -> None:
    page.goto((site / "index.html").as_uri())
    page.wait_for_timeout(SETTLED)
    assert page.evaluate("undelivered.offline.able") is False
    assert page.evaluate("undelivered.offline.status()") is None
    assert warnings == []


NO_WORKERS = {
    "none": "delete Navigator.prototype.serviceWorker",
    "undefined": "Object.defineProperty(navigator, 'serviceWorker', {value: undefined})",
    "throws": "Object.defineProperty(navigator, 'serviceWorker', {get() { throw new DOMException('no') }})",
    "no caches": "delete window.caches",
}


@pytest.mark.parametrize("how", NO_WORKERS)
def test_where_the_browser_has_no_workers_or_no_room_for_them_it_says_so_and_tries_nothing(
    page: Page, home: str, warnings: list[str], how: str
) -> None:
    page.add_init_script(NO_WORKERS[how])
    page.goto(home)
    page.wait_for_timeout(SETTLED)
    assert page.evaluate("undelivered.offline.able") is False
    assert warnings == []


def test_keeping_the_site_without_workers_is_refused_with_a_reason(page: Page, home: str) -> None:
    page.add_init_script(NO_WORKERS["none"])
    page.goto(home)
    assert "no service workers" in page.evaluate(f"({FAULT})(() => undelivered.offline.keep())")


DENIED = {
    "register": "ServiceWorkerContainer.prototype.register = () => Promise.reject(new DOMException('DENIED'))",
    "caches": "Object.defineProperty(window, 'caches', {get() { throw new DOMException('DENIED', 'SecurityError') }})",
    "match": "CacheStorage.prototype.match = () => Promise.reject(new DOMException('DENIED'))",
}


@pytest.mark.parametrize("how", DENIED)
def test_what_is_denied_costs_one_warning_and_no_error(
    page: Page, home: str, warnings: list[str], how: str
) -> None:
    page.add_init_script(DENIED[how])
    page.goto(home)
    page.wait_for_timeout(SETTLED)
    assert warnings == ["offline use: DENIED"]
    assert page.evaluate("undelivered.offline.status()") is None
    expect(offer(page)).to_be_hidden()


BROKEN = {
    "not there": None,
    "no script": "<!doctype html><title>Log in</title>",
    "throws": "throw new Error('broken')",
    "does not install": worker(installs=False),
}


@pytest.mark.parametrize("how", BROKEN)
def test_a_worker_that_cannot_be_installed_leaves_the_page_as_it_was_until_one_can(
    page: Page, home: str, site: Path, page_errors: list[str], how: str
) -> None:
    text = BROKEN[how]
    (site / "sw.js").write_text(text) if text else (site / "sw.js").unlink()
    page.goto(home)
    page.wait_for_timeout(SETTLED)
    assert page.evaluate("undelivered.offline.status()") is None
    assert "Error" in page.evaluate(f"({FAULT})(() => undelivered.offline.keep())")
    expect(offer(page)).to_be_hidden()
    assert [one for one in page_errors if "offline" in one or "Uncaught (in promise)" in one] == []
    page_errors.clear()  # what the browser itself says of the worker
    publish(site, "mended")
    visit(page, home)
    assert page.evaluate("undelivered.offline.status()") == told(3, version="mended")


def test_without_boot_it_says_what_is_missing_and_does_nothing(
    page: Page, home: str, site: Path, page_errors: list[str]
) -> None:
    (site / "bootless.html").write_text(document(notice(), ("offline",)))
    page.goto(f"{home}bootless.html")
    assert page.evaluate("globalThis.undelivered?.offline") is None
    assert page_errors == ["offline use did not start: boot is missing"]
    page_errors.clear()


# ---- a newer version


def test_a_newer_version_is_offered_in_the_words_of_the_page(page: Page, home: str, site: Path) -> None:
    visit(page, home)
    offered(page, site)
    expect(offer(page)).to_be_visible()
    assert page.evaluate("sessionStorage.length") == 0


def test_a_version_that_waited_before_the_page_was_opened_is_offered_too(
    page: Page, home: str, site: Path
) -> None:
    visit(page, home)
    offered(page, site)
    page.goto(f"{home}deep/er/")
    expect(words(page)).to_have_text(NEWER["newer"])


def test_the_words_come_into_a_status_line_that_is_already_seen(page: Page, home: str, site: Path) -> None:
    """A screen reader speaks a change of what is there; it is silent about what comes with its words."""
    visit(page, home)
    page.evaluate(
        """() => {
          const line = document.querySelector("[data-newer] [role=status]");
          window.seen = [];
          const note = () => seen.push([line.checkVisibility(), line.textContent]);
          new MutationObserver(note).observe(document.querySelector("[data-newer]"),
            { attributes: true, childList: true, characterData: true, subtree: true });
        }"""
    )
    offered(page, site)
    seen = [(visible, text) for visible, text in page.evaluate("seen")]
    assert seen.index((True, "")) < seen.index((True, NEWER["newer"]))


def test_typed_words_that_would_be_lost_are_told_of(page: Page, home: str, site: Path) -> None:
    visit(page, home)
    page.get_by_label("Name").fill("Alex")
    publish(site, "two")
    assert page.evaluate(UPDATE)
    expect(words(page)).to_have_text(NEWER["typed"])


@pytest.mark.parametrize("url", ["bare/", "wordless/"])
def test_a_page_without_the_notice_or_its_words_bears_a_newer_version(
    page: Page, home: str, site: Path, warnings: list[str], url: str
) -> None:
    visit(page, home + url)
    publish(site, "two")
    assert page.evaluate(UPDATE)
    page.wait_for_timeout(SETTLED)
    assert warnings == []


def test_a_version_that_is_taken_comes_with_one_reload_and_the_offer_is_gone(
    page: Page, home: str, site: Path
) -> None:
    visit(page, home)
    offered(page, site)
    loads: list[str] = []
    page.on("load", lambda _: loads.append("load"))
    with page.expect_navigation():
        offer(page).get_by_role("button", name="Load it").click()
    page.wait_for_timeout(SETTLED)
    assert loads == ["load"]
    assert page.evaluate(NAVIGATIONS) == "reload"
    assert page.evaluate("undelivered.offline.status()") == told(3, version="two")
    expect(offer(page)).to_be_hidden()


def test_a_version_that_is_put_off_is_not_offered_again_but_the_one_after_it_is(
    page: Page, home: str, site: Path
) -> None:
    visit(page, home)
    offered(page, site)
    offer(page).get_by_role("button", name="Not now").click()
    expect(offer(page)).to_be_hidden()
    visit(page, f"{home}deep/er/")
    page.wait_for_timeout(SETTLED)
    expect(offer(page)).to_be_hidden()
    assert page.evaluate("undelivered.offline.status()") == told(3)
    offered(page, site, "three")


def test_an_offer_that_a_still_newer_version_ends_is_made_for_that_one(
    page: Page, home: str, site: Path
) -> None:
    visit(page, home)
    offered(page, site)
    offered(page, site, "three")
    with page.expect_navigation():
        offer(page).get_by_role("button", name="Load it").click()
    page.evaluate(ACTIVE)
    assert page.evaluate("undelivered.offline.status()") == told(3, version="three")


@pytest.mark.parametrize(
    "denial",
    [
        "Object.defineProperty(window, 'sessionStorage', {get() { throw new DOMException('no') }})",
        "Object.defineProperty(window, 'sessionStorage', {value: null})",
        "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }",
    ],
    ids=["denied", "null", "full"],
)
def test_where_the_answer_cannot_be_kept_it_holds_on_this_page(
    page: Page, home: str, site: Path, warnings: list[str], denial: str
) -> None:
    page.add_init_script(denial)
    visit(page, home)
    offered(page, site)
    offer(page).get_by_role("button", name="Not now").click()
    expect(offer(page)).to_be_hidden()
    page.goto(home)
    expect(words(page)).to_have_text(NEWER["newer"])
    assert warnings == []


def test_a_version_that_another_tab_took_is_loaded_here_when_it_is_asked_for(
    page: Page, context: BrowserContext, home: str, site: Path
) -> None:
    visit(page, home)
    page.reload()
    other = context.new_page()
    other.goto(home)
    offered(page, site)
    expect(words(other)).to_have_text(NEWER["newer"])
    with page.expect_navigation():
        offer(page).get_by_role("button", name="Load it").click()
    page.evaluate(ACTIVE)
    page.wait_for_timeout(SETTLED)
    assert other.evaluate(NAVIGATIONS) == "navigate", "a page is never loaded unasked"
    with other.expect_navigation():
        offer(other).get_by_role("button", name="Load it").click()
    expect(offer(other)).to_be_hidden()


def test_the_page_makes_room_for_the_offer_and_takes_it_back(page: Page, home: str, site: Path) -> None:
    room = "parseFloat(document.body.style.paddingBlockEnd || '0')"
    height = "document.querySelector('[data-newer]').offsetHeight"
    visit(page, home)
    assert page.evaluate(room) == 0
    offered(page, site)
    page.wait_for_function(f"() => {room} === {height} && {room} > 0")
    # A phone that is turned gives the words other lines.
    page.evaluate("document.querySelector('[data-newer]').style.blockSize = '321px'")
    page.wait_for_function(f"() => {room} === 321")
    offer(page).get_by_role("button", name="Not now").click()
    assert page.evaluate(room) == 0


def test_what_has_the_focus_when_the_offer_comes_is_not_left_below_it(
    page: Page, home: str, site: Path
) -> None:
    page.set_viewport_size({"width": 320, "height": 480})
    visit(page, home)
    page.evaluate(
        """() => {
          const low = Object.assign(document.createElement("button"), { textContent: "Low", id: "low" });
          low.style.cssText = "position: absolute; inset-block-start: 450px";
          document.body.style.minBlockSize = "2000px";
          document.querySelector("main").append(low);
          document.querySelector("[data-newer]").style.cssText = "position: fixed; inset: auto 0 0";
          low.focus();
        }"""
    )
    offered(page, site)
    page.wait_for_function(
        """() => document.querySelector("#low").getBoundingClientRect().bottom
          <= document.querySelector("[data-newer]").getBoundingClientRect().top"""
    )


def test_a_reader_who_puts_it_off_by_keyboard_is_taken_back_to_where_they_were(
    page: Page, home: str, site: Path
) -> None:
    visit(page, home)
    page.get_by_role("link", name="A link").focus()
    offered(page, site)
    expect(page.get_by_role("link", name="A link")).to_be_focused()  # the offer takes nothing from anybody
    offer(page).get_by_role("button", name="Not now").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="A link")).to_be_focused()


def test_a_reader_who_was_nowhere_before_is_taken_to_the_content(page: Page, home: str, site: Path) -> None:
    visit(page, home)
    offered(page, site)
    offer(page).get_by_role("button", name="Not now").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#content")).to_be_focused()


def test_an_offer_that_ends_by_itself_takes_the_focus_from_nobody_outside_it(
    page: Page, context: BrowserContext, home: str, site: Path
) -> None:
    visit(page, home)
    offered(page, site)
    page.get_by_label("Name").focus()
    publish(site, "three")
    assert page.evaluate(UPDATE)
    page.wait_for_timeout(SETTLED)
    expect(page.get_by_label("Name")).to_be_focused()


# ---- keeping and removing


def test_keeping_tells_how_far_it_is_and_ends_with_what_is_kept(page: Page, home: str, site: Path) -> None:
    steps = [{"keeping": 10, "of": 20}, {"keeping": 20, "of": 20}, told(3)]
    (site / "sw.js").write_text(worker(keep=steps))
    visit(page, home)
    said = page.evaluate(
        """async () => {
          const all = [];
          const last = await undelivered.offline.keep((one) => all.push(one));
          return [...all, last];
        }"""
    )
    assert said == steps


def test_a_fault_of_the_worker_reaches_who_asked(page: Page, home: str, site: Path) -> None:
    (site / "sw.js").write_text(worker(keep=[{"fault": "QuotaExceededError: full"}]))
    visit(page, home)
    assert "QuotaExceededError: full" in page.evaluate(f"({FAULT})(() => undelivered.offline.keep())")


def test_what_was_removed_is_gone_and_does_not_come_back_unasked(page: Page, home: str, site: Path) -> None:
    (site / "sw.js").write_text(worker(keep=[told(3)]))
    visit(page, home)
    page.evaluate("caches.open('undelivered /site/ one')")
    page.evaluate("caches.open('somebody else')")
    page.evaluate("undelivered.offline.remove()")
    assert sorted(page.evaluate("caches.keys()")) == ["somebody else", "undelivered /site/ notes"]
    page.goto(f"{home}deep/er/")
    page.wait_for_timeout(SETTLED)
    assert page.evaluate(REGISTERED) == []
    assert page.evaluate("undelivered.offline.keep()") == told(3)
    page.goto(home)
    page.evaluate(ACTIVE)
    assert page.evaluate(REGISTERED) == [home]
