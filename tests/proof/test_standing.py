# SPDX-License-Identifier: Apache-2.0
"""Standing: what is said beside a verdict that stays proven."""

from __future__ import annotations

from dataclasses import replace

import pytest

from filiera.proof.evidence import Evidence
from filiera.proof.facts import Finding, Status, StatusKind
from filiera.proof.reasons import Outcome
from filiera.proof.verdict import StandingState
from tests.support.faults import judged, with_status, without
from tests.support.world import NOW, World, with_account


def revoked(world: World, at: int) -> Status:
    return Status(StatusKind.REVOKED, 1, at, at, world.mill.signer.address)


def test_a_revoked_step_stays_proven_and_stands_revoked() -> None:
    world = World()
    evidence = with_status(world, world.evidence(), "spin", revoked(world, NOW - 60))
    verdict = judged(world, evidence)
    assert verdict.outcome is Outcome.PROVEN
    standing = verdict.records[world.id("spin")].standing
    assert (standing.state, standing.since) == (StandingState.REVOKED, NOW - 60)


def test_what_a_stolen_account_said_of_a_standing_is_void() -> None:
    world = World()
    evidence = with_status(world, world.evidence(), "spin", revoked(world, NOW - 60))
    evidence = with_account(evidence, world.mill, compromised_since=NOW - 60)
    standing = judged(world, evidence).records[world.id("spin")].standing
    assert standing.state is StandingState.IN_FORCE


@pytest.mark.parametrize(
    "last",
    [
        Status(StatusKind.RESUMED, 0, NOW - 40, NOW - 40, "0x" + "99" * 20),
        Status(9, 0, NOW - 40, NOW - 40, World().mill.signer.address),
    ],
    ids=["an account that was not read", "a kind that is not known"],
)
def test_a_standing_is_unknown_when_the_last_word_on_it_cannot_be_judged(last: Status) -> None:
    world = World()
    suspended = replace(revoked(world, NOW - 60), kind=StatusKind.SUSPENDED)
    verdict = judged(world, with_status(world, world.evidence(), "spin", suspended, last))
    assert verdict.outcome is Outcome.UNKNOWN
    assert verdict.records[world.id("spin")].standing.state is StandingState.UNKNOWN


def test_a_status_that_takes_effect_later_is_not_in_force_yet() -> None:
    world = World()
    later = replace(revoked(world, NOW - 60), effective=NOW + 60)
    standing = (
        judged(world, with_status(world, world.evidence(), "spin", later))
        .records[world.id("spin")]
        .standing
    )
    assert standing.state is StandingState.IN_FORCE


def contested(world: World, evidence: Evidence, *findings: Finding) -> StandingState:
    assert evidence.facts is not None
    found = {**evidence.facts.findings, world.id("spin"): findings}
    evidence = replace(evidence, facts=replace(evidence.facts, findings=found))
    return judged(world, evidence).records[world.id("spin")].standing.state


def test_an_open_finding_contests_and_a_resolved_one_does_not() -> None:
    world = World()
    auditor = world.association.signer.address
    raised = Finding(bytes(32), auditor, NOW - 60)
    resolved = replace(raised, resolution=bytes(32), resolver=auditor, resolved=NOW - 30)
    assert contested(world, world.evidence(), raised) is StandingState.CONTESTED
    assert contested(world, world.evidence(), resolved) is StandingState.IN_FORCE
    assert contested(world, world.evidence(), resolved, raised) is StandingState.CONTESTED


def test_a_finding_by_a_stolen_account_contests_nothing() -> None:
    world = World()
    finding = Finding(bytes(32), world.brand.signer.address, NOW - 60)
    evidence = with_account(world.evidence(), world.brand, compromised_since=NOW - 60)
    assert contested(world, evidence, finding) is StandingState.IN_FORCE


def test_what_is_revoked_stays_revoked_whatever_is_found() -> None:
    world = World()
    evidence = with_status(world, world.evidence(), "spin", revoked(world, NOW - 60))
    finding = Finding(bytes(32), world.association.signer.address, NOW - 30)
    assert contested(world, evidence, finding) is StandingState.REVOKED


def test_unread_findings_leave_the_standing_unknown() -> None:
    world = World()
    verdict = judged(world, without(world.evidence(), "findings", world.id("spin")))
    assert verdict.records[world.id("spin")].standing.state is StandingState.UNKNOWN
    assert verdict.outcome is Outcome.UNKNOWN


def test_a_successor_counts_when_it_names_its_predecessor() -> None:
    world = World()
    old = world.id("own")
    world.jws["new"] = world.sign(world.brand, world.own(predecessor=old))
    evidence = world.evidence()
    status = Status(
        StatusKind.SUPERSEDED, 0, NOW - 5, NOW - 5, world.brand.signer.address, world.id("new")
    )
    assert evidence.facts is not None
    statuses = {**evidence.facts.statuses, (world.brand.id, old): (status,)}
    evidence = replace(evidence, facts=replace(evidence.facts, statuses=statuses))
    verdict = judged(world, evidence)
    assert verdict.outcome is Outcome.PROVEN
    assert verdict.standing.state is StandingState.SUPERSEDED
    assert verdict.standing.successor == world.id("new")
