"""YAML with positions: each value's place, and what is refused."""

from __future__ import annotations

import pytest

from generator.document import Document
from generator.model import CONTENT_TYPES
from generator.model.base import Loc
from generator.problems import Position
from generator.source import to_document
from generator.yaml_nodes import parse


def document(text: str | bytes) -> Document:
    data = text.encode() if isinstance(text, str) else text
    found, problems = to_document(data, "content/steps/a.yml", CONTENT_TYPES["step"], "a")
    assert found is not None, problems
    return found


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: no", "no"),
        ("a: 010", "010"),
        ("a: 12:30", "12:30"),
        ("a: 1e3", "1e3"),
        ("a: null", "null"),
        ("a: ~", "~"),
        ("a: 2026-11-22", "2026-11-22"),
        ("a: =", "="),
        ("a:", None),
        ("a: ''", ""),
        ("a: {}", {}),
        ("a: []", []),
    ],
)
def test_scalars_stay_the_text_that_was_written(text: str, value: object) -> None:
    assert parse(text).data == {"a": value}


@pytest.mark.parametrize(
    ("text", "loc", "needle", "place"),
    [
        ("title: Look here\n", ("title",), "here", (1, 13)),
        ('title: "Look here"\n', ("title",), "here", (1, 14)),
        ("title: 'Look here'\n", ("title",), "here", (1, 14)),
        ("title: >-\n  Look\n  right here\n", ("title",), "here", (3, 9)),
        ("title: |-\n  Look\n\n    right here\n", ("title",), "here", (4, 11)),
        ("also:\n  - one\n  - look here\n", ("also", 1), "here", (3, 10)),
        ("also: [one, look here]\n", ("also", 1), "here", (1, 18)),
        ("a: {b: {c: look here}}\n", ("a", "b", "c"), "here", (1, 17)),
        ("title: Café “x” here\n", ("title",), "here", (1, 17)),
        ("title: \U0001f4e6 here\n", ("title",), "here", (1, 10)),
        ("# first\r\n\r\ntitle: Look\r\nwhen: right here\r\n", ("when",), "here", (4, 13)),
        ("\ufefftitle: Look here\n", ("title",), "here", (1, 13)),
    ],
)
def test_a_piece_of_a_value_is_found_where_it_stands(
    text: str, loc: Loc, needle: str, place: tuple[int, int]
) -> None:
    assert document(text).find(loc, needle) == Position(*place)


@pytest.mark.parametrize(
    ("loc", "place"),
    [
        (("title",), (1, 1)),
        (("also",), (2, 1)),
        (("also", 0), (3, 5)),
        (("blanks", "name"), (5, 3)),
        (("blanks", "name", "kind"), (6, 5)),
        (("blanks", "name", "missing"), (5, 3)),
        (("missing", "deeper"), (1, 1)),
        ((), (1, 1)),
    ],
)
def test_a_value_stands_at_its_key_and_a_missing_one_at_what_is_around_it(
    loc: Loc, place: tuple[int, int]
) -> None:
    text = "title: x\nalso:\n  - one\nblanks:\n  name:\n    kind: text\n"
    assert document(text).position(loc) == Position(*place)


def test_the_second_of_two_equal_pieces_is_found_as_such() -> None:
    found = document("title: day by day\n")
    assert found.find(("title",), "day", occurrence=1) == Position(1, 15)


def test_a_piece_that_is_folded_apart_is_told_where_its_first_word_stands() -> None:
    assert document("title: >-\n  two\n  weeks\n").find(("title",), "two weeks") == Position(2, 3)


def test_a_piece_is_looked_for_in_its_own_value_alone() -> None:
    assert document("when: here\ntitle: look here\n").find(("title",), "here") == Position(2, 13)


@pytest.mark.parametrize("head", ["|", "|-", "|+", "| # why", "|2"])
def test_lines_of_a_block_are_counted_in_the_file(head: str) -> None:
    found = document(f"title: x\nbody: {head}\n\n  one\n    two\n")
    assert found.line_of(("body",), 1) == Position(4, 3)
    assert found.line_of(("body",), 2) == Position(5, 5)


@pytest.mark.parametrize(
    ("text", "line", "column", "rule"),
    [
        ("a: b: c\n", 1, 5, "broken-yaml"),
        ("a: [one\n", 1, 8, "broken-yaml"),
        ("a: 'one\n", 1, 4, "broken-yaml"),
        ("a: one\n b: two\n", 2, 3, "broken-yaml"),
        ("a:\n  - one\n b: two\n", 3, 2, "broken-yaml"),
        ("a: %x\nb: @y\n", 1, 4, "broken-yaml"),
        ("a: *x\n", 1, 4, "no-alias"),
        ("a: &x y\n", 1, 4, "no-anchor"),
        ("&x a: y\n", 1, 1, "no-anchor"),
        ("a: !x y\n", 1, 4, "no-tag"),
        ("a: !!python/object:os.system y\n", 1, 4, "no-tag"),
        ("a: &x [*x]\n", 1, 4, "no-anchor"),
        ("a: y\na: z\n", 2, 1, "duplicate-key"),
        ("a: {b: y, b: z}\n", 1, 11, "duplicate-key"),
        ("a: *x\na: z\n", 2, 1, "duplicate-key"),
        ("<<: *x\n<<: *y\n", 2, 1, "duplicate-key"),
        ("[a]: y\n", 1, 1, "bad-key"),
        ("{a: b}: y\n", 1, 1, "bad-key"),
        ("a: y\n---\nb: z\n", 2, 1, "one-document"),
        ("a: y\n...\n---\na: y\na: z\n", 3, 1, "one-document"),
        ("[" * 500 + "]" * 500 + "\n", 1, 13, "too-deep"),
    ],
)
def test_what_makes_data_surprising_is_refused_at_its_place(
    text: str, line: int, column: int, rule: str
) -> None:
    faults = parse(text).faults
    assert (Position(line, column), rule) in [(fault[0], fault[3]) for fault in faults]
    assert all(what and instead for _, what, instead, _ in faults)


def test_a_thousand_nested_groups_are_refused_and_not_walked() -> None:
    text = "".join(f"{' ' * depth}a{depth}:\n" for depth in range(1000))
    assert [fault[3] for fault in parse(text).faults] == ["too-deep"]


def test_the_value_of_a_duplicate_key_is_the_first() -> None:
    assert parse("a: one\na: two\n").data == {"a": "one"}
