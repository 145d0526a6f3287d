"""Rules for numbers: a number of days, an amount, a phone number is a fact with a source."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.catalog import Entry
from generator.checks.context import Context, Rule
from generator.checks.matches import found_in, own_texts, some_word
from generator.model.evidence import Fact
from generator.model.letter import Letter
from generator.problems import Problem
from generator.prose import Mention, mentions

_GAP = r"[\s*_\\\u2010-\u2015-]+"
"""What may stand between two words, marks of emphasis included."""
_ONE = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|"
    "seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|"
    "million|dozen|half|zero"
)
_NTH = "third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|[a-z]+teenth|[a-z]+tieth"
_KIND = "working|business|banking|calendar|consecutive|full|more|whole|extra|further|clear"
_UNIT = (
    "seconds?|minutes?|mins?|hours?|hrs?|days?|weekdays?|workdays?|nights?|weekends?|weeks?|wks?|fortnights?|"
    "months?|years?|decades?|dollars?|bucks|pounds?|euros?|quid|tenner|cents?|pence|per ?cent|percent"
)
_NUMBER = re.compile(
    r"[$£€¥]\s?\d(?:[\d.,]*\d)?|(?<![A-Za-z\d])\d[\d.,:/–-]*\d|(?<![A-Za-z\d])\d|\b[A-Za-z]{1,4}\d{2,}\b|"
    r"[\u00b2\u00b3\u00b9\u00bc-\u00be\u2070-\u2089\u2150-\u2189\u2460-\u249b\u24ea-\u24ff\u2776-\u2793]|"
    rf"\b(?:(?:{_ONE}){_GAP}(?:(?:and|a|to|or){_GAP})?){{1,9}}(?:(?:{_KIND}){_GAP}){{0,3}}(?:{_UNIT})\b|"
    rf"\b(?:{_NTH}){_GAP}(?:(?:{_KIND}){_GAP}){{0,3}}(?:day|week|month|year|hour)s?\b|"
    rf"\b(?:another|an entire|a full){_GAP}(?:day|week|month|year|hour)\b|"
    r"(?<!once )(?<!twice )(?<!times )\b(?:(?:within|in|for|after|under|than) )?an? (?:whole |full |half )?"
    r"(?:week|fortnight|month|year|hour)\b|"
    r"\bfortnight\b|\b(?:(?:thir|four|fif|six|seven|eigh|nine)teen|eleven|twelve|twenty|thirty|forty|fifty|"
    r"sixty|seventy|eighty|ninety|hundred|thousand|million)\b",
    re.IGNORECASE,
)
# Without one of these nothing above can match: the long pattern is tried only where it may find something.
_SIGN = re.compile(
    r"[\d$£€¥\u00b2\u00b3\u00b9\u00bc-\u00be\u2070-\u2089\u2150-\u2189\u2460-\u249b\u24ea-\u24ff\u2776-\u2793]"
)
_WORDS = """
second seconds minute minutes min mins hour hours hr hrs day days weekday weekdays workday workdays
night nights weekend weekends week weeks wk wks fortnight fortnights month months year years decade decades
dollar dollars bucks pound pounds euro euros quid tenner cent cents pence percent
eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen
twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million
"""
_MAY_COUNT = some_word(*_WORDS.split())
# A number with the word behind it, as a claim has it: 30 days, $50.
_QUANTITY = re.compile(r"[$£€¥]?\d[\d.,]*(?:[ -]+[A-Za-z]+)?")

_INSTEAD = "make it a fact in content/facts/ and write [[fact:id]]"
_IN_A_LETTER = "leave it out of the letter, make it a fact in content/facts/ and list that under limits"


def bare_number(entry: Entry, context: Context) -> Iterator[Problem]:
    """A number of days, an amount or a phone number is a fact with a source, never bare prose.

    Wrong: summary: You have 30 days to ask.
    Right: summary: You have some days to ask.
    """
    instead = _IN_A_LETTER if isinstance(entry.model, Letter) else _INSTEAD
    for match in found_in(entry, own_texts(entry), _NUMBER, hint=_may_hold_a_number):
        yield match.problem('"{0}" has no source', instead, "bare-number")
    for loc, text in own_texts(entry).referring:
        for mention in mentions(text):
            if mention.words and (told := _wrong_words(mention, context)):
                place = entry.document.find(loc, mention.written)
                yield Problem(entry.document.path, place, *told, "bare-number")


def _may_hold_a_number(text: str) -> bool:
    """Whether the long pattern has anything to look for; true for a few texts in which it finds nothing."""
    return bool(_SIGN.search(text) or _MAY_COUNT(text))


def _wrong_words(mention: Mention, context: Context) -> tuple[str, str] | None:
    """What is wrong with the words of a reference: a fact's may repeat its claim, no others hold a number."""
    words = mention.words or ""
    numbers = {found[0] for found in _NUMBER.finditer(words)}
    if not numbers or not context.catalog.knows((mention.kind, mention.id)):
        return None
    fact = context.catalog.model("fact", mention.id, Fact) if mention.kind == "fact" else None
    if fact is None:
        return (f'"{words}" has no source', _INSTEAD) if mention.kind != "fact" else None
    claim = _plain(fact.claim)
    said = {found[0] for found in _QUANTITY.finditer(words)} or numbers
    if all(_plain(one) in claim for one in said):
        return None
    instead = f"write [[fact:{mention.id}]], or the words that its claim has"
    return f'"{words}" is not what the fact says', instead


def _plain(text: str) -> str:
    """Small letters, single spaces: for comparing words."""
    return " ".join(re.split(r"[\s-]+", text.casefold())).rstrip(".,")


# Fields that pages show as plain words, where no footnote can stand.
_PLAIN_FIELDS = {"title", "question", "also", "checklist", "retired", "label", "help", "says"}


def fact_without_footnote(entry: Entry, context: Context) -> Iterator[Problem]:
    """A fact stands where its source can be marked: not in titles, checklists and labels.

    Wrong: title: Wait [[fact:first-limit]]
    Right: title: Wait a little
    """
    for loc, text in own_texts(entry).referring:
        for mention in mentions(text) if _PLAIN_FIELDS & set(loc) else ():
            if mention.kind == "fact":
                place = entry.document.find(loc, mention.written)
                what = f'"{mention.written}" stands where no source can be shown'
                instead = "say it in how, why or a section"
                yield Problem(entry.document.path, place, what, instead, "no-footnote")


RULES: tuple[Rule, ...] = (bare_number, fact_without_footnote)
