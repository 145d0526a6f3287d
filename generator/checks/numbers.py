"""Rule for numbers: a number of days, an amount, a phone number is a fact with a source."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.catalog import Entry
from generator.checks.context import Context, Rule
from generator.checks.matches import matches, own_texts
from generator.model.evidence import Fact
from generator.problems import Problem
from generator.prose import Mention, mentions

_ONE = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|"
    "seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|"
    "million|dozen|half"
)
_UNIT = (
    "seconds?|minutes?|hours?|days?|nights?|weeks?|fortnights?|months?|years?|dollars?|bucks|pounds?|euros?|"
    r"quid|cents?|pence|per ?cent|percent"
)
_NUMBER = re.compile(
    r"[$£€¥]\s?\d(?:[\d.,]*\d)?|(?<![A-Za-z\d])\d[\d.,:/–-]*\d|(?<![A-Za-z\d])\d|"
    rf"\b(?:(?:{_ONE})[ -]+(?:and[ -]+|a[ -]+|to[ -]+|or[ -]+)?){{1,9}}"
    rf"(?:(?:working|business|calendar|full|more|whole)[ -]+)*(?:{_UNIT})\b|"
    r"(?<!once )(?<!twice )(?<!times )\b(?:(?:within|in|for|after|under|than) )?an? (?:whole |full |half )?"
    r"(?:week|fortnight|month|year|hour)\b|"
    r"\bfortnight\b|\b(?:(?:thir|four|fif|six|seven|eigh|nine)teen|eleven|twelve|twenty|thirty|forty|fifty|"
    r"sixty|seventy|eighty|ninety|hundred|thousand|million)\b",
    re.IGNORECASE,
)


_INSTEAD = "make it a fact in content/facts/ and write [[fact:id]]"


def bare_number(entry: Entry, context: Context) -> Iterator[Problem]:
    """A number of days, an amount or a phone number is a fact with a source, never bare prose.

    Wrong: summary: You have 30 days to ask.
    Right: summary: You have some days to ask.
    """
    for loc, text in own_texts(entry):
        for match in matches(entry, loc, text, _NUMBER):
            yield match.problem('"{0}" has no source', _INSTEAD, "bare-number")
        for mention in mentions(text):
            if mention.words and (told := _wrong_words(mention, context)):
                place = entry.document.find(loc, mention.written)
                yield Problem(entry.document.path, place, *told, "bare-number")


def _wrong_words(mention: Mention, context: Context) -> tuple[str, str] | None:
    """What is wrong with the words of a reference: a fact's may repeat its numbers, no others hold one."""
    numbers = [found[0] for found in _NUMBER.finditer(mention.words or "")]
    fact = context.catalog.model("fact", mention.id, Fact) if mention.kind == "fact" else None
    if fact is None:
        return (f'"{mention.words}" has no source', _INSTEAD) if numbers and mention.kind != "fact" else None
    digits = {one for number in numbers for one in re.findall(r"\d+", number) or [number]}
    if digits <= set(re.findall(r"\d+", f"{fact.value} {fact.claim}")):
        return None
    return (
        f'"{mention.words}" is not what the fact says',
        f"write [[fact:{mention.id}]], or correct the words",
    )


RULES: tuple[Rule, ...] = (bare_number,)
