"""Rules for words: no markup, no raw links, no bare numbers, no promises, no riddles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from generator.catalog import Entry
from generator.checks.context import Context, Rule
from generator.document import Document, offsets
from generator.letter_tree import literals
from generator.letters import Fault, tree
from generator.model.base import Loc, Markdown, Template, Text, leaves
from generator.model.evidence import Fact, GlossaryTerm, Source
from generator.model.letter import Letter
from generator.problems import Problem
from generator.prose import REFERENCE, mentions

_HTML = re.compile(r"</?[A-Za-z][^<>]*>?|<[!?]|&(?:#\w+|[A-Za-z]+);")
_LINK = re.compile(
    r"\]\([^)]*\)?|\]\s?\[[^\]\[]+\]|!\[|(?:javascript|vbscript)\s*:|"
    r"(?:https?|ftp|data|mailto|tel|file):[^\s\0]+|www\.[^\s\0]+|(?<![\w.+-])[\w.+-]+@[\w-]+\.\w+",
    re.IGNORECASE,
)
_SITE = re.compile(
    r"\b[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|edu|gov|info|shop|io|co|app|dev|uk|eu|us|scot)\b[^\s\0]*",
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
    r"[$£€¥]\s?\d(?:[\d.,]*\d)?|(?<![A-Za-z\d])\d[\d.,:/–-]*\d|(?<![A-Za-z\d])\d|"
    rf"\b(?:(?:{_ONE})[ -]+(?:and[ -]+|a[ -]+|to[ -]+|or[ -]+)?){{1,9}}"
    rf"(?:(?:working|business|calendar|full|more|whole)[ -]+)*(?:{_UNIT})\b|"
    r"(?<!once )(?<!twice )(?<!times )\b(?:(?:within|in|for|after|under|than) )?an? (?:whole |full |half )?"
    r"(?:week|fortnight|month|year|hour)\b|"
    r"\bfortnight\b|\b(?:(?:thir|four|fif|six|seven|eigh|nine)teen|eleven|twelve|twenty|thirty|forty|fifty|"
    r"sixty|seventy|eighty|ninety|hundred|thousand|million)\b",
    re.IGNORECASE,
)
_LIST_NUMBER = re.compile(r"(?m)^[ ]*\d{1,2}(?=\. )")
MAX_FOUND = 50
"""Matches that one rule tells of one text."""
_CAPITALS = re.compile(r"(?<![\w-])[A-Z]{3,}(?![\w-])")
_BODY = (
    "Act|Administration|Advice|Agency|Association|Authority|Board|Bureau|Centre|Center|Commission|"
    "Commissioner|Committee|Council|Court|Department|Directive|Federation|Foundation|General|Institute|"
    "Ministry|Office|Ombudsman|Police|Regulation|Service|Society|Standards|Tribunal|Union"
)
_BODY_NAME = re.compile(rf"\b(?:[A-Z][a-z]+ (?:(?:of|for|and|the|in) )*)+(?:{_BODY})\b")
_MARKUP = re.compile(r"(?m)^(?:#{1,6}\s|>\s|\||```|~~~).*|`[^`\n]*`?")
_PAGE_MARKUP = re.compile(r"(?m)^(?:#\s|```|~~~).*|`[^`\n]*`?")
_PLACEHOLDER = re.compile(
    r"\b(?:TODO|TBD|FIXME|XXX|lorem ipsum)\b|\?\?\?|\A…\Z|\{\{|\}\}|\{%|%\}", re.IGNORECASE
)
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
    *,
    words: bool = False,
) -> Iterator[Problem]:
    """A problem for each match outside references, or in their words too; `what` may hold {0}."""
    for found in islice(pattern.finditer(_masked(text, words=words)), MAX_FOUND):
        written = text[found.start() : found.end()].strip()
        line = written.split("\n")[0]
        nth = sum(at < found.start() for at in offsets(text, line, 0, found.end()))
        place = document.find(loc, line, occurrence=nth)
        yield Problem(document.path, place, what.format(written), instead, rule)


def _masked(text: str, *, words: bool) -> str:
    """The text with list numbers and references blotted out; `words` leaves what references show."""

    def blot(found: re.Match[str]) -> str:
        shown = (found[3] or "") if words else ""
        return "\0" * (len(found[0]) - len(shown) - 2) + shown + "\0\0"

    return _LIST_NUMBER.sub(lambda found: "\0" * len(found[0]), REFERENCE.sub(blot, text))


def html_in_text(entry: Entry, context: Context) -> Iterator[Problem]:
    """Texts hold no HTML.

    Wrong: summary: Look <b>around</b> first.
    Right: summary: Look **around** first.
    """
    for loc, text in _texts(entry):
        instead = "write plain text; **bold** and *em* are allowed"
        what = '"{0}" is HTML'
        yield from _found(entry.document, loc, text, _HTML, what, instead, "html-in-text", words=True)


def unknown_markup(entry: Entry, context: Context) -> Iterator[Problem]:
    """Texts know paragraphs, lists, bold and em; pages know headings and tables too.

    Wrong: summary: Tap `Help` first.
    Right: summary: Tap **Help** first.
    """
    for loc, value in leaves(entry.model):
        if isinstance(value, Text) and not isinstance(value, Template):
            pattern = _PAGE_MARKUP if isinstance(value, Markdown) else _MARKUP
            instead = "use paragraphs, lists, **bold** and *em*; a heading is a section of its own"
            what = '"{0}" is not known here'
            yield from _found(entry.document, loc, value, pattern, what, instead, "unknown-markup")


def raw_link(entry: Entry, context: Context) -> Iterator[Problem]:
    """Texts link only through references, so that every link has a source.

    Wrong: summary: See https://example.org/help for more.
    Right: summary: See your order for more.
    """
    instead = "refer to an entry, such as [[source:id]] or [[step:id]]"
    what = 'a raw link or address: "{0}"'
    for loc, text in _texts(entry):
        if not (isinstance(entry.model, Source) and loc == ("title",)):
            yield from _found(entry.document, loc, text, _LINK, what, instead, "raw-link", words=True)
    # Publishers and facts may name a site; it is the address that makes it a link.
    for loc, text in _prose(entry):
        yield from _found(
            entry.document, loc, _LINK.sub("", text), _SITE, what, instead, "raw-link", words=True
        )


def bare_number(entry: Entry, context: Context) -> Iterator[Problem]:
    """A number of days, an amount or a phone number is a fact with a source, never bare prose.

    Wrong: summary: You have 30 days to ask.
    Right: summary: You have some days to ask.
    """
    instead = "make it a fact in content/facts/ and write [[fact:id]]"
    for loc, text in _prose(entry):
        what = '"{0}" has no source'
        yield from _found(entry.document, loc, text, _NUMBER, what, instead, "bare-number")
        yield from _numbers_in_labels(entry, context, loc, text)


def _numbers_in_labels(entry: Entry, context: Context, loc: Loc, text: str) -> Iterator[Problem]:
    """Words of a fact reference may repeat the fact's own value; no other words hold a number."""
    for mention in mentions(text):
        fact = context.catalog.model("fact", mention.id, Fact) if mention.kind == "fact" else None
        allowed = set(re.findall(r"\d+", f"{fact.value} {fact.claim}")) if fact else set()
        written = set(re.findall(r"(?<![A-Za-z\d])\d+", mention.words or ""))
        what, instead = "", "make it a fact in content/facts/ and write [[fact:id]]"
        if fact and not written <= allowed:
            what = f'"{mention.words}" is not what the fact says'
            instead = f"write [[fact:{mention.id}]], or correct the words"
        elif mention.kind != "fact" and _NUMBER.search(mention.words or ""):
            what = f'"{mention.words}" has no source'
        if what:
            place = entry.document.find(loc, mention.written)
            yield Problem(entry.document.path, place, what, instead, "bare-number")


def bare_name(entry: Entry, context: Context) -> Iterator[Problem]:
    """A body or a number that has a fact is named through that fact.

    Wrong: summary: Call the Office of Fair Parcels today.
    Right: summary: Call the parcel office today.
    """
    for loc, text in _prose(entry):
        if isinstance(entry.model, (Fact, GlossaryTerm)):
            continue
        for name, id in context.names.items():
            if name and name in text:
                pattern = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
                instead = f"write [[fact:{id}]]"
                what = '"{0}" has no source here'
                yield from _found(entry.document, loc, text, pattern, what, instead, "bare-name")


def unknown_body(entry: Entry, context: Context) -> Iterator[Problem]:
    """A body or a law that has no fact yet gets one before it is named.

    Wrong: summary: Ask the Parcel Standards Authority today.
    Right: summary: Ask the parcel office today.
    """
    for loc, text in _prose(entry):
        # A letter may name a law: its page shows the facts that it leans on.
        if isinstance(entry.model, (Fact, GlossaryTerm)) or (
            isinstance(entry.model, Letter) and entry.model.limits
        ):
            continue
        for problem in _found(entry.document, loc, text, _BODY_NAME, "{0}", _NAME_IT, "bare-name"):
            if not any(problem.what in name or name in problem.what for name in context.names if name):
                what = f'"{problem.what}" is named without a source'
                yield Problem(problem.path, problem.position, what, problem.instead, problem.rule)


_NAME_IT = "make it a fact of unit name and write [[fact:id]]"


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
            if problem.what not in known and not _PLACEHOLDER.fullmatch(problem.what):
                what = f'"{problem.what}" is not in the glossary'
                yield Problem(problem.path, problem.position, what, problem.instead, problem.rule)
            elif (term := context.bodies.get(problem.what)) and not _names(entry, term, context):
                what = f'"{problem.what}" has no source here'
                instead = f"link it once on this page: [[term:{term}]]"
                yield Problem(problem.path, problem.position, what, instead, "bare-name")


def _names(entry: Entry, term: str, context: Context) -> bool:
    """Whether an entry links to a glossary term, or is that term."""
    return entry.key == ("term", term) or ("term", term) in context.linked(entry)


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
    unknown_markup,
    raw_link,
    bare_number,
    bare_name,
    unknown_body,
    unexplained_abbreviation,
    placeholder,
    promise,
)
