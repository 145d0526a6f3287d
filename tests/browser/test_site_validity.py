"""Every page, style sheet and drawing by the Nu checker (the W3C's), and by html-validate's standard rules.

Each runs once over the whole site. No page and no rule of HTML is left out.
Only the site for servers: the download holds the same elements (test_site_folder.py).
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from built_site import BuiltSite
from checkers import java, node, package

pytestmark = pytest.mark.browser

# Anchor positioning is newer than the CSS that the Nu checker of 26.9 knows. Only what stands below its own
# @supports is passed by.
NEWER_THAN_NU = re.compile(r"@supports [^{]*anchor[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
# A page read as a file has no origin, so "self" in its policy names nothing: browsers judge the policy.
NO_ORIGIN = "Resource violates Content Security Policy"


@dataclass(frozen=True)
class Verdict:
    """What a checker read, and what it said: error or warning, file, line, words."""

    read: frozenset[Path]
    said: tuple[tuple[str, str], ...]

    def of(self, kind: str, ending: str) -> list[str]:
        return [
            words for said, words in self.said if said == kind and words.partition(":")[0].endswith(ending)
        ]


def files(folder: Path, *endings: str) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.suffix in endings)


def run(command: list[Any], folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def check_with_nu(folder: Path, paths: list[Path]) -> Verdict:
    """One run of Java over all the files."""
    options = ["--format", "json", "--stdout", "--exit-zero-always", "--also-check-css", "--also-check-svg"]
    nu = package("vnu-jar/build/dist/vnu.jar")
    done = run([java(), "-jar", nu, *options, "--verbose", *paths], folder)
    assert done.returncode == 0, done.stderr
    said = [
        (
            one.get("subType") or one["type"],
            f"{place(one['url'], folder)}:{one.get('lastLine')}: {one['message']}",
        )
        for one in json.loads(done.stdout)["messages"]
    ]
    return Verdict(frozenset(map(Path, done.stderr.splitlines())), tuple(said))


def place(url: str, folder: Path) -> str:
    path = Path(url.removeprefix("file:"))
    return path.relative_to(folder).as_posix() if path.is_relative_to(folder) else url


def check_with_html_validate(folder: Path, paths: list[Path]) -> Verdict:
    """One run of Node over all the pages."""
    with TemporaryDirectory() as temporary:
        report = Path(temporary) / "report.json"  # its standard output is cut off at 64 kB
        options = ["--preset", "standard", "--formatter", f"json={report}"]
        done = run([node(), package("html-validate/bin/html-validate.mjs"), *options, *paths], folder)
        assert report.exists(), done.stdout + done.stderr
        reports = json.loads(report.read_text("utf-8"))
    said = [
        ("error", f"{place(one['filePath'], folder)}:{fault['line']}: {fault['message']} [{fault['ruleId']}]")
        for one in reports
        for fault in one["messages"]
    ]
    assert done.returncode == bool(said), done.stderr
    return Verdict(frozenset(paths), tuple(said))


@pytest.fixture(scope="module")
def checked(built: BuiltSite, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, in its style sheets without what the Nu checker is too old for."""
    folder = tmp_path_factory.mktemp("checked") / "site"
    shutil.copytree(built.folder, folder)
    for sheet in files(folder, ".css"):
        sheet.write_text(NEWER_THAN_NU.sub("", sheet.read_text("utf-8")), "utf-8")
    return folder


@pytest.fixture(scope="module")
def nu(checked: Path) -> Verdict:
    return check_with_nu(checked, files(checked, ".html", ".css", ".svg"))


def test_the_nu_checker_reads_every_file_and_finds_no_error_in_any_page(nu: Verdict, checked: Path) -> None:
    assert nu.read == frozenset(files(checked, ".html", ".css", ".svg"))
    assert nu.of("error", ".html") == []
    assert nu.of("error", ".svg") == []


def test_the_nu_checker_finds_no_error_in_any_style_sheet(nu: Verdict) -> None:
    assert nu.of("error", ".css") == []


def test_the_nu_checker_warns_of_nothing_in_any_page(nu: Verdict) -> None:
    assert [one for one in nu.of("warning", ".html") if NO_ORIGIN not in one] == []


def test_html_validate_finds_nothing_by_its_standard_rules(built: BuiltSite) -> None:
    verdict = check_with_html_validate(built.folder, files(built.folder, ".html"))
    assert verdict.said == ()


def test_both_checkers_find_planted_faults(tmp_path: Path) -> None:
    page = tmp_path / "index.html"
    page.write_text("<!doctype html><html lang=en><title>x</title><p id=a><p id=a>words", "utf-8")
    sheet = tmp_path / "page.css"
    sheet.write_text("p { colour: red; }", "utf-8")
    nu = check_with_nu(tmp_path, [page, sheet])
    assert any("Duplicate ID" in one for one in nu.of("error", ".html"))
    assert any("colour" in one for one in nu.of("error", ".css"))
    assert any("[no-dup-id]" in words for _, words in check_with_html_validate(tmp_path, [page]).said)
