# SPDX-License-Identifier: Apache-2.0
"""Identifiers of products, places and parties, in one spelling each.

Whoever names the same thing must be found to do so. A GS1 identifier, however written
(Digital Link on any host, EPC URN, bare GTIN, element string), becomes its canonical
Digital Link on id.gs1.org; every other absolute URI stays as it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final

from filiera.errors import InputError
from filiera.model.gs1_epc import parse_epc_urn
from filiera.model.gs1_keys import malformed
from filiera.model.gs1_link import DigitalLink, digital_link, find_digital_link, unescape
from filiera.model.scalars import is_uri

_GTIN_LENGTHS: Final = (8, 12, 13, 14)
_CACHED: Final = 1 << 15
# Identifiers come again and again while one import or passport is worked on.
_PRODUCT_KEYS: Final = frozenset({"01", "8003", "8004", "8006", "8010", "8013"})
_DIGITS = re.compile(r"[0-9]+")
_SHORTHAND = re.compile(r"([0-9]{8}|[0-9]{12,14})((?:/[^/]+)+)")
_ELEMENTS = re.compile(r"(?:\([0-9]{2,4}\)[^()]+)+")
_ELEMENT = re.compile(r"\(([0-9]{2,4})\)([^()]+)")
_EPC_INSTANCE = re.compile(r"[uU][rR][nN]:epc:id:")
_SPELLINGS = "Write GTIN, GTIN/LOT, GTIN/21/SERIAL, a GS1 Digital Link or another absolute URI."


class Granularity(StrEnum):
    """Whether an identifier names a model, a batch (lot) or one item."""

    MODEL = "model"
    BATCH = "batch"
    ITEM = "item"


@dataclass(frozen=True, slots=True)
class ProductId:
    """A product's identifier: `uri` is the canonical one.

    `identity` is the shortest identifier of the same thing, equal for all its spellings: a
    serial number is unique under its GTIN and a lot too, so what else qualifies them (lot
    of an item, variant) tells nothing apart. `granularity` is None where a URI that is not
    GS1's does not tell. `link` holds the parts of a GS1 identifier.
    """

    uri: str
    identity: str
    granularity: Granularity | None = None
    link: DigitalLink | None = None

    @property
    def gtin(self) -> str | None:
        """The GTIN, 14 digits, of a trade item."""
        return self.link.value if self.link and self.link.key == "01" else None

    @property
    def lot(self) -> str | None:
        """The lot, unescaped."""
        return self.link.qualifier("10") if self.link else None

    @property
    def serial(self) -> str | None:
        """The serial number, unescaped."""
        return self.link.qualifier("21") if self.link else None

    @property
    def is_product(self) -> bool:
        """Whether this can be a product: a pallet, a place and a person cannot."""
        return self.link is None or self.link.key in _PRODUCT_KEYS

    @property
    def label(self) -> str:
        """What people read: the numbers alone, `09521234000112 lot Y-88`."""
        if self.link is None:
            return self.uri
        words = {"10": "lot", "21": "serial", "22": "variant"}
        parts = [f"{words.get(ai, f'({ai})')} {value}" for ai, value in self.link.qualifiers]
        key = self.link.value if self.link.key == "01" else f"({self.link.key}){self.link.value}"
        return " ".join((key, *parts))

    @property
    def batch(self) -> ProductId | None:
        """The batch that the identifier names: itself, or the one an item says it is of."""
        if self.gtin is None or self.lot is None:
            return None
        return _product(DigitalLink("01", self.gtin, (("10", self.lot),)))

    @property
    def model(self) -> ProductId | None:
        """The model (GTIN) of a trade item."""
        return _product(DigitalLink("01", self.gtin)) if self.gtin is not None else None


def levels(product: ProductId) -> tuple[ProductId, ...]:
    """What contains the product, narrowest first: itself, its batch, its model.

    Only what the identifier itself says: an item without a lot has no batch here.
    """
    wider = (level for level in (product.batch, product.model) if level)
    return (product, *(level for level in wider if level.identity != product.identity))


def brings_forth(made: str, wanted: str) -> bool:
    """Whether a step that makes the product `made` makes `wanted`, or some of it.

    It does if both are the same thing, or one is an item and the other the batch that the
    item says it is of. Raises as `product_id`.
    """
    one, other = product_id(made), product_id(wanted)
    return one.identity == other.identity or any(
        item.granularity is Granularity.ITEM
        and item.batch is not None
        and item.batch.identity == batch.identity
        for item, batch in ((one, other), (other, one))
    )


def product_id(text: str, *, where: str | None = None) -> ProductId:
    """The product that `text` names.

    Read are GTIN-8, -12, -13 and -14; `GTIN/LOT`, `GTIN/10/LOT`, `GTIN/21/SERIAL` and
    `GTIN/10/LOT/21/SERIAL`; element strings `(01)…(10)…(21)…`; Digital Links; EPC URNs;
    any other absolute URI. Raises `gs1-malformed` or `gs1-check-digit`.
    """
    try:
        return _read(text)
    except InputError as error:
        raise _placed(error, where) from None


def canonical_uri(uri: str, *, where: str | None = None) -> str:
    """The one spelling of the URI of a place, party or other thing.

    Raises `gs1-malformed` (not an absolute URI, or a GS1 one that is wrong) or
    `gs1-check-digit`.
    """
    try:
        return _canonical(uri)
    except InputError as error:
        raise _placed(error, where) from None


def gln_uri(uri: str) -> str | None:
    """The canonical URI of the GLN alone (414 or 417) that a URI spells, None without one.

    Its extensions, which name a dock or a room, are left out.
    """
    link = _link(uri)
    return DigitalLink(link.key, link.value).uri if link and link.key in ("414", "417") else None


def _placed(error: InputError, where: str | None) -> InputError:
    return InputError(error.code, error.message, where=where, hint=error.hint)


@lru_cache(maxsize=_CACHED)
def _read(text: str) -> ProductId:
    if _DIGITS.fullmatch(text):
        return _product(digital_link("01", _gtin14(text)))
    if match := _SHORTHAND.fullmatch(text):
        return _product(_shorthand(match[1], match[2][1:].split("/")))
    if text.startswith("("):
        return _product(_element_string(text))
    link = _link(text)
    if link is not None:
        return _product(link)
    return ProductId(text, text, Granularity.ITEM if _EPC_INSTANCE.match(text) else None)


def _link(uri: str) -> DigitalLink | None:
    if not is_uri(uri):
        raise malformed(
            f"{uri[:80]!r} is neither a GS1 identifier nor an absolute URI.", _SPELLINGS
        )
    return parse_epc_urn(uri) or find_digital_link(uri)


@lru_cache(maxsize=_CACHED)
def _canonical(uri: str) -> str:
    link = _link(uri)
    return link.uri if link else uri


def _gtin14(digits: str) -> str:
    if len(digits) not in _GTIN_LENGTHS:
        raise malformed(f"A GTIN has 8, 12, 13 or 14 digits, not {len(digits)}.", _SPELLINGS)
    return digits.zfill(14)


def _shorthand(gtin: str, rest: list[str]) -> DigitalLink:
    values = [unescape(part) for part in rest]
    if len(values) == 1:
        values = ["10", *values]
    if len(values) % 2 or not set(values[::2]) <= {"10", "21", "22", "235"}:
        raise malformed(f"{'/'.join(rest)[:80]!r} after a GTIN is not clear.", _SPELLINGS)
    pairs = zip(values[::2], values[1::2], strict=True)
    return digital_link("01", _gtin14(gtin), *pairs)


def _element_string(text: str) -> DigitalLink:
    """(01) with what qualifies it, in any order; other AIs describe and are passed over."""
    found = _ELEMENT.findall(text)
    values = dict(found)
    if not _ELEMENTS.fullmatch(text) or len(values) != len(found) or "01" not in values:
        raise malformed(f"{text[:80]!r} is not an element string with (01).", _SPELLINGS)
    pairs = [(ai, values[ai]) for ai in ("22", "10", "21", "235") if ai in values]
    return digital_link("01", values["01"], *pairs)


def _product(link: DigitalLink) -> ProductId:
    bare = DigitalLink(link.key, link.value, link.qualifiers)
    return ProductId(bare.uri, _identity(bare), _granularity(bare), bare)


def _identity(link: DigitalLink) -> str:
    if link.key == "01" and len(link.qualifiers) > 1:
        for ai in ("21", "235", "10"):
            value = link.qualifier(ai)
            if value is not None:
                return DigitalLink("01", link.value, ((ai, value),)).uri
    return link.uri


def _granularity(link: DigitalLink) -> Granularity:
    """Of keys that may stand alone for a class, the class; all others name one thing."""
    if {"21", "235", "8011"} & {ai for ai, _ in link.qualifiers}:
        return Granularity.ITEM
    if link.key in ("01", "8006") and link.qualifier("10") is not None:
        return Granularity.BATCH
    if link.key in ("01", "8006", "8010", "8013"):
        return Granularity.MODEL
    # An asset or a document type with no serial behind its check digit.
    unserialised = {"8003": 14, "253": 13, "255": 13}.get(link.key) == len(link.value)
    return Granularity.MODEL if unserialised else Granularity.ITEM
