"""Addresses: where entries stand, and the way between two pages."""

from __future__ import annotations

import posixpath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.urls import file_of, of_entry, relative


@pytest.mark.parametrize(
    ("kind", "id", "address"),
    [
        ("step", "ask", "steps/ask/"),
        ("letter", "note", "letters/note/"),
        ("page", "about", "about/"),
        ("term", "carrier", "glossary/#carrier"),
        ("source", "page", "sources/#page"),
    ],
)
def test_each_type_has_its_place(kind: str, id: str, address: str) -> None:
    assert of_entry(kind, id) == address


@pytest.mark.parametrize(
    ("here", "there", "way"),
    [
        ("", "", "./"),
        ("", "steps/ask/", "steps/ask/"),
        ("", "glossary/#carrier", "glossary/#carrier"),
        ("about/", "", "../"),
        ("steps/ask/", "", "../../"),
        ("steps/ask/", "steps/look/", "../look/"),
        ("steps/ask/", "steps/", "../"),
        ("steps/", "steps/ask/", "ask/"),
        ("guides/late/checklist/", "guides/late/", "../"),
        ("glossary/", "glossary/#carrier", "#carrier"),
        ("steps/ask/", "glossary/#carrier", "../../glossary/#carrier"),
        ("steps/ask/", "steps/ask/", "./"),
    ],
)
def test_the_way_from_page_to_page_is_relative(here: str, there: str, way: str) -> None:
    assert relative(here, there) == way


WORD = st.sampled_from(["a", "b", "steps", "c-d"])
PAGE = st.lists(WORD, max_size=3).map(lambda parts: "".join(f"{part}/" for part in parts))


@given(PAGE, PAGE)
def test_each_way_arrives(here: str, there: str) -> None:
    arrived = posixpath.normpath(posixpath.join("/", here, relative(here, there)))
    assert arrived == posixpath.normpath(f"/{there}")
    assert relative(here, there).endswith("/")


def test_every_page_is_an_index_file() -> None:
    assert file_of("") == "index.md"
    assert file_of("steps/ask/") == "steps/ask/index.md"
