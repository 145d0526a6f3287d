"""Starters: the text of a new entry, with a comment above each field that says what belongs there.

In: a content type. Out: text. The comments are the sentences of the model, so they are never out of
step with it.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from datetime import date
from typing import Any, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from generator.model import ContentType
from generator.model.base import ID_PATTERN

WAITING = """---
"title": "Undelivered"
"description": ""
---

<div><h1 id="start">The content has problems</h1><p>They are listed above and in the terminal.</p></div>
"""
"""What `serve` shows while the content has never been whole."""


def is_id(text: str) -> bool:
    """Whether a text can be an entry's id."""
    return bool(re.fullmatch(ID_PATTERN, text)) and len(text) <= 80


def starter(kind: ContentType, today: date) -> str:
    """The whole file of a new entry."""
    lines = [
        line for line in _fields(kind.model, today) if kind.suffix == ".yml" or not line.startswith("body")
    ]
    if kind.suffix == ".md":
        return "\n".join(["---", *lines, "---", "", "Write here.", ""])
    head = f"# yaml-language-server: $schema=../_schemas/{kind.name}.json"
    return "\n".join([head, *lines, ""])


def _fields(model: type[BaseModel], today: date, indent: str = "") -> Iterator[str]:
    names = sorted(model.model_fields, key=lambda name: (name == "checked", name != "title"))
    for name in names:
        field = model.model_fields[name]
        if name == "body" and "Markdown" in str(field.annotation):
            continue
        yield from textwrap.wrap(
            field.description or name,
            90,
            initial_indent=f"{indent}# ",
            subsequent_indent=f"{indent}# ",
        )
        hidden = "" if field.is_required() or name == "checked" else "# "
        yield from (f"{indent}{hidden}{line}" for line in _value(name, field, today))


def _value(name: str, field: FieldInfo, today: date) -> list[str]:
    annotation: Any = field.annotation
    origin = get_origin(annotation)
    parts = [one for part in (annotation, *get_args(annotation)) for one in (part, *get_args(part))]
    inner = [part for part in parts if isinstance(part, type)]
    if name == "checked" or date in inner:
        return [f"{name}: {today.isoformat()}"]
    if origin is dict:
        return [f"{name}:", "  word-id: …"]
    if origin is list:
        return [f"{name}:", "  - …"]
    if bool in inner:
        return [f"{name}: true"]
    return [f"{name}: …"]
