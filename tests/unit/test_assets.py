"""Assets: whole bundles, named by their bytes, and one script that may stand inside pages."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

import pytest
from projects import PROJECT, TODAY, lay_out, put

from generator import assets, pipeline
from generator.assets import Assets
from generator.problems import Problem

STYLES = {f"stylesheets/{part}.css" for parts in assets.STYLES.values() for part in parts}
SCRIPTS = {f"javascripts/{part}.js" for parts in assets.SCRIPTS.values() for part in parts}


def sources() -> dict[str, bytes]:
    folder = PROJECT / "site_overrides" / "assets"
    files = (path for path in folder.rglob("*.*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def made(changes: dict[str, bytes] | None = None) -> Assets:
    found = assets.assets({**sources(), **(changes or {})})
    assert isinstance(found, Assets)
    return found


def test_every_style_and_script_of_the_project_is_in_a_bundle() -> None:
    there = {path for path in sources() if path.endswith((".css", ".js"))}
    workers = {path for path in there if path.startswith("javascripts/worker")}  # generator/offline.py
    assert there - workers == STYLES | SCRIPTS | {"javascripts/boot.js"}


def test_a_bundle_is_named_by_its_own_bytes_and_nothing_else_changes_with_one() -> None:
    before, after = made(), made({"stylesheets/letter.css": b".u-letter { color: red; }"})
    for path, data in before.files.items():
        if not path.startswith("assets/images/"):
            assert hashlib.sha256(data).hexdigest()[:10] in path
    assert before.styles["letter"] != after.styles["letter"]
    changed = {path for path in before.files if after.files.get(path) != before.files[path]}
    assert changed == {before.styles["letter"]}
    assert before.boot == after.boot


def test_the_hash_of_the_boot_script_is_the_one_that_a_policy_asks_for() -> None:
    frame = made()
    digest = base64.b64encode(hashlib.sha256(frame.boot.encode()).digest()).decode()
    assert frame.boot_hash == f"sha256-{digest}"
    assert Assets().boot_hash == ""


def test_paper_rules_hold_on_paper_alone() -> None:
    frame = made({"stylesheets/print.css": b"@page { margin: 9mm; } .only-on-paper { color: red; }"})
    style = frame.files[frame.styles["base"]].decode()
    assert "@media print{@page{margin:9mm}.only-on-paper{color:red}}" in style


def test_a_page_gets_the_styles_of_its_kind_and_the_scripts_it_names() -> None:
    frame = made()
    assert frame.styles_of("step") == [frame.styles["base"]]
    assert frame.styles_of("letter") == [frame.styles["base"], frame.styles["letter"]]
    assert frame.scripts_of(("ticks",)) == [frame.scripts["ticks"]]
    assert frame.scripts_of(()) == []
    assert not set(frame.later) & {"ticks", "letter"}


def test_no_comment_and_no_needless_space_is_shipped() -> None:
    frame = made()
    for path in (*frame.styles.values(), *frame.scripts.values()):
        text = frame.files[path].decode()
        assert "/*" not in text.replace("/*!", ""), path
        assert not re.search(r"^\s*//", text, re.M), path
    assert "//" not in frame.boot.replace("://", "")


@pytest.mark.parametrize(
    ("path", "data", "words"),
    [
        ("javascripts/boot.js", b"say('</script>')", "stands inside every page"),
        ("javascripts/boot.js", b"x = '<!--'", "stands inside every page"),
        ("stylesheets/page.css", b"\xff\xfe", "not UTF-8"),
    ],
)
def test_a_source_that_cannot_be_used_is_a_problem(path: str, data: bytes, words: str) -> None:
    found = assets.assets({**sources(), path: data})
    assert isinstance(found, Problem)
    assert (found.path, found.rule) == (f"site_overrides/assets/{path}", "asset")
    assert words in found.what


def test_a_project_without_a_frame_is_whole_without_it(tmp_path: Path) -> None:
    build = pipeline.build(lay_out(tmp_path, {}), TODAY)
    assert not [path for path in build.files if path.endswith(".css")]
    assert '"styles": []' in build.pages["index.md"]
    assert '"policy": ""' in build.pages["index.md"]


def test_a_frame_that_lacks_a_part_gives_a_problem_and_no_page(tmp_path: Path) -> None:
    root = lay_out(tmp_path, {})
    put(root / "site_overrides/assets/stylesheets/tokens.css", b"a { color: red; }")
    build = pipeline.build(root, TODAY)
    assert (build.pages, build.files) == ({}, {})
    assert [(one.path, one.rule) for one in build.problems] == [
        ("site_overrides/assets/stylesheets/frame.css", "asset")
    ]


def test_the_frame_of_the_project_is_in_its_build() -> None:
    build = pipeline.build(PROJECT, TODAY)
    frame = pipeline.frame_assets(PROJECT)
    assert isinstance(frame, Assets)
    assert build.files.items() >= frame.files.items()
