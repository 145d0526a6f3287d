"""The only reader: files below content/ to documents and problems.

In: the project's folder. Out: a document for each file that can be read, and a problem for each that
cannot. It refuses links, bytes that are not UTF-8, hidden characters and huge files by name. It does
not know what a step or a letter is.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from pathlib import Path

from generator import yaml_nodes
from generator.digest import digest
from generator.document import Document, Span, position_at
from generator.model import CONTENT_TYPES, ContentType
from generator.model.base import ID_PATTERN, Loc
from generator.problems import Position, Problem
from generator.store import Store

MAX_BYTES = 200_000
MAX_FAULTS = 100
"""Hidden characters, or tabs, that are told of one file; a binary file holds nothing else."""
BESIDE_CONTENT = {"LICENSE", "README.md"}

_TAB = re.compile(r"^[ ]*\t", re.MULTILINE)
_FRONT = re.compile(r"---\n(.*?)\n---[ ]*(?:\n|$)", re.DOTALL)


Found = tuple[Document | None, list[Problem]]
"""A document where there is one, and problems."""
Parse = Callable[[str], yaml_nodes.Parsed]
"""YAML text to data and faults."""


@dataclass
class Reading:
    """Documents and problems of one folder; `ids` also holds the ids of files that were not readable."""

    documents: list[Document] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    ids: set[tuple[str, str]] = field(default_factory=set)
    parse: Parse = yaml_nodes.parse


def remembered(store: Store, ground: str) -> Parse:
    """A parser that keeps what it made of a text without faults, so that no text is parsed twice."""

    def parse(text: str) -> yaml_nodes.Parsed:
        key = digest(ground, "yaml", text)
        kept = store.get(key)
        if kept is not None:
            return yaml_nodes.Parsed(json.loads(kept))
        parsed = yaml_nodes.parse(text)
        if not parsed.faults:
            store.put(key, json.dumps(parsed.data).encode())
        return parsed

    return parse


def read(root: Path, parse: Parse = yaml_nodes.parse) -> Reading:
    """All content below `root`/content."""
    reading = Reading(parse=parse)
    folders = {kind.folder: kind for kind in CONTENT_TYPES.values()}
    for path in _visible(root / "content"):
        name = _name(root, path)
        if path.is_symlink():
            reading.problems.append(
                _whole(
                    name,
                    "this is a link to another place",
                    "put the file itself here",
                    "no-symlink",
                )
            )
        elif path.is_dir() and path.name in folders:
            _read_folder(root, path, folders[path.name], reading)
        elif path.is_dir() or path.name not in BESIDE_CONTENT:
            wanted = f"use one of: {', '.join(sorted(folders))}"
            reading.problems.append(_whole(name, "nothing reads what stands here", wanted, "unknown-folder"))
    return reading


def _visible(folder: Path) -> list[Path]:
    """What a folder holds, sorted, without names that start with a dot or an underscore."""
    found = folder.iterdir() if folder.is_dir() else ()
    return sorted(path for path in found if not path.name.startswith((".", "_")))


def _name(root: Path, path: Path) -> str:
    """The path below the root; what cannot be printed in a file name becomes a question mark."""
    name = path.relative_to(root).as_posix().encode("utf-8", "replace").decode()
    return yaml_nodes.HIDDEN.sub("?", name.replace("\n", "?").replace("\t", "?"))


def _whole(path: str, what: str, instead: str, rule: str) -> Problem:
    return Problem(path, Position(), what, instead, rule)


def _read_folder(root: Path, folder: Path, kind: ContentType, reading: Reading) -> None:
    for path in _visible(folder):
        name = _name(root, path)
        if problem := _refused(path, name, kind):
            reading.problems.append(problem)
            continue
        reading.ids.add((kind.name, path.stem))
        document, problems = _read_file(path, name, kind, reading.parse)
        reading.problems.extend(problems)
        if document:
            reading.documents.append(document)


def _refused(path: Path, name: str, kind: ContentType) -> Problem | None:
    if path.is_symlink():
        return _whole(name, "this is a link to another place", "put the file itself here", "no-symlink")
    if not path.is_file() or path.suffix != kind.suffix:
        return _whole(name, "nothing reads this file", f"name it <id>{kind.suffix}", "file-name")
    if not re.fullmatch(ID_PATTERN, path.stem):
        return _whole(
            name,
            f'"{name.rpartition("/")[2].removesuffix(kind.suffix)}" is not an id',
            "use lower-case words joined by hyphens",
            "file-name",
        )
    return None


def _read_file(path: Path, name: str, kind: ContentType, parse: Parse) -> Found:
    try:
        size = path.stat().st_size
        data = path.read_bytes() if size <= MAX_BYTES else b""
    except OSError as error:
        return None, [
            _whole(
                name,
                f"this file cannot be read: {error.strerror}",
                "check its rights",
                "unreadable",
            )
        ]
    if size > MAX_BYTES:
        return None, [_whole(name, f"this file has {size} bytes", f"keep it below {MAX_BYTES}", "too-big")]
    return to_document(data, name, kind, path.stem, parse)


def to_document(data: bytes, path: str, kind: ContentType, id: str, parse: Parse = yaml_nodes.parse) -> Found:
    """A document from a file's bytes, or the problems that stand in the way; touches no disk."""
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        # The codec counts from behind a byte order mark, so the bytes are its own.
        before = error.object[: error.start].decode("utf-8").replace("\r\n", "\n")
        place = position_at(before, len(before))
        return None, [Problem(path, place, "this byte is not UTF-8", "save the file as UTF-8", "not-utf-8")]
    problems = [Problem(path, *fault) for fault in _hidden(text)]
    if not problems and not text.strip():
        problems = [_whole(path, "this file is empty", "write an entry, or delete the file", "empty-file")]
    if problems:
        return None, problems
    made = _parse_page if kind.suffix == ".md" else _parse_yaml
    return made(text, path, kind, id, parse)


def _hidden(text: str) -> Iterator[yaml_nodes.Fault]:
    for found in islice(yaml_nodes.HIDDEN.finditer(text), MAX_FAULTS):
        what = f"a hidden character (U+{ord(found.group()):04X}) stands here"
        yield position_at(text, found.start()), what, "delete it", "hidden-character"


def _tabs(text: str) -> Iterator[yaml_nodes.Fault]:
    for found in islice(_TAB.finditer(text), MAX_FAULTS):
        yield position_at(text, found.end() - 1), "a tab indents this line", "use spaces", "no-tab"


def _parse_yaml(text: str, path: str, kind: ContentType, id: str, parse: Parse) -> Found:
    if tabs := [Problem(path, *fault) for fault in _tabs(text)]:
        return None, tabs
    parsed = parse(text)
    problems = [Problem(path, *fault) for fault in parsed.faults]
    if not isinstance(parsed.data, dict):
        if not problems:
            problems = [_whole(path, "this is not an entry", "write lines such as title: …", "not-an-entry")]
        return None, problems
    broken = any(problem.rule == "broken-yaml" for problem in problems)
    locate = partial(yaml_nodes.spans, text)
    return None if broken else Document(kind.name, id, path, text, parsed.data, locate), problems


def _parse_page(text: str, path: str, kind: ContentType, id: str, parse: Parse) -> Found:
    front = _FRONT.match(text)
    if not front:
        what = "this page has no front matter"
        return None, [
            _whole(
                path,
                what,
                "start it with --- , title: … and --- on lines of their own",
                "front-matter",
            )
        ]
    # The opening line stays as an empty line, so that positions are those of the file.
    document, problems = _parse_yaml("\n" + front[1] + "\n", path, kind, id, parse)
    if document is None:
        return None, problems
    if "body" in document.data:
        place = document.position(("body",))
        instead = "write the text below the front matter"
        return None, [*problems, Problem(path, place, 'unknown key "body"', instead, "unknown-key")]
    data = {**document.data, "body": text[front.end() :]}
    locate = partial(_page_spans, text, document, front.end())
    return Document(kind.name, id, path, text, data, locate), problems


def _page_spans(text: str, front: Document, start: int) -> dict[Loc, Span]:
    """Where the values of a page's front matter and its body stand."""
    offset = len("---\n") - len("\n")
    moved = {loc: Span(s.key, s.start + offset, s.end + offset, s.block) for loc, s in front.spans.items()}
    return {**moved, ("body",): Span(position_at(text, start), start, len(text))}
