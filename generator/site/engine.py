"""The site engine, run from outside: page texts in, finished pages out, in shards of bounded size.

In: the project's folder, and the texts of the pages that must be made anew. Out: their HTML. Pages do not
know of each other, so any part of the site can be built alone and gives the same bytes; a shard keeps
memory bounded, and shards run side by side. It knows the engine's command and no page.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

_QUIET = {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}
DOCS_VARIABLE = "UNDELIVERED_DOCS"
"""Names the docs tree that the engine reads, in mkdocs.yml; a shard's own folder here."""
LARGEST = 2000
"""Pages in one shard; what MkDocs keeps of each in memory is small, but not nothing."""
WORTH_A_PROCESS = 600
"""Pages that take about as long as the start of an engine."""

_Shard = tuple[Path, list[str]]
"""A folder of its own, and docs paths."""


class EngineError(Exception):
    """The engine failed; the text is what it said."""


def run(root: Path, texts: Mapping[str, str], paths: list[str], work: Path) -> Iterator[tuple[str, bytes]]:
    """Docs path and HTML of the pages at some docs paths; raises EngineError."""
    workers = max(1, min(os.cpu_count() or 1, len(paths) // WORTH_A_PROCESS))
    size = min(LARGEST, -(-len(paths) // workers))
    with ThreadPoolExecutor(workers) as pool:
        for folder, some in pool.map(lambda shard: _build(root, texts, shard), _shards(paths, size, work)):
            yield from _results(folder, some)
            shutil.rmtree(folder)


def _shards(paths: list[str], size: int, work: Path) -> Iterator[_Shard]:
    for start in range(0, len(paths), size):
        yield work / f"shard-{start // size}", paths[start : start + size]


def _build(root: Path, texts: Mapping[str, str], shard: _Shard) -> _Shard:
    folder, paths = shard
    for path in paths:
        target = folder / "docs" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(texts[path], "utf-8")
    run_mkdocs(root, folder / "docs", folder / "site")
    return shard


def _results(folder: Path, paths: list[str]) -> Iterator[tuple[str, bytes]]:
    for path in paths:
        try:
            yield path, (folder / "site" / _made(path)).read_bytes()
        except FileNotFoundError:
            raise EngineError(f"{path} went into the engine and did not come out") from None


def _made(path: str) -> str:
    """Where the engine puts a page: a/index.md becomes a/index.html, and 404.md becomes 404/index.html."""
    name = path.removesuffix(".md")
    return f"{name}.html" if name.rpartition("/")[2] == "index" else f"{name}/index.html"


def run_mkdocs(root: Path, docs: Path, target: Path) -> None:
    """Run MkDocs on a docs tree, strictly; raises EngineError with its words."""
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(target)]
    env = {**environment(), DOCS_VARIABLE: str(docs)}
    done = subprocess.run(command, cwd=root, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        raise EngineError(_without_trace((done.stderr or done.stdout).strip()))


def environment() -> dict[str, str]:
    """The engine's environment, without the announcements of others."""
    return {**os.environ, **_QUIET}


def _without_trace(said: str) -> str:
    """What the engine said; of a trace only the last place in our own templates, and the reason."""
    words, trace, lines = said.partition("Traceback (most recent call last):")
    if not trace:
        return said
    ours = [line.strip() for line in lines.splitlines() if "site_overrides" in line]
    return "\n".join(part for part in (words.strip(), *ours[-1:], lines.splitlines()[-1]) if part)
