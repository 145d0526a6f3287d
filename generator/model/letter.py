"""Letter: blanks, ticks and a template.

In: nothing but the base types. Out: one model. How a template is read is known in `letters.py`.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from generator.model.base import FactId, Id, Line, Model, Name, Prose, Template
from generator.model.route import Country, Titled

BlankKind = Literal["text", "lines", "date", "email", "amount"]


class Blank(Model):
    """A gap in a letter that the reader fills in."""

    label: Line
    """What to write here, in a few words."""
    kind: BlankKind
    """text (one line), lines (several lines), date, email or amount (a sum of money as typed)."""
    help: Line | None = None
    """Where to find it or how to write it."""
    example: Annotated[str, Field(min_length=1, max_length=80)] | None = None
    """An example of what to write; never a real person's data."""
    required: bool = True
    """false when the letter reads well without it."""


class Tick(Model):
    """Something that the reader confirms; the letter claims it only when it is ticked."""

    label: Line
    """A full sentence that is true or not, in the first person."""


class Letter(Titled):
    """One letter: what it is for, its gaps, and its words."""

    stage: Literal["message", "complaint"]
    """How far the reader has come: a chat-length message, or a formal complaint."""
    to_whom: Line
    """Who gets it."""
    when: Line
    """When to send it."""
    how: Prose
    """How to send it so that it can be proved."""
    countries: Annotated[list[Country], Field(min_length=1)]
    """Countries that the letter has own words for; every other one is called other."""
    blanks: Annotated[dict[Name, Blank], Field(min_length=1)]
    """The gaps, in the order of the form."""
    ticks: dict[Name, Tick] = {}
    """What the reader can confirm."""
    subject: Template
    """The subject line; it carries the order number."""
    body: Template
    """The letter."""
    attach: dict[Id, Line] = {}
    """What to attach, by word id."""
    dont: dict[Id, Line] = {}
    """What not to do, by word id."""
    limits: list[FactId] = []
    """The rules that the letter leans on; shown on the page, not in the letter."""
