"""The content types. Adding one is one record here, one model, one template, its data, one golden case.

In: the models beside this file. Out: `CONTENT_TYPES`, the only list of what content there is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from generator.model.base import EntryModel
from generator.model.evidence import Fact, GlossaryTerm, Source
from generator.model.letter import Letter
from generator.model.page import Page, Retired
from generator.model.route import Guide, Step, Tip


@dataclass(frozen=True)
class ContentType:
    """A kind of entry: its name in references, its folder in content/ and on the site, its model."""

    name: str
    folder: str
    model: type[EntryModel]
    suffix: str = ".yml"
    shown: Literal["page", "root page", "on index", "with source"] = "page"
    """Where an entry stands: on a page in its folder, on one at the site's root, as a part of its
    folder's index page, or beside its source."""

    @property
    def has_page(self) -> bool:
        """Whether each entry has a page of its own."""
        return self.shown in ("page", "root page")


CONTENT_TYPES = {
    kind.name: kind
    for kind in (
        ContentType("guide", "guides", Guide),
        ContentType("step", "steps", Step),
        ContentType("tip", "tips", Tip),
        ContentType("letter", "letters", Letter),
        ContentType("term", "glossary", GlossaryTerm, shown="on index"),
        ContentType("fact", "facts", Fact, shown="with source"),
        ContentType("source", "sources", Source, shown="on index"),
        ContentType("page", "pages", Page, suffix=".md", shown="root page"),
        ContentType("retired", "retired", Retired, shown="root page"),
    )
}
