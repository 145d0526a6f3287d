"""The download, unpacked and opened from file://: no server, and all that works on the web works here."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag, urlsplit

import html5lib
import pytest
from built_site import BuiltSite
from playwright.sync_api import Browser, BrowserContext, Page, expect

from generator import folder

pytestmark = pytest.mark.browser

WIDE = {"width": 1280, "height": 900}


@pytest.fixture(scope="module")
def unpacked(built: BuiltSite, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder as a reader has it, below a name with a space and an umlaut."""
    place = tmp_path_factory.mktemp("stick") / "Mein Ordner äöü"
    with zipfile.ZipFile(built.folder / folder.PATH) as archive:
        archive.extractall(place)
    return place / "undelivered"


@pytest.fixture(scope="module")
def home(unpacked: Path) -> str:
    return unpacked.as_uri() + "/"


@pytest.fixture
def context(browser: Browser, home: str, page_errors: list[str]) -> Iterator[BrowserContext]:
    """A fresh profile without a network; nothing but files of the folder is asked for."""
    fresh = browser.new_context(offline=True)
    fresh.set_default_timeout(15_000)
    fresh.on("weberror", lambda error: page_errors.append(str(error.error)))
    fresh.on("console", lambda said: page_errors.append(said.text) if said.type == "error" else None)
    fresh.on("request", lambda asked: None if is_ours(asked.url, home) else page_errors.append(asked.url))
    yield fresh
    fresh.close()
    assert page_errors == []


def is_ours(url: str, home: str) -> bool:
    return url.startswith((home, "data:", "blob:"))


@cache
def tree(path: Path) -> Any:
    return html5lib.parse(path.read_text("utf-8"), namespaceHTMLElements=False)


def pages(unpacked: Path) -> list[str]:
    return sorted(path.relative_to(unpacked).as_posix() for path in unpacked.rglob("*.html"))


def test_the_folder_holds_every_page_and_no_file_for_hosts(built: BuiltSite, unpacked: Path) -> None:
    assert pages(unpacked) == sorted(f"{url}index.html" for url in built.urls)
    names = {path.relative_to(unpacked).as_posix() for path in unpacked.rglob("*") if path.is_file()}
    assert not {one for one in names if one.startswith(("_", ".", "sw.js", "sitemap", "robots", "download"))}
    assert "READ-ME-FIRST.txt" in names


def test_every_link_leads_to_a_file_and_a_place_in_it(unpacked: Path) -> None:
    dead = []
    for name in pages(unpacked):
        for one in tree(unpacked / name).iter():
            for attribute in ("href", "src"):
                link = one.get(attribute)
                if link and not urlsplit(link).scheme and not leads(unpacked / name, link):
                    dead.append(f"{name}: {link}")
    assert dead == []


def leads(page: Path, link: str) -> bool:
    path, fragment = urldefrag(link)
    target = (page.parent / unquote(path.partition("?")[0])).resolve() if path else page
    if not target.is_file():
        return False
    return not fragment or any(one.get("id") == unquote(fragment) for one in tree(target).iter())


def test_nothing_but_links_to_pages_differs_from_the_web(built: BuiltSite, unpacked: Path) -> None:
    for name in pages(unpacked):
        web, here = (list(tree(root / name).iter()) for root in (built.folder, unpacked))
        assert len(web) == len(here), name
        for one, other in zip(web, here, strict=True):
            assert (one.tag, one.text, one.tail) == (other.tag, other.text, other.tail), name
            changed = {key for key in one.attrib if one.get(key) != other.get(key)}
            assert changed <= ({"href"} if one.tag == "a" else set()), name


def test_every_page_opens_without_a_fault(page: Page, home: str, unpacked: Path) -> None:
    for name in pages(unpacked):
        page.goto(home + name)
        assert page.locator("h1").count() == 1, name
        assert page.evaluate("getComputedStyle(document.body).getPropertyValue('--u-page')"), name
        page.wait_for_timeout(50)  # what comes when the page is idle


def test_the_menu_and_the_links_lead_through_the_folder(page: Page, home: str) -> None:
    page.set_viewport_size(WIDE)
    page.goto(f"{home}index.html")
    page.get_by_role("navigation").get_by_role("link", name="Letters").click()
    assert page.url == f"{home}letters/index.html"
    page.get_by_role("banner").get_by_role("link", name="home").click()
    assert page.url == f"{home}index.html"


def test_a_tick_stays_after_a_reload_and_shows_on_other_pages(page: Page, home: str) -> None:
    page.goto(f"{home}steps/check-order-status/index.html")
    first = page.locator("[data-tick]").first
    name = first.get_attribute("data-tick")
    first.check()
    page.reload()
    expect(first).to_be_checked()
    page.goto(f"{home}guides/tiktok-shop-not-delivered/index.html")
    expect(page.locator(f'[data-tick="{name}"]')).to_be_checked()


def test_a_letter_follows_what_is_typed_and_is_saved(page: Page, home: str, tmp_path: Path) -> None:
    page.goto(f"{home}letters/first-message/index.html")
    page.locator("#blank-item").fill("Blue rain jacket")
    expect(page.locator("[data-preview]")).to_contain_text("Blue rain jacket")
    with page.expect_download() as waiting:
        page.locator("[data-save-text]").click()
    waiting.value.save_as(tmp_path / "letter.txt")
    assert "Blue rain jacket" in (tmp_path / "letter.txt").read_text("utf-8")


def test_the_chosen_colours_stay_on_the_next_page(page: Page, home: str) -> None:
    page.set_viewport_size(WIDE)
    page.emulate_media(color_scheme="light")
    page.goto(f"{home}index.html")
    page.get_by_label("Dark", exact=True).check()
    page.goto(f"{home}about/index.html")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"


def test_search_finds_a_page_and_opens_it(page: Page, home: str) -> None:
    page.set_viewport_size(WIDE)
    page.goto(f"{home}about/index.html")
    box = page.get_by_role("searchbox").or_(page.get_by_role("combobox")).first
    box.click()
    box.press_sequentially("contact support")
    found = page.locator("search-box a[href*='contact-support']").first
    expect(found).to_be_visible()
    found.click()
    assert page.url.partition("#")[0].partition("?")[0] == f"{home}steps/contact-support/index.html"


def test_the_page_about_offline_use_says_that_this_is_a_folder(page: Page, home: str) -> None:
    page.goto(f"{home}offline/index.html")
    expect(page.locator("offline-status [role=status]")).to_contain_text("a copy of the site in a folder")
    expect(page.locator("offline-status button").filter(visible=True)).to_have_count(0)
