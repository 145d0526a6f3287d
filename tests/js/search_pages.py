"""A small page with the search box, as partials/search.html gives it, and the bundle that it loads.

In: records of pages. Out: a folder to serve or to open, with every script in it. It opens no browser.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path

from element_pages import SCRIPTS, attributes

from generator.assets import SCRIPTS as bundles
from generator.search import Record, data

BUNDLE = bundles["search"]
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self';"
    " form-action 'none'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types undelivered"
)
WORDS = {
    "loading": "LOADING",
    "failed": "FAILED",
    "none": "NOTHING FOUND",
    "one": "{count} PAGE",
    "many": "{count} PAGES",
}


def page_record(
    url: str,
    title: str,
    *,
    lead: str = "A line of text",
    also: Iterable[str] = (),
    headings: Iterable[tuple[str, str]] = (),
    words: Sequence[str] = (),
    boost: float = 1,
) -> Record:
    """A record with what a test does not care about filled in."""
    return Record(url, title, lead, tuple(also), tuple(headings), " ".join(words), boost)


PAGES = (
    page_record("steps/refund/", "Ask for your money back", also=["refund refused", "bank said no"]),
    page_record(
        "steps/status/",
        "What your order says",
        headings=[("transit", "In transit and stuck"), ("awaiting", "Awaiting shipment")],
        words=["customs", "parcel", "refund"],
    ),
    page_record("steps/look/", "Look around", also=["says delivered but I was home all day"]),
    page_record("letters/complaint/", "First complaint", lead="A letter to the seller", words=["delivered"]),
)


def box(script: str = "assets/search.js") -> str:
    """The box, with a link before and one after it."""
    data_attributes = {
        "data-script": script,
        "data-data": "assets/search-data.js",
        **{f"data-msg-{name}": words for name, words in WORDS.items()},
    }
    return (
        '<a href="#before">Before</a>'
        f'<search-box class="u-search" role="search"{attributes(data_attributes)}>'
        '<label for="u-search">Search</label>'
        '<input class="u-search__box" id="u-search" type="search" autocomplete="off">'
        '<div class="u-search__panel" data-panel hidden><p role="status"></p><ul data-results></ul>'
        '<p><a href="search/">All pages</a></p></div></search-box><a href="#after">After</a>'
        "<main><h1>A page</h1><p>Some text below the box.</p></main>"
    )


def write_search_site(folder: Path, records: Iterable[Record] = PAGES, *, bundle: str | None = None) -> Path:
    """A page at pages/here/, the site's root above it, and the scripts in assets/."""
    assets, here = folder / "assets", folder / "pages" / "here"
    assets.mkdir(parents=True)
    here.mkdir(parents=True)
    shutil.copy(SCRIPTS / "boot.js", assets / "boot.js")
    parts = ((SCRIPTS / f"{name}.js").read_text("utf-8") for name in BUNDLE)
    (assets / "search.js").write_text("\n".join(parts) if bundle is None else bundle, "utf-8")
    (assets / "search-data.js").write_text(data(records), "utf-8")
    (here / "index.html").write_text(_document(box()), "utf-8")
    for one in PAGES:
        (folder / one.url).mkdir(parents=True)
        (folder / one.url / "index.html").write_text(_document("<h1>Found</h1>"), "utf-8")
    return folder


def _document(body: str) -> str:
    return (
        '<!doctype html><html lang="en" data-base="../../"><head><meta charset="utf-8"><title>A page</title>'
        '<link rel="icon" href="data:,">'
        '<script src="../../assets/boot.js"></script></head>'
        f"<body>{body}</body></html>"
    )
