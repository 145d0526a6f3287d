"""Letter view: a letter as its template needs it, blank for paper and as data for the browser.

In: a letter and the view of its page. Out: HTML with gaps, labels, and the tree with its blanks.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from markupsafe import Markup

from generator import letter_blank, letters
from generator.catalog import Entry
from generator.model.letter import Letter
from generator.view import View

LOCALES = {"US": "en-US", "GB": "en-GB", letters.OTHER: "en-GB"}
"""The locale that a letter's dates are written in, by the reader's country."""


@dataclass
class LetterView:
    """A letter's tree, its blank form, and the data for the browser."""

    entry: Entry
    view: View

    @cached_property
    def model(self) -> Letter:
        """What the letter's file says."""
        assert isinstance(self.entry.model, Letter)
        return self.entry.model

    @property
    def countries(self) -> dict[str, str]:
        """Country codes with their names; every other country last."""
        named: dict[str, str] = {code: self.view.words.country(code) for code in self.model.countries}
        return {**named, letters.OTHER: self.view.gettext("Another country")}

    @property
    def subject(self) -> Markup:
        """The subject with gaps."""
        return letter_blank.inline(letters.tree(self.model.subject), self._labels)

    @property
    def body(self) -> Markup:
        """The letter with all its arms and gaps."""
        return letter_blank.blocks(letters.tree(self.model.body), self._labels)

    @cached_property
    def _labels(self) -> letter_blank.Labels:
        say = self.view.gettext
        return letter_blank.Labels(
            blanks={name: self.view.plain(one.label) for name, one in self.model.blanks.items()},
            ticks={name: f"“{self.view.plain(one.label)}”" for name, one in self.model.ticks.items()},
            countries=self.countries,
            only_if=say("Only if: {0}"),
            or_if=say("If not, but only if: {0}"),
            otherwise=say("Only if none of that is true"),
            live_in=say("you live in: {0}"),
            or_=say(" or "),
            and_=say(" and "),
            not_=say("not: {0}"),
            filled=say("you know this: {0}"),
        )

    @property
    def data(self) -> dict[str, Any]:
        """What the browser needs: the tree, the blanks, the ticks, and a locale by country."""
        model = self.model
        blanks = {
            name: {
                "kind": one.kind,
                "required": one.required,
                "label": self.view.plain(one.label),
                "example": one.example or "",
            }
            for name, one in model.blanks.items()
        }
        return {
            "tree": {"subject": letters.tree(model.subject), "body": letters.tree(model.body)},
            "blanks": blanks,
            "ticks": list(model.ticks),
            "countries": {code: LOCALES[code] for code in (*model.countries, letters.OTHER)},
        }
