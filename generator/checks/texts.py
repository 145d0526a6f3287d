"""Rules for words: no markup, no raw links, no bare numbers, no promises, no riddles."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.catalog import Entry
from generator.checks.context import Context, Rule
from generator.document import Document
from generator.letter_tree import literals
from generator.letters import Fault, tree
from generator.model.base import Loc, Template, Text, leaves
from generator.model.evidence import Fact, GlossaryTerm, Source
from generator.problems import Problem
from generator.prose import REFERENCE, mentions

_HTML = re.compile(r"</?[A-Za-z][^<>]*>?|<[!?]|&(?:#\w+|[A-Za-z]+);")
_LINK = re.compile(
    r"\]\([^)]*\)?|"
    r"(?:https?|ftp|javascript|data|vbscript|mailto|tel|file):\S+|www\.\S+|[\w.+-]+@[\w-]+\.\w+",
    re.IGNORECASE,
)
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
    r"[$£€¥]\s?\d[\d.,]*|(?<![A-Za-z\d])\d[\d.,:/–-]*\d|(?<![A-Za-z\d])\d|"
    rf"\b(?:(?:{_ONE})[ -]+(?:and[ -]+|a[ -]+|to[ -]+|or[ -]+)?)+"
    rf"(?:(?:working|business|calendar|full|more|whole)[ -]+)*(?:{_UNIT})\b|"
    r"\b(?:within|in|for|after|under|than) (?:a|an|half an?) (?:week|fortnight|month|year|hour)\b|"
    r"\bfortnight\b",
    re.IGNORECASE,
)
_CAPITALS = re.compile(r"(?<![\w-])[A-Z]{3,}(?![\w-])")
_PLACEHOLDER = re.compile(r"\b(?:TODO|TBD|FIXME|XXX|lorem ipsum)\b|\?\?\?", re.IGNORECASE)
_PROMISE = re.compile(
    r"\byou(?:'ll| will| are going to) (?:\w+ly |always )?(?:get|have|receive|win)\b[^.]{0,40}"
    r"\b(?:money|refund|paid|back|cash)\b|\bwe (?:guarantee|promise)\b|\bguaranteed to\b",
    re.IGNORECASE,
)


def _texts(entry: Entry) -> Iterator[tuple[Loc, str]]:
    """Each text for readers, as written; a letter's template gives its literal text."""
    for loc, value in leaves(entry.model):
        if isinstance(value, Template):
            yield loc, _literal(value)
        elif isinstance(value, Text):
            yield loc, value


def _literal(template: Template) -> str:
    try:
        return "\n".join(literals(tree(template)))
    except Fault:
        return ""


def _prose(entry: Entry) -> Iterator[tuple[Loc, str]]:
    """Texts of our own: not the titles of cited pages, nor what a fact says, nor a glossary word."""
    for loc, text in _texts(entry):
        given = {
            Source: ("title", "publisher"),
            Fact: ("claim", "note"),
            GlossaryTerm: ("title", "also"),
        }
        if loc[0] not in given.get(type(entry.model), ()):
            yield loc, text


def _found(
    document: Document,
    loc: Loc,
    text: str,
    pattern: re.Pattern[str],
    what: str,
    instead: str,
    rule: str,
) -> Iterator[Problem]:
    """A problem for each match outside references; `what` may hold {0}."""
    open_text = REFERENCE.sub(lambda found: "\0" * len(found.group()), text)
    for found in pattern.finditer(open_text):
        written = found.group().strip()
        nth = text[: found.start()].count(written)
        place = document.find(loc, written.split("\n")[0], occurrence=nth)
        yield Problem(document.path, place, what.format(written), instead, rule)


def html_in_text(entry: Entry, context: Context) -> Iterator[Problem]:
    """Texts hold no HTML.

    Wrong: summary: Look <b>around</b> first.
    Right: summary: Look **around** first.
    """
    for loc, text in _texts(entry):
        instead = "write plain text; **bold** and *em* are allowed"
        yield from _found(entry.document, loc, text, _HTML, '"{0}" is HTML', instead, "html-in-text")


def raw_link(entry: Entry, context: Context) -> Iterator[Problem]:
    """Texts link only through references, so that every link has a source.

    Wrong: summary: See https://example.org/help for more.
    Right: summary: See your order for more.
    """
    for loc, text in _texts(entry):
        if not (isinstance(entry.model, Source) and loc == ("title",)):
            instead = "refer to an entry, such as [[source:id]] or [[step:id]]"
            what = 'a raw link or address: "{0}"'
            yield from _found(entry.document, loc, text, _LINK, what, instead, "raw-link")


def bare_number(entry: Entry, context: Context) -> Iterator[Problem]:
    """A number of days, an amount or a phone number is a fact with a source, never bare prose.

    Wrong: summary: You have 30 days to ask.
    Right: summary: You have some days to ask.
    """
    instead = "make it a fact in content/facts/ and write [[fact:id]]"
    for loc, text in _prose(entry):
        listless = re.sub(
            r"(?m)^(\s*)\d+(?=\. )",
            lambda found: found[1] + " " * (len(found[0]) - len(found[1])),
            text,
        )
        yield from _found(
            entry.document, loc, listless, _NUMBER, '"{0}" has no source', instead, "bare-number"
        )
        yield from _numbers_in_labels(entry, context, loc, text)


def _numbers_in_labels(entry: Entry, context: Context, loc: Loc, text: str) -> Iterator[Problem]:
    """Words of a fact reference may repeat the fact's own value, and no other number."""
    for mention in mentions(text):
        fact = context.catalog.model("fact", mention.id, Fact) if mention.kind == "fact" else None
        allowed = set(re.findall(r"\d+", f"{fact.value} {fact.claim}")) if fact else set()
        written = set(re.findall(r"(?<![A-Za-z\d])\d+", mention.words or ""))
        if mention.kind == "fact" and fact and not written <= allowed:
            place = entry.document.find(loc, mention.written)
            what = f'"{mention.words}" is not what the fact says'
            instead = f"write [[fact:{mention.id}]], or correct the words"
            yield Problem(entry.document.path, place, what, instead, "bare-number")


def bare_name(entry: Entry, context: Context) -> Iterator[Problem]:
    """A body or a number that has a fact is named through that fact.

    Wrong: summary: Call the Office of Fair Parcels today.
    Right: summary: Call the parcel office today.
    """
    for loc, text in _prose(entry):
        for name, id in context.names.items():
            if name and name in text and not isinstance(entry.model, (Fact, GlossaryTerm)):
                pattern = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
                instead = f"write [[fact:{id}]]"
                what = '"{0}" has no source here'
                yield from _found(entry.document, loc, text, pattern, what, instead, "bare-name")


def unexplained_abbreviation(entry: Entry, context: Context) -> Iterator[Problem]:
    """An abbreviation is explained in the glossary.

    Wrong: summary: Ask the XYZ for help.
    Right: summary: Ask the support team for help.
    """
    for loc, text in _prose(entry):
        known = context.abbreviations
        for problem in _found(
            entry.document,
            loc,
            text,
            _CAPITALS,
            "{0}",
            "add it to a term in content/glossary/, or write it out",
            "abbreviation",
        ):
            if problem.what not in known:
                what = f'"{problem.what}" is not in the glossary'
                yield Problem(problem.path, problem.position, what, problem.instead, problem.rule)


def placeholder(entry: Entry, context: Context) -> Iterator[Problem]:
    """Nothing unfinished is published.

    Wrong: summary: TODO say what this is.
    Right: summary: What your order says, and what it means.
    """
    for loc, text in _texts(entry):
        instead = "write the text, or leave the field out"
        what = '"{0}" is a placeholder'
        yield from _found(entry.document, loc, text, _PLACEHOLDER, what, instead, "placeholder")


def promise(entry: Entry, context: Context) -> Iterator[Problem]:
    """No outcome is promised.

    Wrong: summary: You will get your money back.
    Right: summary: You can ask for your money back.
    """
    for loc, text in _prose(entry):
        instead = 'say what the reader can do, for example "you can ask for"'
        what = '"{0}" promises an outcome'
        yield from _found(entry.document, loc, text, _PROMISE, what, instead, "promise")


RULES: tuple[Rule, ...] = (
    html_in_text,
    raw_link,
    bare_number,
    bare_name,
    unexplained_abbreviation,
    placeholder,
    promise,
)
