# SPDX-License-Identifier: Apache-2.0
"""GS1 identification keys: their form, their check digits, what qualifies them.

GS1 General Specifications section 3 (Application Identifiers) and 7.9 (check digits);
GS1 Digital Link: URI Syntax, release 1.5, section 4 (which keys, which qualifiers, in
which order). A key is named by its Application Identifier (AI).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from filiera.errors import InputError

_CSET82 = r"[!\"%-?A-Z_a-z]"
_PRIMES = (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83)
_CSET82_ORDER = (
    "!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz"
)
_CSET32_ORDER = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class Key:
    """One primary key of GS1 Digital Link.

    `pattern` is the whole value's form; `checked` the span of it whose last digit is a
    modulo-10 check digit, None where there is none; `qualifiers` the sequences of AIs that
    may follow, each in its order with members left out at will.
    """

    ai: str
    title: str
    pattern: re.Pattern[str]
    checked: tuple[int, int] | None
    qualifiers: tuple[tuple[str, ...], ...] = ()

    @property
    def telling(self) -> bool:
        """Whether the form alone gives the key away in any web address.

        The others are short texts like those of any path (`/401/hello`), believed on
        id.gs1.org only.
        """
        return self.checked is not None


def _key(
    ai: str,
    title: str,
    pattern: str,
    checked: tuple[int, int] | None,
    *qualifiers: tuple[str, ...],
) -> Key:
    return Key(ai, title, re.compile(pattern, re.ASCII), checked, qualifiers)


KEYS: Final[dict[str, Key]] = {
    key.ai: key
    for key in (
        _key("00", "SSCC", r"[0-9]{18}", (0, 18)),
        _key("01", "GTIN", r"[0-9]{14}", (0, 14), ("22", "10", "21"), ("235",)),
        _key("253", "GDTI", rf"[0-9]{{13}}{_CSET82}{{0,17}}", (0, 13)),
        _key("255", "GCN", r"[0-9]{13,25}", (0, 13)),
        _key("401", "GINC", rf"{_CSET82}{{1,30}}", None),
        _key("402", "GSIN", r"[0-9]{17}", (0, 17)),
        _key("414", "GLN of a location", r"[0-9]{13}", (0, 13), ("254",), ("7040",)),
        _key("415", "GLN of the invoicing party", r"[0-9]{13}", (0, 13), ("8020",)),
        _key("417", "GLN of a party", r"[0-9]{13}", (0, 13), ("7040",)),
        _key("8003", "GRAI", rf"0[0-9]{{13}}{_CSET82}{{0,16}}", (1, 14)),
        _key("8004", "GIAI", rf"{_CSET82}{{1,30}}", None, ("7040",)),
        _key("8006", "ITIP", r"[0-9]{18}", (0, 14), ("22", "10", "21")),
        _key("8010", "CPID", r"[A-Z0-9/#-]{1,30}", None, ("8011",)),
        _key("8013", "GMN", rf"{_CSET82}{{3,25}}", None),
        _key("8017", "GSRN of a provider", r"[0-9]{18}", (0, 18), ("8019",)),
        _key("8018", "GSRN of a recipient", r"[0-9]{18}", (0, 18), ("8019",)),
    )
}

_QUALIFIERS: Final[dict[str, re.Pattern[str]]] = {
    ai: re.compile(pattern)
    for ai, pattern in {
        "10": rf"{_CSET82}{{1,20}}",
        "21": rf"{_CSET82}{{1,20}}",
        "22": rf"{_CSET82}{{1,20}}",
        "235": rf"{_CSET82}{{1,28}}",
        "254": rf"{_CSET82}{{1,20}}",
        "7040": rf"[0-9]{_CSET82}{{3}}",
        "8011": r"[0-9]{1,12}",
        "8019": r"[0-9]{1,10}",
        "8020": rf"{_CSET82}{{1,25}}",
    }.items()
}

_QUALIFIER_NAMES: Final = {
    "10": "A lot (AI 10)",
    "21": "A serial number (AI 21)",
    "22": "A product variant (AI 22)",
}


def malformed(message: str, hint: str | None = None) -> InputError:
    """The `gs1-malformed` error."""
    return InputError("gs1-malformed", message, hint=hint)


def check_digit(digits: str) -> str:
    """The modulo-10 check digit of ASCII digits without it (General Specifications 7.9)."""
    weighted = sum(int(d) * (1 if i % 2 else 3) for i, d in enumerate(reversed(digits)))
    return str(-weighted % 10)


def check_pair(text: str) -> str:
    """The two check characters of a GMN without them (General Specifications 7.9)."""
    weights = _PRIMES[: len(text)][::-1]
    total = sum(_CSET82_ORDER.index(c) * w for c, w in zip(text, weights, strict=True)) % 1021
    return _CSET32_ORDER[total >> 5] + _CSET32_ORDER[total & 31]


def check_key(ai: str, value: str) -> None:
    """Raise `gs1-malformed` or `gs1-check-digit` unless `value` is a value of key `ai`."""
    key = KEYS[ai]
    if not key.pattern.fullmatch(value):
        raise malformed(f"{value[:40]!r} has not the form of a {key.title} (AI {ai}).")
    if key.checked is not None:
        start, end = key.checked
        _compare(key.title, value, value[end - 1 : end], check_digit(value[start : end - 1]))
    elif ai == "8013":
        _compare(key.title, value, value[-2:], check_pair(value[:-2]))


def check_qualifier(ai: str, value: str) -> None:
    """Raise `gs1-malformed` unless `value` is a value of the qualifier `ai`."""
    if not _QUALIFIERS[ai].fullmatch(value):
        name = _QUALIFIER_NAMES.get(ai, f"The value of AI {ai}")
        raise malformed(
            f"{name} has not the length or has a character that GS1 does not allow: {value[:40]!r}."
        )


def _compare(title: str, value: str, given: str, computed: str) -> None:
    if given != computed:
        raise InputError(
            "gs1-check-digit",
            f"The check digit of {title} {value[:40]} is {given}, but must be {computed}.",
            hint="Look for a mistyped or swapped digit.",
        )
