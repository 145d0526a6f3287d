"""The worker's list: what a reader needs, under the addresses readers ask for, the same for the same site."""

from __future__ import annotations

import hashlib
import json
import re
from typing import Any

import pytest
from releases import WORKERS

from generator import offline

TEMPLATE = (WORKERS / "worker.js").read_text("utf-8")
PAGES = {"index.html": b"home", "404.html": b"missing", "steps/report-it/index.html": b"report"}
FILES = {"assets/base.0123456789.css": b"a{}", "assets/search-data.js": b"found()"}


def release(pages: dict[str, bytes] = PAGES, files: dict[str, bytes] = FILES) -> dict[str, Any]:
    made = offline.worker(TEMPLATE, pages, files)
    assert list(made) == ["sw.js"]
    found = re.search(r"const RELEASE = (\{.*?\n\});", made["sw.js"].decode(), re.DOTALL)
    assert found
    return dict(json.loads(found[1]))


def test_every_page_and_asset_is_listed_as_readers_ask_for_it() -> None:
    assert list(release()["files"]) == [
        *("", "404.html", "assets/base.0123456789.css", "assets/search-data.js", "steps/report-it/")
    ]


def test_a_hash_is_the_beginning_of_the_sha_256_of_the_bytes() -> None:
    assert release()["files"][""] == hashlib.sha256(b"home").hexdigest()[:16]


def test_the_size_is_that_of_all_listed_files() -> None:
    assert release()["bytes"] == sum(map(len, [*PAGES.values(), *FILES.values()]))


@pytest.mark.parametrize(
    "path",
    [
        *("sw.js", "_headers", "_redirects", ".htaccess", ".well-known/security.txt", "robots.txt"),
        *("sitemap.xml", "sitemap.xml.gz", "download/undelivered-site.zip", "assets/base.css.map"),
    ],
)
def test_what_no_reader_opens_is_not_listed(path: str) -> None:
    assert release(files={**FILES, path: b"x"}) == release()


def test_the_version_follows_each_byte_and_each_name() -> None:
    versions = {
        release()["version"],
        release({**PAGES, "index.html": b"Home"})["version"],
        release({**PAGES, "about/index.html": b"home"})["version"],
        release(files={})["version"],
    }
    assert len(versions) == 4


def test_the_same_site_gives_the_same_bytes_in_any_order() -> None:
    turned = offline.worker(TEMPLATE, dict(reversed(PAGES.items())), dict(reversed(FILES.items())))
    assert turned == offline.worker(TEMPLATE, PAGES, FILES)


def test_a_source_without_a_place_for_the_list_is_refused() -> None:
    with pytest.raises(ValueError, match="must hold"):
        offline.worker("self.addEventListener('fetch', () => {})", PAGES, FILES)
    with pytest.raises(ValueError, match="must hold"):
        offline.worker(TEMPLATE + TEMPLATE, PAGES, FILES)


def test_the_way_out_is_published_as_it_is() -> None:
    source = (WORKERS / "worker-off.js").read_text("utf-8")
    assert offline.worker(source, PAGES, FILES) == {"sw.js": source.encode()}
    assert 'addEventListener("fetch"' not in source


def test_names_that_break_out_of_a_script_stay_text() -> None:
    strange = 'a"</script>\u2028é.html'
    assert strange in release({**PAGES, strange: b"x"})["files"]
    made = offline.worker(TEMPLATE, {**PAGES, strange: b"x"}, FILES)["sw.js"]
    assert "\u2028" not in made.decode()
