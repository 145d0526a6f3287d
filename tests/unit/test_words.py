"""Words: values with units, money, days and countries."""

from __future__ import annotations

from datetime import date

import pytest

from generator.model.evidence import Fact, Unit
from generator.words import Words

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
    for unit in Unit.__args__:  # type: ignore[attr-defined]
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
        ("XQ", "XQ"),
    ],
)
def test_countries_and_their_parts_have_names(code: str, name: str) -> None:
    assert WORDS.country(code) == name


def test_messages_without_a_translation_stay_english() -> None:
    assert Words.of("eo").translations.gettext("The steps") == "The steps"
