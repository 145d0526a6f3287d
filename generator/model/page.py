"""Hand-written page, and retired page: what is not a part of the route.

In: nothing but the base types. Out: two models. They hold words and ids, no layout.
"""

from __future__ import annotations

from typing import Literal

from generator.model.base import EntryModel, Line, Link, Markdown, OldLink
from generator.model.route import Titled


class Page(Titled):
    """A page such as About or Privacy."""

    tool: Literal["offline"] | None = None
    """What the page lets readers do, shown above its text: offline (keep the whole site on the device)."""
    body: Markdown
    """The text below the front matter."""


class Retired(EntryModel):
    """A page that was taken out; its old address stays and says where to go instead."""

    was: OldLink
    """The type and id that the page had, for example step:ask-the-seller."""
    reason: Line
    """Why it went, in one sentence for a reader who had saved the address."""
    instead: Link
    """The page to open now, for example step:contact-support."""
