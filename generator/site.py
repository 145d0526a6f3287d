"""The site engine, run from outside: docs tree in, finished folder out.

In: the project's folder with a synced docs tree. Out: `site/`, exchanged once the new one is whole; a failed
or interrupted build leaves the old one. It knows the engine's command and no page.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from generator.exchange import exchange, refuse_strange

BUILD = ".build"
DOCS = ".build/docs"
SITE = "site"

_QUIET = {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}
READY = "UNDELIVERED_DOCS_READY"
"""Set for the engine when the docs tree is already in step with the content."""


class EngineError(Exception):
    """The engine failed; the text is what it said."""


def publish(root: Path, pages: int) -> Path:
    """Build the docs tree into a new folder and exchange it for `site/`; returns that folder."""
    new, site = root / BUILD / f"site-{os.getpid()}", root / SITE
    _recover(root)
    refuse_strange(site)
    try:
        run_engine(root, new)
        _refuse_missing_pages(new, pages)
        exchange(new, site)
    finally:
        shutil.rmtree(new, ignore_errors=True)  # after the exchange, the site that was there before
    return site


def run_engine(root: Path, target: Path) -> None:
    """Run MkDocs on the docs tree, strictly; raises EngineError with its words."""
    command = [
        sys.executable,
        "-m",
        "mkdocs",
        "build",
        "--strict",
        "--quiet",
        "--site-dir",
        str(target),
    ]
    done = subprocess.run(command, cwd=root, env=environment(), capture_output=True, text=True, check=False)
    if done.returncode:
        raise EngineError(_without_trace((done.stderr or done.stdout).strip()))


def _without_trace(said: str) -> str:
    """What the engine said; of a trace only the last place in our own templates, and the reason."""
    words, trace, lines = said.partition("Traceback (most recent call last):")
    if not trace:
        return said
    ours = [line.strip() for line in lines.splitlines() if "site_overrides" in line]
    return "\n".join(part for part in (words.strip(), *ours[-1:], lines.splitlines()[-1]) if part)


def environment(*, ready: bool = True) -> dict[str, str]:
    """The engine's environment; `ready` tells the plugin that the docs tree is in step."""
    return {**os.environ, **_QUIET, **({READY: "1"} if ready else {})}


def _refuse_missing_pages(new: Path, pages: int) -> None:
    built = sum(1 for _ in new.rglob("index.html"))
    if built < pages:
        raise EngineError(f"{pages} pages went into the engine and {built} came out")


def _recover(root: Path) -> None:
    """Put back the site that an interrupted exchange moved aside; clear what dead builds left."""
    for left in sorted((root / BUILD).glob("site-*")):
        if left.name.endswith("-old") and not (root / SITE).exists():
            left.rename(root / SITE)
        elif not _runs(left.name.split("-")[1]):
            shutil.rmtree(left, ignore_errors=True)


def _runs(process: str) -> bool:
    """Whether a process with this number is still there."""
    try:
        os.kill(int(process), 0)
    except (ValueError, ProcessLookupError):
        return False
    except PermissionError:  # somebody else's
        return True
    return True
