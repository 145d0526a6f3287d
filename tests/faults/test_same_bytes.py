"""The same commit gives the same bytes: elsewhere, later, with another clock, language, order and machine."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from builds import manifest, told
from built_site import ENVIRONMENT, PARTS, PROJECT

pytestmark = pytest.mark.slow

MACHINE = """import os, time
os.cpu_count = lambda: {processors}
os.process_cpu_count = os.cpu_count
"""


def copied(to: Path, *, backwards: bool) -> Path:
    """The project, its files made one after the other in one order or the other."""
    files = [
        path
        for part in PARTS
        for path in ([PROJECT / part] if (PROJECT / part).is_file() else sorted((PROJECT / part).rglob("*")))
        if path.is_file() and "__pycache__" not in path.parts
    ]
    for number, path in enumerate(reversed(files) if backwards else files):
        target = to / path.relative_to(PROJECT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
        os.utime(target, (1_000_000_000 + number, 1_000_000_000 + number if backwards else 1_700_000_000))
    return to


def build(root: Path, machine: Path, umask: int, **environment: str) -> dict[str, Mapping[str, str]]:
    """Build there; all that is published, and what is written for hosts."""
    done = subprocess.run(
        [sys.executable, "-m", "generator", "build"],
        cwd=root,
        env={**ENVIRONMENT, "PYTHONPATH": str(machine), "PYTHONDONTWRITEBYTECODE": "1", **environment},
        capture_output=True,
        text=True,
        check=False,
        umask=umask,
    )
    assert done.returncode == 0, told(done)
    return {"site": manifest(root / "site"), "hosting": manifest(root / ".build/hosting")}


def machine(folder: Path, processors: int) -> Path:
    folder.mkdir(parents=True)
    (folder / "sitecustomize.py").write_text(MACHINE.format(processors=processors))
    return folder


def test_two_builds_of_the_same_sources_give_the_same_bytes(tmp_path: Path) -> None:
    """Folder and its length, order and times of files, time zone, language, hash seed, rights, processors."""
    one = build(
        copied(tmp_path / "one", backwards=False),
        machine(tmp_path / "machine-one", 1),
        0o022,
        TZ="Pacific/Kiritimati",
        LC_ALL="C",
        PYTHONHASHSEED="1",
    )
    other = build(
        copied(tmp_path / "another folder/with a longer name, and ünïcode", backwards=True),
        machine(tmp_path / "machine-other", 8),
        0o077,
        TZ="America/Los_Angeles",
        LC_ALL="C.UTF-8",
        LANG="tr_TR.UTF-8",
        PYTHONHASHSEED="4711",
    )
    assert len(one["site"]) > 50
    for part in one:
        differ = [
            name for name in {**one[part], **other[part]} if one[part].get(name) != other[part].get(name)
        ]
        assert differ == [], f"{part}: {sorted(differ)[:10]}"


def test_a_build_over_an_old_site_gives_the_bytes_of_a_fresh_one(tmp_path: Path) -> None:
    root, here = copied(tmp_path / "one", backwards=False), machine(tmp_path / "machine", 2)
    fresh = build(root, here, 0o022)
    step = next((root / "content/steps").glob("*.yml"))
    text = step.read_text("utf-8")
    step.write_text(text.replace("title: ", "title: Now ", 1), "utf-8")
    assert build(root, here, 0o022) != fresh
    step.write_text(text, "utf-8")
    assert build(root, here, 0o022) == fresh
    shutil.rmtree(root / ".build")
    shutil.rmtree(root / "site")
    assert build(root, here, 0o022) == fresh
