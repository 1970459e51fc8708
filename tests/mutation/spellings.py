# SPDX-License-Identifier: Apache-2.0
"""The same JSON, and nearly the same, in other bytes. Mutators of bundles and of trust files."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from random import Random

Respell = Callable[[Random, bytes], bytes]

_STRING = re.compile(rb'"[^"]*"')
_BASE64 = re.compile(rb'"[A-Za-z0-9_-]{4,}"')
_NUMBER = re.compile(rb"(?<=[:\[,])[0-9]+(?=[,}\]])")
_HEX = re.compile(rb'"0x[0-9a-f]{40,64}"')
_BETWEEN = re.compile(rb'[{}\[\]:,](?=["{\[0-9\]}])')
_MEMBER = re.compile(rb'"[A-Za-z]+":(?:"[^"]*"|[0-9]+)')


def _changed(
    chance: Random, data: bytes, pattern: re.Pattern[bytes], *to: Callable[[bytes], bytes]
) -> bytes:
    """One match, said in one of these ways; the data itself where nothing matches."""
    matches = list(pattern.finditer(data))
    if not matches:
        return data
    found = chance.choice(matches)
    return data[: found.start()] + chance.choice(to)(found[0]) + data[found.end() :]


def bit(chance: Random, data: bytes) -> bytes:
    at = chance.randrange(len(data))
    return data[:at] + bytes([data[at] ^ 1 << chance.randrange(8)]) + data[at + 1 :]


def byte(chance: Random, data: bytes) -> bytes:
    """A byte other, more, or less."""
    at = chance.randrange(len(data))
    said = bytes([chance.choice(b"\0\t\n \"'/\\{}[]:,.-+=0123eEnNx\x7f\x80\xbf\xc0\xed\xff")])
    return data[:at] + chance.choice([said, b""]) + data[at + chance.choice([0, 1]) :]


def cut(chance: Random, data: bytes) -> bytes:
    return data[: chance.randrange(len(data))]


def cut_out(chance: Random, data: bytes) -> bytes:
    one, other = sorted(chance.sample(range(len(data)), 2))
    return data[:one] + data[other:]


def repeated(chance: Random, data: bytes) -> bytes:
    one = chance.randrange(len(data))
    other = min(len(data), one + chance.randrange(1, 200))
    return data[:other] + data[one:other] + data[other:]


def around(chance: Random, data: bytes) -> bytes:
    """Something before or behind the object, or the whole in another encoding."""
    text = data.decode()
    before = [b"\xef\xbb\xbf", b" ", b"\n", b"\0", b"[", b"//\n", b")]}',\n"]
    behind = [b"\n", b" ", b"\0", b"]", b"}", b",", b"{}", data, b"\x1a", b"\xe2\x80\xa8"]
    made = [
        *(each + data for each in before),
        *(data + each for each in behind),
        *(text.encode(name) for name in ("utf-16", "utf-16-le", "utf-32", "utf-8-sig")),
    ]
    return chance.choice(made)


def white_space(chance: Random, data: bytes) -> bytes:
    spaces = [b" ", b"\n", b"\t", b"\r\n", b"\x0b", b"\x0c", b"\xc2\xa0", b"  " * 9]
    return _changed(chance, data, _BETWEEN, *(lambda found, s=s: found + s for s in spaces))


def whole_in_another_spelling(chance: Random, data: bytes) -> bytes:
    value = json.loads(data)
    return chance.choice(
        [
            json.dumps(value),
            json.dumps(value, indent=1),
            json.dumps(value, indent="\t"),
            json.dumps(value, sort_keys=True),
            json.dumps(value, separators=(", ", ":")),
            json.dumps(value, separators=(",", ": ")),
            json.dumps(value, separators=(",", ":")).replace("/", "\\/") + "\n",
        ]
    ).encode()


def escapes(chance: Random, data: bytes) -> bytes:
    def one(found: bytes) -> bytes:
        if len(found) < 3:
            return b'"\\u0000"'
        at = chance.randrange(1, len(found) - 1)
        spelled = chance.choice([b"\\u%04x", b"\\u%04X"]) % found[at]
        return found[:at] + spelled + found[at + 1 :]

    return _changed(chance, data, _STRING, one)


def wrong_escapes(chance: Random, data: bytes) -> bytes:
    said = [b"\\x41", b"\\u12", b"\\ud800", b"\\udc00\\ud800", b"\\a", b"\\", b"\\uFFFE", b"\n"]
    return _changed(chance, data, _STRING, *(lambda f, s=s: f[:-1] + s + b'"' for s in said))


def numbers(chance: Random, data: bytes) -> bytes:
    """A number with a sign, a point, an exponent, zeros before; or no number at all."""
    ways = [b"%s.0", b"%se0", b"%sE+0", b"-%s", b"+%s", b"0%s", b"%s.", b"0x%s", b'"%s"', b"%sn"]
    huge = [b"1e400", b"1e-400", b"9" * 400, b"NaN", b"Infinity", b"-Infinity", b"-0", b"0e0", b"."]
    made = [*(lambda found, w=w: w % found for w in ways), *(lambda _, h=h: h for h in huge)]
    return _changed(chance, data, _NUMBER, *made)


def base64(chance: Random, data: bytes) -> bytes:
    """Padding, the other alphabet, white space, spare bits, one character more or less."""
    return _changed(
        chance,
        data,
        _BASE64,
        lambda found: found[:-1] + b'="',
        lambda found: found[:-1] + b'=="',
        lambda found: found.replace(b"-", b"+").replace(b"_", b"/"),
        lambda found: found[:-1] + b' "',
        lambda found: b'" ' + found[1:],
        lambda found: found[:-2] + _next(found[-2:-1]) + b'"',
        lambda found: found[:-1] + b'A"',
        lambda found: found[:-2] + b'"',
    )


def _next(character: bytes) -> bytes:
    """The next character of base64url: where the last has spare bits, they are set."""
    alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    at = (alphabet.find(character) + 1) % 64
    return alphabet[at : at + 1]


def hexadecimal(chance: Random, data: bytes) -> bytes:
    """Capitals, another prefix or none, a digit more or less, or what is no digit."""
    return _changed(
        chance,
        data,
        _HEX,
        lambda found: b'"0x' + found[3:].upper(),
        lambda found: b'"0X' + found[3:],
        lambda found: b'"' + found[3:],
        lambda found: found[:-2] + b'"',
        lambda found: found[:-1] + b'0"',
        lambda found: found[:-2] + b'g"',
        lambda found: found[:-1] + b'\\n"',
        lambda found: b'" ' + found[1:],
    )


def names_twice(chance: Random, data: bytes) -> bytes:
    """A member is there twice, alike or with another value, or its name in escapes."""

    def again(found: bytes) -> bytes:
        name, _, value = found.partition(b":")
        escaped = b'"\\u%04x' % name[1] + name[2:]
        other = chance.choice([value, b"null", b"1", b'"x"', b"[]"])
        return found + b"," + chance.choice([name, escaped]) + b":" + other

    return _changed(chance, data, _MEMBER, again)


def deep(chance: Random, data: bytes) -> bytes:
    """Brackets within brackets, in the place of a string or a number."""
    levels = chance.choice([63, 64, 65, 66, 1_000, 100_000])
    opened = chance.choice([b"[", b'{"a":'])
    closed = b"]" if opened == b"[" else b"}"
    nested = opened * levels + b"1" + closed * chance.choice([levels, levels, 0])
    return _changed(chance, data, chance.choice([_STRING, _NUMBER]), lambda _: nested)


RESPELLINGS: dict[str, Respell] = {
    "text: a bit": bit,
    "text: a byte": byte,
    "text: cut": cut,
    "text: a part cut out": cut_out,
    "text: a part again": repeated,
    "text: something around": around,
    "text: white space": white_space,
    "text: the whole in another spelling": whole_in_another_spelling,
    "text: escapes": escapes,
    "text: wrong escapes": wrong_escapes,
    "text: numbers": numbers,
    "text: base64": base64,
    "text: hexadecimal": hexadecimal,
    "text: names twice": names_twice,
    "text: nested deeply": deep,
}
