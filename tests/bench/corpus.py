"""Corpus: a synthetic project of any size, for measuring; the same for the same number of pages.

In: a number of pages and a new folder. Out: a project there that `undelivered build` accepts (the real
generator, frame and configuration, content of random words), and on request the same pages as plain
Markdown for other engines. A page never depends on how many others there are; only index pages do.
It refuses a folder that is there already, and knows nothing of clocks or browsers.

    python tests/bench/corpus.py --pages 1000 --to DIR [--peer DIR]
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import equal_pages
from equal_pages import Record
from random_words import Writer

PROJECT = Path(__file__).resolve().parents[2]
PARTS = ("generator", "site_overrides", "mkdocs.yml")
LEFT_OUT = ("__pycache__", "*.pyc")
INDEXES = 7
"""Home and the lists of guides, steps, tips, letters, words and sources: the only pages that grow."""
FRAME_PAGES = ("about", "accessibility", "contribute", "privacy")
STEPS, TIPS, PER_ROUTE = 8, 3, 15
"""A route is a guide with its list to print, its steps and tips, a letter and a hand-written page."""
SMALLEST = INDEXES + len(FRAME_PAGES) + PER_ROUTE
CHECKED = "2026-01-05"

Fields = dict[str, Any]


class CorpusError(Exception):
    """Why no corpus can be made, in one line."""


def records(number: int) -> Iterator[Record]:
    """The content of a site of exactly so many pages."""
    if number < SMALLEST:
        raise CorpusError(f"{number} pages are too few: the smallest corpus has {SMALLEST}")
    routes, more = divmod(number - INDEXES - len(FRAME_PAGES), PER_ROUTE)
    for name in FRAME_PAGES:
        yield _page(name, Writer(name), 0)
    for at in range(routes):
        yield from _route(at)
    for at in range(more):
        yield _page(f"more-{at}", Writer(f"more {at}"), 0)


def _route(at: int) -> Iterator[Record]:
    """A guide and all that belongs to it; it links to nothing outside: the same in any size."""
    write = Writer(f"route {at}")
    steps = [f"step-{at}-{number}" for number in range(STEPS)]
    tips = [f"tip-{at}-{number}" for number in range(TIPS)]
    yield from _evidence(write, at)
    yield Record("guides", f"guide-{at}", _guide(write, at, steps, tips), at)
    for number, id in enumerate(steps):
        yield Record("steps", id, _step(write, at, number), at)
    for number, id in enumerate(tips):
        yield Record("tips", id, _walk(write, at, number, "tip"), at)
    yield Record("letters", f"letter-{at}", _letter(write, at), at)
    yield _page(f"page-{at}", write, at)


def _titled(write: Writer, longest: int = 68) -> Fields:
    also = [write.phrase(3) for _ in range(4)]
    return {"title": write.phrase(6, longest), "summary": write.line(19, 158), "also": also}


def _page(id: str, write: Writer, at: int) -> Record:
    heads = [f"## {write.phrase(4)}\n\n{_paragraphs(write, at, (60, 60))}" for _ in range(8)]
    listed = "\n".join(f"- {write.line(12)}" for _ in range(14))
    fields = {**_titled(write), "checked": CHECKED, "body": "\n\n".join([*heads, listed]) + "\n"}
    return Record("pages", id, fields, at)


def _paragraphs(write: Writer, at: int, sizes: tuple[int, ...]) -> str:
    """Paragraphs of these sizes; the last one ends with a link into its own route."""
    kind = write.random.choice(("step", "step", "step", "tip", "guide", "letter", "page"))
    number = (
        f"-{write.random.randrange(STEPS if kind == 'step' else TIPS)}" if kind in ("step", "tip") else ""
    )
    link = f"[[{kind}:{kind}-{at}{number}|{write.phrase(3)}]]"
    return "\n\n".join(write.paragraph(size) for size in sizes) + f" {link}."


def _evidence(write: Writer, at: int) -> Iterator[Record]:
    """A source, four facts that it says (one of them the name of a body), and a word of the glossary."""
    source = f"source-{at}"
    yield Record("sources", source, _source(write, at), at)
    for number in range(3):
        value = str(write.random.randint(2, 99))
        claim = f"{write.phrase(14)} within {value} days."
        fact = {"claim": claim, "country": write.random.choice(("US", "GB")), "value": value, "unit": "days"}
        yield Record("facts", f"limit-{at}-{number}", fact | {"source": source, "confidence": "high"}, at)
    name = " ".join(word.capitalize() for word in write.ids(1)[0].split("-")) + " Parcel Desk"
    fact = {"claim": f"{name} {write.line(9).lower()}", "country": "all", "value": name, "unit": "name"}
    yield Record("facts", f"name-{at}", fact | {"source": source, "confidence": "medium"}, at)
    term = {"title": write.phrase(2, 60), "text": _paragraphs(write, at, (30,)), "see": [f"guide:guide-{at}"]}
    yield Record("glossary", f"term-{at}", term | {"checked": CHECKED}, at)


def _source(write: Writer, at: int) -> Fields:
    url = f"https://{write.ids(1)[0]}.example/{at}/"
    return {
        "title": write.phrase(7),
        "url": url,
        "publisher": write.phrase(3),
        "official": True,
        "read": CHECKED,
        "how": "archived-copy",
    }


def _guide(write: Writer, at: int, steps: list[str], tips: list[str]) -> Fields:
    fields = _titled(write, 60)
    # The menu leads to the first guide by title: it must be the same one at every size.
    fields["title"] = ("A " if at == 0 else "The ") + fields["title"].lower()
    answers = {
        id: {"says": write.line(8), "do": write.line(16), "go": f"step:{step}"}
        for id, step in zip(write.ids(STEPS), steps, strict=True)
    }
    ending = {"title": write.phrase(5, 60), "text": _paragraphs(write, at, (40, 40))}
    words = {"question": write.phrase(5) + "?", "answers": answers, "intro": _paragraphs(write, at, (50, 60))}
    return fields | words | {"steps": steps, "tips": tips, "ending": ending, "checked": CHECKED}


def _walk(write: Writer, at: int, number: int, kind: str) -> Fields:
    how = "\n".join(f"{place}. {write.line(14)}" for place in range(1, 9))
    why = f"{write.paragraph(45)} See [[fact:limit-{at}-{number % 3}]] and [[term:term-{at}]]."
    return {
        **_titled(write),
        "when": write.line(14),
        "how": how,
        "why": why,
        "checklist": {id: write.line(11, 108) for id in write.ids(7)},
        "dont": {id: write.line(14) for id in write.ids(2)},
        "limits": [f"limit-{at}-{one}" for one in range(3)],
        "sections": {f"{kind}-part-{one}": _section(write, at, one) for one in range(5)},
        "checked": CHECKED,
    }


def _section(write: Writer, at: int, number: int) -> Fields:
    """Sixty to a hundred words; every third one has a list of words with meanings."""
    size = write.random.randint(60, 100)
    section: Fields = {"title": write.phrase(4, 60), "text": _paragraphs(write, at, (size // 2, size // 2))}
    if number % 3 == 2:
        terms = {id: {"name": write.phrase(2), "text": write.line(16)} for id in write.ids(3)}
        section |= {"country": ("US", "GB")[number % 2], "terms": terms}
    return section


def _step(write: Writer, at: int, number: int) -> Fields:
    fields = _walk(write, at, number, "step")
    proof = {id: write.line(10) for id in write.ids(7)}
    named = f"Ask [[fact:name-{at}]]. {write.line(10)}"
    fails = f"{write.paragraph(25)} {named} Then see [[step:step-{at}-{(number + 1) % STEPS}]]."
    letters = [f"letter-{at}"] if number == 2 else []
    return fields | {"to_whom": write.line(12), "proof": proof, "if_it_fails": fails, "letters": letters}


def _letter(write: Writer, at: int) -> Fields:
    """A letter of about 180 words with gaps, ticks and branches."""
    blanks = {
        "order_number": {"label": write.phrase(2), "kind": "text", "help": write.line(8)},
        "order_date": {"label": write.phrase(2), "kind": "date"},
        "item": {"label": write.phrase(3), "kind": "lines", "help": write.line(8)},
        "amount": {"label": write.phrase(2), "kind": "amount", "required": False},
    }
    ticks = {name: {"label": write.line(9)} for name in ("said_so", "looked_around")}
    said, looked, one, other = (write.paragraph(size) for size in (30, 30, 25, 25))
    body = (
        f"{write.paragraph(40)} {{{{ order_number }}}} {write.line(5)} {{{{ order_date|date }}}}\n"
        f"{write.paragraph(20)} {{{{ item }}}}\n\n"
        f"{{% if said_so %}}\n{said}\n{{% elif looked_around %}}\n{looked}\n{{% endif %}}\n"
        f"{{% if amount %}}\n{write.line(8)} {{{{ amount }}}}\n{{% endif %}}\n\n"
        f'{{% if country == "US" %}}\n{one}\n{{% else %}}\n{other}\n{{% endif %}}\n'
        f"{write.paragraph(20)}\n"
    )
    return {
        **_titled(write),
        "stage": write.random.choice(("message", "complaint")),
        "to_whom": write.line(10),
        "when": write.line(12),
        "how": "\n".join(f"{place}. {write.line(14)}" for place in range(1, 5)),
        "countries": ["US", "GB"],
        "blanks": blanks,
        "ticks": ticks,
        "subject": f"{write.phrase(3)} {{{{ order_number }}}}",
        "body": body,
        "attach": {id: write.line(9) for id in write.ids(3)},
        "dont": {id: write.line(14) for id in write.ids(2)},
        "limits": [f"limit-{at}-0"],
        "checked": CHECKED,
    }


def to_yaml(value: Any, indent: str = "") -> str:
    """Fields as block YAML, the way that contributors write it."""
    pairs = value.items() if isinstance(value, dict) else (("-", item) for item in value)
    return "".join(_line_of(key, item, indent) for key, item in pairs)


def _line_of(key: str, value: Any, indent: str) -> str:
    start = f"{indent}-" if key == "-" else f"{indent}{key}:"
    if isinstance(value, (dict, list)):
        return f"{start}\n{to_yaml(value, indent + '  ')}" if value else f"{start} {json.dumps(value)}\n"
    if isinstance(value, str) and ("\n" in value or len(value) > 90):
        folded = "\n" not in value
        lines = textwrap.wrap(value, 110, break_on_hyphens=False) if folded else value.split("\n")
        shown = "\n".join(f"{indent}  {line}".rstrip() for line in lines)
        return f"{start} {'>-' if folded else '|-'}\n{shown}\n"
    plain = isinstance(value, str) and key in ("checked", "read")
    return f"{start} {value if plain else json.dumps(value, ensure_ascii=False)}\n"


def to_file(record: Record) -> tuple[str, str]:
    """The path below content/ and the text of a record."""
    if record.folder == "pages":
        front = {name: value for name, value in record.fields.items() if name != "body"}
        return f"pages/{record.id}.md", f"---\n{to_yaml(front)}---\n\n{record.fields['body']}"
    return f"{record.folder}/{record.id}.yml", to_yaml(record.fields)


def write_project(number: int, to: Path) -> list[Record]:
    """Write a project of so many pages into a new folder; returns its records."""
    if to.exists():
        raise CorpusError(f"{to} is already there")
    made = list(records(number))
    to.mkdir(parents=True)
    for part in PARTS:
        source = PROJECT / part
        if source.is_dir():
            shutil.copytree(source, to / part, ignore=shutil.ignore_patterns(*LEFT_OUT))
        else:
            shutil.copy(source, to / part)
    for record in made:
        path, text = to_file(record)
        (to / "content" / path).parent.mkdir(parents=True, exist_ok=True)
        (to / "content" / path).write_text(text, "utf-8")
    return made


def main() -> int:
    """Write the corpus that the command line asks for."""
    parser = argparse.ArgumentParser(description="Write a synthetic project for measuring.")
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--to", type=Path, required=True, help="a new folder for the project")
    parser.add_argument("--peer", type=Path, help="a new folder for the same pages as plain Markdown")
    asked = parser.parse_args()
    try:
        made = write_project(asked.pages, asked.to)
    except CorpusError as error:
        print(error, file=sys.stderr)
        return 2
    if asked.peer:
        equal_pages.write_tree(made, asked.peer)
    print(f"{len(made)} content files for {asked.pages} pages in {asked.to}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
