"""Search: one small record for each page, and the text of the file that the search box loads.

In: pages as texts, as `render` gives them. Out: records, and `assets/search-data.js`, a classic script,
because a page opened from a folder may load scripts and nothing else. It ranks nothing: search-state.js does.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from generator.digest import digest
from generator.search_words import SAME_WORDS, STOP_WORDS
from generator.store import Store

PATH = "assets/search-data.js"
FORMAT = 1
"""Raised when the shape of the data changes; the box refuses a shape that it does not know."""

# Never words of the page: other pages' names, sources' numbers and names, what only works with a script.
_LEFT_OUT = (
    "nav, script, style, template, button, select, h1, .u-crumbs, .u-ref, [hidden], [data-search-exclude]"
)
# A heading that stands on more pages than this says what kind of page it is, and not what the page is about.
_TELLING = 4
_HEADINGS = "h2, h3, h4, dt, summary"
_OTHER_NAMES = ".u-terms__also"
_AROUND = ".,;:!?()[]{}<>\"'“”‘’„«»…·–—/|*"


@dataclass(frozen=True)
class Record:
    """What search knows of one page."""

    url: str
    title: str
    lead: str
    also: tuple[str, ...]
    """Other words that readers have for what the page is about."""
    headings: tuple[tuple[str, str], ...]
    """Id and words of each heading that can be linked to."""
    words: str
    """The other words of the page in small letters, each once, sorted; one text takes a tenth of the room
    that lists of words would take for five thousand pages."""
    boost: float


def record_of(path: str, text: str) -> Record | None:
    """The record of one page of the docs tree; None when it asks to be left out."""
    _, head, body = text.split("---\n", 2)
    lines = (line.partition(": ") for line in head.splitlines())
    meta: dict[str, Any] = {json.loads(key): value for key, _, value in lines if key in _WANTED}
    title, lead, found = (json.loads(meta[key]) for key in ("title", "description", "search"))
    if found.get("exclude"):
        return None
    whole = record(path.removesuffix("index.md"), title, lead, found["also"], found["boost"], body)
    return replace(whole, words="") if found["names_only"] else whole


_WANTED = frozenset({'"title"', '"description"', '"search"'})


def record(url: str, title: str, lead: str, also: Iterable[str], boost: float, body: str) -> Record:
    """The record of a page, from its names and the HTML of its body."""
    page = LexborHTMLParser(body)
    for node in page.css(_LEFT_OUT):
        node.decompose()
    also, headings = tuple(also), tuple(_headings(page))
    told = words_of(" ".join([title, lead, *also, *(words for _, words in headings)]))
    words = words_of(page.text(separator=" ")) - told - STOP_WORDS
    return Record(url, title, lead, also, headings, " ".join(sorted(words)), boost)


def words_of(text: str) -> set[str]:
    """The words of a text in small letters; what has no spaces stays in runs, which the box cuts."""
    words = {word.strip(_AROUND) for word in {*text.replace("’", "'").lower().split()}}
    return {word for word in words if len(word) > 1 or not word.isascii()} - {""}


def _headings(page: LexborHTMLParser) -> Iterator[tuple[str, str]]:
    """Id and words of headings and of defined words, whose id may stand on the part around them."""
    for node in page.css(_HEADINGS):
        around = node.parent.attributes if node.tag == "dt" and node.parent else {}
        if id := node.attributes.get("id") or around.get("id"):
            others = [words for one in node.css(_OTHER_NAMES) for words in one.text().split(", ")]
            for one in node.css(_OTHER_NAMES):
                one.decompose()
            yield from ((id, " ".join(words.split())) for words in (node.text(), *others))


def data(records: Iterable[Record]) -> str:
    """The script that hands all records to the search box; the same records give the same bytes."""
    ordered = sorted(records, key=lambda one: one.url)
    seen = Counter(heading for one in ordered for heading in one.headings)
    rows = [_row(one, [one for one in one.headings if seen[one] <= _TELLING]) for one in ordered]
    held = {"format": FORMAT, "stop": sorted(STOP_WORDS), "same": SAME_WORDS, "pages": rows}
    text = json.dumps({**held, **_words_by_page(ordered)}, ensure_ascii=False, separators=(",", ":"))
    return f"undelivered.searchPages={_safe(text)};\n"


def _row(one: Record, headings: list[tuple[str, str]]) -> list[Any]:
    return [one.url, one.title, one.lead, one.also, headings, one.boost]


def _words_by_page(records: list[Record]) -> dict[str, str]:
    """Each word once, and on which pages it stands: half the bytes of each page with its words.

    The pages of a word are numbers of base 36, each counted from the one before: short, and much alike.
    """
    places: defaultdict[str, list[int]] = defaultdict(list)
    for number, one in enumerate(records):
        for word in one.words.split():
            places[word].append(number)
    steps = [_base_36(number) for number in range(len(records))]
    words = sorted(places)
    return {"words": " ".join(words), "on": " ".join(_way(places[word], steps) for word in words)}


def _way(numbers: list[int], steps: list[str]) -> str:
    return ".".join([steps[number - before] for before, number in zip([0, *numbers], numbers, strict=False)])


def _base_36(number: int) -> str:
    rest, last = divmod(number, 36)
    return (_base_36(rest) if rest else "") + "0123456789abcdefghijklmnopqrstuvwxyz"[last]


# JSON is JavaScript, but these could end a script element, or a line in old browsers.
_UNSAFE = re.compile("[<>&\u2028\u2029]")


def _safe(text: str) -> str:
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def files(texts: Mapping[str, str], prints: Mapping[str, str], store: Store, ground: str) -> dict[str, bytes]:
    """The search data by its path; from the store as far as no page's print has changed."""
    keys = {path: digest(ground, "search record", path, one) for path, one in sorted(prints.items())}
    whole = digest(ground, "search data", *keys.values())
    found = store.get(whole)
    if found is None:
        records = (_kept_record(store, key, path, texts) for path, key in keys.items())
        found = data(one for one in records if one).encode()
        store.put(whole, found)
    for key in keys.values():
        store.has(key)  # asked for, so that they stay for the build after the next edit
    return {PATH: found}


def _kept_record(store: Store, key: str, path: str, texts: Mapping[str, str]) -> Record | None:
    kept = store.get(key)
    if kept is None:
        kept = json.dumps(_fields(record_of(path, texts[path])), ensure_ascii=False).encode()
        store.put(key, kept)
    parts = json.loads(kept)
    return _record(parts) if parts else None


def _fields(one: Record | None) -> list[Any] | None:
    return [getattr(one, part.name) for part in fields(one)] if one else None


def _record(parts: list[Any]) -> Record:
    url, title, lead, also, headings, words, boost = parts
    pairs = tuple((id, said) for id, said in headings)
    return Record(url, title, lead, tuple(also), pairs, words, boost)
