# SPDX-License-Identifier: Apache-2.0
"""Two verifiers, written apart, read the same of every spelling of a record, or refuse it alike."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from filiera.model.links import LinkType, link_payload
from filiera.model.times import format_instant
from filiera.proof.encoding import dump_json
from tests.support.forge import forge, header_of, high_s, respelled, with_jwk, with_signature
from tests.support.world import ANCHORED, CHAIN, GARMENT, Signer, World
from tests.verifier.wire import ROOT, Question, agree

pytestmark = [
    pytest.mark.stack,
    pytest.mark.skipif(
        not (ROOT / "backend/verifier/node_modules").is_dir(),
        reason="the browser verifier's packages are not installed (npm ci in backend/verifier)",
    ),
]


THIEF = Signer("thief")


def _text(payload: dict[str, Any], old: bytes, new: bytes) -> bytes:
    """The payload's own text with one place written otherwise."""
    text = dump_json(payload)
    assert old in text
    return text.replace(old, new, 1)


def _spellings(world: World) -> dict[str, bytes]:
    """The mill's step as nobody honest writes it: each a whole JWS."""
    signer, spin = world.mill.signer, world.spin()
    good = forge(spin, signer)

    def made(old: bytes, new: bytes) -> bytes:
        return forge(_text(spin, old, new), signer)

    first, quantity = b'{"', b'"value":10'
    texts: dict[str, bytes] = {
        "good": good,
        "a name twice": made(first, b'{"id":"x","'),
        "a name twice, one escaped": made(first, b'{"\\u0069d":"x","'),
        "the byte-order mark": forge(b"\xef\xbb\xbf" + _text(spin, first, first), signer),
        "spaces": made(first, b' \n\t\r{ "'),
        "another space": made(first, b'\x0b{"'),
        "no UTF-8": made(b"Spinning", b"\xff"),
        "a surrogate in UTF-8": made(b"Spinning", b"\xed\xa0\x80"),
        "an overlong character": made(b"Spinning", b"\xc0\xaf"),
        "a lone surrogate": made(b"Spinning", b"\\ud800"),
        "surrogates the wrong way round": made(b"Spinning", b"\\ude00\\ud83d"),
        "a pair of surrogates": made(b"Spinning", b"\\ud83d\\ude00"),
        "a noncharacter": made(b"Spinning", b"\\uffff"),
        "a noncharacter written out": made(b"Spinning", "\U0001fffe".encode()),
        "a noncharacter of the Arabic block": made(b"Spinning", "\ufdd0".encode()),
        "a control character": made(b"Spinning", b"Spin\x01ning"),
        "a tabulator in a string": made(b"Spinning", b"Spin\tning"),
        "an escape that is none": made(b"Spinning", b"\\x41"),
        "an escape of three digits": made(b"Spinning", b"\\u004"),
        "an unfinished escape": forge(b'{"a":"\\', signer),
        "a null character": made(b"Spinning", b"\\u0000"),
        "a proto": made(first, b'{"__proto__":{"a":1},"'),
        "a null": made(first, b'{"more":null,"'),
        "a nested null": made(first, b'{"more":[{"a":[null]}],"'),
        "an empty payload": forge(b" ", signer),
        "a list": forge(b"[]", signer),
        "something after the end": forge(_text(spin, first, first) + b"x", signer),
        "a trailing comma": made(first, b'{"more":[1,],"'),
        "a comma first": made(first, b'{,"'),
        "an unquoted name": made(first, b'{more:1,"'),
        "64 levels": made(first, b'{"more":' + b"[" * 63 + b"]" * 63 + b',"'),
        "65 levels": made(first, b'{"more":' + b"[" * 64 + b"]" * 64 + b',"'),
        "brackets in a string": made(b"Spinning", b"[" * 99),
        "brackets after an escaped quote": made(b"Spinning", b'\\"' + b"[" * 99),
        "a hundred thousand levels": forge(b"[" * 100_000, signer),
    }
    numbers = {
        *("10", "-0", "0", "1e1", "1E+1", "1.0", "-1.5", "0.0", "0e15", "0e16", "0e-30", "0e-31"),
        *("9007199254740991", "9007199254740992", "-9007199254740991", "99999999999999999999"),
        *("9007199254740.991", "9.007199254740992e15", "9.00719925474099e15", "1e15", "1e16"),
        *("123456789012345.6", "12345678901234.5", "1.23456789012345", "0.1234567890123456"),
        *("1e-30", "1e-31", "1e-99999999999999", "1e99999999999999999999", "1.0e0001"),
        *("01", "1.", ".5", "+1", "--1", "1e", "0x10", "NaN", "Infinity", "-Infinity", "-NaN"),
        *("true", "null", '"10"', "[]", "{}", "nul", "1_0", "\uff11"),
        *("1." + "0" * 40, "1." + "0" * 61, "1." + "0" * 63, "1." + "0" * 40 + "e-30"),
        "-1." + "0" * 30 + "e-30",
    }
    for number in sorted(numbers):
        texts[f"the number {number}"] = made(quantity, b'"value":' + number.encode())
    date = format_instant(ANCHORED - 7200).encode()
    for instant in (
        *("2026-09-01", "2026-09-01T00:00:00", "2026-09-01t00:00:00Z", "2026-09-01T00:00:00z"),
        *("2026-02-29T00:00:00Z", "2024-02-29T00:00:00Z", "2026-09-01T24:00:00Z"),
        *("2026-09-01T23:59:60Z", "2026-13-01T00:00:00Z", "2026-00-01T00:00:00Z"),
        *("2026-09-31T00:00:00Z", "2026-09-01T00:00:00+24:00", "2026-09-01T00:00:00-23:60"),
        *("2026-09-01T00:00:00.1234567890Z", "2026-09-01T00:00:00.123456789Z"),
        *("0000-01-01T00:00:00Z", "0001-01-01T00:00:00+00:01", "0001-01-01T00:00:00-00:01"),
        *("9999-12-31T23:59:59-00:01", "9999-12-31T23:59:59Z", "2026-09-01T00:00:00Z\\n"),
        *("2026-09-01T00:00:00.Z", "2026-09-01 00:00:00Z", "1900-02-29T00:00:00Z", ""),
    ):
        texts[f"the instant {instant}"] = made(date, instant.encode())
    for late in ("", ".000000999", ".000001"):
        claimed = format_instant(ANCHORED + 86_400).replace("Z", f"{late}Z").encode()
        texts[f"a day{late} after the anchoring"] = made(date, claimed)
    return texts | _headers(world, spin, good) | _members(world)


def _headers(world: World, spin: dict[str, Any], good: bytes) -> dict[str, bytes]:
    signer = world.mill.signer
    known = header_of(signer)["jwk"]
    kid = header_of(signer)["kid"]
    swapped = with_jwk(signer, x=known["y"], y=known["x"])
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
        "another algorithm": forge(spin, signer, alg="ES256"),
        "no algorithm": forge(spin, signer, alg=None),
        "a member more": forge(spin, signer, crit=["b64"]),
        "another typ": forge(spin, signer, typ="vc+sd-jwt"),
        "a typ that is a list": forge(spin, signer, typ=["vc+jwt"]),
        "a key off the curve": forge(spin, signer, jwk=swapped),
        "a key that is a text": forge(spin, signer, jwk="key"),
        "a key with a secret": forge(spin, signer, jwk=with_jwk(signer, d="AA")),
        "a key without y": forge(spin, signer, jwk=with_jwk(signer, y=None)),
        "a key of zeros": forge(spin, signer, jwk=with_jwk(signer, x="A" * 43, y="A" * 43)),
        "a key beyond the field": forge(spin, signer, jwk=with_jwk(signer, x="_" * 42 + "8")),
        "a short key": forge(spin, signer, jwk=with_jwk(signer, x="AAAA")),
        "a number as x": forge(spin, signer, jwk=with_jwk(signer, x=1)),
        "another kid": forge(spin, signer, kid=header_of(THIEF)["kid"]),
        "a kid in capitals": forge(spin, signer, kid=kid.replace("0x", "0X")),
        "a kid of chain 0952952": forge(spin, signer, kid=kid.replace(":9529", ":09529")),
        "a kid that is a number": forge(spin, signer, kid=1),
        "another chain": forge(
            spin | {"issuer": spin["issuer"] | {"id": kid.replace(str(CHAIN), "9" * 16)}},
            signer,
            chain=int("9" * 16),
        ),
        "another signer": forge(spin, THIEF),
        "a megabyte": forge(spin | {"more": "x" * (1 << 20)}, signer),
    }


def _members(world: World) -> dict[str, bytes]:
    """Members missing, of another type, or refused; and links of every kind."""
    spin: dict[str, Any] = world.spin()
    found: dict[str, bytes] = {}
    for path in _paths(spin):
        others: dict[str, Any] = {"out": None, "1": 1, "text": "x", "list": [], "object": {}}
        for name, value in others.items():
            changed = _changed(spin, path, value)
            found[f"{path} {name}"] = forge(changed, world.mill.signer)
    for refused in ("proof", "exp", "_sd", "..."):
        found[refused] = forge(spin | {refused: "x"}, world.mill.signer)
    link = link_payload(world.link("claim", LinkType.INPUT))
    ni = str(link["linkURL"])
    for name, change in {
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
    }.items():
        bent = _without_none(link, change)
        event: dict[str, Any] = {**spin["credentialSubject"][0], "relatedDocument": [bent]}
        changed = spin | {"credentialSubject": [event]}
        found[f"a link with {name}"] = forge(changed, world.mill.signer)
        changed = spin | {"predecessor": bent}
        found[f"a predecessor with {name}"] = forge(changed, world.mill.signer)
    return found


def _without_none(one: dict[str, Any], other: Any) -> dict[str, Any]:
    return {key: value for key, value in {**one, **other}.items() if value is not None}


def _paths(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    if isinstance(value, dict | list | tuple):
        pairs = value.items() if isinstance(value, dict) else enumerate(value)
        return [each for key, item in pairs for each in ((*path, key), *_paths(item, (*path, key)))]
    return []


def _changed(value: Any, path: tuple[Any, ...], new: Any) -> Any:
    key, *rest = path
    changed = dict(value) if isinstance(value, dict) else list(value)
    if rest:
        changed[key] = _changed(value[key], tuple(rest), new)
    elif new is None:
        del changed[key]
    else:
        changed[key] = new
    return changed


def _with_step(world: World, jws: bytes) -> Question:
    """The world with this step in the mill's place, listed and anchored."""
    world.jws["spin"] = jws
    world.jws["own"] = world.sign(world.brand, world.own())
    return Question(world.evidence(), world.trust(), GARMENT)


def test_about_every_other_spelling_of_a_record() -> None:
    spellings = _spellings(World())
    questions = {name: _with_step(World(), jws) for name, jws in spellings.items()}
    codes = agree(questions)
    assert {"record-hash-ok", "record-newer", "signature-invalid", "claimed-after-anchor"} <= codes
    assert {"json-malformed", "json-not-i-json", "json-too-deep", "number-malformed"} <= codes
    assert {"jws-malformed", "jws-algorithm", "jws-header", "jws-key", "jws-kid"} <= codes
    assert {"signature-high-s", "record-too-large", "record-member-refused"} <= codes
    assert {"record-schema", "instant-malformed", "ni-malformed", "link-digest-mismatch"} <= codes


OTHERS: tuple[Any, ...] = (None, 1, Decimal("0.5"), "x", [], {})


def test_about_other_types_of_record_bent_in_every_member() -> None:
    world, questions = World(), {}
    for name, firm, payload in (
        ("claim", world.brand, world.claim()),
        ("own", world.brand, world.own()),
    ):
        for path in _paths(payload):
            for value in OTHERS:
                other = World()
                other.jws[name] = forge(_changed(payload, path, value), firm.signer)
                if name != "own":
                    other.jws["own"] = other.sign(other.brand, other.own())
                question = Question(other.evidence(), other.trust(), GARMENT)
                questions[f"{name} {path} {value}"] = question
    agree(questions)
