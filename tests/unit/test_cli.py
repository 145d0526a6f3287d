"""The command: exit codes, formats, silence in a pipe, and new entries."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from projects import lay_out, put

from generator import ledger, site
from generator.cli import main
from generator.model import CONTENT_TYPES

CLEAN, PROBLEMS, WRONG_USE = 0, 1, 2
ENGINE = "generator.site.engine.run_mkdocs"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(lay_out(tmp_path, {}))
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    return tmp_path


def run(*words: str) -> Result:
    result = CliRunner().invoke(main, words)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
    return result


def break_two(root: Path) -> None:
    put(root / "content/tips/read-first.yml", b"title: [x]\n")


def test_clean_content_exits_0_and_counts_the_entries(root: Path) -> None:
    result = run("check")
    assert result.exit_code == CLEAN
    assert "2 steps" in result.stdout
    assert "1 tip;" in result.stdout
    assert "0 problems" in result.stdout


def test_problems_exit_1_one_line_each(root: Path) -> None:
    break_two(root)
    result = run("check")
    assert result.exit_code == PROBLEMS
    lines = [line for line in result.stdout.splitlines() if line.startswith("content/")]
    assert len(lines) == 6
    assert lines[0].startswith('content/tips/read-first.yml:1:1: "checklist" is missing; add a line')
    assert "6 problems" in result.stdout


@pytest.mark.parametrize("words", [["check"], ["build"], ["new", "step", "a"], ["schema"], ["serve"]])
def test_outside_a_project_is_wrong_use(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run(*words)
    assert result.exit_code == WRONG_USE
    assert "no project here" in result.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "words", [["chekc"], ["check", "--format", "xml"], ["check", "extra"], ["new", "step"]]
)
def test_a_wrong_word_is_wrong_use(root: Path, words: list[str]) -> None:
    assert run(*words).exit_code == WRONG_USE


def test_help_tells_the_exit_codes() -> None:
    result = run("--help")
    assert result.exit_code == CLEAN
    assert "0 clean, 1 problems found, 2 wrong use" in result.stdout


def test_json_is_json_and_nothing_else(root: Path) -> None:
    assert json.loads(run("check", "--format", "json").stdout) == []
    break_two(root)
    result = run("check", "--format", "json")
    assert result.exit_code == PROBLEMS
    problems = json.loads(result.stdout)
    assert len(problems) == 6
    assert set(problems[0]) == {"path", "line", "column", "what", "instead", "rule"}


def test_github_gets_annotations_when_it_runs_the_check(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    break_two(root)
    asked = run("check", "--format", "github").stdout
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    assert run("check").stdout == asked
    assert all(line.startswith("::error file=content/tips/") for line in asked.splitlines())
    assert len(asked.splitlines()) == 6
    assert not run("check", "--format", "text").stdout.startswith("::")


@pytest.mark.parametrize("words", [["check"], ["check", "--format", "json"], ["build"]])
def test_nothing_moves_in_a_pipe(root: Path, monkeypatch: pytest.MonkeyPatch, words: list[str]) -> None:
    monkeypatch.setattr(ENGINE, fake_engine)
    result = run(*words)
    assert result.stderr == ""
    assert "\r" not in result.output
    assert "\033" not in result.output
    assert "…" not in result.stdout


def fake_engine(root: Path, docs: Path, target: Path) -> None:
    """Makes the page of every Markdown file, as a real engine would."""
    for path in docs.rglob("*.md"):
        page = path.relative_to(docs).with_suffix("")
        put(target / (page.parent if page.name == "index" else page) / "index.html", path.read_bytes())


def test_build_tells_pages_and_problems(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ENGINE, fake_engine)
    result = run("build")
    pages = len(list((root / "site").rglob("*.html")))
    assert (result.exit_code, result.stdout) == (
        CLEAN,
        f"{pages} pages, 0 problems: site/ ({pages} made anew)\n",
    )
    assert (root / "site/steps/look-first/index.html").is_file()


def test_build_with_problems_leaves_site_and_docs_tree_as_they_were(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ENGINE, fake_engine)
    run("build")
    put(root / "site/index.html", b"old")
    page = root / site.DOCS / "tips/read-first/index.md"
    before = page.read_text("utf-8")
    break_two(root)
    result = run("build")
    assert result.exit_code == PROBLEMS
    assert "content/tips/read-first.yml:1:1" in result.stdout
    assert "6 problems; the site was not built" in result.stdout
    assert (root / "site/index.html").read_text() == "old"
    assert page.read_text("utf-8") == before


def test_build_with_a_failing_engine_says_what_it_said(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(root: Path, docs: Path, target: Path) -> None:
        raise site.EngineError("WARNING - a link is broken")

    put(root / "site/index.html", b"old")
    monkeypatch.setattr(ENGINE, fails)
    result = run("build")
    assert result.exit_code == PROBLEMS
    assert "a link is broken" in result.stderr
    assert "the site built before stays" in result.stderr
    assert (root / "site/index.html").read_text() == "old"


@pytest.mark.parametrize("kind", CONTENT_TYPES)
def test_a_new_entry_has_no_problems_but_its_gaps(root: Path, kind: str) -> None:
    assert run("check").exit_code == CLEAN
    result = run("new", kind, "brand-new")
    assert result.exit_code == CLEAN
    path = f"content/{CONTENT_TYPES[kind].folder}/brand-new{CONTENT_TYPES[kind].suffix}"
    assert result.stdout.startswith(path)
    lines = (root / path).read_text("utf-8").splitlines()
    checked = run("check", "--format", "json")
    problems = json.loads(checked.stdout)
    assert checked.exit_code == PROBLEMS, "what is not filled in yet must not pass"
    gaps = [one for one in problems if "…" in lines[one["line"] - 1]]
    assert gaps
    # Nothing lists a new entry yet, and a new letter's blank is not in its words yet.
    later = [one["rule"] for one in problems if one not in gaps]
    assert set(later) <= {"unreachable", "unused-blank"}
    assert {one["path"] for one in problems} == {path}


@pytest.mark.parametrize("kind", CONTENT_TYPES)
def test_a_new_entry_explains_each_field(root: Path, kind: str) -> None:
    run("new", kind, "brand-new")
    entry_type = CONTENT_TYPES[kind]
    text = (root / "content" / entry_type.folder / f"brand-new{entry_type.suffix}").read_text("utf-8")
    said = re.sub(r"\s+", " ", text.replace("\n#", " "))
    for name, field in entry_type.model.model_fields.items():
        if name != "body" or entry_type.suffix == ".yml":
            assert re.search(rf"(?m)^(# )?{name}:", text), name
            assert field.description and " ".join(field.description.split()) in said, name


def test_an_unknown_type_is_wrong_use_and_names_the_types(root: Path) -> None:
    result = run("new", "stpe", "a")
    assert result.exit_code == WRONG_USE
    assert "glossary" not in result.stderr
    assert all(f"'{kind}'" in result.stderr for kind in CONTENT_TYPES)


@pytest.mark.parametrize(
    "id", ["A", "a b", "../a", "a/b", "a_b", "-a", "a-", "1a", "é", "", "a" * 81, "a.b", "a\n"]
)
def test_a_bad_id_is_wrong_use_and_writes_nothing(root: Path, id: str) -> None:
    before = sorted(root.rglob("*"))
    result = run("new", "step", "--", id)
    assert result.exit_code == WRONG_USE
    assert "is not an id" in result.stderr
    assert sorted(root.rglob("*")) == before


def test_an_id_that_exists_is_wrong_use_and_stays(root: Path) -> None:
    before = (root / "content/steps/look-first.yml").read_text("utf-8")
    result = run("new", "step", "look-first")
    assert result.exit_code == WRONG_USE
    assert "content/steps/look-first.yml is already there" in result.stderr
    assert (root / "content/steps/look-first.yml").read_text("utf-8") == before


def test_schema_writes_schemas_and_ledger_once(root: Path) -> None:
    assert run("schema").stdout == f"{len(CONTENT_TYPES) + 1} files changed\n"
    assert run("schema").stdout == "0 files changed\n"
    assert "step/look-first/open-order" in (root / ledger.PATH).read_text("utf-8")
    assert run("check").exit_code == CLEAN


def test_the_ledger_forgets_nothing(root: Path) -> None:
    put(root / ledger.PATH, b"step/look-first/once\n")
    run("schema")
    assert "step/look-first/once\n" in (root / ledger.PATH).read_text("utf-8")


def test_a_ledger_that_is_not_utf_8_gives_no_traceback(root: Path) -> None:
    put(root / ledger.PATH, b"step/look-first/open-order\n\xff\n")
    assert run("check").exit_code in (CLEAN, PROBLEMS)


@pytest.mark.parametrize("address", ["nonsense", "127.0.0.1:99999", "127.0.0.1:", ":8000"])
def test_an_address_that_cannot_be_served_is_wrong_use_in_one_line(root: Path, address: str) -> None:
    result = run("serve", "--address", address)
    assert result.exit_code == WRONG_USE
    assert f'"{address}" is not an address' in result.stderr
