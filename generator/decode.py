"""Document to entry: the model's verdict, told at the right line in plain words.

In: a document and the model of its content type. Out: an entry, or problems. It maps pydantic's error
types (never its wording) to what to write instead. It knows no other entry.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable
from dataclasses import replace
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from generator.catalog import Entry
from generator.document import Document
from generator.model import CONTENT_TYPES
from generator.model.base import LINK_PATTERN, NAME_PATTERN, Loc, Reference
from generator.problems import Problem

Error = dict[str, Any]
Told = tuple[str, str, str]
"""What is wrong, what to write instead, rule."""


def decode(document: Document) -> tuple[Entry | None, list[Problem]]:
    """The entry that a document holds, or every problem that pydantic found in it."""
    model = CONTENT_TYPES[document.kind].model
    try:
        # The model says it all now; of 5,000 pages the data would be a third of the memory.
        return Entry(replace(document, data=None), model.model_validate(document.data)), []
    except ValidationError as error:
        found = [_problem(document, model, dict(one)) for one in error.errors(include_url=False)]
        return None, found


def _problem(document: Document, model: type[BaseModel], error: Error) -> Problem:
    loc: Loc = tuple(part for part in error["loc"] if part != "[key]")
    tell = _TELLERS.get(error["type"], _other)
    if error["input"] is None and error["type"] != "missing":
        tell = _nothing
    what, instead, rule = tell(document, model, loc, error)
    return document.problem(loc, what, instead, rule)


def _label(loc: Loc) -> str:
    return f'"{loc[-1]}"' if loc and isinstance(loc[-1], str) else "this item"


def _missing(document: Document, model: type[BaseModel], loc: Loc, error: Error) -> Told:
    target = _target(model, loc)
    if target:
        wanted = f'add "{loc[-1]}:" with the id of a file in content/{CONTENT_TYPES[target].folder}/'
        return f"this {document.kind} has no {target}", wanted, f"no-{target}"
    field = _fields(model, loc[:-1]).get(str(loc[-1]))
    meaning = f" ({field.rstrip('.')})" if field else ""
    return f'"{loc[-1]}" is missing', f'add a line "{loc[-1]}: …"{meaning}', "missing-key"


def _unknown(document: Document, model: type[BaseModel], loc: Loc, error: Error) -> Told:
    fields = list(_fields(model, loc[:-1]))
    near = difflib.get_close_matches(str(loc[-1]), fields, n=1, cutoff=0.6)
    wanted = f'did you mean "{near[0]}"?' if near else f"use one of: {', '.join(fields)}"
    return f'unknown key "{loc[-1]}"', wanted, "unknown-key"


def _nothing(document: Document, model: type[BaseModel], loc: Loc, error: Error) -> Told:
    return (
        f"nothing is written for {_label(loc)}",
        "write a value, or delete the line",
        "empty-value",
    )


def _text(document: Document, model: type[BaseModel], loc: Loc, error: Error) -> Told:
    written = "a list" if isinstance(error["input"], list) else "a group of keys"
    wanted = "write text; put it in quotes if it holds a colon or a bracket"
    return f"{_label(loc)} holds {written}, but text belongs here", wanted, "wrong-type"


def _list(document: Document, model: type[BaseModel], loc: Loc, error: Error) -> Told:
    wanted = "write one item per line, each after a dash"
    return f"{_label(loc)} must be a list", wanted, "wrong-type"


def _map(document: Document, model: type[BaseModel], loc: Loc, error: Error) -> Told:
    wanted = "write indented lines such as word-id: text"
    return f"{_label(loc)} must be a group of keys", wanted, "wrong-type"


def _too_long(document: Document, model: type[BaseModel], loc: Loc, error: Error) -> Told:
    limit = error["ctx"]["max_length"]
    what = f"{_label(loc)} has {error['ctx'].get('actual_length', len(error['input']))} characters"
    return what, f"keep it to {limit} or fewer", "too-long"


def _empty(document: Document, model: type[BaseModel], loc: Loc, error: Error) -> Told:
    return f"{_label(loc)} is empty", "write at least one, or delete the line", "empty-value"


def _pattern(document: Document, model: type[BaseModel], loc: Loc, error: Error) -> Told:
    pattern = error["ctx"]["pattern"]
    if pattern == LINK_PATTERN:
        wanted = "write type:id, for example step:contact-support"
    elif pattern == NAME_PATTERN:
        wanted = "use lower-case words joined by underscores"
    elif "A-Z" in pattern:
        wanted = "write a country code such as US or GB-SCT, or all"
    else:
        wanted = "use lower-case words joined by hyphens"
    return f'"{error["input"]}" is not an id', wanted, "bad-id"


def _choice(document: Document, model: type[BaseModel], loc: Loc, error: Error) -> Told:
    wanted = error["ctx"]["expected"].replace("'", "")
    what = f'"{error["input"]}" is not allowed for {_label(loc)}'
    return what, f"write one of: {wanted}", "wrong-value"


def _date(document: Document, model: type[BaseModel], loc: Loc, error: Error) -> Told:
    what = f'"{error["input"]}" is not a date'
    return what, "write it as year-month-day, for example 2026-11-22", "bad-date"


def _yes_no(document: Document, model: type[BaseModel], loc: Loc, error: Error) -> Told:
    return f'"{error["input"]}" is not true or false', "write true or false", "wrong-value"


def _line_break(document: Document, model: type[BaseModel], loc: Loc, error: Error) -> Told:
    wanted = "write it on one line, or start it with >- and indent the lines below"
    return f"{_label(loc)} has more than one line", wanted, "line-break"


def _other(document: Document, model: type[BaseModel], loc: Loc, error: Error) -> Told:
    if "https" in str(error["msg"]):
        what = f'"{error["input"]}" is not a plain https address'
        return what, "write it in full, starting with https://", "bad-url"
    return f"{_label(loc)} cannot be read: {error['msg']}", "see the field's help", "wrong-value"


_TELLERS: dict[str, Callable[[Document, type[BaseModel], Loc, Error], Told]] = {
    "missing": _missing,
    "line_break": _line_break,
    "extra_forbidden": _unknown,
    "string_type": _text,
    "list_type": _list,
    "dict_type": _map,
    "model_type": _map,
    "model_attributes_type": _map,
    "string_too_long": _too_long,
    "too_long": _too_long,
    "string_too_short": _empty,
    "too_short": _empty,
    "string_pattern_mismatch": _pattern,
    "literal_error": _choice,
    "bool_parsing": _yes_no,
    "bool_type": _yes_no,
    "date_from_datetime_parsing": _date,
    "date_from_datetime_inexact": _date,
    "date_parsing": _date,
    "date_type": _date,
}


def _fields(model: type[BaseModel], loc: Loc) -> dict[str, str]:
    """The fields, with their meanings, of the model that stands at `loc` inside `model`."""
    found: Any = model
    for part in loc:
        if isinstance(found, type) and issubclass(found, BaseModel):
            field = found.model_fields.get(str(part))
            found = field.annotation if field else None
        else:  # the key of a group, or the index of a list
            found = _inner(found)
    if not (isinstance(found, type) and issubclass(found, BaseModel)):
        return {}
    return {name: field.description or "" for name, field in found.model_fields.items()}


def _target(model: type[BaseModel], loc: Loc) -> str | None:
    """The content type that the field at `loc` points to, for a field of the entry itself."""
    field = model.model_fields.get(str(loc[-1])) if len(loc) == 1 else None
    annotation = field.annotation if field else None
    points = isinstance(annotation, type) and issubclass(annotation, Reference)
    return annotation.target if points else None  # type: ignore[union-attr]


def _inner(annotation: Any) -> Any:
    """The model inside `Model | None`, `dict[Id, Model]` or `list[Model]`, else the annotation."""
    for part in (annotation, *get_args(annotation)):
        for candidate in (part, *get_args(part)):
            if isinstance(candidate, type) and issubclass(candidate, BaseModel):
                return candidate
    return annotation
