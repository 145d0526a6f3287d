"""The browser's scripts by TypeScript: their JSDoc types hold, in its strict mode."""

from __future__ import annotations

import subprocess
from pathlib import Path

from checkers import node, package

SETTINGS = Path(__file__).with_name("tsconfig.json")


def test_the_types_of_all_browser_scripts_hold() -> None:
    tsc = package("typescript/bin/tsc")
    done = subprocess.run(
        [node(), tsc, "--project", SETTINGS, "--listFiles"], capture_output=True, text=True, check=False
    )
    checked = [line for line in done.stdout.splitlines() if "/site_overrides/assets/javascripts/" in line]
    assert done.returncode == 0, done.stdout + done.stderr
    scripts = (SETTINGS.parents[2] / "site_overrides" / "assets" / "javascripts").glob("*.js")
    assert len(checked) >= len(list(scripts))
