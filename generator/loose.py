"""Loose entry: what can still be read of a document that its model refused.

In: a document. Out: an entry whose fields were not validated, with the classes that its texts and
references have in the model, and None for all else. Rules for words run over it, so that a mistake in
the structure of a file hides no mistake in its words. It never becomes a page.
"""

from __future__ import annotations

import re
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from generator.catalog import Entry
from generator.document import Document
from generator.model import CONTENT_TYPES
from generator.model.base import String, Text


def loose(document: Document) -> Entry:
    """An entry of all that has the right shape."""
    model = CONTENT_TYPES[document.kind].model
    return Entry(document, _model(model, document.data))


def _model(model: type[BaseModel], data: dict[str, Any]) -> Any:
    fields = {
        name: _value(field.annotation, data.get(name)) if name in data else None
        for name, field in model.model_fields.items()
    }
    return model.model_construct(**fields)


def _value(annotation: Any, value: Any) -> Any:
    annotation = _bare(annotation)
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is dict and isinstance(value, dict):
        pairs = {key: _value(inner[1], one) for key, one in value.items() if _string(inner[0], key)}
        return {key: found for key, found in pairs.items() if found is not None}
    if origin is list and isinstance(value, list):
        return [_value(inner[0], one) for one in value]
    if origin is Literal:
        return value if value in inner else None
    if isinstance(annotation, type) and isinstance(value, dict) and issubclass(annotation, BaseModel):
        return _model(annotation, value)
    if isinstance(annotation, type) and isinstance(value, str) and issubclass(annotation, String):
        return _string(annotation, value)
    return None


def _bare(annotation: Any) -> Any:
    """An annotation without Annotated and without None."""
    while get_origin(annotation) in (Annotated, Union, UnionType):
        annotation = next(part for part in get_args(annotation) if part is not NoneType)
    return annotation


def _string(kind: type[String], value: str) -> String | None:
    """A text as it is; an id or a reference only when it is well written."""
    pattern = kind.rules.get("pattern", "")
    return kind(value.strip()) if issubclass(kind, Text) or re.search(pattern, value) else None
