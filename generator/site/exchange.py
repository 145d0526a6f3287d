"""Exchange: the new folder takes the place of the published one.

In: two folders. Out: the new one where the old one was. It looks into neither.
"""

from __future__ import annotations

import shutil
from pathlib import Path


def exchange(new: Path, site: Path, aside: Path | None = None) -> None:
    """Put `new` where `site` is; the old folder goes, or is kept as `aside`."""
    old = aside or new.with_name("old")
    shutil.rmtree(old, ignore_errors=True)
    if site.exists():
        site.rename(old)
    try:
        new.rename(site)
    except OSError:
        if old.exists():
            old.rename(site)
        raise
    if not aside:
        shutil.rmtree(old, ignore_errors=True)
