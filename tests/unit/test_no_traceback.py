"""Ten thousand mutated files: never a traceback, and each problem at a place that exists."""

from __future__ import annotations

import time

import pytest
from mutations import run, try_files
from projects import BASE

COUNT = 10_000


def test_ten_thousand_mutated_files_never_give_a_traceback(capsys: pytest.CaptureFixture[str]) -> None:
    began = time.monotonic()
    ends = try_files(COUNT, 20261122)
    took = time.monotonic() - began
    with capsys.disabled():
        print(f" {COUNT} mutated files in {took:.0f} s: {dict(ends)}", end=" ")
    # Each way out is taken often, or the mutations test nothing.
    assert min(ends[end] for end in ("unreadable", "not an entry", "wrong", "clean")) > COUNT // 50


@pytest.mark.parametrize(
    "piece",
    [
        "a",
        "1 ",
        "1,",
        "one ",
        "<b",
        "[[",
        "[[step:a",
        "**",
        "* a ",
        "- ",
        "&a",
        "\n",
        "x@",
        "{{ ",
        "( ",
        "A ",
        "Office of the ",
    ],
)
def test_a_file_as_long_as_allowed_is_checked_soon(piece: str) -> None:
    text = (BASE / "content/tips/read-first.yml").read_text("utf-8")
    long = (piece * 180_000)[:180_000].rstrip().replace("\n", "\n  ")[:180_000]
    data = text.replace("how: Open", f"how: |-\n  {long}\n  Open").encode()
    began = time.process_time()
    end, problems = run("content/tips/read-first.yml", data, frozenset())
    assert time.process_time() - began < 10, f"{end} after {len(problems)} problems"
    assert len(problems) < 1000
