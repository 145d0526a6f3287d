"""Every page of the built site as a file: whole, valid, linked, and named; no address leads nowhere."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import html5lib
import pytest
from addresses import Site
from built_site import PROJECT, BuiltSite
from page_kinds import every_page
from playwright.sync_api import Page

pytestmark = pytest.mark.browser

SITE_URL = "https://undelivered.example/"
WIDE = {"width": 1280, "height": 900}


@cache
def tree(path: Path) -> Any:
    """The parsed page; raises at the first fault that the HTML standard names."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    return parser.parse(path.read_text("utf-8"))


def attribute(page: Any, selector: str, name: str) -> list[str]:
    return [one.get(name, "") for one in page.findall(selector)]


def files(built: BuiltSite) -> list[Path]:
    return [*(built.page(url) for url in built.urls), built.folder / "404.html"]


def test_the_pages_that_must_be_there_are_there(built: BuiltSite) -> None:
    steps, tips = built.catalog.of_kind("step"), built.catalog.of_kind("tip")
    letters = built.catalog.of_kind("letter")
    assert (len(steps), len(tips), len(letters)) == (8, 3, 2)
    expected = {
        *("", "guides/tiktok-shop-not-delivered/", "guides/tiktok-shop-not-delivered/checklist/"),
        *("glossary/", "sources/", "about/", "privacy/", "accessibility/", "contribute/"),
        *(f"steps/{one.id}/" for one in steps),
        *(f"tips/{one.id}/" for one in tips),
        *(f"letters/{one.id}/" for one in letters),
    }
    assert expected <= set(built.urls)
    assert {path.relative_to(built.folder).as_posix() for path in built.folder.rglob("*.html")} == {
        *(f"{url}index.html" for url in built.urls),
        "404.html",
    }


def test_every_page_is_valid_html(built: BuiltSite) -> None:
    faults = {}
    for path in files(built):
        try:
            tree(path)
        except html5lib.html5parser.ParseError as fault:
            faults[path] = fault
    assert faults == {}


def test_every_page_is_named_described_and_dated(built: BuiltSite) -> None:
    titles, descriptions = set(), set()
    for url in built.urls:
        page = tree(built.page(url))
        assert page.get("lang") == "en", url
        [title] = page.findall(".//title")
        [description] = [
            one.get("content") for one in page.findall(".//meta") if one.get("name") == "description"
        ]
        canonical = [one.get("href") for one in page.findall(".//link") if one.get("rel") == "canonical"]
        assert canonical == [SITE_URL + url]
        assert len(page.findall(".//h1")) == 1, url
        assert "<" not in title.text + description and "[[" not in title.text + description, url
        titles.add(title.text)
        descriptions.add(description)
        assert re.search(r"last checked on \d{1,2} \w+ \d{4}", "".join(page.itertext())), url
    assert len(titles) == len(built.urls)
    assert len(descriptions) == len(built.urls)


def test_every_page_leads_to_the_file_it_is_made_from(built: BuiltSite) -> None:
    for url in built.urls:
        page = tree(built.page(url))
        [link] = [
            one.get("href")
            for holder in page.iter()
            if "u-end__improve" in holder.get("class", "")
            for one in holder.iter("a")
        ]
        verb, path = re.findall(r"/(edit|tree)/main/(.+)", link)[0]
        assert (PROJECT / path).exists(), f"{url}: {link}"
        assert verb == ("edit" if (PROJECT / path).is_file() else "tree"), f"{url}: {link}"


def linked(page: Any) -> list[str]:
    names = ("href", "src", "action", "poster", "data")
    return [one.get(name) for one in page.iter() for name in names if one.get(name) is not None]


def test_every_internal_link_and_fragment_leads_somewhere(built: BuiltSite) -> None:
    dead = []
    for path in files(built):
        here = "/" + path.relative_to(built.folder).as_posix().removesuffix("index.html")
        for link in linked(tree(path)):
            address, fragment = urldefrag(urljoin(here, link))
            parts = urlsplit(address)
            if parts.scheme or parts.netloc:
                assert parts.scheme in ("https", "tel"), f"{here}: {link}"
                continue
            target = built.folder / unquote(parts.path).lstrip("/")
            target = target / "index.html" if parts.path.endswith("/") else target
            if not target.is_file() or (
                fragment and not any(one.get("id") == unquote(fragment) for one in tree(target).iter())
            ):
                dead.append(f"{here}: {link}")
    assert dead == []


def test_ids_and_labels_belong_to_one_element_each(built: BuiltSite) -> None:
    for path in files(built):
        page = tree(path)
        ids = [one.get("id") for one in page.iter() if one.get("id")]
        assert sorted(ids) == sorted(set(ids)), path
        for label in page.iter("label"):
            assert label.get("for") in ids or label.findall(".//input"), path


def test_links_to_other_sites_tell_them_nothing_about_the_window(built: BuiltSite) -> None:
    for path in files(built):
        for link in tree(path).iter("a"):
            if link.get("href", "").startswith("http"):
                assert "noopener" in link.get("rel", ""), path
                assert link.get("target") is None


def test_every_page_loads_without_a_fault_or_a_foreign_request(page: Page, site: Site) -> None:
    for url in every_page(site):
        page.goto(site.at(url), wait_until="load")
        assert page.evaluate("getComputedStyle(document.body).getPropertyValue('--u-page')"), url


def test_the_menu_and_the_links_lead_through_the_site(page: Page, site: Site) -> None:
    page.set_viewport_size(WIDE)
    page.goto(site.at())
    page.get_by_role("navigation").get_by_role("link", name="Letters").click()
    assert page.url == site.at("letters/")
    page.get_by_role("banner").get_by_role("link", name="home").click()
    assert page.url == site.at()


def test_the_chosen_colours_stay_on_the_next_page(page: Page, site: Site) -> None:
    page.set_viewport_size(WIDE)
    page.emulate_media(color_scheme="light")
    page.goto(site.at())
    page.get_by_label("Dark", exact=True).check()
    page.goto(site.at("about/"))
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"


def test_a_missing_page_says_so_and_leads_home(page: Page, home: str, page_errors: list[str]) -> None:
    page.goto(f"{home}steps/no-such-step/")
    assert page.locator("h1").inner_text() == "This page is not here"
    page.get_by_role("link", name="Start with what your order says").click()
    assert page.url == home
    assert [one for one in page_errors if "404" not in one] == []
    page_errors.clear()


def test_the_site_works_below_a_path(built: BuiltSite) -> None:
    """No address starts at the root of the host, but on the 404 page, which is shown anywhere."""
    for url in built.urls:
        assert [link for link in linked(tree(built.page(url))) if link.startswith("/")] == [], url
