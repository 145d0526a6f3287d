"""Content types to JSON Schemas, which editors use to complete and to explain.

In: the models. Out: JSON texts (draft 2020-12) by path. The generator itself never reads them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from generator.model import CONTENT_TYPES

FOLDER = "content/_schemas"


def schemas() -> dict[str, str]:
    """Path below the project to schema text, one for each content type."""
    return {
        f"{FOLDER}/{name}.json": json.dumps(_schema(name), indent=2, ensure_ascii=False) + "\n"
        for name in CONTENT_TYPES
    }


def _groups(schema: Any) -> Iterator[dict[str, Any]]:
    """The parts that hold entries by word id; pydantic leaves them open to keys of other shapes."""
    inner = schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ()
    for part in inner:
        yield from _groups(part)
    if isinstance(schema, dict) and isinstance(schema.get("patternProperties"), dict):
        yield schema


def _schema(name: str) -> dict[str, Any]:
    content_type = CONTENT_TYPES[name]
    schema = content_type.model.model_json_schema()
    if content_type.suffix == ".md":
        schema["properties"].pop("body")
        schema["required"].remove("body")
    for group in _groups(schema):
        group["additionalProperties"] = False
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    return schema
