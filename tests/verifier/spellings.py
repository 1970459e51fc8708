# SPDX-License-Identifier: Apache-2.0
"""A step as nobody honest writes it: every spelling by its kind, each a whole JWS.

A kind is a function of the world and a line in `KINDS`; most read a table of their own.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from filiera.model.links import LinkType, link_payload
from filiera.model.times import format_instant
from filiera.proof.encoding import dump_json
from tests.support.forge import forge, header_of, high_s, respelled, with_jwk, with_signature
from tests.support.world import ANCHORED, CHAIN, Signer, World

Spellings = dict[str, bytes]

THIEF: Final = Signer("thief")

AT_THE_START: Final = {
    "a name twice": b'{"id":"x","',
    "a name twice, one escaped": b'{"\\u0069d":"x","',
    "spaces": b' \n\t\r{ "',
    "another space": b'\x0b{"',
    "a proto": b'{"__proto__":{"a":1},"',
    "a null": b'{"more":null,"',
    "a nested null": b'{"more":[{"a":[null]}],"',
    "a trailing comma": b'{"more":[1,],"',
    "a comma first": b'{,"',
    "an unquoted name": b'{more:1,"',
    "64 levels": b'{"more":' + b"[" * 63 + b"]" * 63 + b',"',
    "65 levels": b'{"more":' + b"[" * 64 + b"]" * 64 + b',"',
}
"""What stands for the payload's first brace and quote."""

IN_A_STRING: Final = {
    "no UTF-8": b"\xff",
    "a surrogate in UTF-8": b"\xed\xa0\x80",
    "an overlong character": b"\xc0\xaf",
    "a lone surrogate": b"\\ud800",
    "surrogates the wrong way round": b"\\ude00\\ud83d",
    "a pair of surrogates": b"\\ud83d\\ude00",
    "a noncharacter": b"\\uffff",
    "a noncharacter written out": "\U0001fffe".encode(),
    "a noncharacter of the Arabic block": "\ufdd0".encode(),
    "a control character": b"Spin\x01ning",
    "a tabulator in a string": b"Spin\tning",
    "an escape that is none": b"\\x41",
    "an escape of three digits": b"\\u004",
    "a null character": b"\\u0000",
    "brackets in a string": b"[" * 99,
    "brackets after an escaped quote": b'\\"' + b"[" * 99,
}
"""What stands for the step's name, Spinning."""

AS_A_WHOLE: Final[dict[str, Callable[[bytes], bytes]]] = {
    "the byte-order mark": lambda text: b"\xef\xbb\xbf" + text,
    "something after the end": lambda text: text + b"x",
    "an unfinished escape": lambda _: b'{"a":"\\',
    "an empty payload": lambda _: b" ",
    "a list": lambda _: b"[]",
    "a hundred thousand levels": lambda _: b"[" * 100_000,
    "a megabyte": lambda text: text[:-1] + b',"more":"' + b"x" * (1 << 20) + b'"}',
}
"""What becomes of the payload's text."""

NUMBERS: Final = (
    *("10", "-0", "0", "1e1", "1E+1", "1.0", "-1.5", "0.0", "0e15", "0e16", "0e-30", "0e-31"),
    *("9007199254740991", "9007199254740992", "-9007199254740991", "99999999999999999999"),
    *("9007199254740.991", "9.007199254740992e15", "9.00719925474099e15", "1e15", "1e16"),
    *("123456789012345.6", "12345678901234.5", "1.23456789012345", "0.1234567890123456"),
    *("1e-30", "1e-31", "1e-99999999999999", "1e99999999999999999999", "1.0e0001"),
    *("01", "1.", ".5", "+1", "--1", "1e", "0x10", "NaN", "Infinity", "-Infinity", "-NaN"),
    *("true", "null", '"10"', "[]", "{}", "nul", "1_0", "\uff11"),
    *("1." + "0" * 40, "1." + "0" * 61, "1." + "0" * 63, "1." + "0" * 40 + "e-30"),
    "-1." + "0" * 30 + "e-30",
)
"""What stands for a quantity of 10."""

INSTANTS: Final = (
    *("2026-09-01", "2026-09-01T00:00:00", "2026-09-01t00:00:00Z", "2026-09-01T00:00:00z"),
    *("2026-02-29T00:00:00Z", "2024-02-29T00:00:00Z", "2026-09-01T24:00:00Z"),
    *("2026-09-01T23:59:60Z", "2026-13-01T00:00:00Z", "2026-00-01T00:00:00Z"),
    *("2026-09-31T00:00:00Z", "2026-09-01T00:00:00+24:00", "2026-09-01T00:00:00-23:60"),
    *("2026-09-01T00:00:00.1234567890Z", "2026-09-01T00:00:00.123456789Z"),
    *("0000-01-01T00:00:00Z", "0001-01-01T00:00:00+00:01", "0001-01-01T00:00:00-00:01"),
    *("9999-12-31T23:59:59-00:01", "9999-12-31T23:59:59Z", "2026-09-01T00:00:00Z\\n"),
    *("2026-09-01T00:00:00.Z", "2026-09-01 00:00:00Z", "1900-02-29T00:00:00Z", ""),
)
"""What stands for when the step is claimed to have happened."""

OTHER_VALUES: Final[dict[str, Any]] = {
    "out": None,
    "1": 1,
    "text": "x",
    "list": [],
    "object": {},
}
"""What stands for each member in turn; None takes it away."""


def spellings(world: World) -> Spellings:
    """Every one, and the mill's step as it honestly is."""
    found: Spellings = {"good": _good(world)}
    for kind in KINDS:
        found |= kind(world)
    return found


def paths(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Where the members and items of a JSON value stand, however deep."""
    if isinstance(value, dict | list | tuple):
        pairs = value.items() if isinstance(value, dict) else enumerate(value)
        return [each for key, item in pairs for each in ((*path, key), *paths(item, (*path, key)))]
    return []


def changed(value: Any, path: tuple[Any, ...], new: Any) -> Any:
    """A JSON value with another one at a place, or with None nothing there."""
    key, *rest = path
    other = dict(value) if isinstance(value, dict) else list(value)
    if rest:
        other[key] = changed(value[key], tuple(rest), new)
    elif new is None:
        del other[key]
    else:
        other[key] = new
    return other


def _good(world: World) -> bytes:
    return forge(world.spin(), world.mill.signer)


def _instead(world: World, old: bytes, new: bytes) -> bytes:
    """The step's own text with one place written otherwise."""
    text = dump_json(world.spin())
    assert old in text
    return forge(text.replace(old, new, 1), world.mill.signer)


def _starts(world: World) -> Spellings:
    return {name: _instead(world, b'{"', new) for name, new in AT_THE_START.items()}


def _strings(world: World) -> Spellings:
    return {name: _instead(world, b"Spinning", new) for name, new in IN_A_STRING.items()}


def _wholes(world: World) -> Spellings:
    text, signer = dump_json(world.spin()), world.mill.signer
    return {name: forge(written(text), signer) for name, written in AS_A_WHOLE.items()}


def _numbers(world: World) -> Spellings:
    return {
        f"the number {number}": _instead(world, b'"value":10', b'"value":' + number.encode())
        for number in NUMBERS
    }


def _instants(world: World) -> Spellings:
    date = format_instant(ANCHORED - 7200).encode()
    found = {f"the instant {each}": _instead(world, date, each.encode()) for each in INSTANTS}
    for late in ("", ".000000999", ".000001"):
        claimed = format_instant(ANCHORED + 86_400).replace("Z", f"{late}Z").encode()
        found[f"a day{late} after the anchoring"] = _instead(world, date, claimed)
    return found


def _signatures(world: World) -> Spellings:
    good = _good(world)
    head, body, signature = good.split(b".")
    return {
        "a high s": high_s(good),
        "another base64": respelled(good),
        "padding": good + b"=",
        "a line end": good + b"\n",
        "no parts": b"",
        "two parts": head + b"." + body,
        "four parts": good + b".AA",
        "a body of one digit": head + b".A." + signature,
        "no ASCII": good[:-1] + b"\xe9",
        "r is zero": with_signature(good, bytes(32) + b"\1" * 32),
        "r is too large": with_signature(good, b"\xff" * 32 + b"\1" * 32),
        "a signature of nobody": with_signature(good, b"\1" * 64),
        "another signer": forge(world.spin(), THIEF),
    }


def _headers(world: World) -> Spellings:
    spin: dict[str, Any] = world.spin()
    signer = world.mill.signer
    kid = header_of(signer)["kid"]
    elsewhere = spin["issuer"] | {"id": kid.replace(str(CHAIN), "9" * 16)}
    others: dict[str, dict[str, Any]] = {
        "another algorithm": {"alg": "ES256"},
        "no algorithm": {"alg": None},
        "a member more": {"crit": ["b64"]},
        "another typ": {"typ": "vc+sd-jwt"},
        "a typ that is a list": {"typ": ["vc+jwt"]},
        "another kid": {"kid": header_of(THIEF)["kid"]},
        "a kid in capitals": {"kid": kid.replace("0x", "0X")},
        "a kid of chain 0952952": {"kid": kid.replace(":9529", ":09529")},
        "a kid that is a number": {"kid": 1},
    }
    found = {name: forge(spin, signer, **header) for name, header in others.items()}
    found["another chain"] = forge(spin | {"issuer": elsewhere}, signer, chain=int("9" * 16))
    return found


def _keys(world: World) -> Spellings:
    signer = world.mill.signer
    known = header_of(signer)["jwk"]
    keys: dict[str, Any] = {
        "a key off the curve": with_jwk(signer, x=known["y"], y=known["x"]),
        "a key that is a text": "key",
        "a key with a secret": with_jwk(signer, d="AA"),
        "a key without y": with_jwk(signer, y=None),
        "a key of zeros": with_jwk(signer, x="A" * 43, y="A" * 43),
        "a key beyond the field": with_jwk(signer, x="_" * 42 + "8"),
        "a short key": with_jwk(signer, x="AAAA"),
        "a number as x": with_jwk(signer, x=1),
    }
    return {name: forge(world.spin(), signer, jwk=key) for name, key in keys.items()}


def _members(world: World) -> Spellings:
    """Members missing, of another type, or refused."""
    spin, signer = world.spin(), world.mill.signer
    found = {
        f"{path} {name}": forge(changed(spin, path, value), signer)
        for path in paths(spin)
        for name, value in OTHER_VALUES.items()
    }
    for refused in ("proof", "exp", "_sd", "..."):
        found[refused] = forge(spin | {refused: "x"}, signer)
    return found


def _links(world: World) -> Spellings:
    """Links of every kind, to a document and to the record that this one replaces."""
    spin: dict[str, Any] = world.spin()
    signer = world.mill.signer
    link = link_payload(world.link("claim", LinkType.INPUT))
    found: Spellings = {}
    for name, change in _link_members(str(link["linkURL"])).items():
        bent = {key: value for key, value in {**link, **change}.items() if value is not None}
        event = {**spin["credentialSubject"][0], "relatedDocument": [bent]}
        found[f"a link with {name}"] = forge(spin | {"credentialSubject": [event]}, signer)
        found[f"a predecessor with {name}"] = forge(spin | {"predecessor": bent}, signer)
    return found


def _link_members(ni: str) -> dict[str, dict[str, Any]]:
    return {
        "a step": {"linkType": "step"},
        "no type": {"linkType": None},
        "an unknown type": {"linkType": "other"},
        "capitals": {"linkURL": ni.replace("ni:", "NI:")},
        "a digest of 42": {"linkURL": ni[:-1]},
        "spare bits": {"linkURL": ni[:-1] + "_"},
        "an authority": {"linkURL": ni.replace("///", "//x/")},
        "no multibase": {"digestMultibase": None},
        "another multibase": {"digestMultibase": "u" + "A" * 46},
        "elsewhere": {"linkURL": "https://example.com/a"},
        "elsewhere without a digest": {"linkURL": "https://x.example", "digestMultibase": "zQm"},
        "no name": {"linkName": None},
        "an empty name": {"linkName": ""},
        "a name that is none": {"linkName": 1},
        "a media type that is none": {"mediaType": 1},
        "a link that is none": {"linkURL": 1},
    }


KINDS: Final[tuple[Callable[[World], Spellings], ...]] = (
    _starts,
    _strings,
    _wholes,
    _numbers,
    _instants,
    _signatures,
    _headers,
    _keys,
    _members,
    _links,
)
"""Every kind of spelling: adding one is a function and a line."""
