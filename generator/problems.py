"""Problems: what is wrong in the content, as values.

In: facts found by the reader, the decoder and the checks. Out: sorted lines for people, JSON for
programs, annotations for pull requests. It does not know how a problem was found.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass

MAX_WORDS = 400
"""Characters that one part of a problem may have: what it quotes can be as long as its file."""


@dataclass(frozen=True, order=True)
class Position:
    """A place in a file; line and column count from 1."""

    line: int = 1
    column: int = 1


@dataclass(frozen=True, order=True)
class Problem:
    """One mistake: where it is, what is wrong, what to write instead, and the rule's name."""

    path: str
    position: Position
    what: str
    instead: str
    rule: str

    def __post_init__(self) -> None:
        """Keep what is said on one line, whatever it quotes."""
        object.__setattr__(self, "what", _one_line(self.what))
        object.__setattr__(self, "instead", _one_line(self.instead))

    def __str__(self) -> str:
        """`path:line:column: what is wrong; what to write instead [rule]`."""
        place = f"{self.path}:{self.position.line}:{self.position.column}"
        return f"{place}: {self.what}; {self.instead} [{self.rule}]"


def _one_line(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= MAX_WORDS else f"{words[: MAX_WORDS - 1]}…"


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Each problem once, by file, line and column."""
    return sorted(set(problems))


def as_text(problems: Iterable[Problem]) -> str:
    """One line a problem, for a terminal and for problem matchers."""
    return "\n".join(str(problem) for problem in problems)


def as_json(problems: Iterable[Problem]) -> str:
    """A JSON list; each object has path, line, column, what, instead and rule."""
    return json.dumps([_record(problem) for problem in problems], ensure_ascii=False, indent=2)


def _record(problem: Problem) -> dict[str, object]:
    record = asdict(problem)
    return {"path": record.pop("path"), **record.pop("position"), **record}


def as_github(problems: Iterable[Problem]) -> str:
    """Workflow commands, which GitHub shows at the line in a pull request."""
    return "\n".join(_annotation(problem) for problem in problems)


def _annotation(problem: Problem) -> str:
    path, at = _escape(problem.path, more=":,"), problem.position
    message = _escape(f"{problem.what}; {problem.instead} [{problem.rule}]")
    return f"::error file={path},line={at.line},col={at.column}::{message}"


def _escape(text: str, *, more: str = "") -> str:
    """Percent-encode what would end a workflow command (GitHub's toolkit, `command.ts`)."""
    for character in "%\r\n" + more:
        text = text.replace(character, f"%{ord(character):02X}")
    return text


FORMATS = {"text": as_text, "json": as_json, "github": as_github}
