"""Hand-written page: Markdown with front matter, for what is not structured data."""

from __future__ import annotations

from generator.model.base import Markdown
from generator.model.route import Titled


class Page(Titled):
    """A page such as About or Privacy."""

    body: Markdown
    """The text below the front matter."""
