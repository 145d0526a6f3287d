"""Guide, step and tip: the route that a reader walks.

In: nothing but the base types. Out: three models. They hold words and ids, no layout.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from generator.model.base import (
    EntryModel,
    FactId,
    Id,
    LetterId,
    Line,
    Link,
    Model,
    Prose,
    SourceId,
    StepId,
    TipId,
)

Country = Literal["US", "GB"]
"""ISO 3166 code of a country that the site covers."""

Short = Annotated[Line, Field(max_length=110)]
Title = Annotated[Line, Field(max_length=70)]
Summary = Annotated[Line, Field(max_length=160)]


class Meaning(Model):
    """A word and its meaning, inside a section."""

    name: Line
    """The word as the reader sees it, for example a status in the app."""
    text: Line
    """What it means and what to do, in one or two short sentences."""


class Section(Model):
    """A part of a page that goes deeper; it has text, terms, or both."""

    title: Title
    """The section's heading."""
    country: Country | None = None
    """The country that the section is for; leave it out when it is for all."""
    text: Prose | None = None
    """Paragraphs and lists."""
    terms: dict[Id, Meaning] = {}
    """A list of words with their meanings, by word id."""


class Titled(EntryModel):
    """What each page that a reader can open has."""

    title: Title
    """The page's heading, at most 70 characters."""
    summary: Summary
    """The quick answer in one or two sentences, at most 160 characters; search engines show it too."""
    also: list[Line] = []
    """Other words that readers type when they look for this page; search finds them."""


class Walk(Titled):
    """What a step and a tip share."""

    when: Line
    """When to do this."""
    how: Prose
    """How to do it, mostly a numbered list."""
    why: Prose
    """Why it is worth the effort."""
    checklist: Annotated[dict[Id, Short], Field(min_length=1)]
    """What to tick: word id and one line each. The id is for ever; the words may change."""
    dont: dict[Id, Line] = {}
    """What not to do, by word id."""
    limits: list[FactId] = []
    """Facts with time limits that may be running now; shown as a table with their sources."""
    sections: dict[Id, Section] = {}
    """Parts that go deeper, by word id."""
    sources: list[SourceId] = []
    """Sources that support the text but belong to no fact used on the page."""
    retired: dict[Id, Line] = {}
    """Checklist ids that were taken out, each with the reason that a reader who ticked it is told."""


class Step(Walk):
    """One step of the route."""

    to_whom: Line
    """Whom the reader turns to."""
    proof: Annotated[dict[Id, Line], Field(min_length=1)]
    """What to keep as proof, by word id."""
    if_it_fails: Prose
    """What comes next when this does not work."""
    letters: list[LetterId] = []
    """Letters that belong to this step."""


class Tip(Walk):
    """Advice for before and after the next order."""


class Answer(Model):
    """One thing that an order can say, and where to go from there."""

    says: Line
    """The reader's own words, for example: It says delivered, but nothing is here."""
    do: Line
    """The first thing to do, in one or two short sentences."""
    go: Link
    """The page to open, for example step:contact-support."""


class Ending(Model):
    """The last words of a guide."""

    title: Title
    """The ending's heading."""
    text: Prose
    """Two or three short paragraphs."""


class Guide(Titled):
    """A whole route: its question, its steps, its tips and its ending."""

    question: Line
    """The one question on the home page."""
    answers: Annotated[dict[Id, Answer], Field(min_length=1)]
    """The answers to the question, most common first."""
    intro: Prose
    """What the reader should know before the first step."""
    steps: Annotated[list[StepId], Field(min_length=1)]
    """The steps, in order."""
    tips: list[TipId] = []
    """The tips, in order."""
    ending: Ending
    """How the guide closes."""
