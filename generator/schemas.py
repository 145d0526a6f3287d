"""Content types to JSON Schemas, which editors use to complete and to explain.

In: the models. Out: JSON texts (draft 2020-12) by path. The generator itself never reads them.
"""

from __future__ import annotations

import json
from typing import Any

from generator.model import CONTENT_TYPES

FOLDER = "content/_schemas"


def schemas() -> dict[str, str]:
    """Path below the project to schema text, one for each content type."""
    return {
        f"{FOLDER}/{name}.json": json.dumps(_schema(name), indent=2, ensure_ascii=False) + "\n"
        for name in CONTENT_TYPES
    }


def _schema(name: str) -> dict[str, Any]:
    content_type = CONTENT_TYPES[name]
    schema = content_type.model.model_json_schema()
    if content_type.suffix == ".md":
        schema["properties"].pop("body")
        schema["required"].remove("body")
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    return schema
