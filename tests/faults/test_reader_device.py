"""The reader's device: its clock and time zone, and what a shared computer still holds afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from built_site import BuiltSite
from chromium import find_chromium
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ZONES = (
    "Pacific/Kiritimati",  # 14 hours before UTC's noon
    "Pacific/Pago_Pago",  # 11 hours behind it
    "America/New_York",
    "Europe/London",
    "Australia/Lord_Howe",  # half an hour of summer time
    "America/Santiago",  # midnight itself is left out in spring
    "Asia/Kathmandu",
)
DAYS = (
    "2026-03-08", "2026-03-29", "2026-10-25", "2026-11-01", "2026-09-06", "2024-02-29", "2026-02-28", "2026-12-31",
    "2027-01-01", "2026-04-30", "1999-12-31", "2038-01-19", "0099-01-01",
)  # fmt: skip
SET_DATES = """(day) => [...document.querySelectorAll("letter-form input[type=date]")].map((one) => {
  one.value = day;
  one.dispatchEvent(new Event("input", { bubbles: true }));
  return one.value;
})"""


def letters(built: BuiltSite) -> list[str]:
    found = [url for url in built.urls if "<letter-form" in built.page(url).read_text("utf-8")]
    return [url for url in found if 'type="date"' in built.page(url).read_text("utf-8")]


def said_in(browser: Browser, address: str, zone: str | None) -> dict[str, str]:
    """The letter for each day, as a device in this time zone shows it."""
    context = browser.new_context(timezone_id=zone, service_workers="block")
    page = context.new_page()
    page.goto(address)
    said = {}
    for day in DAYS:
        assert set(page.evaluate(SET_DATES, day)) == {day}
        said[day] = page.locator("letter-form [data-preview]").text_content() or ""
    context.close()
    return said


def test_a_date_in_a_letter_is_the_day_that_was_chosen_in_every_time_zone(
    browser: Browser, built: BuiltSite, home: str
) -> None:
    urls = letters(built)
    assert urls
    for url in urls:
        expected = said_in(browser, home + url, "UTC")
        assert "29 February 2024" in expected["2024-02-29"] or "February 29, 2024" in expected["2024-02-29"]
        assert len(set(expected.values())) == len(DAYS)
        for zone in ZONES:
            assert said_in(browser, home + url, zone) == expected, zone


@pytest.mark.parametrize(
    "now", ["2024-02-29T23:59:59", "2026-03-29T00:59:59", "1970-01-01T00:00:01", "2099-12-31T12:00:00"]
)
def test_a_clock_that_is_wrong_changes_no_letter_and_stops_no_script(
    browser: Browser, built: BuiltSite, home: str, now: str
) -> None:
    url = letters(built)[0]
    expected = said_in(browser, home + url, "UTC")["2026-03-29"]
    context = browser.new_context(timezone_id="Europe/London", service_workers="block")
    errors: list[str] = []
    context.on("weberror", lambda error: errors.append(str(error.error)))
    page = context.new_page()
    page.clock.set_fixed_time(now)
    page.goto(home + url)
    page.evaluate(SET_DATES, "2026-03-29")
    assert page.locator("letter-form [data-preview]").text_content() == expected
    assert errors == []
    context.close()


@pytest.fixture
def profile(tmp_path: Path) -> Iterator[tuple[BrowserContext, Path]]:
    """A browser with a profile on disk, as on a computer that others use too."""
    with sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            tmp_path / "profile",
            executable_path=find_chromium(),
            args=["--no-sandbox"],
            accept_downloads=True,
        )
        yield context, tmp_path / "profile"


WORD = "qzcanary4711"
USE = """(word) => {
  for (const one of document.querySelectorAll("input, textarea")) {
    if (one.matches("[data-tick], [data-keep], [name=theme]")) continue; // kept because the reader chose it
    if (["checkbox", "radio"].includes(one.type)) one.click();
    else { one.focus(); one.value = one.type === "date" ? "2026-03-29" : word;
      for (const name of ["input", "change", "focusout"]) one.dispatchEvent(new Event(name, { bubbles: true })); }
  }
  for (const button of document.querySelectorAll("[data-copy], [data-save-text]")) button.click();
}"""
HELD = """async () => {
  const databases = await indexedDB.databases(), names = await caches.keys(), cached = [];
  for (const name of names) for (const request of await (await caches.open(name)).keys()) {
    const text = await (await (await caches.open(name)).match(request)).text();
    cached.push([request.url, text.includes("qzcanary4711")]);
  }
  return { local: { ...localStorage }, session: { ...sessionStorage }, cookie: document.cookie,
           databases: databases.map(({ name }) => name), cached };
}"""


def test_after_closing_nothing_of_the_reader_is_left_in_any_storage(
    built: BuiltSite, home: str, profile: tuple[BrowserContext, Path]
) -> None:
    """Read, searched and written, but neither ticked nor kept: that is what a reader chooses."""
    context, folder = profile
    page = context.new_page()
    page.evaluate("() => { globalThis.print = () => {}; }")
    for url in [built.urls[0], *letters(built), "steps/"]:
        page.goto(home + url)
        page.evaluate(USE, WORD)
        page.wait_for_timeout(300)
    held = page.evaluate(HELD)
    assert held["local"] == {}
    assert held["session"] == {}
    assert held["cookie"] == ""
    assert held["databases"] == []
    public = {
        home + path.relative_to(built.folder).as_posix() for path in built.folder.rglob("*") if path.is_file()
    }
    public |= {home + url for url in built.urls}
    assert [url for url, canary in held["cached"] if canary] == []
    unknown = [url for url, _ in held["cached"] if url.split("?")[0] not in public and "/.notes/" not in url]
    assert unknown == []
    assert context.cookies() == []
    context.close()
    # The browser keeps its own history and form data; nothing that was typed is in what pages can write.
    stored = [
        path
        for part in ("Local Storage", "Session Storage", "IndexedDB", "Service Worker", "Cookies")
        for path in (folder / "Default").glob(f"{part}*/**/*")
        if path.is_file()
    ]
    assert [path.name for path in stored if WORD.encode() in path.read_bytes()] == []


def test_what_the_reader_keeps_goes_with_one_press(built: BuiltSite, browser: Browser, home: str) -> None:
    context = browser.new_context(service_workers="block")
    page: Page = context.new_page()
    page.goto(home + letters(built)[0])
    page.evaluate("() => document.querySelector('letter-form [data-keep]').click()")
    page.evaluate(USE, WORD)
    assert WORD in str(page.evaluate("({ ...localStorage })"))
    page.locator("letter-form [data-wipe]").click()
    assert WORD not in str(page.evaluate(HELD))
    context.close()
