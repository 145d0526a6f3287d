"""Rules over the whole catalog; each docstring shows one wrong and one right line, which a test runs.

In: the catalog, the day, the ids published before. Out: problems. `ALL` is the list of rules; a rule
is one function. Words are in `texts.py`, `numbers.py`, `names.py` and `addresses.py`, facts and sources in
`evidence.py`, the rest in `route.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator import references
from generator.catalog import Entry
from generator.checks import addresses, evidence, names, numbers, route, texts
from generator.checks.context import Context, Rule, TracedContext, shared_answers
from generator.problems import Problem
from generator.remember import Remember

WORDS = (*texts.RULES, *numbers.RULES, *names.RULES, *addresses.RULES, route.letter_template)
ALL = (*texts.RULES, *numbers.RULES, *names.RULES, *addresses.RULES, *evidence.RULES, *route.RULES)


def run(context: Context, remember: Remember | None = None) -> Iterator[Problem]:
    """Every problem that a rule or a dangling reference gives; what was clean and still is, is passed by."""
    for entry in context.catalog:
        yield from _remembered(entry, context, remember) if remember else _problems(entry, context, ALL)
    yield from route.lost_pages(context)


def _remembered(entry: Entry, context: Context, remember: Remember) -> Iterator[Problem]:
    if remember.recall(f"clean {entry.print}") is None:
        traced = TracedContext.over(context)
        found = list(_problems(entry, traced, ALL))
        if not found:
            remember.keep(f"clean {entry.print}", traced.catalog.asked, "")
        yield from found


def _problems(entry: Entry, context: Context, rules: Iterable[Rule]) -> Iterator[Problem]:
    yield from references.problems(entry, context.catalog)
    for rule in rules:
        yield from rule(entry, context)


def run_words(context: Context, refused: Iterable[Entry]) -> Iterator[Problem]:
    """What is wrong with the words of entries whose structure was refused."""
    for entry in refused:
        yield from _problems(entry, context, WORDS)


__all__ = ["ALL", "WORDS", "Context", "run", "run_words", "shared_answers"]
