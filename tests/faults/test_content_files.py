"""Strange files in content/: refused by name, in time, and nothing outside is read or published."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from builds import Project, as_nobody_special, finish, manifest, told

from generator.model import CONTENT_TYPES

pytestmark = pytest.mark.slow

SOON = 30  # seconds for the whole command, on a slow machine
SECRET = "pwned: a file from outside"
KINDS = list(CONTENT_TYPES.values())

Plant = Callable[[Path, Path, str], Path]
"""Puts something strange into a folder of content; gets a folder outside and the suffix that belongs there."""


def _link_to_file(folder: Path, outside: Path, suffix: str) -> Path:
    return _link(folder / f"linked{suffix}", outside / "secret.txt")


def _link(path: Path, target: Path | str) -> Path:
    path.symlink_to(target)
    return path


def _link_to_folder(folder: Path, outside: Path, suffix: str) -> Path:
    return _link(folder / "linked", outside)


def _link_to_itself(folder: Path, outside: Path, suffix: str) -> Path:
    return _link(folder / f"loop{suffix}", f"loop{suffix}")


def _link_up(folder: Path, outside: Path, suffix: str) -> Path:
    return _link(folder / "up", "..")


def _link_to_nowhere(folder: Path, outside: Path, suffix: str) -> Path:
    return _link(folder / f"nowhere{suffix}", "gone")


def _device(folder: Path, outside: Path, suffix: str) -> Path:
    return _link(folder / f"endless{suffix}", "/dev/zero")


def _pipe(folder: Path, outside: Path, suffix: str) -> Path:
    os.mkfifo(folder / f"pipe{suffix}")
    return folder / f"pipe{suffix}"


def _folder_called_as_a_file(folder: Path, outside: Path, suffix: str) -> Path:
    (folder / f"folder{suffix}").mkdir()
    (folder / f"folder{suffix}" / f"inside{suffix}").write_text("title: x\n")
    return folder / f"folder{suffix}"


def _hard_suffix(folder: Path, outside: Path, suffix: str) -> Path:
    return _text(folder / f"page{suffix}.html", "<script>globalThis.pwned=1</script>")


def _text(path: Path, said: str) -> Path:
    path.write_text(said)
    return path


def _page_of_ten_megabytes(folder: Path, outside: Path, suffix: str) -> Path:
    return _text(folder / f"huge{suffix}", "word " * 2_000_000)


def _sparse(folder: Path, outside: Path, suffix: str) -> Path:
    with (folder / f"sparse{suffix}").open("wb") as file:
        file.truncate(10**11)
    return folder / f"sparse{suffix}"


def _bytes(folder: Path, outside: Path, suffix: str) -> Path:
    (folder / f"binary{suffix}").write_bytes(bytes(range(256)) * 400)
    return folder / f"binary{suffix}"


def _empty(folder: Path, outside: Path, suffix: str) -> Path:
    return _text(folder / f"nothing{suffix}", "")


FILES: dict[str, Plant] = {
    "link to a file outside": _link_to_file,
    "link to a folder outside": _link_to_folder,
    "link to itself": _link_to_itself,
    "link to the folder above": _link_up,
    "link to nowhere": _link_to_nowhere,
    "link to a device without end": _device,
    "pipe": _pipe,
    "folder called as a file": _folder_called_as_a_file,
    "page as HTML": _hard_suffix,
    "page of 10 MB": _page_of_ten_megabytes,
    "file of 100 GB with nothing in it": _sparse,
    "bytes that are no text": _bytes,
    "empty file": _empty,
}
NAMES = (
    "Look-First", "LOOK-FIRST", "look first", "look_first", "look-first.", "-", "--", "a--b", "a-", "é", "ａ", "1",
    "con ", "<script>globalThis.pwned=1<", "a&b", "a'b", 'a"b', "a;b", "$(pwned)",
    "`pwned`", "a%2fb", "..a", "a..b", "a\\b",
    "a:b", "a?b", "a#b", "a\tb", "a\u202eb", "a\u200bb", "пwned", "a" * 200, "constructor", "undelivered",
)  # fmt: skip


def assert_refused(project: Project, path: Path, wanted: str = "") -> None:
    """The command names the file in one line a problem, in time, and publishes nothing."""
    began = time.monotonic()
    done = project.run()
    assert time.monotonic() - began < SOON
    assert done.returncode == 1, told(done)
    assert "Traceback" not in told(done)
    named = [line for line in done.stdout.splitlines() if wanted in line and line.startswith("content/")]
    assert named, f"{path.name!r} is not named: {told(done)[:1000]}"
    assert SECRET not in told(done)
    assert project.assert_whole(str(path.name)) == "one"


@pytest.mark.parametrize("fault", FILES)
def test_a_strange_file_in_any_folder_is_refused_by_name(project: Project, fault: str) -> None:
    project.heal("one")
    outside = project.root.parent / "outside-content"
    outside.mkdir(exist_ok=True)
    (outside / "secret.txt").write_text(SECRET)
    (outside / "secret.yml").write_text(f"title: {SECRET}\n")
    planted = []
    for kind in KINDS:
        folder = project.root / "content" / kind.folder
        folder.mkdir(exist_ok=True)
        planted.append(FILES[fault](folder, outside, kind.suffix))
    try:
        for path in planted:
            assert_refused(project, path, path.relative_to(project.root).as_posix())
            break  # one build names them all:
        said = told(project.run())
        assert [path.name for path in planted if path.relative_to(project.root).as_posix() not in said] == []
    finally:
        for path in planted:
            remove(path)
    assert manifest(outside).keys() == {"secret.txt", "secret.yml"}


def remove(path: Path) -> None:
    """Take away whatever stands there."""
    if path.is_dir() and not path.is_symlink():
        for inner in path.iterdir():
            inner.unlink()
        path.rmdir()
    else:
        path.unlink()


@pytest.mark.parametrize("fault", ["link to a folder outside", "link to itself", "page as HTML"])
def test_a_strange_thing_where_a_folder_belongs_is_refused_by_name(project: Project, fault: str) -> None:
    project.heal("one")
    outside = project.root.parent / "outside-root"
    outside.mkdir(exist_ok=True)
    (outside / "secret.yml").write_text(f"title: {SECRET}\n")
    for name in ("tips", "unknown"):
        place = project.root / "content" / name
        kept = place.rename(outside.parent / "kept") if place.exists() else None
        try:
            if fault == "page as HTML":
                place.write_text("a file, not a folder")
            else:
                place.symlink_to(outside if "outside" in fault else name)
            assert_refused(project, place, f"content/{name}:")
        finally:
            place.unlink()
            if kept:
                kept.rename(place)


def test_an_odd_file_name_is_refused_and_told_in_characters_that_can_be_printed(project: Project) -> None:
    project.heal("one")
    folder = project.root / "content/tips"
    text = (folder / "read-first.yml").read_text("utf-8")
    planted = []
    for name in NAMES:
        try:
            planted.append(_text(folder / f"{name}.yml", text))
        except OSError:
            continue  # this disk keeps no such name, so nobody can bring one
    try:
        done = project.run()
        assert done.returncode == 1
        assert "Traceback" not in told(done)
        lines = [line for line in done.stdout.splitlines() if line.startswith("content/tips/")]
        assert (
            len({line.split(": ")[0] for line in lines}) >= len(planted) - 3
        )  # some are told by the same question marks
        assert all(line.isprintable() for line in done.stdout.splitlines())
        assert project.assert_whole("odd names") == "one"
    finally:
        for path in planted:
            path.unlink()


def test_an_unreadable_file_is_told_and_the_old_site_stays(project: Project) -> None:
    project.heal("one")
    path = project.root / "content/tips/read-first.yml"
    path.chmod(0)
    try:
        done = project.run(prefix=as_nobody_special())
        assert done.returncode == 1, told(done)
        assert "content/tips/read-first.yml:1:1: this file cannot be read: Permission denied" in done.stdout
        assert project.assert_whole("unreadable file") == "one"
    finally:
        path.chmod(0o644)


def test_an_unreadable_folder_is_told_and_the_old_site_stays(project: Project) -> None:
    project.heal("one")
    path = project.root / "content/tips"
    path.chmod(0)
    try:
        done = project.run(prefix=as_nobody_special())
        assert done.returncode == 1, told(done)
        assert "Traceback" not in told(done)
        assert "content/tips" in told(done)
        assert project.assert_whole("unreadable folder") == "one"
    finally:
        path.chmod(0o755)


def test_thousands_of_files_are_answered_in_time(project: Project) -> None:
    project.heal("one")
    folder = project.root / "content/tips"
    text = (folder / "read-first.yml").read_text("utf-8")
    planted = [_text(folder / f"many-{number}.yml", text) for number in range(2_000)]
    try:
        began = time.monotonic()
        done = finish(project.start("check"))
        assert time.monotonic() - began < 2 * SOON
        assert "Traceback" not in told(done)
        assert done.returncode == 1, "the same title two thousand times"
        assert project.assert_whole("many files") == "one"
    finally:
        for path in planted:
            path.unlink()


def test_a_link_in_the_frame_or_beside_content_publishes_nothing_from_outside(project: Project) -> None:
    project.heal("one")
    outside = project.root.parent / "outside-frame"
    outside.mkdir(exist_ok=True)
    (outside / "secret.txt").write_text(SECRET)
    places = (
        "content/_ids.txt.link",
        "site_overrides/assets/images/linked.svg",
        "site_overrides/assets/linked",
    )
    links = [
        _link(project.root / place, outside / "secret.txt" if "." in place.rpartition("/")[2] else outside)
        for place in places
    ]
    try:
        done = project.run()
        assert "Traceback" not in told(done)
        found = [
            path
            for path in project.site.rglob("*")
            if path.is_file() and SECRET.encode() in path.read_bytes()
        ]
        assert found == []
    finally:
        for link in links:
            link.unlink()
    project.heal("one")
