# SPDX-License-Identifier: Apache-2.0
"""EPC URNs read as GS1 keys (EPC Tag Data Standard, sections 6 and 8).

The company prefix's length is lost and the check digit is gained: the same thing has one
canonical Digital Link whichever way it was written. Read are

    urn:epc:id:sgtin:PREFIX.ITEM.SERIAL    01 + 21
    urn:epc:class:lgtin:PREFIX.ITEM.LOT    01 + 10
    urn:epc:idpat:sgtin:PREFIX.ITEM.*      01
    urn:epc:id:itip:PREFIX.ITEM.PIECE.TOTAL.SERIAL   8006 + 21
    urn:epc:id:sgln:PREFIX.PLACE.EXTENSION 414, + 254 unless the extension is 0
    urn:epc:id:pgln:PREFIX.PARTY           417
    urn:epc:id:sscc:PREFIX.SERIAL          00
    urn:epc:id:grai:PREFIX.ASSET.SERIAL    8003
    urn:epc:id:giai:PREFIX.ASSET           8004

Every other EPC URN stays the URI that it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from filiera.model.gs1_keys import check_digit, malformed
from filiera.model.gs1_link import DigitalLink, digital_link, unescape

_URN = re.compile(r"[uU][rR][nN]:epc:(id|class|idpat):([a-z]+):(.+)", re.DOTALL)
_PREFIX = re.compile(r"[0-9]{6,12}")
_DIGITS = re.compile(r"[0-9]*")


def parse_epc_urn(urn: str) -> DigitalLink | None:
    """The GS1 key of an EPC URN, None for a scheme that is not read.

    Raises `gs1-malformed` for an ill-formed URN of a scheme that is.
    """
    match = _URN.fullmatch(urn)
    read = _READERS.get((match[1], match[2])) if match else None
    if match is None or read is None:
        return None
    try:
        return read(match[3])
    except ValueError:
        raise malformed(f"{urn[:80]!r} has not the parts of an EPC URN of its scheme.") from None


def _sgtin(body: str) -> DigitalLink:
    prefix, item, serial = body.split(".", 2)
    return digital_link("01", _gtin(prefix, item), ("21", unescape(serial)))


def _lgtin(body: str) -> DigitalLink:
    prefix, item, lot = body.split(".", 2)
    return digital_link("01", _gtin(prefix, item), ("10", unescape(lot)))


def _sgtin_pattern(body: str) -> DigitalLink | None:
    prefix, item, serial = body.split(".", 2)
    if item == "*" or serial != "*":
        return None  # a whole prefix or a range of serials: no GS1 key says that
    return digital_link("01", _gtin(prefix, item))


def _itip(body: str) -> DigitalLink:
    prefix, item, piece, total, serial = body.split(".", 4)
    value = _gtin(prefix, item) + _digits(piece, 2) + _digits(total, 2)
    return digital_link("8006", value, ("21", unescape(serial)))


def _sgln(body: str) -> DigitalLink:
    prefix, place, extension = body.split(".", 2)
    qualifier = [] if extension == "0" else [("254", unescape(extension))]
    return digital_link("414", _with_check(prefix, place, 12), *qualifier)


def _pgln(body: str) -> DigitalLink:
    prefix, party = body.split(".")
    return digital_link("417", _with_check(prefix, party, 12))


def _sscc(body: str) -> DigitalLink:
    prefix, serial = body.split(".")
    digits = _rotated(prefix, serial, 17)
    return digital_link("00", digits + check_digit(digits))


def _grai(body: str) -> DigitalLink:
    prefix, asset, serial = body.split(".", 2)
    return digital_link("8003", f"0{_with_check(prefix, asset, 12)}{unescape(serial)}")


def _giai(body: str) -> DigitalLink:
    prefix, asset = body.split(".", 1)
    if not _PREFIX.fullmatch(prefix):
        raise ValueError("a company prefix has 6 to 12 digits")
    return digital_link("8004", prefix + unescape(asset))


_READERS: Final[dict[tuple[str, str], Callable[[str], DigitalLink | None]]] = {
    ("id", "sgtin"): _sgtin,
    ("class", "lgtin"): _lgtin,
    ("idpat", "sgtin"): _sgtin_pattern,
    ("id", "itip"): _itip,
    ("id", "sgln"): _sgln,
    ("id", "pgln"): _pgln,
    ("id", "sscc"): _sscc,
    ("id", "grai"): _grai,
    ("id", "giai"): _giai,
}


def _gtin(prefix: str, item: str) -> str:
    digits = _rotated(prefix, item, 13)
    return digits + check_digit(digits)


def _rotated(prefix: str, reference: str, length: int) -> str:
    """The reference's first digit, the prefix, its other digits (Tag Data Standard 7)."""
    return _digits(reference[:1], 1) + _plain(prefix, reference[1:], length - 1)


def _plain(prefix: str, reference: str, length: int) -> str:
    if not _PREFIX.fullmatch(prefix):
        raise ValueError("a company prefix has 6 to 12 digits")
    return prefix + _digits(reference, length - len(prefix))


def _with_check(prefix: str, reference: str, length: int) -> str:
    digits = _plain(prefix, reference, length)
    return digits + check_digit(digits)


def _digits(text: str, length: int) -> str:
    if not _DIGITS.fullmatch(text) or len(text) != length:
        raise ValueError(f"expected {length} digits")
    return text
