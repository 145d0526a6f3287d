"""Equal pages: the corpus as plain Markdown, so that other engines build the same words.

In: the corpus's records. Out: one Markdown file for each page that ours has, with the same headings,
lists, ticks, tables, links and letters, as market / route / page. It refuses to know an engine, but for
three things: what a section's own file is called, how a link is written, and whether it has warning boxes.
"""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROUTES_IN_A_MARKET = 3
INDEXES = ("guides", "steps", "tips", "letters", "glossary", "sources")
_REFERENCE = re.compile(r"\[\[([a-z]+):([a-z0-9-]+)(?:\|([^\]]+))?\]\]")
_TEMPLATE_LINE = re.compile(r"(?m)^\{%.*%\}\n")
_GAP = re.compile(r"\{\{ (\w+)[^}]*\}\}")


@dataclass(frozen=True)
class Record:
    """One content file: its type's folder, its id, its fields, and the route that it belongs to."""

    folder: str
    id: str
    fields: dict[str, Any]
    route: int = 0


@dataclass(frozen=True)
class Dialect:
    """How an engine names a section's own file, where its links lead, and whether it has warning boxes."""

    section: str
    links_to_files: bool
    boxes: bool


MKDOCS = Dialect("index", links_to_files=True, boxes=True)
HUGO = Dialect("_index", links_to_files=False, boxes=False)


@dataclass
class Tree:
    """All records by kind and id, and where each stands."""

    records: dict[tuple[str, str], Record]
    dialect: Dialect

    def of(self, folder: str) -> list[Record]:
        """All records of a folder."""
        return [one for (kind, _), one in self.records.items() if kind == folder]

    def place(self, record: Record) -> str:
        """The file of a record, without its ending."""
        if record.folder in ("facts", "sources", "glossary"):
            return "glossary" if record.folder == "glossary" else "sources"
        if record.folder == "pages" and record.id != f"page-{record.route}":
            return record.id
        name = self.dialect.section if record.folder == "guides" else record.id
        return f"market-{record.route // ROUTES_IN_A_MARKET}/route-{record.route}/{name}"

    def link(self, words: str, there: str, here: str) -> str:
        """A link from one file to another."""
        if self.dialect.links_to_files:
            return f"[{words}]({posixpath.relpath(there, posixpath.dirname(here) or '.')}.md)"
        return f"[{words}](/{there.removesuffix(self.dialect.section).rstrip('/')}/)"


class Sheet:
    """One page being written: its file, its lines, and the sources that it has used so far."""

    def __init__(self, tree: Tree, here: str) -> None:
        self.tree, self.here = tree, here
        self.parts: list[str] = []
        self.sources: list[str] = []

    def text(self, text: str) -> str:
        """A text with its references as links, facts with the number of their source."""
        return _REFERENCE.sub(self._resolved, text)

    def _resolved(self, found: re.Match[str]) -> str:
        kind, id, words = found.groups()
        folder = {"term": "glossary"}.get(kind, f"{kind}s")
        record = self.tree.records[folder, id]
        if kind != "fact":
            return self.tree.link(words or record.fields["title"], self.tree.place(record), self.here)
        return f"{words or record.fields['value']}{self.cite(record)}"

    def cite(self, fact: Record) -> str:
        """The mark that leads to a fact's source below."""
        source = str(fact.fields["source"])
        if source not in self.sources:
            self.sources.append(source)
        return f" [{self.sources.index(source) + 1}](#sources)"

    def add(self, *parts: str) -> None:
        """Add blocks."""
        self.parts.extend(self.text(part) for part in parts)

    def items(self, title: str, lines: Mapping[str, Any], mark: str = "-", level: int = 2) -> None:
        """A heading with a list below; nothing for no lines."""
        if lines:
            self.add(f"{'#' * level} {title}", "\n".join(f"{mark} {line}" for line in lines.values()))

    def warning(self, lines: Mapping[str, str]) -> None:
        """What not to do, in a box as ours, where the engine knows one."""
        if self.tree.dialect.boxes:
            self.add('!!! warning "Do not"\n\n' + "\n".join(f"    - {line}" for line in lines.values()))
        else:
            self.items("Do not", lines)

    def limits(self, ids: list[str]) -> None:
        """A table of facts with their sources."""
        facts = [self.tree.records["facts", id] for id in ids]
        rows = [f"| {one.fields['country']} | {one.fields['claim']}{self.cite(one)} |" for one in facts]
        head = ["| Where | What the rule or page says |", "| --- | --- |"]
        self.add("## Time limits and rules that may count now", "\n".join([*head, *rows]))

    def written(self, title: str, summary: str) -> str:
        """The whole file."""
        listed = [f"1. {_cited(self.tree.records['sources', id])}" for id in self.sources]
        sources = ["## Sources", "\n".join(listed)] if listed else []
        front = f"---\ntitle: {json.dumps(title)}\ndescription: {json.dumps(summary)}\n---\n"
        return "\n\n".join([front, f"# {title}", summary, *self.parts, *sources]) + "\n"


def _cited(source: Record) -> str:
    fields = source.fields
    link = f"[{fields['title']}]({fields['url']}), {fields['publisher']}."
    return f"{link} Official. The page shows no date. Read on {fields['read']} from an archived copy."


def _facts(sheet: Sheet, fields: Mapping[str, Any]) -> None:
    sheet.add(*(f"**{word}** {fields[name]}" for word, name in _ASKED.items() if name in fields))


_ASKED = {"When?": "when", "To whom?": "to_whom"}


def _walk(sheet: Sheet, fields: Mapping[str, Any]) -> None:
    """A step or a tip."""
    _facts(sheet, fields)
    sheet.add("## How?", fields["how"])
    sheet.items("Tick what is done", fields["checklist"], "- [ ]")
    sheet.add("## Why?", fields["why"])
    sheet.items("Keep this as proof", fields.get("proof", {}), "- [ ]")
    sheet.warning(fields["dont"])
    sheet.limits(fields["limits"])
    if "if_it_fails" in fields:
        sheet.add("## If that does not work", fields["if_it_fails"])
    for section in fields["sections"].values():
        sheet.add(f"## {section['title']}", section["text"])
        sheet.add(*(f"**{one['name']}** {one['text']}" for one in section.get("terms", {}).values()))
    sheet.add("Other words for this: " + ", ".join(fields["also"]))


def _guide(sheet: Sheet, fields: Mapping[str, Any]) -> None:
    """The whole route on one page, as ours has it."""
    sheet.add(fields["intro"])
    for title, folder in (("The steps", "steps"), ("Tips for the next order", "tips")):
        sheet.add(f"## {title}")
        for id in fields[folder]:
            _walk_in_guide(sheet, sheet.tree.records[folder, id])
    sheet.add(f"## {fields['ending']['title']}", fields["ending"]["text"])
    sheet.add("Other words for this: " + ", ".join(fields["also"]))


def _walk_in_guide(sheet: Sheet, record: Record) -> None:
    fields = record.fields
    sheet.add(
        f"### {sheet.tree.link(fields['title'], sheet.tree.place(record), sheet.here)}", fields["summary"]
    )
    _facts(sheet, fields)
    sheet.add("\n".join(f"- [ ] {line}" for line in fields["checklist"].values()))
    sheet.add("#### How?", fields["how"], "#### Why?", fields["why"])
    if "if_it_fails" in fields:
        sheet.add("#### If that does not work", fields["if_it_fails"])


def _letter(sheet: Sheet, fields: Mapping[str, Any]) -> None:
    _facts(sheet, fields)
    blanks, ticks = fields["blanks"], fields["ticks"]
    sheet.items("Fill in", {name: f"{one['label']} {one.get('help', '')}" for name, one in blanks.items()})
    sheet.items("Tick only what is true", {name: one["label"] for name, one in ticks.items()}, "- [ ]")
    words = _GAP.sub(r"[\1]", _TEMPLATE_LINE.sub("", f"{fields['subject']}\n\n{fields['body']}"))
    sheet.add("## Your letter", f"```text\n{words}```", "## How to send it", fields["how"])
    sheet.items("What to attach", fields["attach"])
    sheet.warning(fields["dont"])
    sheet.limits(fields["limits"])
    sheet.add("Other words for this: " + ", ".join(fields["also"]))


def _page(sheet: Sheet, fields: Mapping[str, Any]) -> None:
    sheet.add(fields["body"])


_WRITERS = {"steps": _walk, "tips": _walk, "guides": _guide, "letters": _letter, "pages": _page}


def _checklist(tree: Tree, guide: Record) -> tuple[str, str]:
    """The list to print of one route."""
    here = posixpath.dirname(tree.place(guide)) + "/checklist"
    sheet = Sheet(tree, here)
    for folder in ("steps", "tips"):
        for id in guide.fields[folder]:
            fields = tree.records[folder, id].fields
            sheet.items(fields["title"], fields["checklist"], "- [ ]")
    return here, sheet.written(f"{guide.fields['title']}: checklist", guide.fields["summary"])


def _index(tree: Tree, folder: str) -> tuple[str, str]:
    """The list of all records of one folder."""
    sheet = Sheet(tree, folder)
    for record in tree.of(folder):
        sheet.add(*_listed(sheet, record))
    return folder, sheet.written(folder.capitalize(), f"All {folder}.")


def _listed(sheet: Sheet, record: Record) -> Iterator[str]:
    fields = record.fields
    if record.folder == "glossary":
        yield from (f"**{fields['title']}**", fields["text"])
    elif record.folder == "sources":
        facts = [one for one in sheet.tree.of("facts") if one.route == record.route]
        yield from (_cited(record), "\n".join(f"- {one.fields['claim']}" for one in facts))
    else:
        link = sheet.tree.link(fields["title"], sheet.tree.place(record), sheet.here)
        yield f"{link} {fields['summary']}"


def _home(tree: Tree) -> tuple[str, str]:
    """Each route's question, answers, steps and tips."""
    sheet = Sheet(tree, tree.dialect.section)
    for guide in tree.of("guides"):
        sheet.add(f"## {guide.fields['question']}", guide.fields["summary"])
        answers = guide.fields["answers"].values()
        sheet.add("\n".join(f"- [[{one['go']}|{one['says']}]] {one['do']}" for one in answers))
        walks = [tree.records[folder, id] for folder in ("steps", "tips") for id in guide.fields[folder]]
        sheet.add(*(part for walk in walks for part in _listed(sheet, walk)))
    for letter in tree.of("letters"):
        sheet.add(*_listed(sheet, letter))
    return tree.dialect.section, sheet.written("Home", "All routes.")


def pages(records: list[Record], dialect: Dialect) -> Iterator[tuple[str, str]]:
    """Every page: its file without the ending, and its text."""
    tree = Tree({(one.folder, one.id): one for one in records}, dialect)
    yield _home(tree)
    for record in records:
        if record.folder in _WRITERS:
            sheet = Sheet(tree, tree.place(record))
            _WRITERS[record.folder](sheet, record.fields)
            yield sheet.here, sheet.written(record.fields["title"], record.fields["summary"])
        if record.folder == "guides":
            yield _checklist(tree, record)
    for folder in INDEXES:
        yield _index(tree, folder)


def write_tree(records: list[Record], to: Path, dialect: Dialect = MKDOCS) -> int:
    """Write all pages as Markdown below a folder; returns how many."""
    written = list(pages(records, dialect))
    for place, text in written:
        path = to / f"{place}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return len(written)
