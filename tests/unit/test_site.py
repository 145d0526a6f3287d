"""Publishing: a new site takes the old one's place in one go, or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator import site


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "site").mkdir()
    (tmp_path / "site/index.html").write_text("old")
    return tmp_path


def makes(pages: int, *, failure: str = "") -> object:
    def run_engine(root: Path, target: Path) -> None:
        for number in range(pages):
            (target / str(number)).mkdir(parents=True)
            (target / str(number) / "index.html").write_text("new")
        if failure:
            raise site.EngineError(failure)

    return run_engine


def left(root: Path) -> list[str]:
    build = root / site.BUILD
    return sorted(path.name for path in build.iterdir()) if build.is_dir() else []


def test_a_whole_site_takes_the_place_of_the_old_one(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(site, "run_engine", makes(2))
    assert site.publish(root, 2) == root / "site"
    assert sorted(path.name for path in (root / "site").iterdir()) == ["0", "1"]
    assert left(root) == []


def test_the_first_site_needs_no_old_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(site, "run_engine", makes(1))
    site.publish(tmp_path, 1)
    assert (tmp_path / "site/0/index.html").read_text() == "new"


def test_when_the_engine_fails_the_old_site_stays(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(site, "run_engine", makes(2, failure="strict: a link is broken"))
    with pytest.raises(site.EngineError, match="a link is broken"):
        site.publish(root, 2)
    assert (root / "site/index.html").read_text() == "old"
    assert left(root) == []


def test_when_a_page_is_skipped_in_silence_the_old_site_stays(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(site, "run_engine", makes(2))
    with pytest.raises(site.EngineError, match="3 pages went into the engine and 2 came out"):
        site.publish(root, 3)
    assert (root / "site/index.html").read_text() == "old"
    assert left(root) == []


def test_an_interrupt_leaves_the_old_site_and_no_half_of_a_new_one(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(root: Path, target: Path) -> None:
        (target / "half").mkdir(parents=True)
        raise KeyboardInterrupt

    monkeypatch.setattr(site, "run_engine", interrupted)
    with pytest.raises(KeyboardInterrupt):
        site.publish(root, 1)
    assert (root / "site/index.html").read_text() == "old"
    assert left(root) == []


def test_when_the_exchange_fails_the_old_site_comes_back(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(site, "run_engine", makes(1))
    rename = Path.rename

    def refuse(path: Path, target: Path) -> Path:
        if target == root / "site" and not path.name.endswith("-old"):
            raise OSError(28, "No space left on device")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(OSError, match="No space left"):
        site.publish(root, 1)
    assert (root / "site/index.html").read_text() == "old"


def test_the_engine_is_told_whether_the_pages_are_ready() -> None:
    assert site.READY in site.environment()
    assert site.READY not in site.environment(ready=False)
