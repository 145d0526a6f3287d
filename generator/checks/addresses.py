"""Rules for addresses: each says openly whose it is, and names are written in one alphabet."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from generator.catalog import Entry
from generator.checks.context import Context, Rule, host
from generator.checks.matches import addresses, all_texts, found_in
from generator.checks.texts import LINK
from generator.model.base import Text
from generator.model.evidence import Fact
from generator.problems import Problem
from generator.prose import mentions

# Chosen from MISP's warning list of URL shorteners, version 26 (github.com/MISP/misp-warninglists,
# lists/url-shortener/list.json), for being met most; the last two are TikTok's own.
_SHORTENERS = (
    r"adf\.ly|amzn\.to|bit\.do|bit\.ly|bitly\.com|bitly\.ws|buff\.ly|clck\.ru|cutt\.ly|"
    r"cutt\.us|db\.tt|goo\.gl|goo\.su|is\.gd|j\.mp|lnkd\.in|lnkfi\.re|mcaf\.ee|onelink\.to|"
    r"ow\.ly|po\.st|qr\.ae|qrco\.de|rb\.gy|rebrand\.ly|reurl\.cc|s\.id|shorturl\.at|"
    r"smarturl\.it|snip\.ly|surl\.li|t\.co|t\.ly|tiny\.cc|tinyurl\.com|tr\.ee|tr\.im|u\.to|"
    r"urlz\.fr|v\.gd|wp\.me|x\.co|x\.gd|youtu\.be|vm\.tiktok\.com|vt\.tiktok\.com"
)
_SHORT = re.compile(rf"(?<![\w.-])(?:{_SHORTENERS})(?![\w-]|\.\w)[^\s\0]*", re.IGNORECASE)
_PUNYCODE = re.compile(r"(?<![\w-])xn--[\w.-]+", re.IGNORECASE)
# A word with a letter that is not one of the 26.
_WORD = re.compile(r"[^\W\d_]*[^\W\d_a-zA-Z][^\W\d_]*")
_DOT = re.compile(r"\.[a-z]", re.IGNORECASE)
_XN = re.compile("xn--", re.IGNORECASE).search
_HOST_SHAPE = re.compile(r"(?<![\w.-])[\w-]+(?:\.[\w-]+)*\.[^\W\d_]{2,}(?![\w-])")


def short_link(entry: Entry, context: Context) -> Iterator[Problem]:
    """An address says where it leads: no service that shortens addresses.

    Wrong: summary: Look at bit.ly/lost-parcel first.
    Right: summary: Look at your order first.
    """
    instead = "open it, and write the address that it leads to"
    for loc, value in addresses(entry):
        if re.fullmatch(_SHORTENERS, host(value)):
            yield entry.document.problem(loc, f"{host(value)} hides where it leads", instead, "short-link")
    for match in found_in(entry, all_texts(entry), _SHORT, shown=True, hint=_DOT.search):
        yield match.problem('"{0}" hides where it leads', instead, "short-link")


def disguised_name(entry: Entry, context: Context) -> Iterator[Problem]:
    """No name is written in letters that only look like others.

    Wrong: summary: Look at the TikТok app first.
    Right: summary: Look at your order first.
    """
    instead = "type it anew in the letters that it is read in"
    for loc, value in addresses(entry):
        if _PUNYCODE.search(host(value)) or not host(value).isascii():
            what = f'"{host(value)}" may look like another address'
            yield entry.document.problem(loc, what, "cite another page", "disguised-name")
    texts = all_texts(entry)
    for match in found_in(entry, texts, _PUNYCODE, shown=True, hint=_XN):
        yield match.problem('"{0}" may look like another address', instead, "disguised-name")
    for match in found_in(entry, texts, _WORD, shown=True, hint=_is_wide):
        if len(_alphabets(match.words)) > 1:
            yield match.problem('"{0}" mixes alphabets that look alike', instead, "disguised-name")


# Japanese and Korean words mix these, and none looks like a letter of another one.
_WRITTEN_TOGETHER = {"HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "HANGUL", "BOPOMOFO", "CJK"}


def _is_wide(text: str) -> bool:
    return not text.isascii()


def _alphabets(word: str) -> set[str]:
    """The alphabets of a word's letters, as Unicode names them; those of East Asia count as one."""
    names = (unicodedata.name(letter, "?").split()[0] for letter in word if letter.isalpha())
    return {"CJK" if name in _WRITTEN_TOGETHER else name for name in names}


def words_of_a_link(entry: Entry, context: Context) -> Iterator[Problem]:
    """The words of a link name no other site than the one that it opens.

    Wrong: a [[fact:…]] of unit website with the words my-bank.test
    Right: a [[fact:…]] of unit website with the words its contact form
    """
    for loc, value in entry.leaves:
        for mention in mentions(value) if isinstance(value, Text) and "[[" in value else ():
            fact = context.catalog.model(mention.kind, mention.id, Fact)
            own = host(fact.value or "") if fact and fact.unit == "website" else ""
            for name in _HOST_SHAPE.findall(LINK.sub("", mention.words or "")):
                if name.lower().removeprefix("www.") != own:
                    place = entry.document.find(loc, mention.written)
                    what = f'"{name}" is not where this link leads'
                    yield Problem(
                        entry.document.path, place, what, "say in words what it opens", "lying-link"
                    )


RULES: tuple[Rule, ...] = (short_link, disguised_name, words_of_a_link)
