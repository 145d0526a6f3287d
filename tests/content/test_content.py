"""The content itself: whole, clean, up to date, and its letters in all their forms."""

from __future__ import annotations

import random
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from itertools import combinations, product
from pathlib import Path

import pytest
from babel.dates import format_date
from jinja2 import Environment, StrictUndefined
from projects import PROJECT

from generator import ledger, pages, pipeline, schemas
from generator.letter_tree import Node, text
from generator.letters import tree
from generator.model.letter import Letter
from generator.model.route import Guide, Walk

CHECKED = pipeline.check(PROJECT, date.today())
CATALOG = CHECKED.catalog
WALKS = [entry for entry in CATALOG if isinstance(entry.model, Walk)]
LETTERS = [entry for entry in CATALOG if isinstance(entry.model, Letter)]
GUIDE = "tiktok-shop-not-delivered"


def test_the_content_has_no_problems() -> None:
    assert [str(problem) for problem in CHECKED.problems] == []


def test_every_page_is_rendered() -> None:
    build = pipeline.build(PROJECT, date.today())
    assert build.problems == []
    assert len(build.pages) == len(list(pages.pages(CATALOG)))
    # The tree of a letter is data with brackets in it; everywhere else they would be left-overs.
    whole = {path: page for path, page in build.pages.items() if not path.startswith("letters/")}
    assert [path for path, page in whole.items() if re.search(r"\[\[|\{\{|\{%", page)] == []


@pytest.mark.parametrize("path", schemas.schemas())
def test_schemas_for_editors_are_up_to_date(path: str) -> None:
    assert (PROJECT / path).read_text("utf-8") == schemas.schemas()[path], "out of date: run make fix"


def test_no_schema_is_left_over() -> None:
    held = {f"{schemas.FOLDER}/{path.name}" for path in (PROJECT / schemas.FOLDER).iterdir()}
    assert held == set(schemas.schemas()), "out of date: run make fix"


def test_the_ledger_of_ids_is_up_to_date() -> None:
    written = (PROJECT / ledger.PATH).read_text("utf-8")
    assert written == ledger.to_text(CATALOG, ledger.parse(written)), "out of date: run make fix"


MESSAGES = PROJECT / "generator" / "locale" / "undelivered.pot"


def test_the_catalog_of_messages_is_up_to_date(tmp_path: Path) -> None:
    # The command is the Makefile's own, so that both can only change together.
    makefile = (PROJECT / "Makefile").read_text("utf-8").replace("\\\n", " ")
    (line,) = re.findall(r"(?m)^\t\S*/pybabel (.*extract.*)$", makefile)
    words = line.replace(str(MESSAGES.relative_to(PROJECT)), str(tmp_path / "new.pot")).split()
    command = [sys.executable, "-m", "babel.messages.frontend", *words]
    subprocess.run(command, cwd=PROJECT, check=True, capture_output=True)
    new = (tmp_path / "new.pot").read_text("utf-8")
    assert MESSAGES.read_text("utf-8") == new, "out of date: run make fix"


def test_the_guide_lists_8_steps_and_3_tips() -> None:
    guide = CATALOG.model("guide", GUIDE, Guide)
    assert guide is not None
    assert (len(guide.steps), len(guide.tips)) == (8, 3)
    assert len({*guide.steps, *guide.tips}) == 11
    assert len(WALKS) == 11


@pytest.mark.parametrize("entry", WALKS, ids=lambda entry: entry.id)
def test_each_step_and_tip_answers_its_questions(entry: pages.Entry) -> None:
    asked = ["title", "summary", "also", "when", "how", "why", "checklist", "dont", "checked"]
    if entry.kind == "step":
        asked += ["to_whom", "proof", "if_it_fails"]
    assert [name for name in asked if not getattr(entry.model, name)] == []
    assert isinstance(entry.model, Walk)
    low, high = (4, 7) if entry.kind == "step" else (3, 5)
    assert low <= len(entry.model.checklist) <= high


def test_each_page_for_readers_rests_on_a_source() -> None:
    bare = [entry.id for entry in WALKS if not pages.sources_of(entry, CATALOG)]
    assert bare == []


# --- Letters ---------------------------------------------------------------------------------------

Answers = dict[str, str | bool]
LOCALES = {"US": "en-US", "GB": "en-GB", "other": "en-GB"}
FAULTS = {
    "two spaces": re.compile(r"\S  +"),
    "and/or": re.compile(r"and/or", re.IGNORECASE),
    "(s)": re.compile(r"\(s\)"),
    "empty brackets": re.compile(r"\(\s*\)|\[\s*\]"),
    "a space before a comma": re.compile(r" ,"),
    "a space before a full stop": re.compile(r" \."),
    "None": re.compile(r"\bNone\b"),
    "True or False": re.compile(r"\b(?:True|False)\b"),
    "braces": re.compile(r"[{}]|%[{}]"),
    "three line ends": re.compile(r"\n[ \t]*\n[ \t]*\n"),
    "a space at a line's end": re.compile(r"[ \t]+(?:\n|$)"),
    "two commas or full stops": re.compile(r",\s*,|\.\.|,\."),
    "an empty item": re.compile(r"(?m)^-\s*$"),
}
LIMIT = 4096


def environment(locale: str) -> Environment:
    """Jinja2 as it comes, with the one filter that letters have."""
    env = Environment(trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined)
    env.filters["date"] = lambda day: format_date(date.fromisoformat(day), "long", locale.replace("-", "_"))
    return env


def answers(letter: Letter, country: str, on: frozenset[str]) -> Answers:
    """The letter with its examples; optional blanks and ticks only where they are on."""
    blanks: Answers = {
        name: str(blank.example) if blank.required or name in on else ""
        for name, blank in letter.blanks.items()
    }
    return {**blanks, **{name: name in on for name in letter.ticks}, "country": country}


def switches(letter: Letter) -> list[str]:
    """What a reader can leave out: ticks and optional blanks."""
    return [*letter.ticks, *(name for name, blank in letter.blanks.items() if not blank.required)]


def choices(letter: Letter) -> Iterator[frozenset[str]]:
    """All sets of switches, or where they are too many singles, pairs and 2,000 by chance."""
    names = switches(letter)
    if 2 ** len(names) * (len(letter.countries) + 1) <= LIMIT:
        yield from (
            frozenset(one for one, on in zip(names, bits, strict=True) if on)
            for bits in product([False, True], repeat=len(names))
        )
        return
    few = [frozenset(some) for size in (0, 1, 2) for some in combinations(names, size)]
    yield from few
    yield from (frozenset(names) - some for some in few)
    chance = random.Random(8)
    yield from (frozenset(name for name in names if chance.random() < 0.5) for _ in range(2000))


def test_each_blank_has_an_example_that_fits_its_kind() -> None:
    for entry in LETTERS:
        assert isinstance(entry.model, Letter)
        for name, blank in entry.model.blanks.items():
            assert blank.example, f"{entry.id}: {name}"
            if blank.kind == "date":
                date.fromisoformat(blank.example)


@pytest.mark.parametrize("entry", LETTERS, ids=lambda entry: entry.id)
@pytest.mark.parametrize("country", LOCALES)
def test_a_letter_reads_well_in_every_combination_and_is_what_jinja2_renders(
    entry: pages.Entry, country: str
) -> None:
    letter = entry.model
    assert isinstance(letter, Letter)
    locale = LOCALES[country]
    env = environment(locale)
    judge = {name: env.from_string(getattr(letter, name)) for name in ("subject", "body")}
    trees: dict[str, list[Node]] = {name: tree(getattr(letter, name)) for name in judge}
    seen = set()
    for on in choices(letter):
        given = answers(letter, country, on)
        for name, template in judge.items():
            said = text(trees[name], given, locale)
            assert said == template.render(given), f"{name}: {sorted(on)}"
            found = [fault for fault, pattern in FAULTS.items() if pattern.search(said)]
            assert found == [], f"{name} with {sorted(on)}:\n{said}"
        seen.add(said)
    assert len(seen) > 2 ** min(len(letter.ticks), 5), "the ticks change too little"
