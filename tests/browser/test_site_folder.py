"""The download, unpacked: whole, linked, and of the same elements as the site on the web.

So tests of elements, words and looks run on the served site only. What readers do is tested both ways, by each
test that asks for `site`; here stands what holds for the folder alone.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag, urlsplit

import html5lib
import pytest
from addresses import Site
from built_site import BuiltSite
from playwright.sync_api import Browser, BrowserContext, Page, expect

pytestmark = pytest.mark.browser


@pytest.fixture
def context(open_context: Any) -> BrowserContext:
    """A fresh profile without a network."""
    return open_context(offline=True)


@cache
def tree(path: Path) -> Any:
    return html5lib.parse(path.read_text("utf-8"), namespaceHTMLElements=False)


def test_the_folder_holds_every_page_and_no_file_for_hosts(built: BuiltSite, unpacked: Site) -> None:
    assert sorted(unpacked.pages) == built.urls
    files = unpacked.files
    names = {path.relative_to(files).as_posix() for path in files.rglob("*") if path.is_file()}
    assert not {one for one in names if one.startswith(("_", ".", "sw.js", "sitemap", "robots", "download"))}
    assert "READ-ME-FIRST.txt" in names


def test_every_link_leads_to_a_file_and_a_place_in_it(unpacked: Site) -> None:
    dead = []
    for url, file in unpacked.pages.items():
        for one in tree(file).iter():
            for attribute in ("href", "src"):
                link = one.get(attribute)
                if link and not urlsplit(link).scheme and not leads(file, link):
                    dead.append(f"{url}: {link}")
    assert dead == []


def leads(page: Path, link: str) -> bool:
    path, fragment = urldefrag(link)
    target = (page.parent / unquote(path.partition("?")[0])).resolve() if path else page
    if not target.is_file():
        return False
    return not fragment or any(one.get("id") == unquote(fragment) for one in tree(target).iter())


def test_nothing_but_links_to_pages_differs_from_the_web(built: BuiltSite, unpacked: Site) -> None:
    for name, file in unpacked.pages.items():
        web, here = (list(tree(path).iter()) for path in (built.page(name), file))
        assert len(web) == len(here), name
        for one, other in zip(web, here, strict=True):
            assert (one.tag, one.text, one.tail) == (other.tag, other.text, other.tail), name
            changed = {key for key in one.attrib if one.get(key) != other.get(key)}
            assert changed <= ({"href"} if one.tag == "a" else set()), name


def test_every_page_opens_without_a_network_and_asks_for_nothing_but_files(
    page: Page, unpacked: Site
) -> None:
    for url in unpacked.pages:
        page.goto(unpacked.at(url))
        assert page.locator("h1").count() == 1, url
        page.wait_for_timeout(50)  # what comes when the page is idle


def test_what_is_kept_is_kept_for_all_files_of_the_profile(
    browser: Browser, unpacked: Site, tmp_path: Path
) -> None:
    """Chromium gives each file an opaque origin, and yet one storage to them all, those of others too."""
    stranger = tmp_path / "stranger.html"
    stranger.write_text("<!doctype html><title>x</title>", "utf-8")
    with browser.new_context() as profile:
        page = profile.new_page()
        page.goto(unpacked.at())
        assert page.evaluate("origin") == "null"
        page.evaluate("localStorage.setItem('undelivered.theme', 'dark')")
        page.goto(unpacked.at("about/"))
        assert page.evaluate("document.documentElement.dataset.theme") == "dark"
        page.goto(stranger.as_uri())
        assert page.evaluate("localStorage.getItem('undelivered.theme')") == "dark"


def test_the_page_about_offline_use_says_that_this_is_a_folder(page: Page, unpacked: Site) -> None:
    page.goto(unpacked.at("offline/"))
    expect(page.locator("offline-status [role=status]")).to_contain_text("a copy of the site in a folder")
    expect(page.locator("offline-status button").filter(visible=True)).to_have_count(0)
