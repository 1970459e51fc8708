# SPDX-License-Identifier: Apache-2.0
"""Compressed GS1 Digital Links, read: a string of bits in base64url becomes AIs and values.

GS1 Digital Link Standard, release 1.1, compression. What this writes is an ordinary Digital
Link, which is checked like any other: nothing here says that a number or a lot is right.
Nothing is guessed either: a wrong bit would name another product.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final
from urllib.parse import quote

from filiera.errors import InputError
from filiera.model.gs1_attributes import format_of
from filiera.model.gs1_keys import KEYS

MAX_COMPRESSED: Final = 1_000
"""Characters that are read at all; a real one has some twenty."""

_ALPHABET: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_HEX: Final = "0123456789abcdef"
_WRITTEN = re.compile("[A-Za-z0-9_-]+")
_PADDING: Final = 8
"""Bits at the end, at most, that are no data: the smallest AI alone has as many."""
_OTHER: Final = 0xF
"""The first four bits of a pair that is not GS1's."""

_SEQUENCES: Final[dict[str, tuple[str, ...]]] = {
    "0a": ("01", "22"),
    "0b": ("01", "10"),
    "0c": ("01", "21"),
    "0d": ("01", "17"),
    "0e": ("01", "7003"),
    "0f": ("01", "30"),
    "1a": ("01", "10", "21", "17"),
    "1b": ("01", "15"),
    "1c": ("01", "11"),
    "1d": ("01", "16"),
    "1e": ("01", "91"),
    "1f": ("01", "10", "15"),
    **{f"2{_HEX[10 + digit]}": ("01", f"310{digit}") for digit in range(6)},
    **{f"3{_HEX[10 + digit]}": ("01", f"320{digit}") for digit in range(6)},
    "9a": ("8010", "8011"),
    "9b": ("8017", "8019"),
    "9c": ("8018", "8019"),
    "9d": ("414", "254"),
    **{f"a{digit}": ("01", f"392{digit}") for digit in range(10)},
    **{f"c{digit}": ("255", f"390{digit}") for digit in range(10)},
    **{f"c{_HEX[10 + digit]}": ("255", f"394{digit}") for digit in range(4)},
}
"""Sequences of AIs that have one code of two hexadecimal digits, a letter among them."""

_NOT_SURE: Final = frozenset({"7258", "8007"})
"""AIs whose length or parts GS1's publications do not agree on: one bit's difference."""
_COMPONENTS = re.compile(r"N[234](?:\[?\+[NXYZ](?:\.\.)?[0-9]+\]?)+")
_COMPONENT = re.compile(r"(\[?)\+([NXYZ])(\.\.)?([0-9]+)")


@dataclass(frozen=True, slots=True)
class Decompressed:
    """What a compressed string holds, in its order, unescaped.

    `elements` are (AI, value), no AI twice; `others` are the (name, value) that are not GS1's.
    """

    elements: tuple[tuple[str, str], ...]
    others: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One part of an AI's value: digits alone or any text, of `most` characters if `fixed`."""

    numeric: bool
    fixed: bool
    most: int


def decompress(text: str) -> Decompressed:
    """The AIs, values and other pairs in a compressed string; raises `gs1-compressed`."""
    if len(text) > MAX_COMPRESSED or not _WRITTEN.fullmatch(text):
        raise _unreadable("it is too long or has other characters than base64url")
    bits = _Bits("".join(f"{_ALPHABET.index(character):06b}" for character in text))
    elements: dict[str, str] = {}
    others: dict[str, str] = {}
    while bits.left > _PADDING:
        other = bits.next(4) == _OTHER
        for name, value in [_other(bits)] if other else _elements(bits):
            pairs = others if other else elements
            if name in pairs:
                raise _unreadable(f"{name} is given twice")
            pairs[name] = value
    if bits.take(bits.left):
        raise _unreadable("something is left over at its end")
    return Decompressed(tuple(elements.items()), tuple(others.items()))


def uncompressed(path: str, query: str) -> tuple[str, str] | None:
    """The path and query, escaped, of the Digital Link that a compressed one stands for.

    Compressed is the last segment of `path`: all of the link, or what follows a primary key
    and its value, which stand before. What `query` says comes before what was compressed.
    None for a path that cannot be read so; one that is written in full is one of them. A slash
    more at the end is tolerated.
    """
    *before, last = path.removesuffix("/").split("/")
    if not KEYS.keys().isdisjoint(before[::-2]):
        return None  # keys and values in pairs up to the end
    try:
        found = decompress(last)
    except InputError:
        return None
    key = tuple(before[-2:]) if len(before) > 2 and before[-2] in KEYS else ()
    elements = dict(found.elements)
    keys = [ai for ai in elements if ai in KEYS]
    if not key:
        # Where pairs in full come before, the path names another thing than what is compressed.
        if len(keys) != 1 or not KEYS.keys().isdisjoint(before[-2::-2]):
            return None
        key = (keys[0], quote(elements.pop(keys[0]), safe=""))
    return _written(key[0], key[1], elements, query, found.others)


def _written(
    key: str,
    value: str,
    elements: dict[str, str],
    query: str,
    others: tuple[tuple[str, str], ...],
) -> tuple[str, str]:
    """Qualifiers in the order of the key's path, everything else in the query."""
    qualifiers = [ai for sequence in KEYS[key].qualifiers for ai in sequence if ai in elements]
    path = "".join(f"/{ai}/{quote(elements.pop(ai), safe='')}" for ai in qualifiers)
    pairs = (*elements.items(), *others)
    written = [f"{name}={quote(text, safe='')}" for name, text in pairs]
    return f"/{key}/{value}{path}", "&".join(filter(None, (query, *written)))


@dataclass(slots=True)
class _Bits:
    """Bits, read from the left."""

    written: str
    at: int = 0

    @property
    def left(self) -> int:
        return len(self.written) - self.at

    def next(self, count: int) -> int:
        """The number in the next bits, which stay."""
        if count > self.left:
            raise _unreadable("it ends in the middle of a value")
        return int(self.written[self.at : self.at + count] or "0", 2)

    def take(self, count: int) -> int:
        number = self.next(count)
        self.at += count
        return number

    def characters(self, alphabet: str, count: int) -> str:
        width = (len(alphabet) - 1).bit_length()
        return "".join(alphabet[self.take(width)] for _ in range(count))

    def digits(self, count: int) -> str:
        number = self.take(_digit_bits(count))
        if number >= 10**count:
            raise _unreadable("a number has more digits than it says")
        return f"{number:0{count}}" if count else ""


def _elements(bits: _Bits) -> Iterator[tuple[str, str]]:
    """One AI, or a sequence of AIs under one code, with the values."""
    code = bits.characters(_HEX, 2)
    if code in _SEQUENCES:
        for ai in _SEQUENCES[code]:
            yield ai, "".join(_value(bits, part) for part in parts_of(ai))
        return
    # No AI begins like a shorter one, so that none has to say its length.
    while code.isdecimal() and len(code) < 4 and not parts_of(code):
        code += bits.characters(_HEX, 1)
    if not parts_of(code):
        raise _unreadable(f"{code} is no AI that can be read")
    yield code, "".join(_value(bits, part) for part in parts_of(code))


def _value(bits: _Bits, part: Part) -> str:
    encoding = None if part.numeric else bits.take(3)
    count = part.most if part.fixed else bits.take(part.most.bit_length())
    if count > part.most:
        raise _unreadable("a value is longer than its AI allows")
    return bits.digits(count) if encoding is None else _text(bits, encoding, count)


def _other(bits: _Bits) -> tuple[str, str]:
    bits.take(4)
    name = bits.characters(_ALPHABET, bits.take(7))
    if not name or name.isdecimal():
        raise _unreadable("a pair that is not GS1's has a GS1 name or none")
    encoding = bits.take(3)
    return name, _text(bits, encoding, bits.take(7))


def _text(bits: _Bits, encoding: int, count: int) -> str:
    match encoding:
        case 0:
            return bits.digits(count)
        case 1:
            return bits.characters(_HEX, count)
        case 2:
            return bits.characters(_HEX.upper(), count)
        case 3:
            return bits.characters(_ALPHABET, count)
        case 4:
            return "".join(chr(bits.take(7)) for _ in range(count))
    raise _unreadable(f"it has no encoding {encoding}")


def _digit_bits(count: int) -> int:
    """Bits for so many digits, by the standard's formula: one for none, and one too many for 59."""
    return math.ceil(count * math.log(10) / math.log(2) + 0.01)


@cache
def parts_of(ai: str) -> tuple[Part, ...]:
    """The parts of an AI's value, as compression sees them; none for what is no AI to be sure of.

    What may be left out counts as of variable length. Numbers of fixed length that follow each
    other are one, and so is a fixed text with the variable one behind it.
    """
    text = format_of(ai)
    if text is None or ai in _NOT_SURE or not _COMPONENTS.fullmatch(text):
        return ()
    parts: list[Part] = []
    for optional, kind, variable, most in _COMPONENT.findall(text):
        part = Part(kind == "N", not optional and not variable, int(most))
        if parts and parts[-1].fixed and part.numeric == parts[-1].numeric != (not part.fixed):
            part = Part(part.numeric, part.fixed, parts.pop().most + part.most)
        parts.append(part)
    return tuple(parts)


def _unreadable(why: str) -> InputError:
    return InputError(
        "gs1-compressed",
        f"A compressed Digital Link cannot be read: {why}.",
        hint="Ask for the uncompressed link, or for the number under the bar code.",
    )
