"""Where the tests find a real Chromium.

In: the variable UNDELIVERED_CHROMIUM and the PATH. Out: a path, or one sentence that says how to get one.
It starts nothing and installs nothing.
"""

from __future__ import annotations

import os
import shutil

NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)


def find_chromium() -> str:
    """Return the Chromium named in UNDELIVERED_CHROMIUM, else the first on the PATH that is no snap.

    Raises RuntimeError when there is none: a browser test never passes by not running.
    """
    named = os.environ.get("UNDELIVERED_CHROMIUM")
    if named:
        return _checked(named)
    path = os.pathsep.join(_folders_without_snap())
    for name in NAMES:
        if found := shutil.which(name, path=path):
            return found
    raise RuntimeError(
        "no Chromium for the browser tests: install chromium or google-chrome (not the snap), "
        "or set UNDELIVERED_CHROMIUM to the path of one"
    )


def _checked(named: str) -> str:
    if found := shutil.which(named):
        return found
    raise RuntimeError(f"UNDELIVERED_CHROMIUM names no program: {named}")


def _folders_without_snap() -> list[str]:
    # A snap cannot read pages under /tmp and hidden folders.
    folders = os.environ.get("PATH", os.defpath).split(os.pathsep)
    return [folder for folder in folders if not folder.startswith("/snap")]
