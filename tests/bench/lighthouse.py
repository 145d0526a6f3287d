"""Lighthouse on one page of each kind: phone, slow network, five runs, medians.

In: a built site (`make site`), the checkers (`make checkers`) and Chromium. Out: a table on stdout, and exit
code 1 when a page stays below the marks. It serves the site itself, compressed. No page is named here.

    .venv/bin/python tests/bench/lighthouse.py [site] [--runs 5]
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import subprocess
import sys
import threading
from dataclasses import dataclass
from functools import lru_cache
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median
from typing import Any

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[1] / "browser")]

from built_site import BuiltSite  # noqa: E402
from checkers import node, package  # noqa: E402
from chromium import find_chromium  # noqa: E402
from page_kinds import covering  # noqa: E402

MARKS = {"performance": 98, "accessibility": 100, "best-practices": 100, "seo": 100}
TEXTS = (".html", ".css", ".js", ".svg", ".xml", ".json", ".webmanifest")


@dataclass(frozen=True)
class Score:
    """The marks of one run, of 100, and the milliseconds until the largest part was painted."""

    marks: dict[str, float]
    largest_paint: float
    bytes: float


@lru_cache(maxsize=512)
def packed(path: Path) -> bytes:
    return gzip.compress(path.read_bytes(), 9)


class Compressed(SimpleHTTPRequestHandler):
    """Serves a folder as a host does: texts with gzip, hashed files for ever."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            return self.send_error(404)
        body = packed(path) if path.suffix in TEXTS else path.read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Length", str(len(body)))
        if path.suffix in TEXTS:
            self.send_header("Content-Encoding", "gzip")
        self.send_header(
            "Cache-Control", "max-age=31536000, immutable" if "/assets/" in self.path else "max-age=600"
        )
        self.end_headers()
        self.wfile.write(body)
        return None

    def log_message(self, format: str, *args: Any) -> None:
        pass


def measure(url: str) -> Score:
    """One run of Lighthouse with its usual settings for phones."""
    command = [
        *(node(), str(package("lighthouse/cli/index.js")), url, "--output=json", "--quiet"),
        f"--only-categories={','.join(MARKS)}",
        "--chrome-flags=--headless=new --no-sandbox --disable-gpu",
    ]
    environment = {**os.environ, "CHROME_PATH": find_chromium()}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    if done.returncode:
        raise SystemExit(f"lighthouse: {url}: {(done.stderr.strip() or 'no answer').splitlines()[-1]}")
    report = json.loads(done.stdout)
    audits = report["audits"]
    return Score(
        {name: 100 * report["categories"][name]["score"] for name in MARKS},
        audits["largest-contentful-paint"]["numericValue"],
        audits["total-byte-weight"]["numericValue"],
    )


def row(url: str, scores: list[Score]) -> tuple[str, bool]:
    marks = {name: median(score.marks[name] for score in scores) for name in MARKS}
    paint = median(score.largest_paint for score in scores)
    weight = median(score.bytes for score in scores)
    words = "  ".join(f"{mark:5.0f}" for mark in marks.values())
    good = all(marks[name] >= mark for name, mark in MARKS.items())
    return (
        f"{words}  {paint:7.0f} ms  {weight / 1000:6.1f} kB  {url or '(home)'}{'' if good else '  BELOW'}",
        good,
    )


def main(arguments: list[str]) -> int:
    """Measure, print, and return 1 when a page stays below the marks."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("site", nargs="?", type=Path, default=Path("site"))
    options.add_argument("--runs", type=int, default=5)
    chosen = options.parse_args(arguments)
    if not (chosen.site / "index.html").is_file():
        options.error(f"no site in {chosen.site}: build it first (make site)")
    server = ThreadingHTTPServer(
        ("127.0.0.1", 0), lambda *args: Compressed(*args, directory=str(chosen.site))
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print("  ".join(f"{name[:5]:>5}" for name in MARKS), "   largest       sent  page")
    good = True
    for url in covering(BuiltSite(chosen.site.resolve().parent)):
        if url.endswith("/") or url == "":
            scores = [
                measure(f"http://127.0.0.1:{server.server_address[1]}/{url}") for _ in range(chosen.runs)
            ]
            line, passed = row(url, scores)
            print(line, flush=True)
            good &= passed
    server.shutdown()
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
