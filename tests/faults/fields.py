"""Every field of every content type, found in the models: a type that is added is planted into by itself.

In: `CONTENT_TYPES` and the small project in tests/golden/base. Out: for each type a whole entry with each of its
fields filled in, and the way to each value, with the class that says what it is. It knows no fault.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import yaml
from projects import BASE, base_entries
from pydantic import BaseModel

from generator.model import CONTENT_TYPES, ContentType
from generator.model.base import (
    Id,
    Line,
    Link,
    Loc,
    Markdown,
    Name,
    OldLink,
    Prose,
    Reference,
    String,
    Template,
    Text,
)
from generator.source import read

# What a field says when the small project does not fill it in; by class, then by the field's name.
_WORDS: dict[type, str] = {
    Line: "Plain words.",
    Prose: "Plain words.",
    Markdown: "Plain words.",
    Template: "Plain words.",
    Name: "plain_name",
    Link: "step:look-first",
    OldLink: "step:plain-step",
    Id: "plain-id",
}
_BY_NAME = {"valid_until": "2031-01-01", "country": "GB", "language": "en", "example": "Plain words"}
_URL, _DAY, _PLAIN = "https://plain.example/page", "2026-11-01", "Plain words"


@dataclass(frozen=True)
class Field:
    """A value of an entry: its type, the way to it, and what it is; a key of a group is a value too."""

    kind: str
    loc: Loc
    sort: str
    """Line, Prose, Markdown, Template: words for readers. Id, Name, Reference, Link and so on by class; "url", "day",
    "choice", "plain" for what has no class; "key" for a key of a group."""

    def __str__(self) -> str:
        return f"{self.kind}: {'.'.join(map(str, self.loc))} ({self.sort})"

    @property
    def is_text(self) -> bool:
        """Whether readers read it as words."""
        return self.sort in ("Line", "Prose", "Markdown", "Template")


def _bare(annotation: Any) -> Any:
    while get_origin(annotation) in (Annotated, Union, UnionType):
        annotation = next(part for part in get_args(annotation) if part is not NoneType)
    return annotation


@cache
def _ids() -> dict[str, str]:
    """An id to point to for each content type: the first that something in the small project points to."""
    entries = base_entries()
    here = {entry.key for entry in entries}
    used = sorted(pointer.key for entry in entries for pointer in entry.pointers if pointer.key in here)
    return {kind: str(id) for kind, id in [*sorted(here, reverse=True), *sorted(used, reverse=True)]}


def _is_url(annotation: Any) -> bool:
    return "uri" in repr(annotation)


def _filled(annotation: Any, name: str, value: Any) -> Any:
    """The value where there is one, with all of its parts, else one that fits."""
    bare = _bare(annotation)
    origin, inner = get_origin(bare), get_args(bare)
    if isinstance(bare, type) and issubclass(bare, BaseModel):
        return _whole(bare, value or {})
    if origin is dict:
        pairs = value or {_filled(inner[0], name, None): None}
        return {key: _filled(inner[1], name, one) for key, one in pairs.items()}
    if origin is list:
        return [_filled(inner[0], name, one) for one in (value or [None])]
    return value if value is not None else _sample(annotation, bare, name)


def _sample(annotation: Any, bare: Any, name: str) -> str:
    if name in _BY_NAME:
        return _BY_NAME[name]
    if get_origin(bare) is Literal:
        return str(get_args(bare)[0])
    if isinstance(bare, type) and issubclass(bare, Reference):
        return _ids()[bare.target]
    if isinstance(bare, type) and issubclass(bare, String):
        return next(_WORDS[one] for one in bare.__mro__ if one in _WORDS)
    if bare is bool:
        return "false"
    if bare is str:
        return _URL if _is_url(annotation) else _PLAIN
    return _DAY


def _whole(model: type[BaseModel], data: dict[str, Any]) -> dict[str, Any]:
    """Each field, in the order of the model."""
    return {
        name: _filled(_annotation(field), name, data.get(name, _default(field)))
        for name, field in model.model_fields.items()
    }


def _default(field: Any) -> str | None:
    """A yes or a no that stands when nothing is written."""
    return str(field.default).lower() if isinstance(field.default, bool) else None


def _annotation(field: Any) -> Any:
    """What a field may hold, with what pydantic took out of its annotation."""
    return Annotated[field.annotation, *field.metadata, field.json_schema_extra or ""]


@cache
def _entry(kind: str) -> tuple[str, dict[str, Any]]:
    documents = [one for one in read(BASE).documents if one.kind == kind]
    preferred = [one for one in documents if one.id == _ids().get(kind)] or documents
    if preferred:
        return preferred[0].id, _whole(CONTENT_TYPES[kind].model, preferred[0].data)
    return "plain-id", _whole(CONTENT_TYPES[kind].model, {})


def whole_entry(kind: str) -> tuple[str, dict[str, Any]]:
    """The id and the data of an entry of this type, with each field filled in."""
    id, data = _entry(kind)
    return id, copy.deepcopy(data)


def fields(kind: str) -> list[Field]:
    """Each value and each key of the whole entry of a type."""
    model = CONTENT_TYPES[kind].model
    return [Field(kind, loc, sort) for loc, sort in _walk(model, whole_entry(kind)[1], ())]


def _walk(annotation: Any, value: Any, loc: Loc) -> Iterator[tuple[Loc, str]]:
    bare = _bare(annotation)
    if isinstance(bare, type) and issubclass(bare, BaseModel):
        for name, field in bare.model_fields.items():
            yield from _walk(_annotation(field), value[name], (*loc, name))
    elif isinstance(value, dict):
        for key, one in list(value.items())[:1]:
            yield (*loc, key), "key"
            yield from _walk(get_args(bare)[1], one, (*loc, key))
    elif isinstance(value, list):
        yield from _walk(get_args(bare)[0], value[0], (*loc, 0))
    else:
        yield loc, _sort(annotation, bare)


def _sort(annotation: Any, bare: Any) -> str:
    if get_origin(bare) is Literal:
        return "choice"
    if bare is str:
        return "url" if _is_url(annotation) else "plain"
    if isinstance(bare, type) and issubclass(bare, Text):
        return next(one.__name__ for one in (Line, Prose, Markdown, Template) if issubclass(bare, one))
    return str(bare.__name__).lower() if bare in (bool,) else getattr(bare, "__name__", "day")


def put(data: Any, loc: Loc, value: str) -> None:
    """Write a value into an entry's data."""
    for part in loc[:-1]:
        data = data[part]
    data[loc[-1]] = value


def changed(field: Field, value: str) -> dict[str, Any]:
    """The whole entry of the field's type with another value there, or another key."""
    _, data = whole_entry(field.kind)
    at: Any = data
    for part in field.loc[:-1]:
        at = at[part]
    if field.sort == "key":
        pairs = {value if key == field.loc[-1] else key: one for key, one in at.items()}
        at.clear()
        at.update(pairs)
    else:
        at[field.loc[-1]] = value
    return data


def value_at(field: Field) -> str:
    """What stands in the field of the whole entry."""
    at: Any = whole_entry(field.kind)[1]
    for part in field.loc:
        at = at[part]
    return str(field.loc[-1] if field.sort == "key" else at)


def to_file(kind: ContentType, data: dict[str, Any]) -> bytes:
    """The entry as a contributor's file."""
    front = {name: value for name, value in data.items() if not (kind.suffix == ".md" and name == "body")}
    text = yaml.safe_dump(front, allow_unicode=True, sort_keys=False, width=10_000)
    return (f"---\n{text}---\n{data['body']}" if kind.suffix == ".md" else text).encode(
        "utf-8", "surrogatepass"
    )


def path_of(kind: str) -> str:
    """Where the whole entry of a type stands."""
    return f"content/{CONTENT_TYPES[kind].folder}/{whole_entry(kind)[0]}{CONTENT_TYPES[kind].suffix}"
