# SPDX-License-Identifier: Apache-2.0
"""Compressed GS1 Digital Links, written: what the reader of them is tried against.

GS1 Digital Link Standard, release 1.1, compression. It shares nothing with the reader: the
formats of the AIs that it can write are spelled out here, from the General Specifications.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from typing import Final

BASE64URL: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
HEX: Final = "0123456789ABCDEF"
DIGITS, LOWER_HEX, UPPER_HEX, BASE64, ASCII = range(5)
PATTERNS: Final = ("[0-9]+", "[0-9a-f]+", "[0-9A-F]+", "[A-Za-z0-9_-]+", r"[\x00-\x7f]*")
"""What can be written in each encoding."""

_AIS: Final = {
    "n2": "20",
    "n6": "11 13 15 16 17 3103 3202",
    "n10": "7003",
    "n13": "414 415 417",
    "n14": "01 02",
    "n17": "402",
    "n18": "00 8006 8017 8018",
    "n..8": "30 37",
    "n..10": "8019",
    "n..12": "8011",
    "n..15": "3900 3922",
    "x..20": "10 21 22 254 420",
    "x..25": "8013 8020",
    "x..28": "235",
    "x..30": "90 240 250 401 8004 8010",
    "x..90": "91",
    "n1 x3": "7040",
    "n3 x..9": "421",
    "n6 n..6": "7007",
    "n13 n..12": "255",
    "n13 x..17": "253",
    "n14 x..16": "8003",
}
FORMATS: Final = {ai: written for written, ais in _AIS.items() for ai in ais.split()}
"""AIs with the parts of their values: n digits, x any text, `..` up to."""
CODES: Final = {
    "0A": ("01", "22"),
    "0B": ("01", "10"),
    "0C": ("01", "21"),
    "0D": ("01", "17"),
    "0E": ("01", "7003"),
    "0F": ("01", "30"),
    "1A": ("01", "10", "21", "17"),
    "1B": ("01", "15"),
    "1C": ("01", "11"),
    "1D": ("01", "16"),
    "1E": ("01", "91"),
    "1F": ("01", "10", "15"),
    "2D": ("01", "3103"),
    "3C": ("01", "3202"),
    "9A": ("8010", "8011"),
    "9B": ("8017", "8019"),
    "9C": ("8018", "8019"),
    "9D": ("414", "254"),
    "A2": ("01", "3922"),
    "C0": ("255", "3900"),
}


def compressed(
    elements: Iterable[tuple[str, str]],
    others: Iterable[tuple[str, str]] = (),
    *,
    code: str | None = None,
    encoding: int = DIGITS,
) -> str:
    """The compressed string of (AI, value) and of other (name, value) pairs, in their order.

    With `code` the AIs of that sequence come first and under it. No text gets a narrower
    encoding than `encoding`.
    """
    return base64url(bits(elements, others, code=code, encoding=encoding))


def base64url(written: str) -> str:
    """Bits in base64url, zeros at the end of the last character."""
    whole = written + "0" * (-len(written) % 6)
    return "".join(BASE64URL[int(whole[at : at + 6], 2)] for at in range(0, len(whole), 6))


def bits(
    elements: Iterable[tuple[str, str]],
    others: Iterable[tuple[str, str]] = (),
    *,
    code: str | None = None,
    encoding: int = DIGITS,
) -> str:
    """The bits that `compressed` writes."""
    values = dict(elements)
    written = ""
    if code:
        written += hexadecimal(code)
        written += "".join(value_bits(ai, values.pop(ai), encoding) for ai in CODES[code])
    for ai, value in values.items():
        written += hexadecimal(ai) + value_bits(ai, value, encoding)
    for name, value in others:
        written += f"1111{len(name):07b}" + characters(name, BASE64URL)
        written += text_bits(value, f"{len(value):07b}", encoding)
    return written


def value_bits(ai: str, value: str, encoding: int = DIGITS) -> str:
    """The bits of an AI's value."""
    written = ""
    for kind, variable, most in re.findall(r"([nx])(\.\.)?([0-9]+)", FORMATS[ai]):
        part = value if variable else value[: int(most)]
        value = value[len(part) :]
        length = f"{len(part):0{math.ceil(math.log2(int(most)) + 0.01)}b}" if variable else ""
        written += length + digits(part) if kind == "n" else text_bits(part, length, encoding)
    assert not value, (ai, value)
    return written


def text_bits(text: str, length: str, encoding: int = DIGITS) -> str:
    """Any text: how it is written, its length, and itself."""
    fits = (way for way in range(encoding, 5) if re.fullmatch(PATTERNS[way], text))
    chosen = next(fits)
    ways = {
        DIGITS: lambda: digits(text),
        LOWER_HEX: lambda: characters(text.upper(), HEX),
        UPPER_HEX: lambda: characters(text, HEX),
        BASE64: lambda: characters(text, BASE64URL),
        ASCII: lambda: "".join(f"{ord(character):07b}" for character in text),
    }
    return f"{chosen:03b}{length}{ways[chosen]()}"


def digits(text: str) -> str:
    """Digits as one number; none of them take one bit."""
    width = math.ceil(len(text) * math.log(10) / math.log(2) + 0.01)
    return f"{int(text or '0'):0{width}b}"


def characters(text: str, alphabet: str) -> str:
    """Each character by its place in an alphabet."""
    width = (len(alphabet) - 1).bit_length()
    return "".join(f"{alphabet.index(character):0{width}b}" for character in text)


def hexadecimal(code: str) -> str:
    """An AI, or a sequence's code: four bits a character."""
    return characters(code, HEX)
