"""Golden cases: files in, problems or pages out; each file below cases/ is one case.

claim: one sentence (optional)
base: true                      start from the whole small project in golden/base/
files: {path: text}             files to write
edit: {path: {old: new}}        texts to replace; each must stand exactly once
bytes: {path: "hex"}            files that are no text
links: {path: target}           symbolic links
sizes: {path: number}           files of that many bytes
remove: [path]
today: 2026-11-22
published: [step/look-first/open-order]
problems: ["path:line:column [rule]", or the whole line]     all of them, in order
pages: {path: [texts that stand there], or the whole text}
absent: {path: [texts that do not stand there]}
"""

from __future__ import annotations

import ast
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from projects import PROJECT, TODAY, lay_out, put, replace

from generator import ledger, pipeline
from generator.model import CONTENT_TYPES
from generator.problems import Problem

CASES = Path(__file__).parent / "cases"
KEYS = {
    "claim",
    "base",
    "files",
    "edit",
    "bytes",
    "links",
    "sizes",
    "remove",
    "today",
    "published",
    "problems",
    "pages",
    "absent",
}
SHAPE = re.compile(r"content/[^:\n]*:[1-9]\d*:[1-9]\d*: [^\n]+; [^\n]+ \[[a-z]+(-[a-z0-9]+)*\]")


def load(path: Path) -> dict[str, Any]:
    """One case; a key that nobody reads would make it say nothing."""
    case = yaml.safe_load(path.read_text("utf-8"))
    assert set(case) <= KEYS, f"{path.name}: unknown {set(case) - KEYS}"
    assert {"problems", "pages", "absent"} & set(case), f"{path.name} expects nothing"
    return dict(case)


def all_cases() -> list[Any]:
    paths = sorted(CASES.rglob("*.yml"))
    return [pytest.param(path, id=path.relative_to(CASES).with_suffix("").as_posix()) for path in paths]


def project(root: Path, case: dict[str, Any]) -> Path:
    """The case's project, on disk."""
    lay_out(root, case.get("files", {}), base=case.get("base", False))
    for path, changes in case.get("edit", {}).items():
        replace(root, path, changes)
    for path, digits in case.get("bytes", {}).items():
        put(root / path, bytes.fromhex(digits))
    for path, size in case.get("sizes", {}).items():
        put(root / path, b"# a long file\n" * (size // 14) + b"#" * (size % 14))
    for path, target in case.get("links", {}).items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).symlink_to(target)
    for path in case.get("remove", []):
        (root / path).unlink()
    if "published" in case:
        put(root / ledger.PATH, "\n".join(case["published"]).encode())
    return root


def short(problem: Problem) -> str:
    return f"{problem.path}:{problem.position.line}:{problem.position.column} [{problem.rule}]"


@pytest.mark.parametrize("path", all_cases())
def test_case_gives_exactly_what_it_expects(path: Path, tmp_path: Path) -> None:
    case = load(path)
    build = pipeline.build(project(tmp_path, case), case.get("today", TODAY))
    expected = case.get("problems", [])
    found = [str(one) if str(one) in expected else short(one) for one in build.problems]
    assert found == expected, "\n".join(map(str, build.problems))
    assert all(SHAPE.fullmatch(str(one)) for one in build.problems), build.problems
    assert not (build.problems and build.pages), "pages were made in spite of problems"
    for name, wanted in case.get("pages", {}).items():
        text = build.pages[name]
        if isinstance(wanted, str):
            assert text == wanted
        else:
            assert [one for one in wanted if one not in text] == [], text
    for name, unwanted in case.get("absent", {}).items():
        assert [one for one in unwanted if one in build.pages[name]] == [], build.pages[name]


# --- Every rule has a case -------------------------------------------------------------------------

RULE = re.compile(r"[a-z]+(-[a-z0-9]+)*")
MAKERS = {"Problem", "Fault", "problem", "_fault", "_whole", "_found"}
# Tuples whose last part is a rule: what is wrong, what to write instead, rule.
TELLERS = {"source.py", "yaml_nodes.py", "decode.py"}
# Root may read every file, so no case can make one unreadable: tests/unit/test_reader.py does.
# A broken page template or style sheet is no content: tests/unit/ breaks them.
ELSEWHERE = {
    "unreadable": "tests/unit/test_reader.py",
    "template": "tests/unit/test_pages.py",
    "asset": "tests/unit/test_assets.py",
}
# A field that must name an entry gives "no-" and the content type: f"no-{target}".
MADE_UP = {"no-source"}


def rules_in(path: Path) -> set[str]:
    """The rule names that a module gives to problems."""
    ends: list[ast.expr] = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and _name(node.func) in MAKERS and node.args:
            ends.append(node.args[-1])
        elif isinstance(node, ast.Tuple) and path.name in TELLERS and len(node.elts) in (3, 4):
            ends.append(node.elts[-1])
    texts = (one.value for one in ends if isinstance(one, ast.Constant) and isinstance(one.value, str))
    return {text for text in texts if RULE.fullmatch(text)}


def _name(function: ast.expr) -> str:
    return getattr(function, "attr", getattr(function, "id", ""))


def test_each_rule_in_the_code_has_a_case_and_no_case_names_another() -> None:
    in_code = set[str]().union(*(rules_in(path) for path in (PROJECT / "generator").rglob("*.py")))
    in_cases = {
        problem.rpartition("[")[2].rstrip("]")
        for path in CASES.rglob("*.yml")
        for problem in load(path).get("problems", [])
    }
    for rule, place in ELSEWHERE.items():
        assert f'"{rule}"' in (PROJECT / place).read_text("utf-8")
    assert in_code | MADE_UP == in_cases | set(ELSEWHERE)


def test_each_rule_has_a_file_of_its_own() -> None:
    for path in (CASES / "rules").glob("*.yml"):
        rules = {problem.rpartition("[")[2].rstrip("]") for problem in load(path)["problems"]}
        assert path.stem.split(".")[0] in rules, path.name


def test_each_content_type_that_has_a_page_has_a_golden_page() -> None:
    assert {path.stem for path in (CASES / "pages").glob("*.yml")} >= set(CONTENT_TYPES)


def test_one_case_plants_at_least_30_mistakes_in_several_files() -> None:
    problems = load(CASES / "many" / "thirty-at-once.yml")["problems"]
    files = [problem.split(":")[0] for problem in problems]
    assert len(problems) >= 30
    assert sum(files.count(file) > 1 for file in set(files)) >= 5


def test_dates_in_cases_are_dates() -> None:
    days = [load(path).get("today", TODAY) for path in CASES.rglob("*.yml")]
    assert all(type(day) is date for day in days)
