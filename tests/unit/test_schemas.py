"""JSON Schemas for editors: whole, explained, and telling what the models tell."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from projects import base_entries, data_of

from generator.model import CONTENT_TYPES
from generator.schemas import FOLDER, schemas

SCHEMAS = {path: json.loads(text) for path, text in schemas().items()}
# Words of draft 2020-12 that we use; a misspelt one would be ignored by every editor.
KNOWN = {
    "$schema",
    "$defs",
    "$ref",
    "title",
    "description",
    "type",
    "properties",
    "required",
    "additionalProperties",
    "items",
    "enum",
    "const",
    "anyOf",
    "default",
    "format",
    "pattern",
    "minLength",
    "maxLength",
    "minItems",
    "maxItems",
    "minProperties",
    "maxProperties",
    "propertyNames",
    "patternProperties",
}
TYPES = {"object", "array", "string", "boolean", "null"}


def nodes(schema: Any) -> Iterator[dict[str, Any]]:
    """Every schema inside a schema, itself first."""
    if not isinstance(schema, dict):
        return
    yield schema
    for word in ("properties", "$defs", "patternProperties"):
        for inner in schema.get(word, {}).values():
            yield from nodes(inner)
    for word in ("items", "additionalProperties", "propertyNames"):
        yield from nodes(schema.get(word))
    for inner in schema.get("anyOf", []):
        yield from nodes(inner)


def test_there_is_one_for_each_content_type() -> None:
    assert set(SCHEMAS) == {f"{FOLDER}/{kind}.json" for kind in CONTENT_TYPES}


@pytest.mark.parametrize("path", SCHEMAS)
def test_a_schema_is_well_formed(path: str) -> None:
    schema = SCHEMAS[path]
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    for node in nodes(schema):
        assert set(node) <= KNOWN, set(node) - KNOWN
        assert node.get("type", "string") in TYPES
        assert set(node.get("required", [])) <= set(node.get("properties", {}))
        assert len(node.get("enum", [])) == len(set(node.get("enum", [])))
        re.compile(node.get("pattern", ""))
        if "$ref" in node:
            assert node["$ref"].removeprefix("#/$defs/") in schema["$defs"]
        for low, high in (("minLength", "maxLength"), ("minItems", "maxItems")):
            assert node.get(low, 0) <= node.get(high, 10**9)


@pytest.mark.parametrize("path", SCHEMAS)
def test_each_key_is_explained_and_no_other_is_allowed(path: str) -> None:
    for node in nodes(SCHEMAS[path]):
        if "properties" in node:
            assert node["additionalProperties"] is False
            for name, field in node["properties"].items():
                assert field.get("description", "").endswith("."), f"{path}: {name}"


@pytest.mark.parametrize("kind", CONTENT_TYPES)
def test_a_schema_knows_the_keys_of_its_model(kind: str) -> None:
    schema, model = SCHEMAS[f"{FOLDER}/{kind}.json"], CONTENT_TYPES[kind].model
    fields = set(model.model_fields) - ({"body"} if CONTENT_TYPES[kind].suffix == ".md" else set())
    needed = {name for name in fields if model.model_fields[name].is_required()}
    assert (set(schema["properties"]), set(schema.get("required", []))) == (fields, needed)


def complaints(schema: dict[str, Any], value: Any, defs: dict[str, Any]) -> Iterator[str]:
    """What the words that we use say against a value; YAML's true and dates are text to us."""
    schema = {**defs[schema["$ref"].removeprefix("#/$defs/")], **schema} if "$ref" in schema else schema
    if "anyOf" in schema and all(list(complaints(one, value, defs)) for one in schema["anyOf"]):
        yield f"{value!r} is none of anyOf"
    wanted = schema.get("type")
    fits = {"object": dict, "array": list, "string": str, "boolean": str, "null": type(None)}
    if wanted and not isinstance(value, fits[wanted]):
        yield f"{value!r} is no {wanted}"
    elif wanted == "object":
        keys = set(schema.get("properties", {}))
        yield from (f"{key} is missing" for key in schema.get("required", []) if key not in value)
        for key, inner in value.items():
            shaped = [
                one for shape, one in schema.get("patternProperties", {}).items() if re.search(shape, key)
            ]
            named = schema.get("properties", {}).get(key) or next(iter(shaped), None)
            named = schema.get("additionalProperties") if named is None else named
            if named is False or (keys and key not in keys):
                yield f"{key} is not allowed"
            elif isinstance(named, dict):
                yield from complaints(named, inner, defs)
            yield from complaints(schema.get("propertyNames", {}), key, defs)
    elif wanted == "array":
        for inner in value:
            yield from complaints(schema.get("items", {}), inner, defs)
    elif wanted == "string":
        value = value.strip()
        if not schema.get("minLength", 0) <= len(value) <= schema.get("maxLength", 10**9):
            yield f"{value!r} has the wrong length"
        if not re.search(schema.get("pattern", ""), value) or value not in schema.get("enum", [value]):
            yield f"{value!r} is not allowed"


@pytest.mark.parametrize("entry", base_entries(), ids=lambda entry: f"{entry.kind}-{entry.id}")
def test_what_the_model_takes_the_schema_takes(entry: Any) -> None:
    schema = SCHEMAS[f"{FOLDER}/{entry.kind}.json"]
    data = {key: value for key, value in data_of(entry).items() if key in schema["properties"]}
    assert list(complaints(schema, data, schema.get("$defs", {}))) == []


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"sumary": "x"}, "sumary is not allowed"),
        ({"title": "x" * 71}, "has the wrong length"),
        ({"also": "x"}, "is no array"),
        ({"limits": ["A B"]}, "'A B' is not allowed"),
        ({"checklist": {"A B": "x"}}, "A B is not allowed"),
    ],
)
def test_what_the_model_refuses_the_schema_refuses(change: dict[str, Any], complaint: str) -> None:
    (entry,) = [one for one in base_entries() if one.key == ("step", "look-first")]
    schema = SCHEMAS[f"{FOLDER}/step.json"]
    found = list(complaints(schema, {**data_of(entry), **change}, schema["$defs"]))
    assert len(found) == 1
    assert complaint in found[0]
