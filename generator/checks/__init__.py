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
from generator.checks.context import Context
from generator.problems import Problem

WORDS = (*texts.RULES, *numbers.RULES, *names.RULES, *addresses.RULES, route.letter_template)
ALL = (*texts.RULES, *numbers.RULES, *names.RULES, *addresses.RULES, *evidence.RULES, *route.RULES)


def run(context: Context) -> Iterator[Problem]:
    """Every problem that a rule or a dangling reference gives."""
    for entry in context.catalog:
        yield from references.problems(entry, context.catalog)
        for rule in ALL:
            yield from rule(entry, context)
    yield from route.lost_pages(context)


def run_words(context: Context, refused: Iterable[Entry]) -> Iterator[Problem]:
    """What is wrong with the words of entries whose structure was refused."""
    for entry in refused:
        yield from references.problems(entry, context.catalog)
        for rule in WORDS:
            yield from rule(entry, context)


__all__ = ["ALL", "WORDS", "Context", "run", "run_words"]
