"""The reader: bytes that are no text, links, huge and unreadable files."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from projects import lay_out, put

from generator.source import MAX_BYTES, read


def rules(root: Path) -> dict[str, str]:
    return {problem.path: problem.rule for problem in read(root).problems}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return lay_out(tmp_path, {}, base=False)


def test_the_base_project_is_read_whole(tmp_path: Path) -> None:
    reading = read(lay_out(tmp_path, {}))
    assert reading.problems == []
    assert {(one.kind, one.id) for one in reading.documents} == reading.ids
    assert len(reading.documents) == 13


def test_a_file_as_big_as_allowed_is_read_and_one_byte_more_is_not(root: Path) -> None:
    line = b"# a comment that fills the file\n"
    text = b"title: x\n" + line * (MAX_BYTES // len(line) - 1)
    put(root / "content/tips/fits.yml", text + b"#" * (MAX_BYTES - len(text)))
    put(root / "content/tips/bursts.yml", text + b"#" * (MAX_BYTES - len(text) + 1))
    assert rules(root) == {"content/tips/bursts.yml": "too-big"}
    assert [one.id for one in read(root).documents] == ["fits"]


def test_ten_megabytes_are_refused_without_being_read(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(root / "content/tips/huge.yml", b"a" * 10_000_000)
    monkeypatch.setattr(Path, "read_bytes", lambda path: pytest.fail(f"{path} was read"))
    assert rules(root) == {"content/tips/huge.yml": "too-big"}


def test_a_file_that_cannot_be_read_says_why(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(root / "content/tips/locked.yml", b"title: x\n")

    def refuse(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    problem = read(root).problems[0]
    assert problem.rule == "unreadable"
    assert "Permission denied" in problem.what


def test_links_are_not_followed_anywhere(root: Path) -> None:
    put(root / "outside/secret.yml", b"title: secret\n")
    (root / "content/tips").mkdir()
    (root / "content/tips/link.yml").symlink_to(root / "outside/secret.yml")
    (root / "content/tips/loop.yml").symlink_to("loop.yml")
    (root / "content/tips/nowhere.yml").symlink_to("gone.yml")
    (root / "content/steps").symlink_to(root / "outside")
    (root / "content/letters").symlink_to("letters")
    assert set(rules(root).values()) == {"no-symlink"}
    assert len(rules(root)) == 5
    assert read(root).documents == []


def test_a_pipe_is_refused_and_not_waited_for(root: Path) -> None:
    (root / "content/tips").mkdir()
    os.mkfifo(root / "content/tips/pipe.yml")
    assert rules(root) == {"content/tips/pipe.yml": "file-name"}


@pytest.mark.parametrize("name", [b"caf\xe9.yml", b"two\nlines.yml", b"bell\x07.yml", b"line\n.yml"])
def test_a_file_name_that_cannot_be_printed_is_told_with_question_marks(root: Path, name: bytes) -> None:
    folder = root / "content/tips"
    folder.mkdir()
    try:
        (folder / os.fsdecode(name)).write_bytes(b"title: x\n")
    except OSError:
        assert list(folder.iterdir()) == []  # this disk keeps no such name, so nobody can bring one
        return
    (problem,) = read(root).problems
    assert problem.rule == "file-name"
    assert "?" in problem.path
    assert str(problem).encode("utf-8").decode().isprintable()


@pytest.mark.parametrize(
    ("data", "line", "column"),
    [
        (b"\xff", 1, 1),
        (b"title: caf\xc3\xa9 \xff\n", 1, 13),
        (b"title: x\r\nwhen: \xe9\r\n", 2, 7),
        (b"\xef\xbb\xbftitle: \xe9\n", 1, 8),
        (b"\xef\xbb\xbf# caf\xc3\xa9\ntitle: \xe9\n", 2, 8),
        (b"title: \xf0\x9f\x93\xa6\xf0\x9f\n", 1, 9),
        (b"title: \xed\xa0\x80\n", 1, 8),
    ],
)
def test_the_first_byte_that_is_not_utf_8_is_told_by_its_character(
    root: Path, data: bytes, line: int, column: int
) -> None:
    put(root / "content/tips/odd.yml", data)
    (problem,) = read(root).problems
    assert (problem.rule, problem.position.line, problem.position.column) == ("not-utf-8", line, column)


@pytest.mark.parametrize("code", [0x00, 0x1B, 0x7F, 0x85, 0x200B, 0x200F, 0x2028, 0x202E, 0x2066, 0xFFFE])
def test_each_hidden_character_is_told_by_its_number(root: Path, code: int) -> None:
    put(root / "content/tips/odd.yml", f"title: a{chr(code)}b\n".encode())
    (problem,) = read(root).problems
    assert problem.rule == "hidden-character"
    assert f"U+{code:04X}" in problem.what
    assert (problem.position.line, problem.position.column) == (1, 9)


def test_a_lone_carriage_return_is_hidden_and_windows_line_ends_are_not(root: Path) -> None:
    put(root / "content/tips/old.yml", b"title: x\rwhen: y\r")
    put(root / "content/tips/windows.yml", b"title: x\r\nwhen: y\r\n")
    assert rules(root) == {"content/tips/old.yml": "hidden-character"}


def test_a_page_keeps_its_positions_behind_front_matter(root: Path) -> None:
    put(root / "content/pages/about.md", b"---\ntitle: About\nsummary: Here\n---\nFirst\n\nand there\n")
    (document,) = read(root).documents
    assert document.find(("summary",), "Here").line == 3
    assert document.find(("summary",), "Here").column == 10
    assert document.find(("body",), "there").line == 7
    assert document.data["body"] == "First\n\nand there\n"


def test_no_content_folder_is_an_empty_reading(tmp_path: Path) -> None:
    assert read(tmp_path).documents == []
