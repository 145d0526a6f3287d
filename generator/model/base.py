"""What all content types are made of: ids, references, texts, and the frozen model.

In: strings as a contributor wrote them. Out: typed values that say by their class what they are, so
that checks, links and translations can find every text and every reference without a list of fields.
It does not know which content types there are.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, ClassVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, GetCoreSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

ID_PATTERN = r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$"
LINK_PATTERN = r"^[a-z]+:[a-z][a-z0-9]*(-[a-z0-9]+)*$"
NAME_PATTERN = r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$"

Loc = tuple[str | int, ...]
"""The way to a value inside an entry: keys and list indexes."""


def _day(text: Any) -> Any:
    """Only year-month-day; pydantic alone also reads a bare number as seconds since 1970."""
    if isinstance(text, str) and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        raise PydanticCustomError("date_parsing", "not written as year-month-day")
    return text


Day = Annotated[date, BeforeValidator(_day)]


class String(str):
    """A string whose class says what it is; subclasses narrow what may be written."""

    rules: ClassVar[dict[str, Any]] = {"min_length": 1}

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        text = core_schema.str_schema(strip_whitespace=True, **cls.rules)
        return core_schema.no_info_after_validator_function(cls, text)


class Id(String):
    """A word id: lower-case words joined by hyphens; it is the file name, the URL and the storage key."""

    rules: ClassVar[dict[str, Any]] = {"pattern": ID_PATTERN, "max_length": 80}


class Name(String):
    """A name inside a letter template: lower-case words joined by underscores."""

    rules: ClassVar[dict[str, Any]] = {"pattern": NAME_PATTERN, "max_length": 40}


class Reference(Id):
    """The id of another entry; `target` names its content type."""

    target: ClassVar[str]


class StepId(Reference):
    """The id of a step."""

    target = "step"


class TipId(Reference):
    """The id of a tip."""

    target = "tip"


class LetterId(Reference):
    """The id of a letter."""

    target = "letter"


class FactId(Reference):
    """The id of a fact."""

    target = "fact"


class SourceId(Reference):
    """The id of a source."""

    target = "source"


class Link(String):
    """A typed reference such as `step:contact-support`."""

    rules: ClassVar[dict[str, Any]] = {"pattern": LINK_PATTERN, "max_length": 100}


class OldLink(String):
    """What was a typed reference once; it leads nowhere now."""

    rules: ClassVar[dict[str, Any]] = Link.rules


class Text(String):
    """Words for readers, which a translation may replace."""


class Line(Text):
    """One line of text: **bold**, *em* and [[references]], nothing else."""

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        whole = super().__get_pydantic_core_schema__(source, handler)
        return core_schema.no_info_after_validator_function(_on_one_line, whole)


def _on_one_line(line: Line) -> Line:
    if "\n" in line:
        raise PydanticCustomError("line_break", "more than one line")
    return line


class Prose(Text):
    """Paragraphs and lists of text."""


class Markdown(Text):
    """A whole hand-written page: headings, lists, tables, [[references]]; no HTML."""


class Template(Text):
    """A letter template in the small safe subset of Jinja2."""


class Model(BaseModel):
    """A frozen record that refuses unknown keys; field docstrings become editor help."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class EntryModel(Model):
    """What every entry has."""

    checked: Day | None = None
    """The day (YYYY-MM-DD) when a person last checked what this entry says against its sources."""


def leaves(value: Any, loc: Loc = ()) -> list[tuple[Loc, Any]]:
    """Every single value in a model, a dict or a list, with the way to it."""
    found: list[tuple[Loc, Any]] = []
    _gather(value, loc, found)
    return found


def _gather(value: Any, loc: Loc, found: list[tuple[Loc, Any]]) -> None:
    if isinstance(value, str):  # most are, and to ask whether something is a model takes long
        found.append((loc, value))
    elif isinstance(value, (list, tuple)):
        for index, item in enumerate(value):
            _gather(item, (*loc, index), found)
    elif isinstance(value, (dict, BaseModel)):
        inner = (
            value
            if isinstance(value, dict)
            else {name: getattr(value, name) for name in type(value).model_fields}
        )
        for key, item in inner.items():
            _gather(item, (*loc, key), found)
    elif value is not None:
        found.append((loc, value))
