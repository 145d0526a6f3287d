"""Words of the interface: dates, countries, amounts and units in the language of the page.

In: values and a message catalog (gettext, through Babel). Out: words. It knows no page and no HTML.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_currency, format_decimal
from babel.support import NullTranslations, Translations

from generator.model.evidence import Fact

LOCALES = Path(__file__).parent / "locale"


@dataclass(frozen=True)
class Words:
    """The words of one language."""

    translations: NullTranslations
    locale: str = "en"

    @classmethod
    @cache
    def of(cls, locale: str = "en") -> Words:
        """The words of a language; messages without a translation stay English."""
        return cls(Translations.load(LOCALES, [locale], domain="undelivered"), locale)

    def day(self, value: date) -> str:
        """A date in words, for example 22 November 2026."""
        return format_date(value, "d MMMM y", self.locale)

    def country(self, code: str) -> str:
        """The name of a country or of a part of one that the site covers."""
        _ = self.translations.gettext
        parts = {
            "all": _("All countries"),
            "GB-EAW": _("England and Wales"),
            "GB-SCT": _("Scotland"),
            "GB-NIR": _("Northern Ireland"),
            "US-CA": _("California"),
            "US-FL": _("Florida"),
            "US-NY": _("New York"),
            "US-TX": _("Texas"),
        }
        whole = str(Locale.parse(self.locale).territories.get(code[:2], code))
        return parts.get(code) or (whole if len(code) <= 2 else f"{whole} ({code})")

    def value(self, fact: Fact) -> str:
        """A fact's value with its unit, for example 30 days."""
        value, unit = fact.value or "", fact.unit or ""
        if unit in ("USD", "GBP"):
            return "–".join(self._money(one, unit) for one in value.split("-"))
        if unit not in _UNITS:
            return value
        numbers = value.split("-")
        shown = "–".join(format_decimal(Decimal(one), locale=self.locale) for one in numbers)
        one, many = _UNITS[unit]
        # A range or a fraction takes the plural form of its last number.
        count = int(Decimal(numbers[-1])) if len(numbers) == 1 else 2
        return self.translations.ngettext(one, many, count).replace("%(num)s", shown)

    def _money(self, amount: str, currency: str) -> str:
        pattern = "¤#,##0.00" if "." in amount else "¤#,##0"
        return format_currency(Decimal(amount), currency, pattern, locale=self.locale, currency_digits=False)


def _n(one: str, many: str) -> tuple[str, str]:
    """Marks a pair of messages for the catalog; they are looked up when a value is shown."""
    return one, many


_UNITS = {
    "days": _n("%(num)s day", "%(num)s days"),
    "calendar-days": _n("%(num)s calendar day", "%(num)s calendar days"),
    "working-days": _n("%(num)s working day", "%(num)s working days"),
    "hours": _n("%(num)s hour", "%(num)s hours"),
    "weeks": _n("%(num)s week", "%(num)s weeks"),
    "months": _n("%(num)s month", "%(num)s months"),
    "years": _n("%(num)s year", "%(num)s years"),
    "times": _n("%(num)s time", "%(num)s times"),
    "percent": _n("%(num)s percent", "%(num)s percent"),
    "number": _n("%(num)s", "%(num)s"),
}


def is_country(code: str) -> bool:
    """Whether two capital letters are the code of a country (ISO 3166)."""
    return code in Locale("en").territories and code not in ("EU", "EZ", "QO", "UN", "XA", "XB", "ZZ")
