"""Each rule says in its docstring what is wrong and what is right; both lines are planted and run."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

import pytest
import yaml
from projects import BASE, TODAY, base_with

from generator import checks
from generator.catalog import Entry
from generator.checks import Context, addresses, evidence, route, texts
from generator.decode import decode
from generator.model import CONTENT_TYPES
from generator.problems import Problem
from generator.source import to_document

STEP, TIP = "content/steps/look-first.yml", "content/tips/read-first.yml"
FACT, LETTER = "content/facts/first-limit.yml", "content/letters/first-note.yml"
PUBLISHED = frozenset({"step/look-first/open-order"})
RULES = {rule.__name__: rule for rule in checks.ALL}


def example(rule: Callable[..., object], word: str) -> str:
    (line,) = re.findall(rf"(?m)^\s*{word}: (.+)$", rule.__doc__ or "")
    return str(line)


def key_of(line: str) -> str | None:
    """The key of a line of YAML; nothing when the line tells in words what to do."""
    try:
        data = yaml.safe_load(line)
    except yaml.YAMLError:
        return None
    return next(iter(data)) if isinstance(data, dict) and len(data) == 1 else None


def planted(name: str, line: str) -> tuple[str, str] | None:
    """The base project's file with the example line in it, or nothing for an example in words."""
    if "{{" in line:
        return LETTER, (BASE / LETTER).read_text("utf-8").replace("Hello,", line)
    key = key_of(line)
    # A date is missing only where nothing else dates the page.
    path = TIP if name == evidence.dated.__name__ else FACT if key in ("value", "unit") else STEP
    text = (BASE / path).read_text("utf-8")
    if path == TIP:
        text = text.replace("checked: 2026-11-01\n", "")
    if key == "retired":
        text = text.replace("  open-order: Open the order.\n", "")
    fields = CONTENT_TYPES["fact" if path == FACT else "step"].model.model_fields
    if key is None or key not in fields:
        return None
    pattern = rf"(?m)^{key}: .*\n"
    return path, re.sub(pattern, f"{line}\n", text) if re.search(pattern, text) else f"{text}{line}\n"


def problems(path: str, text: str, rule: Callable[[Context], object] | None = None) -> list[Problem]:
    kind = next(kind for kind in CONTENT_TYPES.values() if kind.folder == path.split("/")[1])
    document, found = to_document(text.encode(), path, kind, path.split("/")[2].split(".")[0])
    assert document is not None, found
    entry, found = decode(document)
    assert entry is not None, found
    context = Context(base_with(entry), TODAY, PUBLISHED)
    return list(checks.run(context)) if rule is None else list(rule(context))  # type: ignore[call-overload]


def of_rule(rule: Callable[[Entry, Context], object], context: Context) -> list[Problem]:
    return [problem for entry in context.catalog for problem in rule(entry, context)]  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", RULES)
def test_a_rule_shows_one_wrong_and_one_right_line(name: str) -> None:
    rule = RULES[name]
    assert (rule.__doc__ or "").splitlines()[0].endswith(".")
    assert example(rule, "Wrong") != example(rule, "Right")


RUN = [name for name, rule in RULES.items() if planted(name, example(rule, "Wrong"))]


@pytest.mark.parametrize("name", RUN)
def test_the_wrong_line_breaks_this_rule_and_no_other(name: str) -> None:
    place = planted(name, example(RULES[name], "Wrong"))
    assert place is not None
    mine = problems(*place, partial(of_rule, RULES[name]))
    assert mine != []
    assert {one.rule for one in problems(*place)} == {one.rule for one in mine}
    assert {one.path for one in problems(*place)} == {place[0]}


@pytest.mark.parametrize(
    "name", [name for name, rule in RULES.items() if planted(name, example(rule, "Right"))]
)
def test_the_right_line_breaks_no_rule(name: str) -> None:
    place = planted(name, example(RULES[name], "Right"))
    assert place is not None
    assert problems(*place) == []


def test_most_examples_are_run_and_the_others_are_told_in_words() -> None:
    in_words = set(RULES) - set(RUN)
    assert in_words <= {
        evidence.order_of_dates.__name__,
        route.reachable.__name__,
        route.section_says_something.__name__,
        route.same_title.__name__,
        route.own_address.__name__,
        route.own_section_id.__name__,
        route.letter_names.__name__,
        route.id_of_its_own.__name__,
        addresses.words_of_a_link.__name__,
        texts.mark_in_letter.__name__,
        evidence.value_in_claim.__name__,
        evidence.known_region.__name__,
        route.retired_ids.__name__,
        route.back_from_retirement.__name__,
    }
