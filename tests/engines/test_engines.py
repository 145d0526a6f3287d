"""Three engines, one docs tree: MkDocs, ProperDocs and Zensical build the same pages, none skipped unseen."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape
from pathlib import Path

import html5lib
import pytest
from built_site import ENVIRONMENT, BuiltSite, build, copy_project

pytestmark = [pytest.mark.engines, pytest.mark.slow]

ENGINES = {
    "mkdocs": ["mkdocs", "build", "--strict", "--quiet"],
    "properdocs": ["properdocs", "build", "--strict", "--quiet", "-f", "mkdocs.yml"],
    "zensical": ["zensical", "build", "--strict", "--clean"],
}
# The page for missing addresses, and what an engine alone puts where servers look for it.
MISSING = {"404/index.html", "404.html"}
ONE_OF_EACH_KIND = (
    "",
    "guides/tiktok-shop-not-delivered/",
    "guides/tiktok-shop-not-delivered/checklist/",
    "steps/contact-support/",
    "tips/track-your-parcel/",
    "letters/first-complaint/",
    "steps/",
    "glossary/",
    "sources/",
    "privacy/",
)


@dataclass(frozen=True)
class Result:
    """What an engine made of the docs tree."""

    docs: Path
    site: Path

    @property
    def expected(self) -> set[str]:
        """The pages that the docs tree asks for."""
        pages = {path.relative_to(self.docs).as_posix() for path in self.docs.rglob("index.md")}
        return {f"{page.removesuffix('index.md')}index.html" for page in pages}

    @property
    def pages(self) -> set[str]:
        return {path.relative_to(self.site).as_posix() for path in self.site.rglob("*.html")}


def run(engine: str, from_: BuiltSite, root: Path) -> Result:
    """Build a copy of the docs tree with an engine, strictly."""
    for folder in ("generator", "site_overrides", ".build"):
        shutil.copytree(from_.root / folder, root / folder, ignore=shutil.ignore_patterns("site-*"))
    shutil.copy(from_.root / "mkdocs.yml", root / "mkdocs.yml")
    return build_with(engine, root)


def build_with(engine: str, root: Path) -> Result:
    done = subprocess.run(
        [sys.executable, "-m", *ENGINES[engine]],
        cwd=root,
        env={**ENVIRONMENT, "UNDELIVERED_DOCS_READY": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{engine}: {done.stdout}{done.stderr}"
    return Result(root / ".build" / "docs", root / "site")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    return build(copy_project(tmp_path_factory.mktemp("tree") / "copy"))


@pytest.fixture(scope="module")
def results(built: BuiltSite, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Result]:
    return {engine: run(engine, built, tmp_path_factory.mktemp(engine)) for engine in ENGINES}


def compare(results: Mapping[str, Result], expected: set[str]) -> None:
    """Fails unless each engine made exactly the expected pages and its page for missing addresses."""
    for engine, result in results.items():
        made = result.pages - MISSING
        assert made == expected, f"{engine} skipped {expected - made}, added {made - expected}"
        assert result.pages >= MISSING, engine


def test_every_engine_makes_every_page_of_the_docs_tree(
    results: Mapping[str, Result], built: BuiltSite
) -> None:
    expected = {f"{url}index.html" for url in built.urls}
    assert len(expected) >= 25
    compare(results, expected)
    assert all(result.expected == expected for result in results.values())


@pytest.mark.parametrize("engine", ENGINES)
def test_a_page_that_one_engine_skips_is_noticed(
    results: Mapping[str, Result], built: BuiltSite, tmp_path: Path, engine: str
) -> None:
    root = tmp_path / "copy"
    shutil.copytree(results[engine].docs.parents[1], root, ignore=shutil.ignore_patterns("site", ".cache"))
    shutil.rmtree(root / ".build/docs/privacy")
    # Links to the page that is gone would stop a strict engine; here only the comparison is asked.
    config = root / "mkdocs.yml"
    config.write_text(config.read_text("utf-8").replace("strict: true", "strict: false"), "utf-8")
    lenient = [part for part in ENGINES[engine] if part != "--strict"]
    done = subprocess.run(
        [sys.executable, "-m", *lenient],
        cwd=root,
        env={**ENVIRONMENT, "UNDELIVERED_DOCS_READY": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    without = {**results, engine: Result(root / ".build/docs", root / "site")}
    with pytest.raises(AssertionError, match=rf"{engine} skipped .*privacy"):
        compare(without, {f"{url}index.html" for url in built.urls})


def body(result: Result, url: str) -> str:
    """The page's own part, as the generator wrote it, parsed and written again."""
    page = html5lib.parse((result.site / url / "index.html").read_text("utf-8"), namespaceHTMLElements=False)
    [shell] = [one for one in page.iter("div") if one.get("class") == "u-shell"]
    for one in shell.iter():
        one.attrib.pop("data-search-exclude", None)  # Zensical takes it away once its search has read it
    written = html5lib.serialize(shell, omit_optional_tags=False, quote_attr_values="always")
    return re.sub(r"\s+", " ", written)


@pytest.mark.parametrize("url", ONE_OF_EACH_KIND)
def test_the_page_itself_is_the_same_in_all_three(results: Mapping[str, Result], url: str) -> None:
    mkdocs, properdocs, zensical = (body(results[engine], url) for engine in ENGINES)
    assert properdocs == mkdocs
    assert zensical == mkdocs


@pytest.mark.parametrize("name", ["title", "canonical", "description"])
def test_the_head_is_the_same_in_all_three(results: Mapping[str, Result], name: str) -> None:
    patterns = {
        "title": r"<title>(.*?)</title>",
        "canonical": r'<link rel="canonical" href="(.*?)"',
        "description": r'<meta name="description" content="(.*?)"',
    }
    for page in results["mkdocs"].expected:
        found = {
            engine: [
                unescape(one) for one in re.findall(patterns[name], (result.site / page).read_text("utf-8"))
            ]
            for engine, result in results.items()
        }
        assert len(found["mkdocs"]) == 1, page
        assert found["properdocs"] == found["zensical"] == found["mkdocs"], page


def test_scripts_and_styles_are_copied_by_all_three(results: Mapping[str, Result]) -> None:
    for engine, result in results.items():
        bundles = [path for path in (result.docs / "assets").rglob("*") if path.is_file()]
        assert {path.suffix for path in bundles} >= {".css", ".js", ".svg"}
        for path in bundles:
            copied = result.site / path.relative_to(result.docs)
            assert copied.read_bytes() == path.read_bytes(), f"{engine}: {copied.name}"


def frame(page: Path) -> str:
    """A document without its body; the template languages differ in white space and in what they escape."""
    head, _, rest = unescape(page.read_text("utf-8")).partition('<div class="u-shell"')
    return " ".join((head + rest.partition("</article>")[2]).split())


def test_the_frame_is_the_same_in_all_three(results: Mapping[str, Result]) -> None:
    for page in [*results["mkdocs"].expected, "404/index.html"]:
        mkdocs, properdocs, zensical = (frame(result.site / page) for result in results.values())
        assert properdocs == mkdocs, page
        assert zensical == mkdocs, page
