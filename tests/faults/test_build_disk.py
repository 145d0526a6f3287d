"""Disk full, nothing writable, strange things where the site stands: the old site stays whole, told in one message."""

from __future__ import annotations

import random
import shutil

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


def test_files_in_site_that_no_build_made_stay_as_they_are(healed: Project) -> None:
    """A host's own file, or a repository that site/ is kept in, is no page: it is neither deleted nor followed."""
    foreign = {
        "CNAME": "undelivered.example",
        ".git/config": "[core]",
        "steps/foreign/index.html": "<p>Not ours</p>",
    }
    for name, text in foreign.items():
        (healed.site / name).parent.mkdir(parents=True, exist_ok=True)
        (healed.site / name).write_text(text)
    (healed.site / "link").symlink_to(healed.root / "mkdocs.yml")
    done = healed.run()
    assert done.returncode == 0, told(done)
    assert {name: (healed.site / name).read_text() for name in foreign} == foreign
    assert (healed.site / "link").is_symlink()
    for name in (*foreign, "link"):
        (healed.site / name).unlink()
    for name in (".git", "steps/foreign"):
        (healed.site / name).rmdir()
    assert healed.assert_whole("foreign files taken out") == "two"


def test_a_page_of_a_build_that_was_killed_right_after_the_exchange_does_not_stay_for_ever(
    healed: Project,
) -> None:
    """Its index may not be written yet, and what no index names would be taken for a file of the host."""
    extra = healed.root / "content/pages/passing.md"
    extra.write_text("---\ntitle: Passing\nsummary: Gone soon.\nchecked: 2026-11-01\n---\nWords.\n", "utf-8")
    try:
        done = healed.run(**healed.sabotaged("count"))
        assert done.returncode == 0, told(done)
        last = healed.changed_so_far()
        page = healed.site / "passing/index.html"
        for number in range(last, max(last - 12, 1), -1):
            healed.heal_without(extra)
            extra.write_text(
                "---\ntitle: Passing\nsummary: Gone soon.\nchecked: 2026-11-01\n---\nWords.\n", "utf-8"
            )
            healed.run(**healed.sabotaged(f"kill@{number}"))
            came = page.exists()
            healed.heal_without(extra)
            assert not page.exists(), f"killed at change {number} of {last}: {came}"
    finally:
        extra.unlink(missing_ok=True)


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
        elif moved:  # the build made its folder anew
            shutil.rmtree(moved)
