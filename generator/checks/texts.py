"""Rules for words: no markup, no raw links, nothing unfinished, no promises."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from generator.catalog import Entry
from generator.checks.context import Context, Rule
from generator.checks.matches import (
    MAX_FOUND,
    all_texts,
    blot,
    found_in,
    matches,
    own_texts,
    some_part,
    some_word,
)
from generator.model.base import Markdown, Template, Text
from generator.model.evidence import Source
from generator.problems import Problem

_HTML = re.compile(r"</?[A-Za-z][^<>]*>?|<[!?]|&(?:#\w+|[A-Za-z]+);")
LINK = re.compile(
    r"\]\([^)]*\)?|\]\s?\[[^\]\[]+\]|!\[|(?:javascript|vbscript)\s*:|"
    r"(?:https?|ftp|data|mailto|tel|file):[^\s\0]+|www\.[^\s\0]+|(?<![\w.+-])[\w.+-]+@[\w-]+\.\w+",
    re.IGNORECASE,
)
_SITE = re.compile(
    r"\b[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|edu|gov|info|shop|io|co|app|dev|uk|eu|us|scot)\b[^\s\0]*",
    re.IGNORECASE,
)
_MARKUP = re.compile(r"(?m)^(?:#{1,6}\s|>\s|\||```|~~~).*|`[^`\n]*`?")
_LETTER_MARK = re.compile(r"\[\[[^\[\]\n]*\]\]|\*\*|(?m:^#+ )")
_PAGE_MARKUP = re.compile(r"(?m)^(?:#\s|#{4,}\s|```|~~~).*|`[^`\n]*`?")
PLACEHOLDER = re.compile(
    r"\b(?:TODO|TBD|FIXME|XXX|lorem ipsum)\b|\?\?\?|\A…\Z|\{\{|\}\}|\{%|%\}", re.IGNORECASE
)
_PROMISE = re.compile(
    r"\byou(?:'ll| will| are going to) (?:\w+ly |always )?"
    r"(?:(?:get|have|receive|win) (?:(?:your|a|the|all|full|of|back) ){0,4}(?:money|refund|cash)\b|"
    r"be (?:refunded|paid back))|\bwe (?:guarantee|promise)\b|\bguaranteed (?:to|a)\b|"
    r"\bwe will get (?:you )?(?:your )?money\b",
    re.IGNORECASE,
)

# Hints: what a pattern cannot do without. Most texts hold none of it, and the patterns try every word.
_MAY_BE_HTML = some_part("<", "&")
_MAY_BE_MARKUP = some_part("#", ">", "|", "`", "~")
_MAY_PROMISE = some_word("money", "refund", "cash", "refunded", "paid", "guarantee", "guaranteed", "promise")
_PLACEHOLDER_WORD = some_word("todo", "tbd", "fixme", "xxx", "lorem")
_PLACEHOLDER_SIGN = some_part("???", "…", "{{", "}}", "{%", "%}")
_LINK_SIGN = some_part("@", "![")
_LINK_SHAPE = re.compile(r"\]\s?[\[(]|:[^\s\0]|script\s*:|www\.", re.IGNORECASE)
_DOT = re.compile(r"\.[a-z]{2}", re.IGNORECASE)


def _may_be_unfinished(text: str) -> bool:
    return bool(_PLACEHOLDER_WORD(text) or _PLACEHOLDER_SIGN(text))


def _may_link(text: str) -> bool:
    return bool(_LINK_SIGN(text) or _LINK_SHAPE.search(text))


def html_in_text(entry: Entry, context: Context) -> Iterator[Problem]:
    """Texts hold no HTML.

    Wrong: summary: Look <b>around</b> first.
    Right: summary: Look **around** first.
    """
    instead = "write plain text; **bold** and *em* are allowed"
    for match in found_in(entry, all_texts(entry), _HTML, shown=True, hint=_MAY_BE_HTML):
        yield match.problem('"{0}" is HTML', instead, "html-in-text")


def unknown_markup(entry: Entry, context: Context) -> Iterator[Problem]:
    """Texts know paragraphs, lists, bold and em; pages know headings and tables too.

    Wrong: summary: Tap `Help` first.
    Right: summary: Tap **Help** first.
    """
    instead = "use paragraphs, lists, **bold** and *em*; a heading is a section of its own"
    for loc, value in entry.leaves if _MAY_BE_MARKUP(all_texts(entry).shown) else ():
        if isinstance(value, Text) and not isinstance(value, Template):
            pattern = _PAGE_MARKUP if isinstance(value, Markdown) else _MARKUP
            for match in matches(entry, loc, value, pattern, hint=_MAY_BE_MARKUP):
                yield match.problem('"{0}" is not known here', instead, "unknown-markup")


def mark_in_letter(entry: Entry, context: Context) -> Iterator[Problem]:
    """A letter is plain text: no references, no bold, no headings.

    Wrong: a letter that says "Please **refund** me"
    Right: a letter that says "Please refund me"
    """
    for loc, value in ((loc, value) for loc, value in entry.leaves if isinstance(value, Template)):
        for found in islice(_LETTER_MARK.finditer(value), MAX_FOUND):
            instead = "letters are plain text; facts go into limits"
            nth = value[: found.start()].count(found[0])
            place = entry.document.find(loc, found[0], occurrence=nth)
            what = f'"{found[0]}" would be printed as it stands'
            yield Problem(entry.document.path, place, what, instead, "letter-mark")


def raw_link(entry: Entry, context: Context) -> Iterator[Problem]:
    """Texts link only through references, so that every link has a source.

    Wrong: summary: See https://example.org/help for more.
    Right: summary: See your order for more.
    """
    what, instead = 'a raw link or address: "{0}"', "refer to an entry, such as [[source:id]] or [[step:id]]"
    texts = all_texts(entry)
    for loc, text in texts if _may_link(texts.shown) else ():
        if not (isinstance(entry.model, Source) and loc == ("title",)):
            for match in matches(entry, loc, text, LINK, shown=True, hint=_may_link):
                yield match.problem(what, instead, "raw-link")
    # Publishers and facts may name a site; in our own words a bare site is a link.
    for loc, text in own_texts(entry) if _DOT.search(texts.shown) else ():
        rest = blot(text, LINK) if _may_link(text) else text
        for match in matches(entry, loc, rest, _SITE, shown=True, hint=_DOT.search):
            yield match.problem(what, instead, "raw-link")


def placeholder(entry: Entry, context: Context) -> Iterator[Problem]:
    """Nothing unfinished is published.

    Wrong: summary: TODO say what this is.
    Right: summary: What your order says, and what it means.
    """
    instead = "write the text, or leave the field out"
    for match in found_in(entry, all_texts(entry), PLACEHOLDER, hint=_may_be_unfinished):
        yield match.problem('"{0}" is a placeholder', instead, "placeholder")


def promise(entry: Entry, context: Context) -> Iterator[Problem]:
    """No outcome is promised.

    Wrong: summary: You will get your money back.
    Right: summary: You can ask for your money back.
    """
    instead = 'say what the reader can do, for example "you can ask for"'
    for match in found_in(entry, own_texts(entry), _PROMISE, hint=_MAY_PROMISE):
        yield match.problem('"{0}" promises an outcome', instead, "promise")


RULES: tuple[Rule, ...] = (html_in_text, unknown_markup, mark_in_letter, raw_link, placeholder, promise)
