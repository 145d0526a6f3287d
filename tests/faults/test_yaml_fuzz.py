"""Mutated content files by the ten thousand: never a traceback, each problem at a place that exists."""

from __future__ import annotations

import inputs
import pytest
from mutations import try_files

pytestmark = pytest.mark.slow


def test_mutated_files_never_give_a_traceback(capsys: pytest.CaptureFixture[str]) -> None:
    ends = try_files(inputs.count("yaml"), inputs.SEED + 1)
    with capsys.disabled():
        print(f"{inputs.told('yaml')}: {dict(ends)}", end=" ")
    assert (
        min(ends[end] for end in ("unreadable", "not an entry", "wrong", "clean"))
        > inputs.count("yaml") // 50
    )
