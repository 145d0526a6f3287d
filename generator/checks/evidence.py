"""Rules for facts, sources and dates: what is said has a source, and the source is real and dated."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from generator.catalog import Entry
from generator.checks.context import Context, Rule, host
from generator.checks.matches import addresses
from generator.model.evidence import URL_PATTERN, Fact, Source
from generator.model.page import Retired
from generator.problems import Problem
from generator.references import sources_of
from generator.words import currency_words, is_country, is_currency

_SHAPES = {
    "phone": (
        r"\+?[\d(][\d ()-]{1,20}\d",
        "digits, spaces and brackets, for example 0800 123 4567",
    ),
    "website": (f"(?i:{URL_PATTERN})", "an address that starts with https://"),
    "name": (r".*[^\W\d].*", "a name"),
    "address": (r".*[^\W\d].*", "a postal address"),
}
_NUMBER = (
    r"\d{1,9}(?:\.\d{1,2})?(?:-\d{1,9}(?:\.\d{1,2})?)?",
    "a number such as 30, or a range such as 15-60",
)


def value_and_unit(entry: Entry, context: Context) -> Iterator[Problem]:
    """A fact's value has a unit, and looks like one of that unit.

    Wrong: value: thirty
    Right: value: "30"
    """
    fact = entry.model
    if not isinstance(fact, Fact):
        return
    if (fact.value is None) != (fact.unit is None):
        here, other = ("unit", "value") if fact.value is None else ("value", "unit")
        what, instead = (
            f'"{here}" stands without "{other}"',
            f'add "{other}:", or take out "{here}:"',
        )
        yield entry.document.problem((here,), what, instead, "value-unit")
    elif fact.value is not None:
        shape, wanted = _SHAPES.get(str(fact.unit), _NUMBER)
        if not re.fullmatch(shape, fact.value):
            what = f'"{fact.value}" is not a value in {fact.unit}'
            yield entry.document.problem(("value",), what, f"write {wanted}", "bad-value")


_UNIT_WORDS = {
    "days": r"days?",
    "calendar-days": r"days?",
    "working-days": r"(?:working|business) days?",
    "hours": r"hours?",
    "weeks": r"weeks?",
    "months": r"months?",
    "years": r"years?",
    "percent": r"%|per ?cent",
}


def value_in_claim(entry: Entry, context: Context) -> Iterator[Problem]:
    """A fact's value says what its claim says.

    Wrong: value: "300" under a claim of 30 days
    Right: value: "30" under a claim of 30 days
    """
    fact = entry.model
    if not isinstance(fact, Fact) or fact.value is None or fact.unit in (*_SHAPES, None):
        return
    numbers = set(re.findall(r"\d+(?:\.\d+)?", fact.claim.replace(",", "")))
    if not set(re.findall(r"\d+(?:\.\d+)?", fact.value)) <= numbers:
        what = f'the claim does not say "{fact.value}"'
        yield entry.document.problem(("value",), what, "make value and claim say the same", "bad-value")
    elif not _speaks_of(fact.claim, str(fact.unit)):
        what = f"the claim does not speak of {fact.unit}"
        yield entry.document.problem(("unit",), what, "make unit and claim say the same", "bad-value")


def _speaks_of(claim: str, unit: str) -> bool:
    money = "|".join(map(re.escape, currency_words(unit))) if is_currency(unit) else ""
    return bool(re.search(_UNIT_WORDS.get(unit, money), claim, re.IGNORECASE))


def known_currency(entry: Entry, context: Context) -> Iterator[Problem]:
    """A fact's amount is in a currency that exists.

    Wrong: unit: DAY
    Right: unit: days
    """
    fact = entry.model
    if isinstance(fact, Fact) and fact.unit and fact.unit.isupper() and not is_currency(fact.unit):
        instead = "write an ISO 4217 code such as EUR or GBP"
        yield entry.document.problem(("unit",), f'"{fact.unit}" is no currency', instead, "bad-value")


def known_region(entry: Entry, context: Context) -> Iterator[Problem]:
    """A fact's country is one that exists, or the European Union.

    Wrong: country: UK
    Right: country: GB
    """
    fact = entry.model
    if isinstance(fact, Fact) and fact.country not in ("all", "EU") and not is_country(fact.country[:2]):
        codes = "write an ISO 3166 code such as US or GB-SCT, or EU, or all"
        instead = "write GB" if fact.country == "UK" else codes
        yield entry.document.problem(("country",), f'"{fact.country}" is no country', instead, "bad-value")


def no_future(entry: Entry, context: Context) -> Iterator[Problem]:
    """Nothing was read or checked on a day that has not come.

    Wrong: checked: 2999-01-01
    Right: checked: 2026-11-20
    """
    for loc, value in entry.leaves:
        past = loc[-1] in ("checked", "read", "page_date")
        if isinstance(value, date) and past and value > context.today:
            what = f"{value.isoformat()} has not come yet"
            yield entry.document.problem(loc, what, "write the day it was done", "future-date")


def order_of_dates(entry: Entry, context: Context) -> Iterator[Problem]:
    """A fact ends after it begins.

    Wrong: valid_from: 2026-05-01 with valid_until: 2026-04-01
    Right: valid_from: 2026-04-01 with valid_until: 2026-05-01
    """
    fact = entry.model
    if isinstance(fact, Fact) and fact.valid_from and fact.valid_until:
        if fact.valid_until < fact.valid_from:
            what = "this fact ends before it begins"
            instead = "check valid_from and valid_until"
            yield entry.document.problem(("valid_until",), what, instead, "date-order")


def expired(entry: Entry, context: Context) -> Iterator[Problem]:
    """A fact that no longer holds is not used.

    Wrong: summary: You have [[fact:old-limit]].
    Right: summary: You have some time.
    """
    for pointer in entry.pointers:
        fact = context.catalog.model("fact", pointer.id, Fact) if pointer.kind == "fact" else None
        if fact and fact.valid_until and fact.valid_until < context.today:
            what = f'fact "{pointer.id}" ended on {fact.valid_until.isoformat()}'
            place = entry.document.find(pointer.loc, pointer.written)
            instead = "use a fact that holds, or take it out"
            yield Problem(entry.document.path, place, what, instead, "expired-fact")


def do_not_link(entry: Entry, context: Context) -> Iterator[Problem]:
    """Addresses that are marked as never to be linked stand nowhere.

    Wrong: sources: [fake-shop]
    Right: sources: [real-page]
    """
    marked = isinstance(entry.model, Source) and entry.model.do_not_link
    for loc, value in () if marked else addresses(entry):
        if any(f".{host(value)}".endswith(f".{one}") for one in context.forbidden_hosts):
            what = f"{host(value)} is marked do_not_link"
            yield entry.document.problem(loc, what, "find another address", "do-not-link")
    for pointer in entry.pointers:
        source = context.catalog.model("source", pointer.id, Source) if pointer.kind == "source" else None
        if source and source.do_not_link:
            place = entry.document.find(pointer.loc, pointer.written)
            what = f'source "{pointer.id}" is marked do_not_link'
            instead = "cite another page"
            yield Problem(entry.document.path, place, what, instead, "do-not-link")


def dated(entry: Entry, context: Context) -> Iterator[Problem]:
    """Every page can say when its facts were last checked.

    Wrong: title: A page without a date
    Right: checked: 2026-11-20
    """
    if not isinstance(entry.model, (Fact, Source, Retired)):
        if not entry.model.checked and not sources_of(entry, context.catalog):
            what = "nothing says when this was checked"
            yield entry.document.problem((), what, 'add "checked: YYYY-MM-DD"', "no-date")


RULES: tuple[Rule, ...] = (
    value_and_unit,
    value_in_claim,
    known_currency,
    known_region,
    no_future,
    order_of_dates,
    expired,
    do_not_link,
    dated,
)
