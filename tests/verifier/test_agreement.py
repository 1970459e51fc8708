# SPDX-License-Identifier: Apache-2.0
"""Two verifiers, written apart, come to the same verdict: code by code, in the same order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from itertools import chain
from typing import Any

import pytest

from filiera.proof.evidence import Evidence, Inclusion, Presented
from filiera.proof.facts import Account, Entry, Finding, Report, Role, Scope, Status, StatusKind
from filiera.proof.jws import record_id
from tests.support.faults import FAULTS
from tests.support.world import (
    ANCHORED,
    GARMENT,
    NOW,
    START,
    Signer,
    World,
    with_account,
    with_participant,
    with_presented,
)
from tests.verifier.wire import ROOT, Question, agree

pytestmark = [
    pytest.mark.stack,
    pytest.mark.skipif(
        not (ROOT / "backend/verifier/node_modules").is_dir(),
        reason="the browser verifier's packages are not installed (npm ci in backend/verifier)",
    ),
]


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
    account = Account(
        THIEF.address, participant, since, START, (Report(START, START, THIEF.address),)
    )
    return _facts(evidence, accounts={**evidence.facts.accounts, THIEF.address: account})


def _with_reports(
    world: World, evidence: Evidence, by: dict[int, list[int]], unread: int | None = None
) -> Evidence:
    """Accounts by numbers, each with who reports it, if anybody; the mill's is number 0."""
    assert evidence.facts is not None

    def name(number: int) -> str:
        return f"0x{number:040x}" if number else world.mill.signer.address

    told = {n: by.get(n, []) for n in {*by, *chain.from_iterable(by.values())} - {unread}}
    said = {n: tuple(Report(START, NOW - 9, name(each)) for each in told[n]) for n in told}
    since = {n: START if said[n] else None for n in said}
    others = {name(n): Account(name(n), None, (), since[n], said[n]) for n in said if n}
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
    "a line of reports whose last account was not read": lambda w, e: _with_reports(
        w, e, {n: [n + 1] for n in range(9)}, unread=9
    ),
    "a circle of reports beside which one was not read": lambda w, e: _with_reports(
        w, e, {0: [1], 1: [2, 3], 2: [0]}, unread=3
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
