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
from babel.numbers import format_currency, format_decimal, get_currency_name, get_currency_symbol
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

    @cache  # noqa: B019 - one instance for each language lives as long as the process
    def day(self, value: date) -> str:
        """A date in words, for example 22 November 2026."""
        return format_date(value, "d MMMM y", self.locale)

    @cache  # noqa: B019
    def country(self, code: str) -> str:
        """The name of a country, of a part of one that the site covers, or of the European Union."""
        _ = self.translations.gettext
        parts = {
            "all": _("All countries"),
            "AU-ACT": _("Australian Capital Territory"),
            "AU-NSW": _("New South Wales"),
            "AU-NT": _("Northern Territory"),
            "AU-QLD": _("Queensland"),
            "AU-VIC": _("Victoria"),
            "AU-WA": _("Western Australia"),
            "CA-AB": _("Alberta"),
            "CA-BC": _("British Columbia"),
            "CA-ON": _("Ontario"),
            "CA-QC": _("Quebec"),
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
        if is_currency(unit):
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
        digits = "#,##0.00" if "." in amount else "#,##0"
        # A code in letters stands apart from the number: SGD 20,000, but $20,000.
        apart = get_currency_symbol(currency, self.locale).isalpha()
        pattern = f"¤\u00a0{digits}" if apart else f"¤{digits}"
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


@cache
def is_currency(code: str) -> bool:
    """Whether three capital letters are the code of a currency (ISO 4217)."""
    return code in Locale("en").currencies and code not in _NO_MONEY


_NO_MONEY = frozenset(
    ["XAG", "XAU", "XBA", "XBB", "XBC", "XBD", "XDR", "XPD", "XPT", "XSU", "XTS", "XUA", "XXX"]
)
"""Codes of metals, of units of account and for tests, which no reader pays in."""


@cache
def currency_words(code: str) -> frozenset[str]:
    """What an English sentence calls a currency: its code, its sign, and the last word of its name."""
    names = {get_currency_name(code, count, "en").split()[-1] for count in (1, 2)}
    return frozenset({code, get_currency_symbol(code, "en"), *names})


def is_country(code: str) -> bool:
    """Whether two capital letters are the code of a country (ISO 3166)."""
    return code in Locale("en").territories and code not in ("EU", "EZ", "QO", "UN", "XA", "XB", "ZZ")
