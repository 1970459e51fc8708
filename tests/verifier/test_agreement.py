# SPDX-License-Identifier: Apache-2.0
"""Two verifiers, written apart, come to the same verdict: code by code, in the same order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from hashlib import sha256
from typing import Any

import pytest

from filiera.model.links import LinkType, link_payload
from filiera.model.times import format_instant
from filiera.proof.encoding import dump_json
from filiera.proof.evidence import Evidence, Inclusion, Presented
from filiera.proof.facts import Account, Entry, Finding, Report, Role, Scope, Status, StatusKind
from filiera.proof.jws import record_id
from tests.support.faults import FAULTS
from tests.support.forge import forge, header_of, high_s, respelled, with_jwk, with_signature
from tests.support.world import (
    ANCHORED,
    CHAIN,
    GARMENT,
    NOW,
    START,
    Signer,
    World,
    with_account,
    with_participant,
    with_presented,
)
from tests.verifier.wire import ROOT, Question, asked_of_python, asked_of_typescript

pytestmark = [
    pytest.mark.stack,
    pytest.mark.skipif(
        not (ROOT / "backend/verifier/node_modules").is_dir(),
        reason="the browser verifier's packages are not installed (npm ci in backend/verifier)",
    ),
]


def agree(questions: dict[str, Question]) -> set[str]:
    """Both verifiers' verdicts are the same ones; gives every code and error that they said."""
    found = asked_of_typescript(list(questions.values()))
    assert len(found) == len(questions)
    for name, question, verdict in zip(questions, questions.values(), found, strict=True):
        assert verdict == asked_of_python(question), name
    checks = [check for verdict in found for check in verdict["checks"]]
    return {check["code"] for check in checks} | {check["params"].get("error") for check in checks}


def test_about_a_true_world_and_one_with_a_single_fault_of_each_kind() -> None:
    world = World()
    questions = {"true": Question(world.evidence(), world.trust(), GARMENT)}
    for name, fault in FAULTS.items():
        world = World()
        evidence = fault.change(world, world.evidence())
        questions[name] = Question(evidence, world.trust(), fault.subject)
    codes = agree(questions)
    assert {fault.code for fault in FAULTS.values()} <= codes


Change = Callable[[World, Evidence], Evidence]
THIEF = Signer("thief")


def _facts(evidence: Evidence, **changes: Any) -> Evidence:
    assert evidence.facts is not None
    return replace(evidence, facts=replace(evidence.facts, **changes))


def _with_statuses(world: World, evidence: Evidence, *statuses: Status) -> Evidence:
    assert evidence.facts is not None
    key = (world.mill.id, world.id("spin"))
    return _facts(evidence, statuses={**evidence.facts.statuses, key: statuses})


def _status(world: World, kind: int, at: int = NOW - 5, **more: Any) -> Status:
    given: dict[str, Any] = {
        "reason": 3,
        "recorded": at,
        "effective": at,
        "account": world.mill.signer.address,
    }
    return Status(kind, **(given | more))


def _stolen(world: World, evidence: Evidence, *reports: Report) -> Evidence:
    since = min(report.since for report in reports)
    return with_account(evidence, world.mill, compromised_since=since, reports=reports)


def _found(evidence: Evidence, record: bytes, *findings: Finding) -> Evidence:
    assert evidence.facts is not None
    return _facts(evidence, findings={**evidence.facts.findings, record: findings})


def _with_thief(evidence: Evidence, participant: bytes) -> Evidence:
    assert evidence.facts is not None
    since = (Entry(START, START, int(Scope.RECORDS)),)
    account = Account(THIEF.address, participant, since, START, (Report(START, START, "0x"),))
    return _facts(evidence, accounts={**evidence.facts.accounts, THIEF.address: account})


def _with_reports(world: World, evidence: Evidence, by: dict[int, list[int]]) -> Evidence:
    """Accounts by numbers, each with who reports it; the mill's is number 0."""
    assert evidence.facts is not None

    def name(number: int) -> str:
        return f"0x{number:040x}" if number else world.mill.signer.address

    said = {n: tuple(Report(START, NOW - 9, name(each)) for each in by[n]) for n in by}
    others = {name(n): Account(name(n), None, (), START, said[n]) for n in by if n}
    evidence = _facts(evidence, accounts={**evidence.facts.accounts, **others})
    return _stolen(world, evidence, *said[0])


CHAIN_CHANGES: dict[str, Change] = {
    "revoked": lambda w, e: _with_statuses(w, e, _status(w, StatusKind.REVOKED)),
    "resumed": lambda w, e: _with_statuses(
        w, e, _status(w, StatusKind.SUSPENDED, NOW - 9), _status(w, StatusKind.RESUMED)
    ),
    "a status to come": lambda w, e: _with_statuses(
        w, e, _status(w, StatusKind.SUSPENDED, effective=NOW + 1)
    ),
    "a status of an unread account": lambda w, e: _with_statuses(
        w, e, _status(w, StatusKind.REVOKED, account=THIEF.address)
    ),
    "a status of no known kind": lambda w, e: _with_statuses(w, e, _status(w, 9)),
    "a successor that is none": lambda w, e: _with_statuses(
        w, e, _status(w, StatusKind.SUPERSEDED, successor=w.id("weave"))
    ),
    "a void status": lambda w, e: _stolen(
        w,
        _with_statuses(w, e, _status(w, StatusKind.REVOKED)),
        Report(NOW - 9, NOW - 2, w.association.signer.address),
    ),
    "two reports, one of an unread account": lambda w, e: _stolen(
        w,
        e,
        Report(START, NOW - 2, THIEF.address),
        Report(NOW - 9, NOW - 2, w.association.signer.address),
    ),
    "an account that reports itself": lambda w, e: _stolen(
        w, e, Report(ANCHORED, NOW - 2, w.mill.signer.address)
    ),
    "accounts that report each other in a circle": lambda w, e: _with_reports(
        w, e, {n: [(n + 1) % 3] for n in range(3)}
    ),
    "forty accounts that all report those before them": lambda w, e: _with_reports(
        w, e, {n: list(range(n + 1, 40)) for n in range(39)}
    ),
    "ten thousand accounts in a line": lambda w, e: _with_reports(
        w, e, {n: [n + 1] for n in range(10_000)}
    ),
    "a thief's roles": lambda w, e: with_participant(
        _with_thief(e, w.association.id),
        w.mill,
        roles=(
            Entry(START, START, int(Role.PRODUCER)),
            Entry(START, START + 1, 0, THIEF.address),
            Entry(START, START + 2, int(Role.PRODUCER), THIEF.address),
        ),
    ),
    "a thief's profile": lambda w, e: with_participant(
        _with_thief(e, w.association.id),
        w.mill,
        profiles=(Entry(START, START, w.mill.id, THIEF.address),),
    ),
    "a profile by an unread account": lambda w, e: with_participant(
        e, w.mill, profiles=(Entry(START, START, w.mill.id, THIEF.address),)
    ),
    "scopes by an unread account": lambda w, e: with_account(
        e, w.mill, scopes=(Entry(START, START, 3, THIEF.address),)
    ),
    "an open finding": lambda w, e: _found(
        e, w.id("spin"), Finding(bytes(32), w.brand.signer.address, NOW - 7)
    ),
    "an open finding on what is revoked": lambda w, e: _found(
        _with_statuses(w, e, _status(w, StatusKind.REVOKED)),
        w.id("spin"),
        Finding(bytes(32), w.brand.signer.address, NOW - 7),
    ),
    "a resolved finding": lambda w, e: _found(
        e,
        w.id("spin"),
        Finding(
            bytes(32),
            w.brand.signer.address,
            NOW - 7,
            bytes(32),
            w.association.signer.address,
            NOW - 3,
        ),
    ),
    "a finding resolved by a thief": lambda w, e: _found(
        _with_thief(e, w.association.id),
        w.id("spin"),
        Finding(bytes(32), w.brand.signer.address, NOW - 7, bytes(32), THIEF.address, NOW - 3),
    ),
    "a thief's finding": lambda w, e: _found(
        _with_thief(e, w.association.id),
        w.id("spin"),
        Finding(bytes(32), THIEF.address, NOW - 7),
    ),
    "findings that were not read": lambda w, e: _facts(e, findings={}),
    "statuses that were not read": lambda w, e: _facts(e, statuses={}),
    "participants that were not read": lambda w, e: _facts(e, participants={}),
    "accounts that were not read": lambda w, e: _facts(e, accounts={}),
    "an effective time of 2^64-1": lambda w, e: with_account(
        e, w.mill, scopes=(Entry(2**64 - 1, START, 3), Entry(START, START, 3))
    ),
    "no founder": lambda w, e: e,
}


def test_about_what_the_chain_may_say() -> None:
    questions = {}
    for name, change in CHAIN_CHANGES.items():
        world = World()
        trust = world.trust()
        if name == "no founder":
            trust = replace(trust, founders=frozenset({bytes(32)}))
        questions[name] = Question(change(world, world.evidence()), trust, GARMENT)
    agree(questions)


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


@pytest.mark.parametrize("size", [1, 2, 3, 5, 8, 33])
def test_about_paths_of_every_leaf_and_their_neighbours(size: int) -> None:
    world, questions = World(), {}
    for number in range(size):
        world.jws[f"filler {number}"] = f"filler {number}".encode()
    evidence = world.evidence()
    for name in ("spin", "own", "claim"):
        record = world.id(name)
        presented = evidence.records[record]
        assert presented.inclusion is not None
        for label, inclusion in _bent(presented.inclusion).items():
            bent = with_presented(evidence, record, Presented(presented.jws, inclusion))
            questions[f"{name} {label}"] = Question(bent, world.trust(), GARMENT)
    agree(questions)


def _bent(good: Inclusion) -> dict[str, Inclusion]:
    return {
        "as it is": good,
        "the next leaf": replace(good, index=good.index + 1),
        "the leaf before": replace(good, index=good.index - 1),
        "a leaf outside": replace(good, index=2**53 - 1),
        "a shorter path": replace(good, path=good.path[:-1]),
        "a longer path": replace(good, path=(*good.path, bytes(32))),
        "no path": replace(good, path=()),
        "the path reversed": replace(good, path=good.path[::-1]),
        "a step of 31 bytes": replace(good, path=(good.path[0][1:], *good.path[1:])),
        "another root": replace(good, root=sha256(b"other").digest()),
        "another anchorer": replace(good, anchorer=THIEF.address),
    }


def test_a_record_under_another_ones_id_is_disproven_by_both() -> None:
    world = World()
    evidence = world.evidence()
    records = dict(evidence.records)
    records[record_id(b"nothing")] = records[world.id("spin")]
    bent = replace(evidence, own=record_id(b"nothing"), records=records)
    assert "record-hash-mismatch" in agree({"": Question(bent, world.trust(), GARMENT)})
