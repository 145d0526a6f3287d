"""Exchange: two folders change places in one call, or in moves that can be taken back."""

from __future__ import annotations

import errno
import os
import threading
from pathlib import Path

import pytest

from generator.site import exchange as module
from generator.site.exchange import exchange


@pytest.fixture
def new(tmp_path: Path) -> Path:
    for name in ("site", "new"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "index.html").write_text(name)
    return tmp_path / "new"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return tmp_path / "site"


def says(folder: Path) -> str:
    return (folder / "index.html").read_text()


def cannot(one: Path, other: Path) -> None:
    raise OSError(errno.EINVAL, "no exchange on this disk")


@pytest.mark.parametrize("swaps", [True, False])
def test_the_new_folder_takes_the_place_and_the_old_one_goes(
    new: Path, site: Path, swaps: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not swaps:
        monkeypatch.setattr(module, "_swap", cannot)
    exchange(new, site)
    assert says(site) == "new"
    assert sorted(path.name for path in site.parent.iterdir()) == ["site"]


@pytest.mark.parametrize("swaps", [True, False])
def test_the_old_folder_is_kept_where_it_is_asked_for(
    new: Path, site: Path, swaps: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not swaps:
        monkeypatch.setattr(module, "_swap", cannot)
    aside = site.with_name("before")
    aside.mkdir()
    (aside / "older").write_text("x")
    exchange(new, site, aside)
    assert (says(site), says(aside)) == ("new", "site")
    assert sorted(path.name for path in aside.iterdir()) == ["index.html"]


def test_the_first_site_needs_no_old_one(new: Path, tmp_path: Path) -> None:
    exchange(new, tmp_path / "first")
    assert says(tmp_path / "first") == "new"


def test_this_machine_exchanges_in_one_call(new: Path, site: Path) -> None:
    """Else each kill test would pass or fail by luck: they rest on it."""
    module._swap(new, site)
    assert (says(site), says(new)) == ("new", "site")


def test_there_is_a_site_at_every_moment(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    missing, over = list[str](), threading.Event()

    def look() -> None:
        while not over.is_set():
            try:
                os.stat(tmp_path / "site")  # noqa: PTH116 (as fast as can be)
            except FileNotFoundError as error:
                missing.append(str(error))

    looking = threading.Thread(target=look)
    looking.start()
    for _ in range(500):
        (tmp_path / "new").mkdir()
        exchange(tmp_path / "new", tmp_path / "site")
    over.set()
    looking.join()
    assert missing == []


def test_what_fails_for_another_reason_leaves_the_old_site(
    new: Path, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(one: Path, other: Path) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(module, "_swap", full)
    with pytest.raises(OSError, match="No space left"):
        exchange(new, site)
    assert says(site) == "site"


def test_when_the_moves_fail_halfway_the_old_site_comes_back(
    new: Path, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rename = Path.rename

    def refuse(path: Path, target: Path) -> Path:
        if target == site and path == new:
            raise OSError(errno.EACCES, "Permission denied")
        return rename(path, target)

    monkeypatch.setattr(module, "_swap", cannot)
    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(OSError, match="Permission denied"):
        exchange(new, site)
    assert says(site) == "site"


@pytest.mark.parametrize("how", ["link", "link to nowhere", "file"])
def test_what_is_no_folder_is_refused_and_stays(new: Path, tmp_path: Path, how: str) -> None:
    place = tmp_path / "place"
    if how == "file":
        place.write_text("mine")
    else:
        place.symlink_to(tmp_path / ("site" if how == "link" else "nowhere"))
    with pytest.raises(FileExistsError, match="place is a"):
        exchange(new, place)
    assert place.is_symlink() or place.read_text() == "mine"
    assert says(tmp_path / "site") == "site"
    assert says(new) == "new"
