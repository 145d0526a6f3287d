"""What hosts get: one policy and one table of cache times in everybody's words, and files for crawlers."""

from __future__ import annotations

import json
import re
from xml.etree import ElementTree

import pytest
from built_site import PROJECT

from generator import hosting, policy
from generator.hosting import crawlers, headers_file, rules

SITE = "https://site.example/"
HASHED = "assets/base.0123456789.css"
FILES = {
    HASHED: b"a",
    "assets/search.abcdef0123.js": b"b",
    "assets/images/icon.svg": b"<svg/>",
    "assets/images/logo.0a1b2c3d4e.svg": b"<svg/>",
    "assets/search-data.js": b"c",
    "download/undelivered-site.zip": b"d",
    "sw.js": b"e",
}


def page(script: str = "a", head: str = "") -> bytes:
    return f"<!doctype html><head>{head}<script>{script}</script></head><p>x</p>".encode()


PAGES = {"index.html": page(), "steps/x/index.html": page("b"), "404.html": page()}


def made(site: str = SITE) -> dict[str, str]:
    both = {**hosting.files(PAGES, FILES, site), **hosting.hosting(PAGES, site)}
    return {path: data.decode() for path, data in both.items()}


def blocks(text: str) -> dict[str, dict[str, str]]:
    """`_headers` as its rules."""
    found: dict[str, dict[str, str]] = {}
    for line in text.splitlines():
        if line.startswith("/"):
            headers = found.setdefault(line, {})
        elif line.startswith("  "):
            name, _, value = line.strip().partition(": ")
            assert name not in headers
            headers[name] = value
        else:
            assert line == "" or line.startswith("#"), line
    return found


def test_every_host_gets_every_header_with_the_hashes_of_all_pages() -> None:
    headers = hosting.headers_of(PAGES.values())
    for script in ("a", "b"):
        assert policy.hash_source(script) in headers["Content-Security-Policy"]
    files = made()
    assert blocks(files["_headers"])["/*"] == headers
    for name, value in headers.items():
        assert f'  Header always set {name} "{value}"\n' in files[".htaccess"]
        assert f'    add_header {name} "{value}" always;\n' in files["nginx.conf"]
        assert json.dumps(value) in files["cloudfront-headers.json"] or value == "nosniff"


def test_the_same_pages_give_the_same_bytes_in_any_order() -> None:
    turned = dict(reversed(PAGES.items())), dict(reversed(FILES.items()))
    assert hosting.files(*turned, SITE) == hosting.files(PAGES, FILES, SITE)
    assert hosting.hosting(turned[0], SITE) == hosting.hosting(PAGES, SITE)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (HASHED, "public, max-age=31536000, immutable"),
        ("assets/images/logo.0a1b2c3d4e.svg", "public, max-age=31536000, immutable"),
        ("assets/images/icon.svg", "public, max-age=604800"),
        ("download/undelivered-site.zip", "public, max-age=3600"),
        ("assets/search-data.js", "no-cache"),
        ("sw.js", "no-cache"),
        ("index.html", "no-cache"),
        ("steps/x/index.html", "no-cache"),
        ("assets/base.css", "no-cache"),
        ("steps/assets/base.0123456789.css", "no-cache"),
        ("assets/base.0123456789.css.html/index.html", "no-cache"),
    ],
)
def test_only_what_never_changes_under_its_name_is_kept_without_asking(path: str, value: str) -> None:
    assert rules.cache_control(path) == value


def test_the_headers_file_gives_each_file_one_cache_control_and_pages_none() -> None:
    found = blocks(made()["_headers"])
    everywhere = found.pop("/*")
    assert "Cache-Control" not in everywhere, "hosts would join it with the others"
    assert found == {f"/{path}": {"Cache-Control": rules.cache_control(path)} for path in FILES}


def test_what_cloudflare_would_cut_off_is_an_error_in_one_line() -> None:
    many = {f"assets/{number:010x}.{number:010x}.js": b"" for number in range(headers_file.MOST_RULES)}
    with pytest.raises(ValueError, match=r"^_headers: 101 rules, and Cloudflare Pages takes 100$"):
        hosting.files(PAGES, many, SITE)
    pages = {f"{number}/index.html": page(str(number)) for number in range(40)}
    with pytest.raises(ValueError, match=r"^_headers: Content-Security-Policy has \d+ characters, .*2000"):
        hosting.files(pages, {}, SITE)


def test_below_a_path_every_host_knows_it() -> None:
    files = made("https://site.example/mirror/")
    assert "error_page 404 /mirror/404.html;" in files["nginx.conf"]
    assert '"~^/mirror/(?:sw' in files["nginx.conf"]
    assert "ErrorDocument 404 /mirror/404.html\n" in files[".htaccess"]
    assert "m#^/mirror/(?:sw" in files[".htaccess"]


def test_https_for_a_year_is_never_promised_for_the_publisher() -> None:
    for text in made().values():
        lines = [line for line in text.splitlines() if "Strict-Transport" in line]
        assert all(line.strip().startswith("#") for line in lines)


def test_robots_may_read_all_and_find_the_map() -> None:
    lines = made()["robots.txt"].splitlines()
    assert lines[:2] == ["User-agent: *", "Allow: /"]
    assert lines[-1] == "Sitemap: https://site.example/sitemap.xml"


def addresses(xml: bytes) -> dict[str, str | None]:
    name = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    rows = ElementTree.fromstring(xml)
    return {row.findtext(f"{name}loc", ""): row.findtext(f"{name}lastmod") for row in rows}


def test_the_sitemap_holds_every_page_for_readers_and_the_day_it_was_checked() -> None:
    pages = {
        **PAGES,
        "search/index.html": page(head='<meta name="robots" content="noindex">'),
        "a&b/index.html": page(),
    }
    checked = {"steps/x/index.html": "2026-11-22"}
    found = addresses(hosting.files(pages, {}, "https://site.example", checked)["sitemap.xml"])
    assert found == {
        "https://site.example/": None,
        "https://site.example/a&b/": None,
        "https://site.example/steps/x/": "2026-11-22",
    }


def test_a_sitemap_that_is_too_long_is_cut_into_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crawlers, "MOST_ADDRESSES", 2)
    pages = {f"{number}/index.html": b"" for number in range(5)}
    files = crawlers.sitemaps(pages, SITE, {})
    assert list(addresses(files["sitemap.xml"].encode())) == [f"{SITE}sitemap-{n}.xml" for n in (1, 2, 3)]
    parts = [address for n in (1, 2, 3) for address in addresses(files[f"sitemap-{n}.xml"].encode())]
    assert parts == [f"{SITE}{number}/" for number in range(5)]


# ---- recipes

RECIPES = sorted((PROJECT / "docs" / "hosting").glob("*.md"))


def test_there_is_a_recipe_for_each_host_and_the_readme_leads_to_them() -> None:
    assert {path.stem for path in RECIPES} == {
        *("README", "github-pages", "netlify", "cloudflare-pages", "nginx", "apache", "s3", "onion"),
    }
    assert "(docs/hosting/)" in (PROJECT / "README.md").read_text("utf-8")


@pytest.mark.parametrize(
    "path", [path for path in RECIPES if path.stem != "README"], ids=lambda path: path.stem
)
def test_a_recipe_says_what_to_upload_the_headers_the_cache_how_to_check_and_whether_it_was_run(
    path: object,
) -> None:
    text = path.read_text("utf-8")  # type: ignore[attr-defined]
    for part in ("## Upload", "## Headers", "## What may be kept, and how long", "## Check", "## Tried?"):
        assert f"\n{part}\n" in text, part
    assert re.search(r"^ +curl |^curl ", text, re.MULTILINE)


def test_cache_times_in_the_recipes_are_those_of_the_table() -> None:
    told = {int(age) for path in RECIPES for age in re.findall(r"max-age=(\d+)", path.read_text("utf-8"))}
    ours = {int(age) for rule in rules.CACHE for age in re.findall(r"max-age=(\d+)", rule.value)}
    assert ours <= told
    # 0 is what hosts send by themselves, 600 what GitHub Pages sends; a year is also HSTS.
    assert told - ours <= {0, 600}
