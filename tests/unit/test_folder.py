"""The download: a folder whose links lead to files, always the same bytes, quick when one page changed."""

from __future__ import annotations

import io
import os
import time
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import folder, zips

PAGE = b"""<!doctype html><html data-base="../"><head><link rel="canonical" href="https://a.example/offline/">
<link rel="stylesheet" href="../assets/base.css"><script src="../assets/a.js" defer></script></head>
<body><a href="../">Home</a> <a class="x" href="../steps/report-it/#top">Report</a> <a href="#here">Here</a>
<a href="../download/undelivered-site.zip" download>Download</a> <a href="https://b.example/">B</a></body></html>"""
PAGES = {"index.html": b"<a href='x'>home</a>", "404.html": b"missing", "offline/index.html": PAGE}
FILES = {"assets/base.css": b"a{}" * 99, "sw.js": b"worker", "_headers": b"/*", "sitemap.xml": b"<x/>"}


def opened(data: bytes) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(data))


def archive(pages: dict[str, bytes] = PAGES, files: dict[str, bytes] = FILES, before: bytes = b"") -> bytes:
    made = folder.archive(pages, files, before)
    assert list(made) == ["download/undelivered-site.zip"]
    return made["download/undelivered-site.zip"]


@pytest.mark.parametrize(
    ("link", "file"),
    [
        ("./", "./index.html"),
        (".", "./index.html"),
        ("..", "../index.html"),
        ("../..", "../../index.html"),
        ("../steps/report-it/", "../steps/report-it/index.html"),
        ("../steps/report-it/#top", "../steps/report-it/index.html#top"),
        ("../letters/a/?country=gb#top", "../letters/a/index.html?country=gb#top"),
        ("?country=gb", "?country=gb"),
        ("#top", "#top"),
        ("", ""),
        ("../assets/a.png", "../assets/a.png"),
        ("https://a.example/steps/", "https://a.example/steps/"),
        ("//a.example/steps/", "//a.example/steps/"),
        ("tel:123", "tel:123"),
        ("mailto:a@b.example", "mailto:a@b.example"),
    ],
)
def test_a_link_to_a_folder_leads_to_its_page(link: str, file: str) -> None:
    assert folder.to_file(link) == file


def test_only_links_of_a_page_are_changed() -> None:
    page = folder.opened(PAGE).decode()
    assert '<a href="../index.html">' in page
    assert '<a class="x" href="../steps/report-it/index.html#top">' in page
    assert '<a href="#here">' in page and '<a href="https://b.example/">' in page
    assert 'href="../assets/base.css"' in page and 'src="../assets/a.js"' in page
    assert 'data-base="../"' in page


def test_the_download_inside_the_folder_leads_to_the_web() -> None:
    assert b'href="https://a.example/download/undelivered-site.zip"' in folder.opened(PAGE)


def test_the_folder_holds_what_works_without_a_server() -> None:
    assert opened(archive()).namelist() == [
        "undelivered/READ-ME-FIRST.txt",
        "undelivered/assets/base.css",
        "undelivered/index.html",
        "undelivered/offline/index.html",
    ]


def test_the_archive_is_whole_and_holds_the_bytes() -> None:
    with opened(archive()) as found:
        assert found.testzip() is None
        assert found.read("undelivered/assets/base.css") == FILES["assets/base.css"]
        assert found.read("undelivered/offline/index.html") == folder.opened(PAGE)
        assert {one.date_time for one in found.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_same_site_gives_the_same_bytes_with_and_without_an_earlier_archive() -> None:
    edited = {**PAGES, "offline/index.html": PAGE.replace(b"Report", b"Tell")}
    assert archive(edited, FILES, archive()) == archive(edited) != archive()
    assert archive(dict(reversed(PAGES.items())), FILES) == archive()


@pytest.mark.parametrize("at", [0, 40, 200, -400, -100, -1])
def test_an_earlier_archive_that_is_damaged_is_not_used(at: int) -> None:
    whole = archive()
    damaged = bytearray(whole)
    damaged[at] ^= 0xFF
    assert zips.members(bytes(damaged)) == {}
    assert archive(before=bytes(damaged)) == whole
    assert archive(before=whole[: len(whole) // 2]) == whole


@settings(deadline=None)
@given(st.binary(max_size=400))
def test_anything_may_stand_where_an_earlier_archive_was(data: bytes) -> None:
    assert zips.members(data) == {}


@settings(deadline=None)
@given(st.dictionaries(st.text("aé/.", min_size=1).map(lambda name: f"x{name}y"), st.binary(), max_size=8))
def test_what_goes_into_an_archive_comes_out(contents: dict[str, bytes]) -> None:
    members = {path: zips.compress(zips.key(data), data) for path, data in contents.items()}
    made = zips.archive(members)
    with opened(made) as found:
        assert found.testzip() is None
        assert {one.filename: found.read(one) for one in found.infolist()} == contents
    assert zips.members(made) == {one.key: one for one in members.values()}


def test_more_files_than_the_format_can_hold_are_refused() -> None:
    member = zips.compress("0" * 32, b"")
    with pytest.raises(ValueError, match="more than one archive can hold"):
        zips.archive({f"{number}": member for number in range(65536)})


def test_after_one_edit_the_other_pages_are_not_compressed_again() -> None:
    pages = {f"{number}/index.html": os.urandom(8_000).hex().encode() for number in range(300)}
    start = time.process_time()
    before = archive(pages, {})
    cold = time.process_time() - start
    pages["7/index.html"] += b"edited"
    start = time.process_time()
    after = archive(pages, {}, before)
    assert time.process_time() - start < cold / 4
    assert after == archive(pages, {})
