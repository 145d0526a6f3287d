"""Decoding: what pydantic finds, told at its place in plain words."""

from __future__ import annotations

import pytest

from generator.decode import decode
from generator.model import CONTENT_TYPES
from generator.model.route import Meaning, Step
from generator.problems import Problem
from generator.source import to_document

TERM = "title: Carrier\ntext: Brings parcels.\n"


def told(text: str, kind: str = "term") -> list[Problem]:
    document, problems = to_document(text.encode(), "content/x/a.yml", CONTENT_TYPES[kind], "a")
    assert document is not None, problems
    return decode(document)[1]


def test_a_whole_term_has_no_problem() -> None:
    assert told(TERM) == []


@pytest.mark.parametrize(
    ("wrong", "meant"),
    [("titel", "title"), ("Title", "title"), ("txt", "text"), ("alsoo", "also"), ("chekced", "checked")],
)
def test_a_misspelt_key_gets_the_key_that_was_meant(wrong: str, meant: str) -> None:
    (problem,) = told(f"{TERM}{wrong}: x\n")
    assert problem.what == f'unknown key "{wrong}"'
    assert problem.instead == f'did you mean "{meant}"?'
    assert problem.position.line == 3


def test_a_key_that_resembles_none_gets_the_list_of_keys() -> None:
    (problem,) = told(f"{TERM}zzz: x\n")
    assert problem.instead == "use one of: checked, title, text, also, see, sources"


def test_a_misspelt_key_in_a_group_is_compared_with_the_keys_of_that_group() -> None:
    text = "sections:\n  one:\n    title: x\n    terms:\n      sent: {nmae: Sent, text: It left.}\n"
    problems = [one for one in told(text, "step") if one.position.line == 5]
    meaning = Meaning.model_fields["name"].description or ""
    assert [(one.what, one.instead) for one in problems] == [
        ('"name" is missing', f'add a line "name: …" ({meaning.rstrip(".")})'),
        ('unknown key "nmae"', 'did you mean "name"?'),
    ]


def test_a_missing_key_is_explained_with_its_own_sentence() -> None:
    missing = {one.what: one.instead for one in told("title: x\n", "step")}
    meaning = Step.model_fields["why"].description or ""
    assert missing['"why" is missing'] == f'add a line "why: …" ({meaning.rstrip(".")})'


def test_all_mistakes_of_a_file_are_told_at_once() -> None:
    text = "titel: x\ntext: [a]\nalso: b\nsee: [nowhere]\nsources: [A B]\nchecked: soon\n"
    assert sorted((one.position.line, one.rule) for one in told(text)) == [
        (1, "missing-key"),
        (1, "unknown-key"),
        (2, "wrong-type"),
        (3, "wrong-type"),
        (4, "bad-id"),
        (5, "bad-id"),
        (6, "bad-date"),
    ]


@pytest.mark.parametrize(
    "day",
    ["0", "-86400", "1763769600", "20261122", "2026-11-22T00:00", "2026-11-22 00:00:00", "2026-1-2",
     "22.11.2026", "2026-02-29", "2026-13-01", "٢٠٢٦-١١-٢٢", "9" * 5000],
)  # fmt: skip
def test_only_year_month_day_is_a_date(day: str) -> None:
    (problem,) = told(f'{TERM}checked: "{day}"\n')
    assert problem.rule == "bad-date"
    assert "2026-11-22" in problem.instead


def test_a_leap_day_is_a_date() -> None:
    assert told(f"{TERM}checked: 2024-02-29\n") == []


@pytest.mark.parametrize("length", [70, 71])
def test_a_title_has_70_characters_at_most(length: int) -> None:
    problems = told(f"title: {'x' * length}\ntext: y\n")
    assert [one.what for one in problems] == ['"title" has 71 characters'] * (length - 70)
    assert all(one.instead == "keep it to 70 or fewer" for one in problems)


def test_text_around_which_spaces_stand_is_counted_without_them() -> None:
    assert told(f'title: "  {"x" * 70}  "\ntext: y\n') == []


def test_messages_never_show_the_words_of_the_library() -> None:
    text = "title: {}\ntext:\nalso: {a: b}\nsee: [[x]]\nsources: x\nchecked: [a]\n1: 2\n"
    for problem in told(text):
        assert "Input should" not in problem.what + problem.instead
        assert "pydantic" not in str(problem)
        assert "cannot be read" not in problem.what
