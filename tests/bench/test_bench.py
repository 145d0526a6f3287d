"""The benches themselves: they run, they compare equal pages, and they say what is missing."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import corpus
import equal_pages
import pytest

BUILD = Path(__file__).parent / "build.py"
PAGES = 60


def bench(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(BUILD), *words],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    to = tmp_path_factory.mktemp("bench") / "project"
    corpus.write_project(PAGES, to)
    undelivered = Path(sys.executable).with_name("undelivered")
    subprocess.run([undelivered, "build"], cwd=to, check=True, capture_output=True)
    return to


def test_the_corpus_is_built_without_a_problem_and_has_the_pages_asked_for(project: Path) -> None:
    ours = {"search", "offline"}  # pages of the site itself, which belong to no content
    built = {
        path.parent.relative_to(project / "site").as_posix() for path in project.glob("site/**/index.html")
    }
    assert len(built - ours) == PAGES


def test_pages_of_a_route_are_the_same_in_a_corpus_of_any_size() -> None:
    small, large = (list(map(corpus.to_file, corpus.records(pages))) for pages in (PAGES, 4 * PAGES))
    assert set(small) - set(large) == set()


def test_other_engines_get_the_same_pages_with_the_same_words(project: Path) -> None:
    def words(text: str) -> set[str]:
        return set(re.findall(r"[a-z]{4,}", text.lower()))

    sheets = dict(equal_pages.pages(list(corpus.records(PAGES)), equal_pages.MKDOCS))
    assert len(sheets) == PAGES
    missing = {}
    for name in ("steps/step-0-1", "tips/tip-0-1", "pages/page-0", "letters/letter-0"):
        folder, id = name.split("/")
        site = project / "site" / (id if folder == "pages" else name) / "index.html"
        article = re.sub(r"<[^>]*>", " ", re.search(r"<article.*</article>", site.read_text(), re.DOTALL)[0])  # type: ignore[index]
        equal = words(sheets[f"market-0/route-0/{id}"])
        missing[name] = len(equal - words(article)) / len(equal)
    assert max(missing.values()) < 0.05


@pytest.mark.slow
def test_the_build_bench_runs_and_an_edited_site_has_the_bytes_of_a_cold_build() -> None:
    done = bench("--smoke", "--without", "hugo")
    assert done.returncode == 0, done.stderr
    assert "| cold / Material pruned |" in done.stdout


def test_a_missing_engine_is_told_with_the_way_to_get_it_or_to_leave_it_out() -> None:
    done = bench("--smoke", PATH="/nowhere")
    assert done.returncode == 2
    assert "apt-get install hugo" in done.stderr
    assert "--without hugo" in done.stderr
