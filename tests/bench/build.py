"""Build bench: what a build of ours costs beside other engines on equal pages, as ratios in one run.

In: numbers of pages and runs. Out: a table of ratios with the bars of the project, and exit code 1 when
a bar is missed, 2 when an engine is missing. Figures are CPU seconds of all processes together, least of
the runs; ours and the peers' take turns. Times of one machine say little; their ratios are compared.

    python tests/bench/build.py [--pages 1000 --large 5000 --runs 3] [--without hugo] [--smoke]
"""

from __future__ import annotations

import argparse
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import corpus
import served
from measure import CommandError, Cost, digest, run
from peers import PEERS, MissingPeer, Peer, refuse_missing

UNDELIVERED = (str(Path(sys.executable).with_name("undelivered")), "build")
OURS = "ours"
MADE = (".build", "site")
EDITED = "content/steps/step-0-0.yml"
QUIET = {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}
COLD, EDIT, SAME, LARGE = "ours, cold", "ours, one edit", "ours, nothing changed", "ours, cold, large"
MEGABYTES = 300
SERVE_SECONDS = 2.0


@dataclass
class Figures:
    """What was measured: costs by name, and what else was found."""

    costs: dict[str, list[Cost]] = field(default_factory=dict)
    same_bytes: bool = False
    served: tuple[float, float] = (0.0, 0.0)

    def add(self, name: str, cost: Cost) -> None:
        """Keep one run's cost, and tell that it is done."""
        self.costs.setdefault(name, []).append(cost)
        print(f"  {name}: {cost.cpu:.2f} CPU s", file=sys.stderr, flush=True)

    def cpu(self, name: str) -> float:
        """The least CPU seconds of the runs."""
        return min(cost.cpu for cost in self.costs[name])

    def peak(self, name: str) -> float:
        """The most megabytes of all processes at once, in any run."""
        return max(cost.together for cost in self.costs[name])


@dataclass(frozen=True)
class Bar:
    """One ratio or size that the project promises; no bar means that it is only shown."""

    what: str
    found: float
    most: float | None

    @property
    def held(self) -> bool:
        """Whether the promise is kept."""
        return self.most is None or self.found <= self.most

    def row(self) -> str:
        """The row of the table."""
        bar = "" if self.most is None else f"{self.most:.2f}"
        return f"| {self.what} | {self.found:.2f} | {bar} | {'yes' if self.held else '**no**'} |"


@contextmanager
def workplace() -> Iterator[Path]:
    """A folder of its own for one run, which goes when the run ends; two benches do not meet."""
    parent = corpus.PROJECT / ".build"
    parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="bench-", dir=parent) as folder:
        yield Path(folder)


def cold(project: Path) -> Cost:
    """A build with nothing there from builds before."""
    _forget(project, MADE)
    return ours(project)


def ours(project: Path) -> Cost:
    """One `undelivered build`."""
    return run(UNDELIVERED, project, QUIET)


def _forget(folder: Path, made: tuple[str, ...]) -> None:
    for name in made:
        shutil.rmtree(folder / name, ignore_errors=True)


def edit(project: Path, word: str) -> None:
    """Change one word of one step, in the sentence that says when to take it."""
    path = project / EDITED
    before = path.read_text("utf-8")
    after, changes = re.subn(r'(?m)^(when: (?:>-\n  |"))\w+', rf"\g<1>{word.capitalize()}", before)
    if changes != 1 or after == before:
        raise CommandError(f"{EDITED} could not be edited")
    path.write_text(after, "utf-8")


def measure(asked: argparse.Namespace, peers: dict[str, Peer], work: Path) -> Figures:
    """Lay everything out and run it all, in turns."""
    figures, project = Figures(), work / OURS
    records = corpus.write_project(asked.pages, project)
    for name, peer in peers.items():
        peer.lay_out(records, work / name)
    for number in range(asked.runs):
        _one_round(figures, peers, work, number)
    for name, peer in peers.items():
        _refuse_few_pages(work / name / peer.made[0], asked.pages)
    figures.same_bytes = same_as_cold(project)
    figures.served = served.seconds_until_shown(project, edit, asked.runs)
    if asked.large:
        corpus.write_project(asked.large, work / "large")
        for _ in range(asked.large_runs):
            figures.add(LARGE, cold(work / "large"))
    return figures


def _one_round(figures: Figures, peers: dict[str, Peer], work: Path, number: int) -> None:
    project = work / OURS
    figures.add(COLD, cold(project))
    for name, peer in peers.items():
        _forget(work / name, peer.made)
        figures.add(peer.name, run(peer.command, work / name, QUIET))
    figures.add(SAME, ours(project))
    edit(project, f"changed{'abcdefghij'[number % 10]}")
    figures.add(EDIT, ours(project))


def _refuse_few_pages(site: Path, wanted: int) -> None:
    """Equal pages: an engine that builds fewer than the corpus has proves nothing."""
    found = sum(1 for _ in site.rglob("index.html"))
    if found < wanted:
        raise CommandError(f"{site} holds {found} pages of {wanted}: these are not equal pages")


def same_as_cold(project: Path) -> bool:
    """Whether the site after an edit has the same bytes as a cold build of the same content."""
    after_edit = digest(project / "site")
    cold(project)
    return after_edit == digest(project / "site")


def bars(figures: Figures, asked: argparse.Namespace, peers: dict[str, Peer]) -> Iterator[Bar]:
    """Each promise of the project with what was found."""
    if "material" in peers:
        yield Bar("cold / Material pruned", figures.cpu(COLD) / figures.cpu(peers["material"].name), 0.4)
    if "hugo" in peers:
        hugo = figures.cpu(peers["hugo"].name)
        yield Bar("cold / Hugo", figures.cpu(COLD) / hugo, None)
        yield Bar("one edit / Hugo's full build", figures.cpu(EDIT) / hugo, 1.0)
        yield Bar("nothing changed / Hugo's full build", figures.cpu(SAME) / hugo, 0.5)
    yield Bar("nothing changed / one edit", figures.cpu(SAME) / figures.cpu(EDIT), None)
    if asked.large:
        times = asked.large / asked.pages
        yield Bar(
            f"{asked.large} pages / {asked.pages} pages", figures.cpu(LARGE) / figures.cpu(COLD), 1.1 * times
        )
        yield Bar(f"peak memory at {asked.large} pages, MB", figures.peak(LARGE), MEGABYTES)
    wall, cpu = figures.served
    yield Bar("serve: edit until shown, wall s", wall, SERVE_SECONDS)
    yield Bar("serve: edit until shown, CPU s", cpu, None)
    yield Bar("files that differ from a cold build's (1 = some)", 0.0 if figures.same_bytes else 1.0, 0.0)


def table(figures: Figures, found: list[Bar]) -> str:
    """What was measured, as two tables."""
    rows = ["| what | runs | CPU s, least | wall s, least | peak MB |", "| --- | --- | --- | --- | --- |"]
    for name, costs in figures.costs.items():
        wall = min(cost.wall for cost in costs)
        rows.append(
            f"| {name} | {len(costs)} | {figures.cpu(name):.2f} | {wall:.1f} | {figures.peak(name):.0f} |"
        )
    head = ["", "| ratio | found | at most | held |", "| --- | --- | --- | --- |"]
    return "\n".join([*rows, *head, *(bar.row() for bar in found)])


def arguments(words: list[str] | None = None) -> Any:
    """What the command line asks for."""
    parser = argparse.ArgumentParser(description="What a build costs beside other engines on equal pages.")
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--large", type=int, default=5000, help="pages of the large site; 0 leaves it out")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--large-runs", type=int, default=1)
    parser.add_argument("--without", action="append", default=[], choices=sorted(PEERS))
    parser.add_argument("--smoke", action="store_true", help="small and once; bars of time are not held up")
    asked = parser.parse_args(words)
    if asked.smoke:
        asked.pages, asked.large, asked.runs = 60, 0, 1
    return asked


def main() -> int:
    """Measure, print the tables, and say whether each bar is held."""
    asked = arguments()
    peers = {name: peer for name, peer in PEERS.items() if name not in asked.without}
    try:
        refuse_missing(list(peers))
        with workplace() as work:
            figures = measure(asked, peers, work)
    except (MissingPeer, CommandError, corpus.CorpusError, served.NeverShown) as error:
        print(error, file=sys.stderr)
        return 2
    found = list(bars(figures, asked, peers))
    print(table(figures, found))
    held = figures.same_bytes if asked.smoke else all(bar.held for bar in found)
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main())
