"""Nothing that a reader loads grows with the number of pages, but for the lists of them all."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import corpus
import pytest
from measure import digest
from page_weight import pages_by_kind

LISTS = {"home", "index", "search", "offline"}
"""Kinds of page that name all others."""
SEARCH = "assets/search"
"""What is loaded on the first use of the search box alone."""


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The corpus built with 60 pages, and with four times as many."""
    built = []
    for pages in (60, 240):
        to = tmp_path_factory.mktemp("growth") / str(pages)
        corpus.write_project(pages, to)
        undelivered = Path(sys.executable).with_name("undelivered")
        subprocess.run([undelivered, "build"], cwd=to, check=True, capture_output=True)
        built.append(to / "site")
    return built[0], built[1]


def test_a_page_has_the_same_bytes_in_a_site_of_any_size(sites: tuple[Path, Path]) -> None:
    small, large = sites
    kinds = pages_by_kind(small)
    assert {"step", "tip", "guide", "checklist", "letter", "page"} <= set(kinds)
    urls = [url for kind, urls in kinds.items() if kind not in LISTS for url in urls]
    grown = [url for url in urls if _html(small, url) != _html(large, url)]
    assert len(urls) > 40
    assert grown == []


def test_what_pages_load_has_the_same_bytes_in_a_site_of_any_size(sites: tuple[Path, Path]) -> None:
    small, large = (
        {path: hash for path, hash in digest(site).items() if path.startswith("assets/")} for site in sites
    )
    assert any(path.endswith(".css") for path in small)
    assert {path for path in small if small[path] != large.get(path) and not path.startswith(SEARCH)} == set()


def _html(site: Path, url: str) -> bytes:
    return (site / url / "index.html").read_bytes()
