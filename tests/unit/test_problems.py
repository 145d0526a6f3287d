"""Problems: their order, and their three formats."""

from __future__ import annotations

import json

from generator.problems import FORMATS, MAX_WORDS, Position, Problem, as_github, as_json, as_text, in_order


def problem(what: str = "this is wrong", *, path: str = "content/steps/a.yml", line: int = 3) -> Problem:
    return Problem(path, Position(line, 5), what, "write it right", "some-rule")


def test_text_is_file_line_column_what_instead_and_rule() -> None:
    assert str(problem()) == "content/steps/a.yml:3:5: this is wrong; write it right [some-rule]"
    assert as_text([problem(), problem(line=4)]).count("\n") == 1


def test_a_problem_stays_on_one_line_whatever_it_quotes() -> None:
    assert str(problem("two\n  lines\tand more")).endswith(": two lines and more; write it right [some-rule]")
    assert len(problem("x" * 10_000).what) == MAX_WORDS


def test_problems_come_once_each_by_file_line_and_column() -> None:
    first, second = problem(path="content/a.yml", line=9), problem(line=2)
    third = problem(line=10)
    assert in_order([third, second, first, second]) == [first, second, third]


def test_json_holds_every_part_by_name() -> None:
    assert json.loads(as_json([problem("café “x”")])) == [
        {
            "path": "content/steps/a.yml",
            "line": 3,
            "column": 5,
            "what": "café “x”",
            "instead": "write it right",
            "rule": "some-rule",
        }
    ]
    assert json.loads(as_json([])) == []


def test_github_annotation_names_file_line_and_column() -> None:
    assert as_github([problem()]) == (
        "::error file=content/steps/a.yml,line=3,col=5::this is wrong; write it right [some-rule]"
    )


def test_github_annotation_escapes_what_would_end_the_command() -> None:
    odd = Problem("content/a:b,c.yml", Position(1, 1), "100 % :: wrong, here", "mend", "r")
    assert as_github([odd]) == (
        "::error file=content/a%3Ab%2Cc.yml,line=1,col=1::100 %25 :: wrong, here; mend [r]"
    )


def test_github_annotations_are_one_line_each() -> None:
    lines = as_github([problem("a\r\nb"), problem("c")]).split("\n")
    assert [line.startswith("::error ") for line in lines] == [True, True]


def test_the_formats_of_the_command_are_these_three() -> None:
    assert list(FORMATS) == ["text", "json", "github"]
