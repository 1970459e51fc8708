# SPDX-License-Identifier: Apache-2.0
"""How identifiers, times and amounts are written for a person, in a terminal of 80 columns."""

from __future__ import annotations

import re
from datetime import UTC
from typing import Final

from filiera.cli.words import Language, say
from filiera.errors import InputError
from filiera.model.activities import ACTIVITIES
from filiera.model.gs1 import product_id
from filiera.model.times import parse_instant
from filiera.services.passport_view import GoodsView, PlaceView

NOTHING: Final = "\N{EN DASH}"
"""Stands where nothing was said."""
UNITS: Final = {
    "KGM": "kg",
    "GRM": "g",
    "TNE": "t",
    "MTR": "m",
    "KMT": "km",
    "MTK": "m²",
    "LTR": "l",
    "H87": "pcs",
    "C62": "pcs",
    "EA": "pcs",
    "PR": "pairs",
}
"""Symbols of the units of UNECE Recommendation 20 that garments are measured in."""
_GLN: Final = re.compile(r"https://id\.gs1\.org/41[47]/([0-9]{13})(?:/254/([^/]+))?")
_ITALIAN_ACTIVITIES: Final = dict(ACTIVITIES.values())


def product_label(product: str, lang: Language) -> str:
    """`09521234000112 lot Y-88`: the numbers on a label, or the identifier as it is."""
    try:
        found = product_id(product)
    except InputError:
        return product
    if found.gtin is None:
        return found.label
    parts = [found.gtin]
    if found.lot is not None:
        parts.append(f"{say('label.lot', lang=lang)} {found.lot}")
    if found.serial is not None:
        parts.append(f"{say('label.serial', lang=lang)} {found.serial}")
    return " ".join(parts)


def party_label(name: str) -> str:
    """`GLN 9521234000044` for a place or party that is known by its GLN alone."""
    match = _GLN.fullmatch(name)
    if match is None:
        return name
    return f"GLN {match[1]}" + (f" ({match[2]})" if match[2] else "")


def activity_label(name: str, lang: Language) -> str:
    """An activity of Filiera's own list in the reader's language, any other as it was named."""
    return _ITALIAN_ACTIVITIES.get(name, name) if lang == "it" else name


def goods_label(goods: GoodsView, lang: Language) -> str:
    """`Yarn, 09521234000112 lot Y-88, 12.5 kg`."""
    label = product_label(goods.product, lang)
    parts = [goods.name, label] if goods.name not in (goods.product, label) else [label]
    if goods.quantity is not None:
        parts.append(f"{goods.quantity} {unit_label(goods.unit or '', lang)}".rstrip())
    return ", ".join(parts)


def unit_label(unit: str, lang: Language) -> str:
    """`kg` for KGM; a unit that has no symbol here stays its code."""
    symbol = UNITS.get(unit, unit)
    return say(f"unit.{symbol}", lang=lang) if symbol in ("pcs", "pairs") else symbol


def place_label(place: PlaceView) -> str:
    """`Dyehouse, Prato, IT`."""
    parts = (party_label(place.name), place.locality, place.country)
    return ", ".join(part for part in parts if part)


def two_lines(instant: str | None) -> tuple[str, str]:
    """Day, and time with its offset as stated: `2026-11-02`, `17:30+01:00`."""
    if instant is None:
        return NOTHING, ""
    try:
        parse_instant(instant)
    except InputError:
        return instant, ""
    zone = instant[19:].lstrip(".0123456789")
    return instant[:10], instant[11:16] + (" UTC" if zone == "Z" else zone)


def one_line(instant: str | None) -> str:
    """`2026-11-02 17:30+01:00`."""
    return " ".join(part for part in two_lines(instant) if part)


def day_of(instant: str) -> str:
    """The calendar day, as stated."""
    return instant[:10]


def utc_line(seconds_text: str) -> str:
    """An instant in UTC: `2026-11-02 16:30 UTC`."""
    return parse_instant(seconds_text).astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")


def record_name(ni: str) -> str:
    """The 43 characters of a record's id that tell it from others."""
    return ni.rpartition(";")[2]
