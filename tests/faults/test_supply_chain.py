"""What comes from others is named, pinned and checked: packages, workflow actions, scripts."""

from __future__ import annotations

import hashlib
import re
import tomllib
from pathlib import Path

import pytest
import yaml
from built_site import PROJECT

LOCK = (PROJECT / ".ci" / "requirements.txt").read_text("utf-8")
WORKFLOWS = sorted((PROJECT / ".github" / "workflows").glob("*.y*ml"))
VENDORED = sorted((PROJECT / "site_overrides").rglob("vendor/*.*"))
ACTION = re.compile(r"[\w.-]+/[\w./-]+@[0-9a-f]{40}")


def requirements() -> dict[str, str]:
    """Each requirement of the lock, in whole."""
    lines = re.sub(r"\\\n\s*", " ", LOCK).splitlines()
    entries = [line for line in lines if line and not line.startswith((" ", "#", "-"))]
    return {re.split(r"[=<> ;\[]", line)[0].lower(): line for line in entries}


def test_each_requirement_of_the_lock_has_one_version_and_its_hashes() -> None:
    found = requirements()
    assert len(found) > 30
    for name, line in found.items():
        assert re.match(r"[\w.-]+(\[[\w,-]+\])?==[\w.!+-]+[ ;]", line), f"{name} has no version: {line[:80]}"
        assert re.findall(r"--hash=sha256:[0-9a-f]{64}(?![0-9a-f])", line), f"{name} has no hash"


def test_no_requirement_comes_from_anywhere_but_the_package_index() -> None:
    assert not re.search(r"(?m)^\s*(-e|--editable|--find-links|--trusted-host|.*@ (https?|git|file):)", LOCK)
    assert not re.search(r"(?m)^--(extra-)?index-url (?!https://pypi\.org/simple/?$)", LOCK)


def test_each_dependency_of_the_project_is_in_the_lock() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))
    groups = [one for group in project["dependency-groups"].values() for one in group if isinstance(one, str)]
    wanted = {
        re.split(r"[=<>~!; \[]", one)[0].lower() for one in (*project["project"]["dependencies"], *groups)
    }
    assert wanted - set(requirements()) == set()


def test_the_lock_is_installed_with_its_hashes_checked() -> None:
    assert "--require-hashes" in (PROJECT / ".ci" / "bootstrap.py").read_text("utf-8")


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_each_action_is_pinned_to_a_commit_and_may_only_read(path: Path) -> None:
    workflow = yaml.safe_load(path.read_text("utf-8"))
    steps = [step for job in workflow["jobs"].values() for step in job.get("steps", [])]
    used = [step["uses"] for step in steps if "uses" in step]
    used += [job["uses"] for job in workflow["jobs"].values() if "uses" in job]
    assert used
    assert [one for one in used if not ACTION.fullmatch(one)] == []
    assert workflow["permissions"] == {"contents": "read"}
    assert all(
        step.get("with", {}).get("persist-credentials") is False
        for step in steps
        if "checkout" in step.get("uses", "")
    )


def test_there_are_workflows() -> None:
    assert WORKFLOWS


@pytest.mark.parametrize(
    "path",
    [one for one in VENDORED if one.suffix in (".js", ".mjs", ".wasm", ".css")],
    ids=lambda path: path.name,
)
def test_each_script_of_others_is_listed_with_origin_version_licence_and_sum(path: Path) -> None:
    rows = [
        line
        for line in (path.parent / "README.md").read_text("utf-8").splitlines()
        if f"`{path.name}`" in line
    ]
    assert len(rows) == 1, f"{path.name} has no row in {path.parent.name}/README.md"
    _, _, origin, version, licence, digest, _ = (cell.strip() for cell in rows[0].split("|"))
    assert re.search(r"https://|npm", origin)
    assert re.fullmatch(r"\d+(\.\d+)+", version)
    assert re.match(r"(MIT|ISC|Apache-2\.0|BSD-[23]-Clause|0BSD|MPL-2\.0)", licence)
    assert hashlib.sha256(path.read_bytes()).hexdigest() in digest
    assert list(path.parent.glob(f"{path.stem}*LICENSE*")), "its licence asks to be kept beside it"


def test_no_script_of_others_stands_anywhere_else() -> None:
    ours = [path for path in (PROJECT / "site_overrides").rglob("*.js") if "vendor" not in path.parts]
    assert ours
    minified = [path.name for path in ours if max(map(len, path.read_text("utf-8").splitlines())) > 500]
    assert minified == []
    banners = [
        path.name
        for path in ours
        if re.search(r"/\*!|@license|@preserve|\(c\) ", path.read_text("utf-8"), re.I)
    ]
    assert banners == []
