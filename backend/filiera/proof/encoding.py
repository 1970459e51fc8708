# SPDX-License-Identifier: Apache-2.0
"""JSON as both verifiers read it (docs/proof.md 1; I-JSON, RFC 7493).

Numbers are `int` or `decimal.Decimal`, never floats. What JavaScript would read in
another way than Python is refused here, so that both always see the same value.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from decimal import Decimal, InvalidOperation
from itertools import accumulate
from typing import Any, Final

from filiera.errors import InputError

MAX_DEPTH: Final = 64
"""Levels of nesting; a scalar has none."""
MAX_INTEGER: Final = 2**53 - 1
"""RFC 7493 section 2.2: beyond it, an IEEE double is not exact."""
MAX_DIGITS: Final = 15
"""Significant digits of a number with a fraction or an exponent."""
MAX_NUMBER: Final = 64
"""Characters of a number, as it is written and in plain notation."""
MIN_EXPONENT, MAX_EXPONENT = -30, 15
"""Decimal exponent of the leading digit; no number of either kind exceeds MAX_INTEGER."""

# A string, or what is left of the text when it does not end: no part is looked at twice.
_STRING = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"?', re.DOTALL)
_AT_ONCE: Final = 1 << 20
_NOT_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))
_UP_AND_DOWN = bytes.maketrans(b"[{]}", b"\x02\x02\x00\x00")

# Surrogates that found no partner, and the noncharacters of RFC 7493 section 2.1: whatever is
# none of the characters. Said that way round, most of them are passed over at the first look.
_NOT_TEXT = re.compile(
    "[^\0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd"
    + "".join(f"{chr(plane << 16)}-{chr(plane << 16 | 0xFFFD)}" for plane in range(1, 17))
    + "]"
)


def parse_json(
    data: bytes, *, where: str | None = None, decimal: Callable[[str], Any] | None = None
) -> Any:
    """The value of I-JSON text. `decimal` makes a value of a number that is not whole.

    Raises `json-malformed`, `json-not-i-json`, `json-too-deep` or `number-malformed`.
    """
    if data.startswith(b"\xef\xbb\xbf"):
        raise InputError("json-not-i-json", "The text begins with a byte-order mark.", where=where)
    if data.count(b"{") + data.count(b"[") > MAX_DEPTH and _is_too_deep(data):
        raise InputError(
            "json-too-deep", f"The JSON is nested more than {MAX_DEPTH} levels deep.", where=where
        )
    try:
        text = data.decode("utf-8")
        value = (_decoder(decimal) if decimal else _DECODER).decode(text)
    except UnicodeDecodeError as error:
        raise InputError(
            "json-malformed", f"Byte {error.start} is not UTF-8.", where=where
        ) from None
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise InputError(
            "json-malformed", f"This is not JSON: {error.msg}.", where=_at(where, place)
        ) from None
    except InputError as error:
        raise InputError(error.code, error.message, where=_at(where, error.where)) from None
    # What is written out is seen in the text; what is escaped, only in the values.
    if (not text.isascii() and _NOT_TEXT.search(text)) or (
        b"\\u" in data and _holds_no_text(value)
    ):
        raise InputError(
            "json-not-i-json", "A string holds a lone surrogate or a noncharacter.", where=where
        )
    return value


def parse_object(
    data: bytes, *, where: str | None = None, decimal: Callable[[str], Any] | None = None
) -> dict[str, Any]:
    """Like `parse_json`, for text that must be one JSON object."""
    value = parse_json(data, where=where, decimal=decimal)
    if not isinstance(value, dict):
        raise InputError("json-malformed", "This is not a JSON object.", where=where)
    return value


def dump_json(value: Any) -> bytes:
    """Compact UTF-8 JSON of str, int, bool, None, Decimal, list and dict.

    Decimals are written in plain notation, digit for digit. Raises InputError
    (`json-not-i-json`) for a lone surrogate; TypeError or ValueError for what is no JSON.
    """
    try:
        return "".join(_pieces(value)).encode("utf-8")
    except UnicodeEncodeError:
        raise InputError("json-not-i-json", "A string holds a lone surrogate.") from None


def _pieces(value: Any) -> list[str]:
    match value:
        case dict():
            members = [f"{_name(name)}:{''.join(_pieces(item))}" for name, item in value.items()]
            return ["{", ",".join(members), "}"]
        case list() | tuple():
            return ["[", ",".join("".join(_pieces(item)) for item in value), "]"]
        case Decimal():
            if not value.is_finite():
                raise ValueError(f"{value} is no number of JSON")
            return [format(value, "f")]
        case float():
            raise TypeError("quantities are decimals, never floats")
        case _:
            return [json.dumps(value, ensure_ascii=False)]


def _name(name: object) -> str:
    if not isinstance(name, str):
        raise TypeError("names are strings")
    return json.dumps(name, ensure_ascii=False)


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        counts = Counter(name for name, _ in pairs)
        twice = next(name for name, count in counts.items() if count > 1)
        # The name itself may be what no terminal or response can carry.
        name = twice[:80].encode("utf-8", "backslashreplace").decode("utf-8")
        raise InputError("json-not-i-json", "A name occurs twice in one object.", where=name)
    return members


def _integer(text: str) -> int:
    if len(text) > 17 or abs(int(text)) > MAX_INTEGER:
        raise InputError(
            "json-not-i-json", "An integer lies beyond 2^53-1.", where=f"number {text[:24]}"
        )
    return int(text)


def _decimal(text: str) -> Decimal:
    number = _in_range(text) if len(text) <= MAX_NUMBER else None
    if number is None:
        raise InputError(
            "number-malformed",
            f"A number has more than {MAX_DIGITS} significant digits or is out of range.",
            where=f"number {text[:24]}",
        )
    return number


def _in_range(text: str) -> Decimal | None:
    """The number, if `dump_json` can write it and `parse_json` read that again."""
    try:
        number = Decimal(text)
    except InvalidOperation:  # an exponent beyond what Decimal itself can hold
        return None
    # Zeros too: written out, 0e-9999999 has ten million digits.
    if not MIN_EXPONENT <= number.adjusted() <= MAX_EXPONENT:
        return None
    significant = "".join(map(str, number.as_tuple().digits)).strip("0")
    fits = len(significant) <= MAX_DIGITS and number.copy_abs() <= MAX_INTEGER
    return number if fits and len(format(number, "f")) <= MAX_NUMBER else None


def _constant(text: str) -> Any:
    raise InputError("json-not-i-json", f"{text} is not a number of JSON.", where=text)


def _decoder(decimal: Callable[[str], Any]) -> json.JSONDecoder:
    return json.JSONDecoder(
        object_pairs_hook=_members,
        parse_int=_integer,
        parse_float=decimal,
        parse_constant=_constant,
    )


_DECODER = _decoder(_decimal)


def _is_too_deep(data: bytes) -> bool:
    """Whether the brackets outside strings go too deep, counted without recursion.

    The decoder's own recursion must not be trusted with it: libraries raise Python's limit
    (py_ecc, which web3 brings, to 100,000), and then deep text ends the process.
    """
    # Without an escape, every quotation mark begins or ends a string.
    plain = b"\\" not in data
    outside = b"".join(_outside_strings(data)) if plain else _STRING.sub(b"", data)
    brackets = outside.translate(_UP_AND_DOWN, _NOT_BRACKETS)
    return any(depth > MAX_DEPTH for depth in accumulate(step - 1 for step in brackets))


def _outside_strings(data: bytes) -> Iterator[bytes]:
    """What is outside the strings of text without an escape; taken apart a little at a time."""
    inside = 0
    for start in range(0, len(data), _AT_ONCE):
        parts = data[start : start + _AT_ONCE].split(b'"')
        yield b"".join(parts[inside::2])
        inside = (inside + len(parts) - 1) % 2


def _holds_no_text(value: Any) -> bool:
    """Whether a string in `value` is not Unicode text."""
    if isinstance(value, str):
        return _NOT_TEXT.search(value) is not None
    if isinstance(value, dict):
        return any(map(_holds_no_text, value)) or any(map(_holds_no_text, value.values()))
    return isinstance(value, list) and any(map(_holds_no_text, value))


def _at(outer: str | None, inner: str | None) -> str | None:
    return ", ".join(part for part in (outer, inner) if part) or None
