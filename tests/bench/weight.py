"""Weight bench: what a first visit fetches, ours beside others on an equal page.

In: nothing, or the folder of a built peer. Out: a table of bytes (gzip, level 6, with headers) and requests
by kind of page, and with --peer of the same page built by another engine; with --write-budget the new budget.

    PYTHONPATH=tests .venv/bin/python tests/bench/weight.py [--peer NAME=FOLDER …] [--write-budget]

A folder of Material or Hugo is made by `corpus.py --peer`; for Starlight see `starlight.sh` beside this file.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import corpus
from chromium import find_chromium
from first_visit import Visit, first_visit, serving_compressed
from page_weight import pages_by_kind, write_budget
from playwright.sync_api import Browser, sync_playwright

OURS, THEIRS = "steps/step-1-2/", "market-0/route-1/step-1-2/"
"""The same page of the corpus, by our address and by that of the peers."""
PAGES = 60
HEAD = "| page | bytes | requests | HTML | styles | scripts | other | shift |"


def row(name: str, visit: Visit) -> str:
    """One visit as a row of the table."""
    parts = (visit.of("page"), visit.of("style"), visit.of("script"))
    other = visit.of() - sum(parts)
    sizes = " | ".join(map(str, parts))
    return f"| {name} | {visit.of()} | {len(visit.requests)} | {sizes} | {other} | {visit.shift:.4f} |"


@contextmanager
def chromium() -> Iterator[Browser]:
    """A real Chromium."""
    with sync_playwright() as playwright:
        # No page waits for hosts of others; what a peer would fetch from them is not counted.
        alone = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox", alone])
        yield browser
        browser.close()


def undelivered(project: Path) -> Path:
    """Build a project; returns its site."""
    subprocess.run([Path(sys.executable).with_name("undelivered"), "build"], cwd=project, check=True)
    return project / "site"


def by_kind(browser: Browser, site: Path) -> dict[str, Visit]:
    """A first visit to the heaviest page of each kind."""
    with serving_compressed(site) as server:
        return {kind: first_visit(browser, server, urls[0]) for kind, urls in pages_by_kind(site).items()}


def visit_one(browser: Browser, site: Path, url: str) -> Visit:
    """A first visit to one page of a site."""
    with serving_compressed(site) as server:
        return first_visit(browser, server, url)


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="What a first visit fetches.")
    parser.add_argument("--peer", action="append", default=[], metavar="NAME=FOLDER")
    parser.add_argument("--write-budget", action="store_true")
    asked = parser.parse_args()
    with chromium() as browser, tempfile.TemporaryDirectory() as folder:
        visits = by_kind(browser, undelivered(corpus.PROJECT))
        equal = Path(folder) / "equal"
        corpus.write_project(PAGES, equal)
        print(
            "\n".join([HEAD, "| --- |" + " --- |" * 7, *(row(kind, visit) for kind, visit in visits.items())])
        )
        print(row("ours, equal page", visit_one(browser, undelivered(equal), OURS)))
        for name, _, site in (peer.partition("=") for peer in asked.peer):
            print(row(f"{name}, equal page", visit_one(browser, Path(site), THEIRS)))
    if asked.write_budget:
        write_budget({kind: allowance(visit) for kind, visit in visits.items()})
    return 0


def allowance(visit: Visit) -> dict[str, int]:
    """A visit as a budget."""
    page = visit.of("page")
    return {"page": page, "rest": visit.of() - page, "requests": len(visit.requests)}


if __name__ == "__main__":
    sys.exit(main())
