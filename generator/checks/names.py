"""Rules for names: a body, a law or an abbreviation is named through what says who it is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.catalog import Entry
from generator.checks.context import Context, Rule
from generator.checks.matches import found_in, matches, own_texts, some_word, words_in
from generator.checks.texts import PLACEHOLDER
from generator.model.evidence import Fact, GlossaryTerm
from generator.model.letter import Letter
from generator.problems import Problem
from generator.prose import REFERENCE

_CAPITALS = re.compile(r"(?<![\w-])[A-Z]{3,}(?![\w-])")
_STRONG = (
    "Act|Administration|Agency|Association|Authority|Bureau|Commission|Commissioner|Committee|Council|"
    "Department|Directive|Federation|Foundation|Institute|Ministry|Ombudsman|Regulations?|Tribunal"
)
_WEAK = "Advice|Board|Centre|Center|Court|Police|Service|Society|Standards|Union"
_CAPITAL = r"[A-Z][a-z]+ (?:(?:of|for|and|the|in) )*"
# "Customer Service" and "Help Center" are no bodies, so weaker words need two more before them.
_BODY_NAME = re.compile(
    rf"\b(?:{_CAPITAL})+(?:{_STRONG})\b|\b(?:{_CAPITAL}){{2,}}(?:{_WEAK})\b|"
    r"\bOffice of (?:the )?[A-Z]\w+(?: [A-Z]\w+)*"
)

_MAY_BE_A_BODY = some_word("office", *f"{_STRONG}|{_WEAK}".replace("s?", "|Regulations").lower().split("|"))
_THREE_CAPITALS = re.compile("[A-Z]{3}")


def bare_name(entry: Entry, context: Context) -> Iterator[Problem]:
    """A body or a number that has a fact is named through that fact.

    Wrong: summary: Call the Office of Fair Parcels today.
    Right: summary: Call the parcel office today.
    """
    if isinstance(entry.model, (Fact, GlossaryTerm)):
        return
    texts = own_texts(entry)
    whole, by_word = "\0".join([text for _, text in texts]), context.names_by_word
    likely = [one for word in ("", *words_in(texts.shown) & by_word.keys()) for one in by_word.get(word, ())]
    here = {name: id for name, id in likely if name in whole}
    for loc, text in texts if here else ():
        for name, id in here.items():
            pattern = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
            for match in matches(entry, loc, _unnamed(text, context), pattern, shown=True):
                yield match.problem('"{0}" has no source here', f"write [[fact:{id}]]", "bare-name")


def _unnamed(text: str, context: Context) -> str:
    """The text without the references that say who somebody is: terms, sources and facts that are names."""

    def hide(found: re.Match[str]) -> str:
        kind, id, _ = found.groups()
        fact = context.catalog.model("fact", id, Fact) if kind == "fact" else None
        said = fact is not None and (fact.unit == "name" or (found[3] or "") in fact.claim)
        names = said or kind in ("term", "source")
        return "\0" * len(found[0]) if names else found[0]

    return REFERENCE.sub(hide, text)


def unknown_body(entry: Entry, context: Context) -> Iterator[Problem]:
    """A body or a law that has no fact yet gets one before it is named.

    Wrong: summary: Ask the Parcel Standards Authority today.
    Right: summary: Ask the parcel office today.
    """
    # A letter may name a law: its page shows the facts that it leans on.
    leaning = isinstance(entry.model, Letter) and entry.model.limits
    if leaning or isinstance(entry.model, (Fact, GlossaryTerm)):
        return
    texts = own_texts(entry)
    for loc, text in texts if _MAY_BE_A_BODY(texts.shown) else ():
        unnamed = _unnamed(text, context)
        for match in matches(entry, loc, unnamed, _BODY_NAME, shown=True, hint=_MAY_BE_A_BODY):
            if not any(match.words in name or name in match.words for name in context.names if name):
                instead = "make it a fact of unit name and write [[fact:id]]"
                yield match.problem('"{0}" is named without a source', instead, "bare-name")


def unexplained_abbreviation(entry: Entry, context: Context) -> Iterator[Problem]:
    """An abbreviation is explained in the glossary, and a body's is linked there once on each page.

    Wrong: summary: Ask the XYZ for help.
    Right: summary: Ask the support team for help.
    """
    for match in found_in(entry, own_texts(entry), _CAPITALS, hint=_THREE_CAPITALS.search):
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
