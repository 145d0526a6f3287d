"""Source, fact and glossary term: what the site knows, and from where.

In: nothing but the base types. Out: three models. A fact cannot exist without a source.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal, get_args

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_core import PydanticKnownError

from generator.model.base import Day, EntryModel, Id, Line, Link, Prose, SourceId

# A name with a dot in it and letters at its end.
_HOST = r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z](?:[a-z0-9-]*[a-z0-9])"
URL_PATTERN = rf"https://{_HOST}(?:[/?#][^\s\"'<>\\`{{}}|^\[\]]*)?"
"""A plain https address, in letters of either case."""


def _https(url: str) -> str:
    """Refuse all but plain https addresses: no other scheme, user info, port, number, space or quote."""
    if not re.fullmatch(URL_PATTERN, url, re.IGNORECASE):
        raise ValueError("not an https address")
    return url


Url = Annotated[
    str,
    Field(max_length=500, json_schema_extra={"format": "uri", "pattern": "^https://"}),
    AfterValidator(_https),
]

Region = Annotated[str, Field(pattern=r"^([A-Z]{2}(-[A-Z0-9]{1,3})?|all)$")]
"""ISO 3166 code of a country or of a part of it, EU, or `all`."""

Measure = Literal[
    "days",
    "calendar-days",
    "working-days",
    "hours",
    "weeks",
    "months",
    "years",
    "times",
    "percent",
    "phone",
    "name",
    "website",
    "address",
    "number",
]

Currency = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
"""ISO 4217 code; a rule says which codes exist."""


def _unit(written: Any) -> Any:
    """Refuse what is no unit here, so that it is told once and not for each of the two kinds."""
    if not isinstance(written, str):
        raise PydanticKnownError("string_type")
    if written not in get_args(Measure) and not re.fullmatch(r"[A-Z]{3}", written):
        wanted = f"{', '.join(get_args(Measure))}, or the code of a currency such as EUR"
        raise PydanticKnownError("literal_error", {"expected": wanted})
    return written


Unit = Annotated[Measure | Currency, BeforeValidator(_unit)]


class Source(EntryModel):
    """A page that facts come from."""

    title: Line
    """The page's title."""
    url: Url
    """The page's https address."""
    publisher: Line
    """Who publishes it."""
    official: bool
    """true when the publisher is the platform, carrier, authority or lawmaker itself."""
    page_date: Day | None = None
    """The date that the page shows; leave it out when it shows none."""
    read: Day
    """The day on which it was read."""
    how: Literal["live-page", "archived-copy", "repository-copy"]
    """How it was read: the live page, an archived copy, or a copy in a public repository."""
    read_at: Url | None = None
    """Where it was read, when that was not the address itself."""
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}$")] = "en"
    """The page's language, as an ISO 639 code."""
    do_not_link: bool = False
    """true marks an address that must never be published, for example a fake shop."""


class Fact(EntryModel):
    """A number, a name, an address or a rule, with the source that says so."""

    claim: Line
    """The whole fact as one plain sentence."""
    country: Region
    """Where it holds: an ISO 3166 code, EU for the European Union, or all."""
    platform: Id | None = None
    """The platform or carrier that it is about; leave it out for laws and cards."""
    value: Annotated[str, Field(min_length=1, max_length=120)] | None = None
    """The value that pages show: a number, a range such as 15-60, a name, a phone number, an address."""
    unit: Unit | None = None
    """What the value counts or is, or the ISO 4217 code of a currency; goes together with value."""
    source: SourceId
    """The page that says so: the id of an entry in content/sources/."""
    confidence: Literal["high", "medium"]
    """high for an official page that was read; medium for all else. A doubtful fact is not published."""
    note: Line | None = None
    """What the reader should know about this fact, for example who tells it."""
    valid_from: Day | None = None
    """The first day on which it holds."""
    valid_until: Day | None = None
    """The last day on which it holds."""
    review_after: Day | None = None
    """The day after which it should be read again."""


class GlossaryTerm(EntryModel):
    """A word that readers meet, in plain words."""

    title: Annotated[Line, Field(max_length=70)]
    """The word."""
    text: Prose
    """What it means in one line, then what to do about it."""
    also: list[Line] = []
    """Other spellings and abbreviations."""
    see: list[Link] = []
    """Pages that help further, for example step:ask-for-refund."""
    sources: list[SourceId] = []
    """Sources for the meaning."""
