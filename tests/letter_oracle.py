"""What a letter must say: Jinja2's own rendering of its template, and the combinations to try.

In: a letter's model and answers. Out: texts and answers. It knows no browser and not the letter tree.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from babel.dates import format_date
from jinja2 import Environment, Template

from generator.model.letter import Letter

LOCALES = {"US": "en_US", "GB": "en_GB", "other": "en_GB"}
Answers = dict[str, str | bool]


@cache
def long_date(value: str, locale: str) -> str:
    """A date in the words of a country, as Babel gives it."""
    from datetime import date

    return format_date(date.fromisoformat(value), "long", locale) if value else ""


@dataclass(frozen=True)
class Oracle:
    """A letter as Jinja2 renders it, nothing of ours in between."""

    letter: Letter

    @cached_property
    def _templates(self) -> dict[str, tuple[Template, Template]]:
        made = {}
        for country, locale in LOCALES.items():
            env = Environment(trim_blocks=True, lstrip_blocks=True)
            env.filters["date"] = lambda value, locale=locale: long_date(value, locale)
            made[country] = (env.from_string(self.letter.subject), env.from_string(self.letter.body))
        return made

    def subject(self, answers: Mapping[str, str | bool]) -> str:
        return self._templates[str(answers["country"])][0].render(answers)

    def body(self, answers: Mapping[str, str | bool]) -> str:
        return self._templates[str(answers["country"])][1].render(answers)

    def text(self, answers: Mapping[str, str | bool]) -> str:
        return f"{self.subject(answers)}\n{self.body(answers)}"

    @property
    def required(self) -> Answers:
        """The examples of all blanks that every letter needs."""
        return {name: str(blank.example) for name, blank in self.letter.blanks.items() if blank.required}

    @property
    def optional(self) -> list[str]:
        return [name for name, blank in self.letter.blanks.items() if not blank.required]

    @property
    def countries(self) -> list[str]:
        return [*self.letter.countries, "other"]

    def answers(self, country: str, ticks: Mapping[str, bool], filled: Mapping[str, bool]) -> Answers:
        """One way to fill in the letter, with the examples of its file."""
        blanks = self.letter.blanks
        optional = {name: str(blanks[name].example) if on else "" for name, on in filled.items()}
        return {"country": country, **self.required, **optional, **ticks}

    @property
    def count(self) -> int:
        """How many combinations there are: countries, sets of ticks, sets of optional blanks."""
        return len(self.countries) << len(self.flags)

    @cached_property
    def flags(self) -> list[str]:
        """What can be on or off: ticks, then optional blanks."""
        return [*self.letter.ticks, *self.optional]

    def combination(self, index: int) -> Answers:
        """The answers of one combination; the flags are the bits of its number, the last flag the lowest."""
        size = len(self.flags)
        on = {name: bool(index >> (size - 1 - at) & 1) for at, name in enumerate(self.flags)}
        ticks = {name: on[name] for name in self.letter.ticks}
        return self.answers(self.countries[index >> size], ticks, {name: on[name] for name in self.optional})

    def combinations(self) -> Iterator[Answers]:
        """All of them, in order."""
        return map(self.combination, range(self.count))
