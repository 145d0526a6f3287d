"""References: which entry points where, and what leads nowhere."""

from __future__ import annotations

from dataclasses import replace

import pytest
from projects import base_entries, base_with, data_of

from generator.catalog import Catalog, Entry
from generator.model import CONTENT_TYPES
from generator.references import problems, sources_of


def entry(kind: str, id: str, **changes: object) -> Entry:
    found = base_with().entries[kind, id]
    return replace(found, model=type(found.model).model_validate({**data_of(found), **changes}))


def test_pointers_are_found_in_fields_links_and_texts() -> None:
    found = {(one.loc[0], *one.key) for one in entry("step", "look-first").pointers}
    assert found == {("limits", "fact", "first-limit"), ("if_it_fails", "step", "ask-seller")}
    assert ("go", "step", "look-first") in {
        (one.loc[-1], *one.key) for one in entry("guide", "late-parcel").pointers
    }


def test_letter_templates_hold_no_references() -> None:
    note = entry("letter", "first-note", body="[[step:nowhere]] {{ name }}")
    assert all(one.id != "nowhere" for one in note.pointers)


@pytest.mark.parametrize(
    ("written", "what", "instead"),
    [
        ("[[step:ask-seler]]", 'there is no step "ask-seler"', 'did you mean "ask-seller"?'),
        ("[[step:zzz]]", 'there is no step "zzz"', "use the id of a file in content/steps/"),
        ("[[term:zzz]]", 'there is no term "zzz"', "use the id of a file in content/glossary/"),
        ("[[steps:ask-seller]]", '"steps" is not a content type', f"use one of: {', '.join(CONTENT_TYPES)}"),
        ("[[ask-seller]]", '"[[ask-seller]]" is not a reference', "write [[type:id]] or [[type:id|words]]"),
    ],
)  # fmt: skip
def test_a_reference_that_leads_nowhere_says_what_to_write(written: str, what: str, instead: str) -> None:
    step = entry("step", "look-first", why=f"See {written}.")
    (problem,) = problems(step, base_with(step))
    assert (problem.what, problem.instead) == (what, instead)


def test_an_entry_that_could_not_be_decoded_is_known_all_the_same() -> None:
    step = entry("step", "look-first")
    others = [one for one in base_entries() if one.key != ("step", "ask-seller")]
    assert [one.rule for one in problems(step, Catalog.of(others))] == ["unknown-reference"]
    assert list(problems(step, Catalog.of(others, known=[("step", "ask-seller")]))) == []


def test_an_entry_rests_on_its_own_sources_and_on_those_of_its_facts() -> None:
    catalog = base_with()
    assert sources_of(catalog.entries["step", "look-first"], catalog) == {"real-page"}
    assert sources_of(catalog.entries["term", "carrier"], catalog) == {"real-page"}
    assert sources_of(catalog.entries["tip", "read-first"], catalog) == set()
