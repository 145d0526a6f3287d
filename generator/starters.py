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
from generator.model.base import ID_PATTERN, Markdown, Name

GAP = "…"
"""Stands where a contributor writes; the rule "placeholder" finds what was forgotten."""

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
    lines = list(_fields(kind.model, today))
    if kind.suffix == ".md":
        return "\n".join(["---", *lines, "---", "", GAP, ""])
    head = f"# yaml-language-server: $schema=../_schemas/{kind.name}.json"
    return "\n".join([head, *lines, ""])


def _fields(model: type[BaseModel], today: date) -> Iterator[str]:
    """A comment and a line or block for each field, the title first and the date last."""
    names = sorted(model.model_fields, key=lambda name: (name == "checked", name != "title"))
    for name in names:
        field = model.model_fields[name]
        if field.annotation is Markdown:
            continue
        yield from (f"# {line}" for line in textwrap.wrap(field.description or name, 90))
        hidden = "" if field.is_required() or name == "checked" else "# "
        yield from (f"{hidden}{line}" for line in _value(name, field, today))


def _value(name: str, field: FieldInfo, today: date) -> list[str]:
    parts = list(_parts(field.annotation))
    models = [part for part in parts if isinstance(part, type) and issubclass(part, BaseModel)]
    nested = [f"    {line}" for line in _fields(models[0], today)] if models else []
    if get_origin(field.annotation) is dict:
        word = "word_id" if Name in parts else "word-id"
        return [f"{name}:", f"  {word}:", *nested] if models else [f"{name}:", f"  {word}: {GAP}"]
    if models:
        return [f"{name}:", *nested]
    if get_origin(field.annotation) is list:
        return [f"{name}:", f"  - {_scalar(parts, today)}"]
    return [f"{name}: {_scalar(parts, today)}"]


def _parts(annotation: Any) -> Iterator[Any]:
    """An annotation and all that it is made of; the choices of a Literal are strings."""
    yield annotation
    for part in get_args(annotation):
        yield from _parts(part)


def _scalar(parts: list[Any], today: date) -> str:
    """What stands in for a single value: today, true, the first choice, or a gap to fill."""
    if date in parts:
        return today.isoformat()
    if bool in parts:
        return "true"
    return next((part for part in parts if isinstance(part, str)), GAP)
