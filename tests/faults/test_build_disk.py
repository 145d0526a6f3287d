"""Disk full, nothing writable, strange things where the site stands: the old site stays whole, told in one message."""

from __future__ import annotations

import random

import pytest
from builds import (
    SEED,
    Project,
    as_nobody_special,
    assert_one_message,
    finish,
    limited,
    manifest,
    told,
    with_rights,
)

pytestmark = pytest.mark.slow


def test_a_disk_that_is_full_from_any_moment_on_leaves_the_old_site_and_one_message(project: Project) -> None:
    project.heal("one")
    last = project.changes("two")
    chance = random.Random(f"{SEED} full")
    for number in (1, 2, *sorted(chance.randrange(1, last) for _ in range(8))):
        project.heal("one")
        project.set("two")
        done = project.run(**project.sabotaged(f"full@{number}"))
        state = project.assert_whole(f"full at change {number} of {last}")
        if done.returncode or state == "one":
            assert_one_message(done, "No space left on device")
            assert state == "one"
    project.heal("one")


@pytest.mark.parametrize("size", [0, 100, 2_000, 8_000, 20_000])
def test_a_disk_that_takes_no_more_bytes_leaves_the_old_site_and_one_message(
    healed: Project, size: int
) -> None:
    """Here the system itself refuses to write, in the middle of a file."""
    largest = max(path.stat().st_size for path in healed.site.rglob("*") if path.is_file())
    done = finish(healed.start(preexec_fn=limited(size)))
    assert_one_message(done, "File too large")
    assert healed.assert_whole(f"{size} bytes of {largest}") == "one"


@pytest.mark.parametrize("folder", [".", ".build", "site"])
def test_a_folder_that_may_not_be_written_leaves_the_old_site_and_one_message(
    healed: Project, folder: str
) -> None:
    with with_rights(healed.root / folder, 0o555):
        done = healed.run(prefix=as_nobody_special())
    state = healed.assert_whole(f"{folder} not writable")
    if done.returncode or state == "one":
        assert_one_message(done, "Permission denied")
        assert state == "one"


def test_a_site_that_is_a_link_is_refused_and_nothing_behind_it_is_touched(healed: Project) -> None:
    behind = healed.root.parent / "behind"
    healed.site.rename(behind)
    healed.site.symlink_to(behind)
    try:
        assert_one_message(healed.run(), "site is a link to another place")
        assert manifest(behind) == healed.states["one"]
        assert healed.site.readlink() == behind
    finally:
        healed.site.unlink()
        behind.rename(healed.site)


def test_a_file_where_the_site_belongs_is_refused_and_stays(healed: Project) -> None:
    away = healed.site.rename(healed.root.parent / "away")
    healed.site.write_text("not a folder")
    try:
        assert_one_message(healed.run(), "site is a file")
        assert healed.site.read_text() == "not a folder"
    finally:
        healed.site.unlink()
        away.rename(healed.site)


def test_a_repository_where_the_site_belongs_is_refused_and_stays(healed: Project) -> None:
    (healed.site / ".git").mkdir()
    (healed.site / ".git/config").write_text("[core]\n")
    try:
        assert_one_message(healed.run(), "site/ is a repository")
        assert (healed.site / ".git/config").read_text() == "[core]\n"
    finally:
        (healed.site / ".git/config").unlink()
        (healed.site / ".git").rmdir()


def test_files_in_site_that_no_build_made_go_with_the_old_site(healed: Project) -> None:
    """site/ is an output: what should be published stands in content/ or site_overrides/, or it would differ
    from one machine to the next. Only a repository is too dear to lose by mistake."""
    (healed.site / "foreign.html").write_text("<script>globalThis.pwned = 1</script>")
    (healed.site / "steps" / "foreign").mkdir()
    (healed.site / "steps" / "foreign" / "link").symlink_to(healed.root / "mkdocs.yml")
    done = healed.run()
    assert done.returncode == 0, told(done)
    assert healed.assert_whole("foreign files") == "two"
    assert (healed.root / "mkdocs.yml").is_file()


def test_a_link_in_the_build_folder_is_not_followed_out_of_it(healed: Project) -> None:
    outside = healed.root.parent / "outside"
    outside.mkdir()
    (outside / "precious.txt").write_text("mine")
    for name in ("docs", "docs/steps/look-first", "site-1"):
        link = healed.build_folder / name
        moved = link.rename(outside.parent / "moved") if link.exists() else None
        link.symlink_to(outside)
        done = healed.run()
        assert "Traceback" not in told(done), told(done)
        healed.assert_whole(f".build/{name} is a link")
        assert manifest(outside) == {"precious.txt": manifest(outside)["precious.txt"]}, name
        if link.is_symlink():
            link.unlink()
        if moved and not link.exists():
            moved.rename(link)
