"""Rules for names: a body, a law or an abbreviation is named through what says who it is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.catalog import Entry
from generator.checks.context import Context, Rule
from generator.checks.matches import matches, own_texts
from generator.checks.texts import PLACEHOLDER
from generator.model.evidence import Fact, GlossaryTerm
from generator.model.letter import Letter
from generator.problems import Problem

_CAPITALS = re.compile(r"(?<![\w-])[A-Z]{3,}(?![\w-])")
_BODY = (
    "Act|Administration|Advice|Agency|Association|Authority|Board|Bureau|Centre|Center|Commission|"
    "Commissioner|Committee|Council|Court|Department|Directive|Federation|Foundation|General|Institute|"
    "Ministry|Office|Ombudsman|Police|Regulation|Service|Society|Standards|Tribunal|Union"
)
_BODY_NAME = re.compile(rf"\b(?:[A-Z][a-z]+ (?:(?:of|for|and|the|in) )*)+(?:{_BODY})\b")


def bare_name(entry: Entry, context: Context) -> Iterator[Problem]:
    """A body or a number that has a fact is named through that fact.

    Wrong: summary: Call the Office of Fair Parcels today.
    Right: summary: Call the parcel office today.
    """
    if isinstance(entry.model, (Fact, GlossaryTerm)):
        return
    for loc, text in own_texts(entry):
        for name, id in context.names.items():
            if name and name in text:
                pattern = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
                for match in matches(entry, loc, text, pattern):
                    yield match.problem('"{0}" has no source here', f"write [[fact:{id}]]", "bare-name")


def unknown_body(entry: Entry, context: Context) -> Iterator[Problem]:
    """A body or a law that has no fact yet gets one before it is named.

    Wrong: summary: Ask the Parcel Standards Authority today.
    Right: summary: Ask the parcel office today.
    """
    # A letter may name a law: its page shows the facts that it leans on.
    leaning = isinstance(entry.model, Letter) and entry.model.limits
    if leaning or isinstance(entry.model, (Fact, GlossaryTerm)):
        return
    for loc, text in own_texts(entry):
        for match in matches(entry, loc, text, _BODY_NAME):
            if not any(match.words in name or name in match.words for name in context.names if name):
                instead = "make it a fact of unit name and write [[fact:id]]"
                yield match.problem('"{0}" is named without a source', instead, "bare-name")


def unexplained_abbreviation(entry: Entry, context: Context) -> Iterator[Problem]:
    """An abbreviation is explained in the glossary, and a body's is linked there once on each page.

    Wrong: summary: Ask the XYZ for help.
    Right: summary: Ask the support team for help.
    """
    for loc, text in own_texts(entry):
        for match in matches(entry, loc, text, _CAPITALS):
            term = context.bodies.get(match.words)
            if PLACEHOLDER.fullmatch(match.words):
                continue
            if match.words not in context.abbreviations:
                instead = "add it to a term in content/glossary/, or write it out"
                yield match.problem('"{0}" is not in the glossary', instead, "abbreviation")
            elif term and ("term", term) not in {entry.key, *context.linked(entry)}:
                instead = f"link it once on this page: [[term:{term}]]"
                yield match.problem('"{0}" has no source here', instead, "bare-name")


RULES: tuple[Rule, ...] = (bare_name, unknown_body, unexplained_abbreviation)
