"""Planted into every field of every content type: a problem at a place that exists, or words on the page."""

from __future__ import annotations

import re
import time
from functools import cache

import pytest
from fields import Field, changed, fields, path_of, put, to_file, value_at, whole_entry
from harmless import strange, twice
from plants import BOMBS, CHARACTERS, CLOBBERING, FORM_NAMES, HARMLESS_IDS, MARKUP
from projects import TODAY, base_with

from generator import checks, pages
from generator.catalog import Entry
from generator.checks import Context
from generator.decode import decode
from generator.document import Document
from generator.loose import loose
from generator.model import CONTENT_TYPES
from generator.problems import Problem
from generator.render import render
from generator.source import to_document

pytestmark = pytest.mark.slow

SHAPE = re.compile(r"[^:\n]+:[1-9]\d*:[1-9]\d*: [^\n]+; [^\n]+ \[[a-z]+(-[a-z0-9]+)*\]")
SOON = 10  # CPU seconds that the longest of all texts may take, on a slow machine
ALL = [field for kind in CONTENT_TYPES for field in fields(kind)]
TEXTS = [field for field in ALL if field.is_text]
SORTS = ("Line", "Prose", "Markdown", "Template")


def outcome(kind: str, data: bytes) -> tuple[list[Problem], Entry | None]:
    """What the pipeline says of one file among those of the small project."""
    document, found = to_document(data, path_of(kind), CONTENT_TYPES[kind], whole_entry(kind)[0])
    if document is None:
        return found, None
    entry, more = decode(document)
    catalog = base_with(entry) if entry else base_with()
    context = Context(catalog, TODAY)
    refused = [] if entry else [loose(document)]
    return [*found, *more, *checks.run(context), *checks.run_words(context, refused)], entry


def assert_told(problems: list[Problem], data: bytes, kind: str) -> None:
    """Each problem has the one shape, and points to a place that the file has."""
    lines = data.decode("utf-8-sig", "replace").replace("\r\n", "\n").split("\n")
    assert [str(one) for one in problems if not SHAPE.fullmatch(str(one))] == []
    for problem in (one for one in problems if one.path == path_of(kind)):
        assert problem.position.line <= len(lines), problem
        assert problem.position.column <= len(lines[problem.position.line - 1]) + 1, problem


def rendered(entry: Entry) -> dict[str, str]:
    """All pages of the small project with this entry in it, as the engine gets them."""
    catalog = base_with(entry)
    found = {page.url: render(page, catalog) for page in pages.pages(catalog)}
    broken = [text for text in found.values() if isinstance(text, Problem)]
    assert broken == []
    bodies = {url: str(text).partition("---\n")[2].partition("---\n")[2] for url, text in found.items()}
    return {url: f"<!doctype html>{body}" for url, body in bodies.items()}


@cache
def plain_pages(field: Field) -> dict[str, str]:
    """The pages with plain words in a field."""
    problems, entry = outcome(field.kind, to_file(CONTENT_TYPES[field.kind], whole_entry(field.kind)[1]))
    assert problems == []
    assert entry
    return rendered(entry)


def reaches(field: Field, text: str) -> list[str]:
    """What a text in a field makes of the pages that is more than words; nothing when it is refused."""
    data = to_file(CONTENT_TYPES[field.kind], changed(field, text))
    problems, entry = outcome(field.kind, data)
    assert_told(problems, data, field.kind)
    if problems:
        return []
    assert entry
    plain = plain_pages(field)
    return [
        f"{field} with {text!r} on page {url!r}: {one}"
        for url, page in rendered(entry).items()
        if page != plain.get(url)
        for one in (strange(page, plain[url]) if url in plain else ["a page of its own"])
    ]


def unrefused(kind: str, planted: list[Field], text: str) -> list[Field]:
    """The fields in which nothing refuses a text, when it is planted into all of them at once."""
    data = whole_entry(kind)[1]
    for field in planted:
        put(data, field.loc, text)
    file = to_file(CONTENT_TYPES[kind], data)
    problems, _ = outcome(kind, file)
    assert_told(problems, file, kind)
    document, _ = to_document(file, path_of(kind), CONTENT_TYPES[kind], whole_entry(kind)[0])
    assert document
    lines = {one.position.line for one in problems}
    return [field for field in planted if not lines & set(lines_of(document, field))]


def lines_of(document: Document, field: Field) -> range:
    """The lines on which a value stands."""
    span = document.spans[field.loc]
    first = document.text.count("\n", 0, span.start) + 1
    return range(min(first, span.key.line), document.text.count("\n", 0, span.end) + 2)


def inside(sort: str, plant: str) -> list[str]:
    """The ways in which a plant can stand in a text."""
    if sort == "Line":
        return [plant, f"Look here {plant} and there."]
    return [plant, f"Look here {plant} and there.", f"Look.\n\n{plant}\n\nGo on.", f"1. {plant}\n2. {plant}"]


@pytest.mark.parametrize("kind", CONTENT_TYPES)
def test_the_whole_entry_of_each_type_is_clean_and_has_a_field_for_words(kind: str) -> None:
    problems, entry = outcome(kind, to_file(CONTENT_TYPES[kind], whole_entry(kind)[1]))
    assert problems == []
    assert entry
    assert [text for text in rendered(entry).values() if twice(text)] == []
    assert [field for field in TEXTS if field.kind == kind]


@pytest.mark.parametrize("fault", MARKUP)
def test_markup_in_any_text_is_refused_or_words(fault: str) -> None:
    found = [
        one
        for kind in CONTENT_TYPES
        for sort in SORTS
        if (planted := [field for field in TEXTS if (field.kind, field.sort) == (kind, sort)])
        for plant in MARKUP[fault]
        for text in inside(sort, plant)
        for field in unrefused(kind, planted, text)
        for one in reaches(field, text)
    ]
    assert found == [], f"{len(found)}: {found[:5]}"


@pytest.mark.parametrize("fault", MARKUP)
def test_markup_in_a_value_that_is_no_text_is_refused_or_words(fault: str) -> None:
    found = [
        one
        for field in ALL
        if not field.is_text
        for plant in (MARKUP[fault] if field.sort in ("url", "plain") else MARKUP[fault][:1])
        for text in (plant, f"{value_at(field)}{plant}")
        for one in reaches(field, text)
    ]
    assert found == [], f"{len(found)}: {found[:5]}"


@pytest.mark.parametrize("fault", CHARACTERS)
def test_bytes_that_lie_are_refused_wherever_they_stand(fault: str) -> None:
    through = []
    for field in ALL:
        whole = to_file(CONTENT_TYPES[field.kind], changed(field, f"{value_at(field)}PLANTED"))
        assert whole.count(b"PLANTED") == 1, field
        for plant in CHARACTERS[fault]:
            data = whole.replace(b"PLANTED", plant)
            problems, _ = outcome(field.kind, data)
            assert_told(problems, data, field.kind)
            rules = {problem.rule for problem in problems}
            if not rules & {"not-utf-8", "hidden-character"}:
                through.append(f"{field}: {plant!r} {rules}")
    assert through == []


@pytest.mark.parametrize("fault", CHARACTERS)
def test_an_escape_that_makes_such_a_character_is_refused_too(fault: str) -> None:
    through = []
    texts = [plant.decode() for plant in CHARACTERS[fault] if fault != "bytes not UTF-8"]
    for field in (one for one in TEXTS if CONTENT_TYPES[one.kind].suffix != ".md" or one.loc != ("body",)):
        whole = to_file(CONTENT_TYPES[field.kind], changed(field, "PLANTED"))
        for text in texts:
            escaped = "".join(f"\\U{ord(one):08X}" for one in text)
            data = whole.replace(b"PLANTED", f'"{escaped}"'.encode())
            _, problems = to_document(data, path_of(field.kind), CONTENT_TYPES[field.kind], "look-first")
            if "hidden-character" not in {problem.rule for problem in problems}:
                through.append(f"{field}: {escaped}")
    assert through == []


@pytest.mark.parametrize("id", CLOBBERING)
def test_an_id_that_would_hide_something_is_refused(id: str) -> None:
    keys = [field for field in ALL if field.sort in ("key", "Id")]
    assert len(keys) > 10
    for field in keys:
        problems, _ = outcome(field.kind, to_file(CONTENT_TYPES[field.kind], changed(field, id)))
        assert {"bad-id", "taken-id", "taken-name"} & {one.rule for one in problems}, f"{field} may be {id}"


@pytest.mark.parametrize("name", FORM_NAMES)
def test_a_name_that_the_letters_form_needs_itself_is_refused(name: str) -> None:
    for group in ("blanks", "ticks"):
        field = next(one for one in ALL if one.sort == "key" and one.loc[0] == group)
        problems, _ = outcome(field.kind, to_file(CONTENT_TYPES[field.kind], changed(field, name)))
        assert "taken-name" in {one.rule for one in problems}, f"a field may be called {name}"


@pytest.mark.parametrize("id", HARMLESS_IDS)
def test_an_id_that_hides_nothing_makes_no_id_twice(id: str) -> None:
    for field in (one for one in ALL if one.sort == "key"):
        assert [one for one in reaches(field, id) if "times" in one] == []


@pytest.mark.parametrize("kind", CONTENT_TYPES)
def test_an_item_may_be_called_as_any_other_part_of_its_page(kind: str) -> None:
    """It is refused, or no id stands twice."""
    _, entry = outcome(kind, to_file(CONTENT_TYPES[kind], whole_entry(kind)[1]))
    assert entry
    own = [page for page in pages.pages(base_with(entry)) if page.entry is entry]
    ids = {
        id for page in own for id in re.findall(r'\bid="([a-z0-9-]+)"', str(render(page, base_with(entry))))
    }
    for field in (one for one in fields(kind) if one.sort == "key"):
        for id in sorted(ids):
            problems, other = outcome(kind, to_file(CONTENT_TYPES[kind], changed(field, id)))
            if not problems:
                assert other
                plans = [page for page in pages.pages(base_with(other)) if page.entry is other]
                assert [twice(str(render(page, base_with(other)))) for page in plans] == [[]] * len(plans), (
                    field,
                    id,
                )


BOMBED = [field for field in TEXTS if field.sort != "Line"]


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_text_made_to_be_slow_is_answered_soon(bomb: str) -> None:
    for field in BOMBED:
        began = time.process_time()
        problems, entry = outcome(field.kind, to_file(CONTENT_TYPES[field.kind], changed(field, BOMBS[bomb])))
        if not problems:
            assert entry
            for page in pages.pages(base_with(entry)):
                assert isinstance(render(page, base_with(entry)), str)
        assert time.process_time() - began < SOON, field
        assert len(problems) < 2_000


DUPLICATE = "title: x\ntitle: y\n"
STRUCTURES: dict[str, tuple[str, str]] = {
    "duplicate key": (DUPLICATE, "duplicate-key"),
    "duplicate key inside": ("title: x\nchecklist: {a: x, a: y}\n", "duplicate-key"),
    "Python tag": ("title: !!python/object/apply:os.system [id]\n", "no-tag"),
    "Python name tag": ("title: !!python/name:os.system x\n", "no-tag"),
    "tag of our own": ("title: !include ../../../etc/passwd\n", "no-tag"),
    "binary tag": ("title: !!binary cHduZWQ=\n", "no-tag"),
    "anchor": ("title: &a x\nsummary: *a\n", "no-anchor"),
    "anchor bomb": (
        "a: &a [x,x,x,x,x,x,x,x,x]\n"
        + "".join(
            f"{n}: &{n} [{','.join(['*' + m] * 9)}]\n" for m, n in zip("abcdefgh", "bcdefghi", strict=True)
        ),
        "no-alias",
    ),
    "merge key": ("base: &b {x: y}\ntitle:\n  <<: *b\n", "no-alias"),
    "anchor that holds itself": ("title: &a [*a]\n", "no-alias"),
    "list": ("- x\n- y\n", "not-an-entry"),
    "text": ("just words\n", "not-an-entry"),
    "number": ("7\n", "not-an-entry"),
    "null": ("null\n", "not-an-entry"),
    "second document": ("title: x\n---\ntitle: y\n", "one-document"),
    "very deep list": ("title: " + "[" * 3_000 + "]" * 3_000 + "\n", "too-deep"),
    "very deep list without end": ("title: " + "[" * 3_000 + "\n", "broken-yaml"),
    "very deep group": ("title: " + "{a: " * 3_000 + "}" * 3_000 + "\n", "too-deep"),
    "very deep block": ("".join(" " * n + f"k{n}:\n" for n in range(300)), "too-deep"),
    "key that is a list": ("? [a, b]\n: x\n", "bad-key"),
    "key of the language": ("__proto__: x\nconstructor: y\n", "unknown-key"),
    "template of the theme": ("template: ../../../../etc/passwd\n", "unknown-key"),
    "hooks of the engine": ("hooks: [x.py]\nhide: [toc]\nredirect: https://pwned.example/\n", "unknown-key"),
    "directive": ("%TAG ! tag:pwned,2000:\n---\ntitle: !x y\n", "no-tag"),
    "unknown directive": ("%PWNED x\n---\ntitle: y\n", "broken-yaml"),
    "open quote": ('title: "x\n', "broken-yaml"),
    "tab": ("title:\n\tx: y\n", "no-tab"),
}


@pytest.mark.parametrize("kind", CONTENT_TYPES)
@pytest.mark.parametrize("fault", STRUCTURES)
def test_a_file_that_means_other_than_it_says_is_refused(fault: str, kind: str) -> None:
    text, rule = STRUCTURES[fault]
    if CONTENT_TYPES[kind].suffix == ".md":
        text = f"---\n{text}---\nWords.\n"
    began = time.process_time()
    problems, _ = outcome(kind, text.encode())
    assert_told(problems, text.encode(), kind)
    rules = {one.rule for one in problems}
    if "---\n" in STRUCTURES[fault][0] and CONTENT_TYPES[kind].suffix == ".md":
        assert rules  # the front matter ends at the line that starts a second document elsewhere
    else:
        assert rule in rules, problems[:5]
    assert time.process_time() - began < SOON


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: x\nWords without an end.\n",
        "--- \ntitle: x\n---\nx",
        "title: x\n",
        "---\n- x\n---\nWords.\n",
        "---\n---\n",
    ],
)
@pytest.mark.parametrize("kind", [one.name for one in CONTENT_TYPES.values() if one.suffix == ".md"])
def test_front_matter_that_never_ends_or_is_no_map_is_refused(kind: str, text: str) -> None:
    problems, entry = outcome(kind, text.encode())
    assert_told(problems, text.encode(), kind)
    assert {one.rule for one in problems} & {"front-matter", "not-an-entry", "missing-key"}
    assert entry is None


def test_the_plants_are_seen_where_nothing_refuses_them() -> None:
    """The proof of this file: each plant is strange when it is published as it stands."""
    plain = "<!doctype html><p>words</p>"
    published = [
        plant
        for plants in MARKUP.values()
        for plant in plants
        if plant.lstrip().startswith("<") and "pwned" in plant
    ]
    assert len(published) > 20
    blind = [plant for plant in published if not strange(plain.replace("words", plant), plain)]
    # No markup to a browser: a space, a backslash, a split name, an address in brackets, a cell without its table.
    assert [one for one in blind if not re.match(r"<(?: |\\|java|https|td )", one)] == []
