"""Page weight: which pages of a built site stand for the others, and what each kind may weigh.

In: a built site's folder. Out: pages by kind, compressed sizes, and the budget in `weight_budget.json`.
It opens no browser; `first_visit.py` does.
"""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

BUDGET = Path(__file__).parent / "weight_budget.json"
MARGIN = 1.1
"""A page may grow by a tenth until somebody decides that it may."""
MOST_BYTES, MOST_SCRIPT = 60_000, 36_000
"""What the project promises for any first visit, on the wire."""
_KIND = re.compile(r'class="u-page u-page--([a-z]+)')


def pages_by_kind(site: Path) -> dict[str, list[str]]:
    """Addresses of all pages by kind, the heaviest of each kind first; 404.html and redirects have none."""
    found: dict[str, list[tuple[int, str]]] = {}
    for path in site.rglob("index.html"):
        if kind := _KIND.search(path.read_text("utf-8")):
            url = path.parent.relative_to(site).as_posix()
            found.setdefault(kind[1], []).append((-compressed(path), "" if url == "." else f"{url}/"))
    return {kind: [url for _, url in sorted(pages)] for kind, pages in sorted(found.items())}


def compressed(path: Path) -> int:
    """Bytes of a file as gzip sends it at level 6."""
    return len(gzip.compress(path.read_bytes(), 6, mtime=0))


def budget() -> dict[str, dict[str, int]]:
    """What each kind of page may weigh: its HTML, all else together, and the number of requests."""
    read: dict[str, dict[str, int]] = json.loads(BUDGET.read_text("utf-8"))
    return read


def write_budget(measured: dict[str, dict[str, int]]) -> None:
    """Make what was measured the new budget; the margin is added when it is compared."""
    BUDGET.write_text(json.dumps(measured, indent=2, sort_keys=True) + "\n", "utf-8")
