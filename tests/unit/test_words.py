"""Words: values with units, money, days and countries."""

from __future__ import annotations

from datetime import date
from typing import get_args

import pytest

from generator.model.evidence import Fact, Measure
from generator.words import Words, currency_words, is_country, is_currency

WORDS = Words.of("en")


def fact(value: str | None, unit: str | None) -> Fact:
    return Fact.model_validate(
        {"claim": "x", "country": "GB", "source": "s", "confidence": "high", "value": value, "unit": unit}
    )


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        ("30", "days", "30 days"),
        ("1", "days", "1 day"),
        ("15-60", "days", "15–60 days"),
        ("0-1", "days", "0–1 days"),
        ("14", "calendar-days", "14 calendar days"),
        ("1", "working-days", "1 working day"),
        ("48", "hours", "48 hours"),
        ("8", "weeks", "8 weeks"),
        ("6", "months", "6 months"),
        ("1", "years", "1 year"),
        ("3", "times", "3 times"),
        ("50", "percent", "50 percent"),
        ("1.5", "percent", "1.5 percent"),
        ("13", "number", "13"),
        ("1000", "number", "1,000"),
        ("50", "USD", "$50"),
        ("30000", "GBP", "£30,000"),
        ("34.50", "USD", "$34.50"),
        ("100-250.50", "GBP", "£100–£250.50"),
        ("5000", "EUR", "€5,000"),
        ("12.50", "EUR", "€12.50"),
        ("50000", "CAD", "CA$50,000"),
        ("25000", "AUD", "A$25,000"),
        ("600000", "JPY", "¥600,000"),
        ("20000", "SGD", "SGD\u00a020,000"),
        ("5-10.50", "MYR", "MYR\u00a05–MYR\u00a010.50"),
        ("100000000", "VND", "₫100,000,000"),
        ("0800 123 4567", "phone", "0800 123 4567"),
        ("Royal-Mail", "name", "Royal-Mail"),
        ("https://parcels.example/a-b", "website", "https://parcels.example/a-b"),
        ("1 High Street", "address", "1 High Street"),
        (None, None, ""),
    ],
)
def test_a_value_is_shown_with_its_unit(value: str | None, unit: str | None, shown: str) -> None:
    assert WORDS.value(fact(value, unit)) == shown


def test_each_unit_has_words() -> None:
    sample = {"phone": "0800 1", "name": "A body", "website": "https://a.example", "address": "A street"}
    for unit in get_args(Measure):
        value = sample.get(unit, "2")
        assert value in WORDS.value(fact(value, unit)), unit
        assert unit in sample or unit == "number" or WORDS.value(fact(value, unit)) != value, unit


def test_a_day_is_written_day_month_year() -> None:
    assert WORDS.day(date(2026, 11, 2)) == "2 November 2026"


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("all", "All countries"),
        ("GB", "United Kingdom"),
        ("US", "United States"),
        ("GB-SCT", "Scotland"),
        ("GB-EAW", "England and Wales"),
        ("GB-NIR", "Northern Ireland"),
        ("US-CA", "California"),
        ("CA", "Canada"),
        ("CA-QC", "Quebec"),
        ("AU-NSW", "New South Wales"),
        ("FR", "France"),
        ("EU", "European Union"),
        ("XQ", "XQ"),
    ],
)
def test_countries_and_their_parts_have_names(code: str, name: str) -> None:
    assert WORDS.country(code) == name


@pytest.mark.parametrize("code", ["EUR", "MXN", "VND", "PLN", "KWD"])
def test_any_currency_of_iso_4217_is_one(code: str) -> None:
    assert is_currency(code)


@pytest.mark.parametrize("code", ["UKP", "XXX", "XAU", "eur", "", "days"])
def test_what_nobody_pays_in_is_no_currency(code: str) -> None:
    assert not is_currency(code)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("USD", {"USD", "$", "dollar", "dollars"}),
        ("EUR", {"EUR", "€", "euro", "euros"}),
        ("SGD", {"SGD", "dollar", "dollars"}),
        ("JPY", {"JPY", "¥", "yen"}),
    ],
)
def test_a_currency_is_called_by_code_sign_or_name(code: str, words: set[str]) -> None:
    assert currency_words(code) == words


def test_the_european_union_has_a_name_but_is_no_country() -> None:
    assert WORDS.country("EU") == "European Union"
    assert not is_country("EU")


def test_messages_without_a_translation_stay_english() -> None:
    assert Words.of("eo").translations.gettext("The steps") == "The steps"
