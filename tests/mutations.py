"""Content files changed as people, editors, merges and attackers change them.

In: how many, and a seed. Out: other files, mostly broken, some still clean, each put through the whole pipeline,
and how far they came. It knows no rule.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from pathlib import Path

from projects import BASE, PROJECT, TODAY, base_with, kind_of

from generator import checks, pages
from generator.catalog import Catalog, Entry, Key
from generator.checks import Context
from generator.decode import decode
from generator.problems import Problem
from generator.render import render
from generator.source import read, to_document

NOISE = [
    "[[step:look-first]]",
    "[[fact:first-limit|30 days]]",
    "[[fact:first-limit]]",
    "[[term:carrier|x]]",
    "[[",
    "]]",
    "[[a:b:c|d|e]]",
    "[[step:\n  ask]]",
    "[[:]]",
    "[[|]]",
    "[[source:fake-shop]]",
    "[[fact:old-limit|[[x]]]]",
    "[[page:about]]",
    "[[guide:late-parcel]]",
    "[[letter:first-note]]",
    "[[retired:old-step]]",
    "[[step:%s]]",
    "{{ name }}",
    "{{ name|date }}",
    "{{ tracking }}",
    "{% if looked %}",
    "{% endif %}",
    "{% else %}",
    '{% elif country == "GB" %}',
    "{% raw %}{{{% endraw %}",
    "{# x",
    "{{",
    "}}",
    "{% for x in y %}",
    "{{ a.b(c)[0] }}",
    "{% if not (not (not looked)) and country in [] %}",
    "{{ 1e999 }}",
    "{{ " + "9" * 4400 + " }}",
    "{%- set a = 1 -%}",
    "{0}",
    "%s %(x)s %d",
    "\\",
    "\\n",
    "\\u0000",
    "\\x",
    "**",
    "*",
    "* * *",
    "**a*b**",
    "`x`",
    "- ",
    "1. ",
    "> ",
    "## ",
    "| a | b |\n| - | - |",
    "---",
    "...",
    "---\n",
    "<b>",
    "<script>",
    "<!--",
    "&amp;",
    "&#x0;",
    "]]>",
    "</div>",
    "https://x.example",
    "javascript:alert(1)",
    "www.x",
    "a@b.c",
    "[x](y)",
    "two weeks",
    "within a month",
    "30 days",
    "$5",
    "TODO",
    "???",
    "ABC",
    "Office of Fair Parcels",
    "You will get your money back",
    "…",
    "step:look-first",
    "fact:first-limit",
    "&a",
    "*a",
    "!!str",
    "!x",
    "<<: *a",
    "? ",
    ": ",
    " #",
    "#",
    "'",
    '"',
    "|",
    ">-",
    "|2",
    "[",
    "]",
    "{",
    "}",
    ",",
    "@",
    "%",
    "~",
    "null",
    "true",
    "no",
    "010",
    "0x1F",
    "12:30",
    "1e3",
    ".inf",
    "-0",
    "9" * 5000,
    "-" * 300,
    "2026-02-30",
    "0000-00-00",
    "9999-12-31",
    "2026-11-22T00:00",
    "0",
    "é",
    "“x”",
    "\U0001f4e6",
    "e\u0301",
    "\u0661",
    "\u00a0",
    "\u3000",
    "\ufeff",
    "\u200b",
    "\u202e",
    "\u2028",
    "\x00",
    "\x85",
    "\t",
    "\r",
    "\r\n",
    "ﬀ",
    "İ",
    "ß",
    "\U000e0041",
    "\ud7ff",
    "\uffff",
    "[" * 60,
    "{a: " * 60,
    "- " * 60,
    "(" * 2000,
    "<" * 500,
    "[[" * 500,
    "**" * 500,
    "not " * 400,
    "one " * 300,
    "a" * 3000,
    "&" * 300,
    "1," * 1000,
]


class Mutator:
    """Changes a file's bytes as people, editors, merges and attackers do."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.ways = [
            self.flip,
            self.drop_line,
            self.double_line,
            self.indent_line,
            self.swap_keys,
            self.swap_values,
            self.insert,
            self.insert,
            self.insert,
            self.into_value,
            self.into_value,
            self.into_value,
            self.unicode,
            self.cut,
            self.nest,
            self.empty_value,
            self.rename_key,
            self.join_lines,
            self.windows,
        ]

    def mutate(self, data: bytes) -> bytes:
        for _ in range(self.chance.choice([1, 1, 1, 2, 3, 6])):
            data = self.chance.choice(self.ways)(data)
        return data

    def _at(self, things: list[bytes] | bytes) -> int:
        return self.chance.randrange(len(things)) if things else 0

    def _lines(self, data: bytes) -> list[bytes]:
        return data.split(b"\n")

    def flip(self, data: bytes) -> bytes:
        at = self._at(data)
        return data[:at] + bytes([self.chance.randrange(256)]) + data[at + 1 :]

    def drop_line(self, data: bytes) -> bytes:
        lines = self._lines(data)
        del lines[self._at(lines)]
        return b"\n".join(lines)

    def double_line(self, data: bytes) -> bytes:
        lines = self._lines(data)
        at = self._at(lines)
        return b"\n".join([*lines[: at + 1], lines[at], *lines[at + 1 :]])

    def indent_line(self, data: bytes) -> bytes:
        lines = self._lines(data)
        at = self._at(lines)
        lines[at] = self.chance.choice(
            [b" " + lines[at], b"    " + lines[at], lines[at].lstrip(), b"\t" + lines[at]]
        )
        return b"\n".join(lines)

    def swap_keys(self, data: bytes) -> bytes:
        keys = re.findall(rb"(?m)^\s*([\w-]+):", data)
        one, two = (self.chance.choice(keys) if keys else b"title" for _ in range(2))
        return re.sub(rb"(?m)^(\s*)" + one + rb":", rb"\1" + two + rb":", data, count=1)

    def rename_key(self, data: bytes) -> bytes:
        return self.swap_keys(
            data.replace(b"title:", self.chance.choice([b"titel:", b"Title:", b'"ti\\nle":', b"body:"]), 1)
        )

    def swap_values(self, data: bytes) -> bytes:
        lines = self._lines(data)
        one, two = self._at(lines), self._at(lines)
        (key, _, value), (other, _, instead) = lines[one].partition(b":"), lines[two].partition(b":")
        lines[one], lines[two] = key + b":" + instead, other + b":" + value
        return b"\n".join(lines)

    def noise(self) -> bytes:
        return self.chance.choice(NOISE).encode("utf-8", "surrogatepass")

    def insert(self, data: bytes) -> bytes:
        at = self._at(data)
        return data[:at] + self.noise() + data[at:]

    def into_value(self, data: bytes) -> bytes:
        """Noise behind a space, so that the file often stays YAML."""
        places = [found.end() for found in re.finditer(rb"\w ", data)]
        at = self.chance.choice(places) if places else 0
        return data[:at] + self.noise() + b" " + data[at:]

    def unicode(self, data: bytes) -> bytes:
        at = self._at(data)
        return (
            data[:at]
            + chr(self.chance.choice([0x80, 0x7FF, 0xD7FF, 0xE000, 0x10FFFF, 0x301])).encode()
            + data[at:]
        )

    def cut(self, data: bytes) -> bytes:
        return data[: self._at(data)]

    def nest(self, data: bytes) -> bytes:
        depth = self.chance.choice([5, 13, 200])
        return data + "".join(f"{' ' * level}deep{level}:\n" for level in range(depth)).encode()

    def empty_value(self, data: bytes) -> bytes:
        lines = self._lines(data)
        at = self._at(lines)
        lines[at] = lines[at].partition(b":")[0] + self.chance.choice(
            [b":", b": ''", b": []", b": {}", b": null", b": [[]]"]
        )
        return b"\n".join(lines)

    def join_lines(self, data: bytes) -> bytes:
        return data.replace(b"\n", self.chance.choice([b" ", b"", b"\n\n"]), self.chance.choice([1, 2, 5]))

    def windows(self, data: bytes) -> bytes:
        return self.chance.choice([b"", b"\xef\xbb\xbf"]) + data.replace(
            b"\n", self.chance.choice([b"\r\n", b"\r", b"\n"])
        )


def seeds(root: Path, patterns: list[str]) -> list[tuple[str, bytes]]:
    paths = sorted(path for pattern in patterns for path in (root / "content").glob(pattern))
    return [(path.relative_to(root).as_posix(), path.read_bytes()) for path in paths]


PUBLISHED = frozenset({"step/look-first/open-order", "step/look-first/gone", "step/gone"})


def assert_place_exists(problem: Problem, data: bytes) -> None:
    text = data.decode("utf-8-sig", "replace").replace("\r\n", "\n")
    lines = text.split("\n")
    assert 1 <= problem.position.line <= len(lines), problem
    assert 1 <= problem.position.column <= len(lines[problem.position.line - 1]) + 1, problem
    assert "\n" not in str(problem)


def run(path: str, data: bytes, known: frozenset[Key]) -> tuple[str, list[Problem]]:
    """One file through the whole pipeline; how far it came, and its problems."""
    document, found = to_document(data, path, kind_of(path), Path(path).stem)
    if document is None:
        return "unreadable", found
    entry, more = decode(document)
    if entry is None:
        return "not an entry", [*found, *more]
    small = base_with(entry) if not known else Catalog.of([entry], known)
    problems = [*found, *checks.run(Context(small, TODAY, PUBLISHED & known_keys(small)))]
    if not problems and not known:
        render_all_of(entry, small)
    return ("wrong" if problems else "clean"), problems


def known_keys(catalog: Catalog) -> frozenset[str]:
    """Published keys of pages that are still there; a page that is gone is no mistake of this file."""
    return frozenset(key for key in PUBLISHED if tuple(key.split("/")[:2]) in catalog.known)


def render_all_of(entry: Entry, catalog: Catalog) -> None:
    for page in pages.pages(catalog):
        if page.entry is entry or (
            page.kind == "index" and page.url.startswith(f"{entry.document.path.split('/')[1]}/")
        ):
            assert isinstance(render(page, catalog), str), page.url


def try_files(many: int, seed: int) -> Counter[str]:
    """How far so many mutated files came; AssertionError with the file for the first that gives an exception."""
    small = seeds(BASE, ["*/*.*"])
    real = seeds(
        PROJECT,
        [
            "guides/*.yml",
            "steps/*.yml",
            "tips/*.yml",
            "letters/*.yml",
            "glossary/[a-c]*.yml",
            "facts/us-t*.yml",
            "sources/[a-c]*.yml",
            "pages/*.md",
        ],
    )
    known = frozenset((one.kind, one.id) for one in read(PROJECT).documents)
    chance = random.Random(seed)
    mutator, ends = Mutator(chance), Counter[str]()
    for number in range(many):
        from_base = number % 3 != 0
        path, original = chance.choice(small if from_base else real)
        data = mutator.mutate(original)
        try:
            end, problems = run(path, data, frozenset() if from_base else known)
            for problem in problems:
                if problem.path == path:
                    assert_place_exists(problem, data)
        except Exception as error:
            raise AssertionError(f"file {number}, made from {path}:\n{data[:3000]!r}") from error
        ends[end] += 1
    return ends
