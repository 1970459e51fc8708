# SPDX-License-Identifier: Apache-2.0
"""The seven criteria: what each state needs, and what outranks what."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from itertools import permutations

import pytest

from filiera.domain.criteria_states import (
    PRECEDENCE,
    CriterionState,
    Note,
    State,
    Support,
    Weight,
    criterion_state,
)
from filiera.domain.support import criteria_states
from filiera.model.base import Payload
from filiera.model.criteria import CriterionCode
from filiera.model.times import format_instant
from filiera.proof.facts import Finding, StatusKind
from filiera.proof.jws import parse_jws
from filiera.proof.verify import verify
from tests.support.laboratory import CHEMICAL, DAY, SPUN, Laboratory, of, status, with_statuses
from tests.support.world import ANCHORED, GARMENT, GTIN, Firm, with_presented


@pytest.fixture
def world() -> Laboratory:
    return Laboratory()


# Each state


def test_every_criterion_has_a_state_in_the_order_of_the_list(world: Laboratory) -> None:
    assert [each.code for each in world.states().criteria] == list(CriterionCode)


def test_what_nobody_speaks_of_is_missing(world: Laboratory) -> None:
    assert world.chemical() == CriterionState(CHEMICAL)
    assert world.chemical().state is State.MISSING


def test_a_certificate_that_holds_is_verified(world: Laboratory) -> None:
    world.certifies()
    [support] = world.chemical().claims
    assert (support.state, support.notes) == (State.VERIFIED, ())
    assert support.steps == (world.id("spin"),)


def test_a_firms_own_word_is_declared_only(world: Laboratory) -> None:
    assert of(world.states(), CriterionCode.SHORT_SUPPLY_CHAIN).state is State.DECLARED


def test_a_firms_own_word_with_a_paper_at_hand_is_documented(world: Laboratory) -> None:
    world.declares(certificate=world.paper())
    assert world.chemical().state is State.DOCUMENTED


def test_a_paper_that_nobody_presents_documents_nothing(world: Laboratory) -> None:
    world.declares(certificate=world.paper())
    verdict = world.judge(replace(world.evidence(), documents={}))
    assert world.chemical(verdict).state is State.DECLARED
    assert Note.DOCUMENT_NOT_PRESENTED in world.chemical(verdict).claims[0].notes


def test_a_paper_out_of_reach_could_not_be_checked(world: Laboratory) -> None:
    world.declares(certificate=world.paper())
    verdict = world.judge(replace(world.evidence(), documents={}))
    states = criteria_states(verdict, world.accreditations(), documents_down=True)
    assert of(states, CHEMICAL).state is State.UNKNOWN


def test_a_certificate_is_expired_if_it_was_on_the_day_of_its_step(world: Laboratory) -> None:
    world.certifies(until=SPUN)
    assert world.chemical().state is State.EXPIRED


def test_a_certificate_that_ended_after_its_step_holds_and_says_so(world: Laboratory) -> None:
    world.certifies(until=SPUN + 1)
    [support] = world.chemical().claims
    assert (support.state, support.notes) == (State.VERIFIED, (Note.EXPIRED_SINCE,))


def test_a_firms_own_word_ends_when_it_said_so(world: Laboratory) -> None:
    world.declares(valid_until=format_instant(ANCHORED + DAY))
    verdict = world.judge()
    before = criteria_states(verdict, {}, now=ANCHORED + DAY - 1)
    after = criteria_states(verdict, {}, now=ANCHORED + DAY)
    assert of(before, CHEMICAL).state is State.DECLARED
    assert of(after, CHEMICAL).state is State.EXPIRED


def test_a_certificate_that_began_after_its_step_verifies_nothing(world: Laboratory) -> None:
    world.certifies(since=SPUN + 1, certificate=world.paper())
    [support] = world.chemical().claims
    assert (support.state, support.notes) == (State.DOCUMENTED, (Note.NOT_YET_VALID,))


def test_a_revoked_certificate_reads_revoked_and_that_it_held_that_day(world: Laboratory) -> None:
    world.certifies()
    said = status(world, StatusKind.REVOKED, ANCHORED, ANCHORED)
    verdict = world.judge(with_statuses(world.evidence(), world, "certificate", said))
    [support] = world.chemical(verdict).claims
    assert (support.state, support.notes) == (State.REVOKED, (Note.HELD_THAT_DAY,))


def test_a_revocation_that_reaches_back_before_the_step_says_no_such_thing(
    world: Laboratory,
) -> None:
    world.certifies()
    said = status(world, StatusKind.REVOKED, SPUN, ANCHORED)
    verdict = world.judge(with_statuses(world.evidence(), world, "certificate", said))
    [support] = world.chemical(verdict).claims
    assert (support.state, support.notes) == (State.REVOKED, ())


@pytest.mark.parametrize("certified", [{"until": SPUN}, {"since": SPUN + 1}])
def test_a_revoked_certificate_that_was_not_valid_that_day_is_not_said_to_have_held(
    world: Laboratory, certified: dict[str, int]
) -> None:
    world.certifies(**certified)
    said = status(world, StatusKind.REVOKED, ANCHORED, ANCHORED)
    verdict = world.judge(with_statuses(world.evidence(), world, "certificate", said))
    [support] = world.chemical(verdict).claims
    assert support.state is State.REVOKED
    assert Note.HELD_THAT_DAY not in support.notes


def test_a_revoked_certificate_of_unread_accreditation_is_not_said_to_have_held(
    world: Laboratory,
) -> None:
    world.certifies()
    said = status(world, StatusKind.REVOKED, ANCHORED, ANCHORED)
    verdict = world.judge(with_statuses(world.evidence(), world, "certificate", said))
    [support] = of(criteria_states(verdict, {}), CHEMICAL).claims
    assert (support.state, support.notes) == (State.REVOKED, (Note.ACCREDITATION_UNKNOWN,))


def test_a_suspended_certificate_reads_suspended_until_it_is_resumed(world: Laboratory) -> None:
    world.certifies()
    suspended = status(world, StatusKind.SUSPENDED, ANCHORED, ANCHORED)
    resumed = status(world, StatusKind.RESUMED, ANCHORED + 1, ANCHORED + 1)
    evidence = world.evidence()
    before = world.judge(with_statuses(evidence, world, "certificate", suspended))
    after = world.judge(with_statuses(evidence, world, "certificate", suspended, resumed))
    assert world.chemical(before).state is State.SUSPENDED
    assert world.chemical(after).state is State.VERIFIED


def test_a_certificate_with_an_open_finding_is_contested(world: Laboratory) -> None:
    world.certifies()
    evidence = world.evidence()
    assert evidence.facts is not None
    finding = Finding(sha256(b"finding").digest(), world.association.signer.address, ANCHORED)
    findings = {**evidence.facts.findings, world.id("certificate"): (finding,)}
    verdict = world.judge(replace(evidence, facts=replace(evidence.facts, findings=findings)))
    assert world.chemical(verdict).state is State.CONTESTED


def test_a_certificate_that_finds_against_the_goods_is_not_conforming(world: Laboratory) -> None:
    world.certifies()
    payload = _not_conforming(world)
    world.claims = ("claim",)
    world.says("certificate", payload)
    assert world.chemical().state is State.NOT_CONFORMING


def _not_conforming(world: Laboratory) -> Payload:
    payload = dict(parse_jws(world.jws["certificate"]).payload)
    subject = payload["credentialSubject"]
    found = [{**each, "conformance": False} for each in subject["conformityAssessment"]]
    return {**payload, "credentialSubject": {**subject, "conformityAssessment": found}}


# Disproven and unknown


def test_a_disproven_claim_supports_nothing(world: Laboratory) -> None:
    world.declares()
    world.certifies()
    world.claims = ("claim", "declaration")
    world.says("certificate", _as(world.mill, world, "certificate"), world.mill)
    states = world.chemical()
    assert states.state is State.DECLARED
    assert [each.state for each in states.claims] == [State.DECLARED, State.DISPROVEN]


def _as(firm: Firm, world: Laboratory, name: str) -> Payload:
    issuer = {"type": ["CredentialIssuer"], "id": firm.did, "name": firm.name}
    return {**parse_jws(world.jws[name]).payload, "issuer": issuer}


def test_a_claim_that_is_not_at_hand_leaves_no_criterion_missing(world: Laboratory) -> None:
    world.certifies()
    verdict = world.judge(with_presented(world.evidence(), world.id("certificate"), None))
    states = world.states(verdict)
    assert {each.state for each in states.criteria} == {State.UNKNOWN}


def test_nor_does_one_that_was_swapped(world: Laboratory) -> None:
    world.certifies()
    evidence = world.evidence()
    other = evidence.records[world.id("claim")]
    verdict = world.judge(with_presented(evidence, world.id("certificate"), other))
    assert world.chemical(verdict).state is State.UNKNOWN


def test_what_is_verified_stays_so_whatever_else_is_missing(world: Laboratory) -> None:
    world.certifies()
    verdict = world.judge(with_presented(world.evidence(), world.id("claim"), None))
    assert world.chemical(verdict).state is State.VERIFIED


def test_without_the_chain_nothing_is_verified_and_nothing_missing(world: Laboratory) -> None:
    world.certifies()
    verdict = world.judge(replace(world.evidence(), facts=None))
    states = world.states(verdict)
    assert {each.state for each in states.criteria} == {State.UNKNOWN}


def test_a_disproven_passport_supports_nothing(world: Laboratory) -> None:
    world.certifies()
    world.jws["own"] = world.jws["own"][:-4] + b"AAAA"
    states = world.states()
    assert of(states, CHEMICAL).state is State.DISPROVEN
    assert of(states, CHEMICAL).claims[0].notes == (Note.PASSPORT_DISPROVEN,)
    assert of(states, CriterionCode.CIRCULARITY).state is State.MISSING


def test_a_passport_of_another_product_supports_nothing(world: Laboratory) -> None:
    world.certifies(about=GARMENT)
    verdict = verify(world.evidence(), world.trust(), f"{GTIN}/10/OTHER")
    assert State.VERIFIED not in {each.state for each in world.states(verdict).criteria}


# What outranks what


def test_nobody_covers_a_revoked_certificate_with_a_word_of_its_own(world: Laboratory) -> None:
    world.certifies()
    world.declares(certificate=world.paper())
    said = status(world, StatusKind.REVOKED, ANCHORED, ANCHORED)
    verdict = world.judge(with_statuses(world.evidence(), world, "certificate", said))
    assert world.chemical(verdict).state is State.REVOKED


def test_a_new_certificate_takes_the_place_of_a_revoked_one(world: Laboratory) -> None:
    world.certifies()
    world.certifies("renewed")
    said = status(world, StatusKind.REVOKED, ANCHORED, ANCHORED)
    verdict = world.judge(with_statuses(world.evidence(), world, "certificate", said))
    assert [each.state for each in world.chemical(verdict).claims] == [
        State.VERIFIED,
        State.REVOKED,
    ]


def support(state: State, weight: Weight) -> Support:
    return Support(state.encode(), weight, state)


@pytest.mark.parametrize(
    "ranked",
    [
        [State.VERIFIED, State.UNKNOWN, State.REVOKED, State.SUSPENDED],
        [State.UNKNOWN, State.NOT_CONFORMING, State.REVOKED, State.SUSPENDED],
        [State.REVOKED, State.CONTESTED, State.EXPIRED, State.SUPERSEDED],
    ],
)
def test_among_equals_the_table_decides_in_whatever_order_they_come(ranked: list[State]) -> None:
    for order in permutations(ranked):
        claims = [support(state, Weight.CERTIFICATE) for state in order]
        decided = criterion_state(CHEMICAL, claims)
        assert [each.state for each in decided.claims] == ranked


def test_every_state_has_its_place_in_the_table() -> None:
    assert set(PRECEDENCE) == set(State)
