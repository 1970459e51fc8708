# SPDX-License-Identifier: Apache-2.0
"""How dates, numbers, identifiers and codes are written for a person, in either language.

Days are as they were stated, in the stated offset; a time of day says which. What cannot be
read is shown as it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal, InvalidOperation
from typing import Final

from babel import Locale, dates, numbers

from filiera.errors import InputError
from filiera.model.activities import ACTIVITIES
from filiera.model.criteria import Criterion
from filiera.model.gs1 import product_id
from filiera.model.status_reasons import reason_phrase
from filiera.model.times import parse_instant
from filiera.services.passport_view import Words
from filiera.web.language import Language

LOCALES: Final[dict[Language, Locale]] = {"it": Locale("it", "IT"), "en": Locale("en", "GB")}
SYMBOLS: Final = {
    "KGM": "kg",
    "GRM": "g",
    "TNE": "t",
    "MTR": "m",
    "KMT": "km",
    "MTK": "m²",
    "LTR": "l",
}
"""Symbols of units of UNECE Recommendation 20 that are the same in every language."""
PIECES: Final = frozenset({"H87", "C62", "EA"})
_GLN: Final = re.compile(r"https://id\.gs1\.org/41[47]/([0-9]{13})(?:/254/([^/]+))?")
_ITALIAN_ACTIVITIES: Final = dict(ACTIVITIES.values())


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes for a reader of one language."""

    language: Language

    @property
    def locale(self) -> Locale:
        """The conventions that are kept to."""
        return LOCALES[self.language]

    def day(self, instant: str) -> str:
        """`23 November 2026`, of an RFC 3339 instant or a calendar day."""
        try:
            return dates.format_date(date.fromisoformat(instant[:10]), "long", self.locale)
        except ValueError:
            return instant

    def moment(self, instant: str) -> str:
        """`23 November 2026, 07:02 UTC`."""
        try:
            parse_instant(instant)
            clock = dates.format_time(
                time.fromisoformat(instant[11:16]), "short", None, self.locale
            )
        except (InputError, ValueError):
            return instant
        zone = instant[19:].lstrip(".0123456789")
        return f"{self.day(instant)}, {clock} {'UTC' if zone == 'Z' else f'UTC{zone}'}"

    def number(self, value: str | Decimal) -> str:
        """`1,234.5`: as many decimals as there are, without zeros at the end."""
        try:
            return numbers.format_decimal(
                Decimal(value).normalize(), "#,##0.###", self.locale, decimal_quantization=False
            )
        except InvalidOperation:
            return str(value)

    def unit(self, code: str | None) -> str:
        """`kg` for KGM; a unit that has no symbol here stays its code."""
        return SYMBOLS.get(code or "", code or "")

    def country(self, code: str | None) -> str:
        """`Italy` for IT."""
        return str(self.locale.territories.get(code or "", code or ""))

    def activity(self, name: str) -> str:
        """An activity of Filiera's own list in the reader's language, another as it was named."""
        return _ITALIAN_ACTIVITIES.get(name, name) if self.language == "it" else name

    def words(self, words: Words) -> str:
        """A sentence that comes in both languages."""
        return words.it if self.language == "it" else words.en

    def criterion(self, criterion: Criterion) -> str:
        """A criterion's name."""
        return criterion.name_it if self.language == "it" else criterion.name_en

    def reason(self, number: int) -> str:
        """Why a standing was changed."""
        return reason_phrase(number, self.language)


def party(name: str) -> str:
    """`GLN 9521234000044` for a place or party that is known by its GLN alone."""
    match = _GLN.fullmatch(name)
    if match is None:
        return name
    return f"GLN {match[1]}" + (f" ({match[2]})" if match[2] else "")


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers on a label, or the identifier as it is."""

    gtin: str | None
    lot: str | None
    serial: str | None
    text: str


def label(product: str) -> Numbers:
    """A product's numbers."""
    try:
        found = product_id(product)
    except InputError:
        return Numbers(None, None, None, product)
    return Numbers(found.gtin, found.lot, found.serial, found.label)
