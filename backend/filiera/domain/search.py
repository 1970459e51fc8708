# SPDX-License-Identifier: Apache-2.0
"""What a person means who types something into the search field."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from filiera.errors import InputError
from filiera.model.gs1 import ProductId, product_id
from filiera.model.gs1_compressed import uncompressed
from filiera.model.gs1_keys import KEYS
from filiera.model.gs1_link import CANONICAL_HOST, MAX_URI, DigitalLink, parse_digital_link
from filiera.model.ids import parse_ni, unb64url

EXPECTED: Final = (
    "Type a GTIN (8, 12, 13 or 14 digits), GTIN/LOT, the address in a product's QR code, "
    "an EPC URN, or a record's id."
)

_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff]")
_HEX = re.compile(r"(?:0x)?([0-9a-f]{64})", re.IGNORECASE)
_BASE64URL = re.compile(r"[A-Za-z0-9_-]{43}")
_OF_RECORD = re.compile(r"https?://[^?#]*/records/([A-Za-z0-9_-]{43})/?", re.IGNORECASE)
_PRINTED = re.compile(r"([0-9][0-9 .\N{HYPHEN}-\N{EM DASH}-]*)(?:(/)\s*(\S.*))?")
_PATH = re.compile(r"/?(?:01|414|417)/[0-9]{8,}.*")
_WEB = re.compile(r"https?://[^/?#]+(?P<path>/[^?#]*)(?:[?#].*)?", re.IGNORECASE)
_NO_SCHEME = re.compile(
    r"(?:localhost|[0-9]{1,3}(?:\.[0-9]{1,3}){3}|[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,})"
    r"(?::[0-9]{1,5})?/.*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class RecordName:
    """A record, by the SHA-256 digest that is its id."""

    digest: bytes


Meant = ProductId | RecordName


def find_meant(text: str) -> Meant:
    """The product (place, party) or record that `text` names; nothing says that it is known.

    Read are a GTIN with spaces and dashes as printed, `GTIN/LOT`, element strings, Digital
    Links with or without their scheme or host, compressed or not, EPC URNs, other absolute
    URIs, and record ids as ni URI, hexadecimal, base64url or the address that the API has for
    one.

    Raises `search-unclear`, and `gs1-malformed` or `gs1-check-digit` for what is meant as a
    GS1 identifier and is wrong.
    """
    cleaned = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).strip()
    if not 0 < len(cleaned) <= MAX_URI:
        raise _unclear(cleaned)
    digest = _digest(cleaned)
    return RecordName(digest) if digest else _product(cleaned)


def _digest(text: str) -> bytes | None:
    if match := _HEX.fullmatch(text):
        return bytes.fromhex(match[1])
    if text[:3].lower() == "ni:":
        return parse_ni(text, where="q")
    if match := _OF_RECORD.fullmatch(text):
        return unb64url(match[1], where="q")
    return unb64url(text, where="q") if _BASE64URL.fullmatch(text) else None


def _product(text: str) -> ProductId:
    spelled = _spelled(text)
    if link := _uncompressed(spelled):
        return product_id(link.uri)
    try:
        return product_id(spelled, where="q")
    except InputError as error:
        # Where neither number nor address is in sight, the reader gets the whole list.
        if error.code == "gs1-malformed" and not re.match(r"[0-9(]|[a-z]+:", spelled, re.I):
            raise _unclear(text) from None
        raise


def _spelled(text: str) -> str:
    """The same, as `product_id` reads it."""
    if _PATH.fullmatch(text):
        return f"https://{CANONICAL_HOST}/{text.removeprefix('/')}"
    if match := _PRINTED.fullmatch(text):
        digits = re.sub("[^0-9]", "", match[1])
        return f"{digits}/{match[3]}" if match[2] else digits
    if _NO_SCHEME.fullmatch(text):
        return f"https://{text}"
    return text


def _uncompressed(uri: str) -> DigitalLink | None:
    """What a compressed Digital Link on any host names.

    It has to be right in full and to have a check digit: other addresses are not read into.
    """
    match = _WEB.fullmatch(uri)
    full = uncompressed(match["path"], "") if match else None
    if full is None:
        return None
    try:
        link = parse_digital_link("https://{}{}?{}".format(CANONICAL_HOST, *full))
    except InputError:
        return None
    return link if KEYS[link.key].telling else None


def _unclear(text: str) -> InputError:
    said = f"{text[:80]!r} names nothing that can be looked up." if text else "Nothing was typed."
    return InputError("search-unclear", said, where="q", hint=EXPECTED)
