"""A folder of our own holds exactly the pages, and nothing is written that did not change."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from generator.tree import Folder, write

PAGES = {"index.md": "home", "steps/ask/index.md": "ask é", "steps/index.md": "all"}


def fill(folder: Path, pages: dict[str, str]) -> None:
    """The folder holds exactly these pages."""
    ours = Folder(folder)
    ours.update(pages)
    ours.keep_only(pages)


def held(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8")
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_a_new_folder_gets_every_page(tmp_path: Path) -> None:
    fill(tmp_path / "a/b", PAGES)
    assert held(tmp_path / "a/b") == PAGES


def test_only_what_changed_is_written(tmp_path: Path) -> None:
    fill(tmp_path, PAGES)
    for path in tmp_path.rglob("*.md"):
        os.utime(path, (1, 1))
    fill(tmp_path, {**PAGES, "index.md": "new"})
    assert {path.name for path in tmp_path.rglob("*.md") if path.stat().st_mtime != 1} == {"index.md"}
    assert (tmp_path / "steps/index.md").stat().st_mtime == 1
    assert held(tmp_path)["index.md"] == "new"


def test_strays_and_empty_folders_go(tmp_path: Path) -> None:
    fill(tmp_path, {**PAGES, "tips/old/index.md": "old", ".hidden/x": "y"})
    (tmp_path / "empty/deeper").mkdir(parents=True)
    fill(tmp_path, {"index.md": "home"})
    assert [path.name for path in tmp_path.iterdir()] == ["index.md"]


def test_a_link_among_the_pages_is_removed_and_what_it_leads_to_stays(tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside/keep.txt").write_text("mine")
    docs = tmp_path / "docs"
    fill(docs, PAGES)
    (docs / "link.md").symlink_to(tmp_path / "outside/keep.txt")
    fill(docs, PAGES)
    assert held(docs) == PAGES
    assert (tmp_path / "outside/keep.txt").read_text() == "mine"


@pytest.mark.parametrize("target", ["folder", "file"])
def test_nothing_is_written_or_deleted_through_a_linked_folder(tmp_path: Path, target: str) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "keep.txt").write_text("mine")
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "steps").symlink_to(outside if target == "folder" else outside / "keep.txt")
    fill(docs, PAGES)
    assert held(docs) == PAGES
    assert [path.name for path in outside.iterdir()] == ["keep.txt"]
    assert (outside / "keep.txt").read_text() == "mine"


def test_a_link_in_place_of_the_folder_itself_is_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "keep.txt").write_text("mine")
    (tmp_path / "docs").symlink_to(outside)
    fill(tmp_path / "docs", PAGES)
    assert held(tmp_path / "docs") == PAGES
    assert [path.name for path in outside.iterdir()] == ["keep.txt"]


def test_a_folder_where_a_page_belongs_makes_room(tmp_path: Path) -> None:
    (tmp_path / "index.md").mkdir()
    (tmp_path / "index.md/odd.txt").write_text("x")
    (tmp_path / "steps").write_text("a file where a folder belongs")
    fill(tmp_path, PAGES)
    assert held(tmp_path) == PAGES


@pytest.mark.parametrize("path", ["../out.md", "/tmp/out.md", "steps/../../out.md"])
def test_a_path_that_leaves_the_folder_is_refused(tmp_path: Path, path: str) -> None:
    with pytest.raises(ValueError, match="leaves"):
        fill(tmp_path / "docs", {path: "x"})
    assert not (tmp_path / "out.md").exists()


def test_a_file_is_replaced_whole_and_leaves_no_neighbour(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    assert write(path, "one")
    before = path.stat().st_ino
    assert not write(path, "one")
    assert path.stat().st_ino == before
    assert write(path, "two")
    assert [one.name for one in tmp_path.iterdir()] == ["a.md"]


def test_texts_are_read_back_and_what_is_not_there_is_missing(tmp_path: Path) -> None:
    fill(tmp_path, PAGES)
    ours = Folder(tmp_path)
    assert dict(ours) == PAGES
    assert ours.get("tips/index.md") is None
    (tmp_path / "index.md").write_bytes(b"\xff")
    assert ours.get("index.md") is None
