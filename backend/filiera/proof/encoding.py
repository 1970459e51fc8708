# SPDX-License-Identifier: Apache-2.0
"""JSON as both verifiers read it (PROTOCOL 1; I-JSON, RFC 7493).

Numbers are `int` or `decimal.Decimal`, never floats. What JavaScript would read in
another way than Python is refused here, so that both always see the same value.
"""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import Any, Final

from filiera.errors import InputError

MAX_DEPTH: Final = 64
"""Levels of nesting; a scalar has none."""
MAX_INTEGER: Final = 2**53 - 1
"""RFC 7493 section 2.2: beyond it, an IEEE double is not exact."""
MAX_DIGITS: Final = 15
"""Significant digits of a number with a fraction or an exponent."""
MAX_EXPONENT: Final = 30
"""Decimal exponent of the leading digit, either way."""

# Surrogates that found no partner, and the noncharacters of RFC 7493 section 2.1.
_NOT_TEXT = re.compile(
    "[\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    + "".join(chr(plane << 16 | low) for plane in range(1, 17) for low in (0xFFFE, 0xFFFF))
    + "]"
)


def parse_json(data: bytes, *, where: str | None = None) -> Any:
    """The value of I-JSON text.

    Raises `json-malformed`, `json-not-i-json`, `json-too-deep` or `number-malformed`.
    """
    if data.startswith(b"\xef\xbb\xbf"):
        raise InputError("json-not-i-json", "The text begins with a byte-order mark.", where=where)
    try:
        text = data.decode("utf-8")
        value = _DECODER.decode(text)
    except RecursionError:
        raise _too_deep(where) from None
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
    # Both walks are needed only by text that could hold what they look for.
    if data.count(b"{") + data.count(b"[") > MAX_DEPTH or b"\\u" in data or not data.isascii():
        _walk(value, 0, where)
    return value


def parse_object(data: bytes, *, where: str | None = None) -> dict[str, Any]:
    """Like `parse_json`, for text that must be one JSON object."""
    value = parse_json(data, where=where)
    if not isinstance(value, dict):
        raise InputError("json-malformed", "This is not a JSON object.", where=where)
    return value


def dump_json(value: Any) -> bytes:
    """Compact UTF-8 JSON of str, int, bool, None, Decimal, list and dict.

    Decimals are written in plain notation, digit for digit. Raises TypeError for a float.
    """
    return "".join(_pieces(value)).encode("utf-8")


def _pieces(value: Any) -> list[str]:
    match value:
        case dict():
            members = [
                f"{json.dumps(name, ensure_ascii=False)}:{''.join(_pieces(item))}"
                for name, item in value.items()
            ]
            return ["{", ",".join(members), "}"]
        case list() | tuple():
            return ["[", ",".join("".join(_pieces(item)) for item in value), "]"]
        case Decimal():
            return [format(value, "f")]
        case float():
            raise TypeError("quantities are decimals, never floats")
        case _:
            return [json.dumps(value, ensure_ascii=False)]


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        seen: set[str] = set()
        twice = next(name for name, _ in pairs if name in seen or seen.add(name))  # type: ignore[func-returns-value]
        raise InputError("json-not-i-json", "A name occurs twice in one object.", where=twice[:80])
    return members


def _integer(text: str) -> int:
    if len(text) > 17 or abs(int(text)) > MAX_INTEGER:
        raise InputError(
            "json-not-i-json", "An integer lies beyond 2^53-1.", where=f"number {text[:24]}"
        )
    return int(text)


def _decimal(text: str) -> Decimal:
    if len(text) <= 64:
        number = Decimal(text)
        digits = number.as_tuple().digits
        significant = len("".join(map(str, digits)).strip("0"))
        if significant <= MAX_DIGITS and (not number or abs(number.adjusted()) <= MAX_EXPONENT):
            return number
    raise InputError(
        "number-malformed",
        f"A number has more than {MAX_DIGITS} significant digits or is out of range.",
        where=f"number {text[:24]}",
    )


def _constant(text: str) -> Any:
    raise InputError("json-not-i-json", f"{text} is not a number of JSON.", where=text)


_DECODER = json.JSONDecoder(
    object_pairs_hook=_members, parse_int=_integer, parse_float=_decimal, parse_constant=_constant
)


def _walk(value: Any, depth: int, where: str | None) -> None:
    """Refuse nesting beyond MAX_DEPTH and strings that are not Unicode text."""
    if isinstance(value, str):
        if _NOT_TEXT.search(value):
            raise InputError(
                "json-not-i-json",
                "A string holds a lone surrogate or a noncharacter.",
                where=where,
            )
    elif isinstance(value, dict | list):
        if depth == MAX_DEPTH:
            raise _too_deep(where)
        children = [*value, *value.values()] if isinstance(value, dict) else value
        for child in children:
            _walk(child, depth + 1, where)


def _too_deep(where: str | None) -> InputError:
    return InputError(
        "json-too-deep", f"The JSON is nested more than {MAX_DEPTH} levels deep.", where=where
    )


def _at(outer: str | None, inner: str | None) -> str | None:
    return ", ".join(part for part in (outer, inner) if part) or None
