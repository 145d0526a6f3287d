"""Tens of thousands of hostile inputs in a real browser: nothing is executed, nothing throws, text arrives as text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import inputs
import pytest
from built_site import BuiltSite
from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WATCH = (Path(__file__).parent / "watch.js").read_text("utf-8")
NOTHING = {
    "pwned": None,
    "polluted": [],
    "errors": [],
    "refused": [],
    "said": [],
    "active": 0,
    "attributes": [],
}
CUSTOM = re.compile(r"<([a-z]+-[a-z-]+)[\s>]")
REAL_VISITS = 40
"""Inputs of each kind that are also met by a page that is opened with them."""


@pytest.fixture
def fuzzed(browser: Browser) -> Iterator[BrowserContext]:
    """A fresh profile whose pages are watched from inside; the service worker stays out of it."""
    context = browser.new_context(service_workers="block")
    context.set_default_timeout(60_000)
    context.add_init_script(WATCH)
    dialogs: list[str] = []
    context.on("page", lambda page: page.on("dialog", lambda dialog: dialogs.append(dialog.message)))
    yield context
    context.close()
    assert dialogs == []


def one_of_each(built: BuiltSite) -> list[str]:
    """The first page for each set of elements of our own, so that every script is met."""
    found: dict[frozenset[str], str] = {}
    for url in built.urls:
        names = frozenset(CUSTOM.findall(built.page(url).read_text("utf-8")))
        found.setdefault(names, url)
    assert any("check-list" in names for names in found)
    assert any("letter-form" in names for names in found)
    return sorted(found.values())


def with_element(built: BuiltSite, name: str) -> list[str]:
    """The pages that hold an element."""
    return [url for url in built.urls if f"<{name}" in built.page(url).read_text("utf-8")]


def start(page: Page, address: str) -> int:
    """Open a page; how many of its elements can act."""
    page.goto(address, wait_until="load")
    return int(page.evaluate("faults.active()"))


def assert_nothing_happened(page: Page, before: int, tried: Any) -> None:
    report = page.evaluate("before => faults.report(before)", before)
    assert report == NOTHING, f"{report}\nafter {str(tried)[:2000]}"


# ---- stored state

STORED = """async ([cases, keys]) => {
  faults.seen.quiet = true;
  for (let number = 0; number < cases.length; number++) {
    const key = keys[number % keys.length], text = faults.text(cases[number]);
    const storage = number % 7 ? localStorage : sessionStorage;
    try { storage.setItem(key, text); } catch { storage.clear(); }
    dispatchEvent(new StorageEvent("storage", { key, newValue: text, storageArea: storage }));
    if (number % 5 === 0) dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }));
    if (number % 25 === 0) faults.restart();
    if (number % 10 === 0) {
      const box = document.querySelector("check-list input[type=checkbox], letter-form input[type=checkbox]");
      box?.click();
      const field = document.querySelector(
        "letter-form textarea, letter-form input:not([type=checkbox], [type=radio])");
      if (field) { field.value = "x" + number; field.dispatchEvent(new Event("input", { bubbles: true })); }
    }
    if (number % 50 === 0) { localStorage.clear(); sessionStorage.clear(); }
  }
  await new Promise((done) => setTimeout(done, 60));
}"""


def records(built: BuiltSite) -> list[Any]:
    """Whole records, as the site's own store writes them."""
    ticks = re.findall(
        r'data-tick="?([\w/-]+)', built.page(with_element(built, "check-list")[0]).read_text("utf-8")
    )
    letters = inputs.project_letters(built.root)
    values = {"name": "Alex Morgan", "order_number": "577", "looked_around": True}
    return [
        {"version": 1, "ticks": dict.fromkeys(ticks, True), "seen": {"abc": 3}},
        {"version": 1, "ticks": dict.fromkeys(ticks[:1], True)},
        {
            "version": 1,
            "letters": {id: {"country": "GB", "values": values} for id in letters},
            "seen": {"abc": 1},
        },
        {"version": 2, "ticks": [[ticks[0], "2027-01-01"]]},
        "dark",
    ]


def stored_keys(context: BrowserContext, built: BuiltSite, home: str) -> list[str]:
    """Each key that a page asks the storage for, while it is opened and used."""
    found: set[str] = set()
    for url in one_of_each(built):
        page = context.new_page()
        start(page, home + url)
        page.evaluate(
            """() => { for (const one of document.querySelectorAll("input[type=checkbox], input[type=radio]"))
              one.click(); }"""
        )
        page.wait_for_timeout(100)
        found |= set(page.evaluate("faults.seen.keys"))
        page.close()
    return sorted(found)


def test_hostile_stored_state_executes_nothing_and_throws_nothing(
    fuzzed: BrowserContext, built: BuiltSite, home: str, capsys: pytest.CaptureFixture[str]
) -> None:
    keys = stored_keys(fuzzed, built, home)
    assert {"undelivered.ticks", "undelivered.letters"} <= set(keys), keys
    draw, whole = inputs.chance("stored"), records(built)
    urls = [url for url in one_of_each(built) if CUSTOM.search(built.page(url).read_text("utf-8"))]
    share = -(-inputs.count("stored") // len(urls))
    for url in urls:
        page = fuzzed.new_page()
        before = start(page, home + url)
        page.evaluate("localStorage.clear()")
        for cases in inputs.batches(lambda: inputs.stored(draw, whole), share):
            page.evaluate(STORED, [cases, keys])
            assert_nothing_happened(page, before, cases)
        for number in range(REAL_VISITS // len(urls) + 1):
            case, key = inputs.stored(draw, whole), keys[number % len(keys)]
            page.evaluate(
                "([key, text]) => { localStorage.clear(); localStorage.setItem(key, faults.text(text)); }",
                [key, case],
            )
            assert_nothing_happened(page, start(page, home + url), [key, case])
        page.close()
    with capsys.disabled():
        print(f"{inputs.told('stored')} under {len(keys)} keys on {len(urls)} pages", end=" ")


# ---- addresses

ADDRESSES = """async (cases) => {
  const path = location.pathname, state = undelivered.searchState;
  const index = state && undelivered.searchPages ? await state.build(MiniSearch, undelivered.searchPages) : undefined;
  for (let number = 0; number < cases.length; number++) {
    const old = location.href, text = faults.text(cases[number]);
    try { history.replaceState(null, "", path + text); } catch { history.replaceState(null, "", path); }
    dispatchEvent(new PopStateEvent("popstate"));
    dispatchEvent(new HashChangeEvent("hashchange", { oldURL: old, newURL: location.href }));
    if (number % 10 === 0) faults.restart();
    if (index && number % 5 === 0) state.search(index, text.slice(0, 300));
  }
  history.replaceState(null, "", path);
  await new Promise((done) => setTimeout(done, 60));
}"""


def test_hostile_addresses_execute_nothing_and_throw_nothing(
    fuzzed: BrowserContext, built: BuiltSite, home: str, capsys: pytest.CaptureFixture[str]
) -> None:
    draw, urls = inputs.chance("query"), [*one_of_each(built), "no/such/page/"]
    share = -(-inputs.count("query") // len(urls))
    for url in urls:
        page = fuzzed.new_page()
        before = start(page, home + url)
        load_search(page)
        for cases in inputs.batches(lambda: inputs.query(draw), share):
            page.evaluate(ADDRESSES, cases)
            assert_nothing_happened(page, before, cases)
        for _ in range(REAL_VISITS // len(urls) + 1):
            case = inputs.query(draw).replace(inputs.LONE, "%ED%A0%80")
            now = start(page, home + url + case)
            assert page.locator("h1").count() == 1, case
            assert_nothing_happened(page, now, case)
        page.close()
    with capsys.disabled():
        print(f"{inputs.told('query')} on {len(urls)} pages", end=" ")


READY = """async () => {
  document.querySelector("search-box input").focus();
  for (let tries = 0; tries < 600; tries++) {
    if (undelivered.searchPages && customElements.get("search-box")) return true;
    await new Promise((done) => setTimeout(done, 50));
  }
  return false;
}"""


def load_search(page: Page) -> None:
    """Bring the search in, as its first use does."""
    if page.locator("search-box input").count():
        assert page.evaluate(READY), "the search never came"


def test_hostile_words_in_the_search_box_are_only_words(
    fuzzed: BrowserContext, built: BuiltSite, home: str
) -> None:
    page = fuzzed.new_page()
    before = start(page, home)
    load_search(page)
    draw = inputs.chance("search box")
    for _ in range(REAL_VISITS):
        words = inputs.text(draw).replace(inputs.LONE, "")[:500]
        page.evaluate(
            """words => { const box = document.querySelector("search-box input"); box.focus(); box.value = words;
               box.dispatchEvent(new Event("input", { bubbles: true })); }""",
            words,
        )
        page.wait_for_timeout(150)
        assert_nothing_happened(page, before, words)
    assert page.url == home


# ---- letters

PREPARE = """() => {
  const host = document.querySelector("letter-form");
  for (const box of host.querySelectorAll("form input[type=checkbox]:not([data-keep])")) if (!box.checked) box.click();
  navigator.clipboard.writeText = async (text) => { globalThis.copied = text; };
  const fields = [...host.querySelectorAll("form input, form textarea")]
    .filter((one) => !["checkbox", "radio", "date"].includes(one.type));
  return fields.filter((one) => {
    one.value = "qz7@example.org";
    one.dispatchEvent(new Event("input", { bubbles: true }));
    return host.querySelector("[data-preview]").textContent.includes("qz7@example.org");
  }).map((one) => one.name);
}"""
LETTERS = """async ([cases, names, keep]) => {
  const host = document.querySelector("letter-form"), form = host.querySelector("form");
  const preview = host.querySelector("[data-preview]"), copy = host.querySelector("[data-copy]");
  const keeper = form.querySelector("[data-keep]");
  if (keeper.checked !== keep) keeper.click();
  const bare = (text) => text.replace(/\\s/g, "");
  const lost = [];
  for (let number = 0; number < cases.length; number++) {
    const field = form.elements.namedItem(names[number % names.length]);
    field.value = faults.text(cases[number]);
    field.dispatchEvent(new Event("input", { bubbles: true }));
    if (number % 3 === 0) field.dispatchEvent(new FocusEvent("focusout", { bubbles: true }));
    const typed = field.value;
    if (typed.trim() && !bare(preview.textContent).includes(bare(typed)))
      lost.push(["shown", field.name, typed.slice(0, 200)]);
    if (preview.querySelector(":not(p, br, span)")) lost.push(["markup", preview.innerHTML.slice(0, 300)]);
    if (number % 100 === 0) {
      copy.click();
      await null;
      const [subject, second] = copied.split("\\n");
      if (typed.trim() && !bare(copied).includes(bare(typed))) lost.push(["copied", field.name, typed.slice(0, 200)]);
      if (second !== "" || !subject) lost.push(["subject", copied.slice(0, 200)]);
    }
    if (number % 250 === 0) form.querySelectorAll("input[name=country]")[(number / 250) % 3]?.click();
  }
  await new Promise((done) => setTimeout(done, 60));
  return lost;
}"""


def test_hostile_letter_values_arrive_as_text_and_only_as_text(
    fuzzed: BrowserContext, built: BuiltSite, home: str, capsys: pytest.CaptureFixture[str]
) -> None:
    draw, urls = inputs.chance("letter"), with_element(built, "letter-form")
    share = -(-inputs.count("letter") // len(urls))
    fields = 0
    for url in urls:
        page = fuzzed.new_page()
        before = start(page, home + url)
        names = page.evaluate(PREPARE)
        fields += len(names)
        for number, cases in enumerate(inputs.batches(lambda: inputs.text(draw), share)):
            lost = page.evaluate(LETTERS, [cases, names, number % 8 == 7])
            assert lost == [], lost[:5]
            assert_nothing_happened(page, before, cases)
        keep_and_come_back(
            page, home + url, names, [inputs.text(draw) for _ in range(REAL_VISITS // len(urls))]
        )
        page.close()
    assert fields >= 3 * len(urls)
    with capsys.disabled():
        print(f"{inputs.told('letter')} in {fields} fields", end=" ")


def keep_and_come_back(page: Page, address: str, names: list[str], values: list[str]) -> None:
    """What a reader keeps is there again after a reload, as text."""
    for number, value in enumerate(values):
        name = names[number % len(names)]
        typed = page.evaluate(
            """([name, value]) => { const form = document.querySelector("letter-form form");
               if (!form.querySelector("[data-keep]").checked) form.querySelector("[data-keep]").click();
               const field = form.elements.namedItem(name); field.value = faults.text(value);
               field.dispatchEvent(new Event("input", { bubbles: true })); return field.value; }""",
            [name, value],
        )
        now = start(page, address)
        found = page.evaluate(
            "name => document.querySelector('letter-form form').elements.namedItem(name).value", name
        )
        assert found == typed
        assert_nothing_happened(page, now, value)


def test_a_hundred_thousand_inputs_are_tried() -> None:
    assert sum(inputs.COUNTS.values()) >= 100_000
    assert set(inputs.COUNTS) == {"yaml", "stored", "query", "letter"}
