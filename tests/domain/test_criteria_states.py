# SPDX-License-Identifier: Apache-2.0
"""The seven criteria: what each state needs, and what outranks what."""

from __future__ import annotations

from collections.abc import Mapping
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
from filiera.domain.support import ANCHOR_LIMIT, Accreditations, criteria_states
from filiera.model.base import Payload
from filiera.model.criteria import CriterionCode
from filiera.model.named import Named
from filiera.model.times import format_instant
from filiera.proof.facts import Accreditation, Entry, Finding, StatusKind, scheme_key
from filiera.proof.jws import parse_jws
from filiera.proof.verdict import Verdict
from filiera.proof.verify import verify
from tests.sample.signed import SignedSample
from tests.support.laboratory import (
    CHEMICAL,
    DAY,
    SPUN,
    Laboratory,
    of,
    status,
    with_statuses,
)
from tests.support.world import ANCHORED, GARMENT, GTIN, YARN, Firm, with_presented


def with_record(verdict: Verdict, record: bytes, **changes: object) -> Verdict:
    changed = replace(verdict.records[record], **changes)  # type: ignore[arg-type]
    return replace(verdict, records={**verdict.records, record: changed})


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


# What a certificate needs


def test_a_certifier_without_accreditation_verifies_nothing(world: Laboratory) -> None:
    world.certifies()
    [support] = world.chemical(known=world.accreditations(granted=False)).claims
    assert (support.state, support.notes) == (State.DECLARED, (Note.NOT_ACCREDITED,))


def test_an_accreditation_that_was_not_read_decides_nothing(world: Laboratory) -> None:
    world.certifies()
    [support] = world.chemical(known={}).claims
    assert (support.state, support.notes) == (State.UNKNOWN, (Note.ACCREDITATION_UNKNOWN,))


def test_an_accreditation_is_judged_on_the_day_of_the_step(world: Laboratory) -> None:
    world.certifies()
    late = world.accreditations(effective=SPUN + 1)
    assert world.chemical(known=late).state is State.DECLARED
    assert world.chemical(known=world.accreditations(effective=SPUN)).state is State.VERIFIED


def test_an_accreditation_that_ended_since_is_said_apart(world: Laboratory) -> None:
    world.certifies()
    [(key, history)] = world.accreditations().items()
    ended = Entry(ANCHORED, ANCHORED, Accreditation(False, world.association.id))
    [support] = world.chemical(known={key: (*history, ended)}).claims
    assert (support.state, support.notes) == (State.VERIFIED, (Note.ACCREDITATION_ENDED,))


def test_what_was_recorded_after_the_anchoring_is_shown_as_stated_afterwards(
    world: Laboratory,
) -> None:
    world.certifies()
    verdict = with_record(world.judge(), world.id("certificate"), anchored=ANCHORED + 1)
    later = world.accreditations(recorded=ANCHORED + 1)
    [support] = world.chemical(verdict, later).claims
    assert support.state is State.VERIFIED
    assert set(support.notes) == {Note.STATED_AFTERWARDS, Note.ACCREDITED_AFTERWARDS}


@pytest.mark.parametrize(("over", "state"), [(0, State.VERIFIED), (1, State.DECLARED)])
def test_a_step_claimed_long_before_its_anchoring_supports_no_certificate(
    world: Laboratory, over: int, state: State
) -> None:
    at = ANCHORED - ANCHOR_LIMIT - over
    world.jws["spin"] = world.sign(world.mill, world.spin(date=format_instant(at)))
    world.jws["weave"] = world.sign(world.brand, world.weave())
    world.certifies(since=at)
    [support] = world.chemical(known=world.accreditations(effective=at)).claims
    assert support.state is state
    assert (Note.CLAIMED_LONG_BEFORE_ANCHOR in support.notes) is bool(over)


def test_a_step_that_is_not_proven_leaves_its_certificate_undecided(world: Laboratory) -> None:
    world.certifies()
    evidence = world.evidence()
    spin = evidence.records[world.id("spin")]
    verdict = world.judge(with_presented(evidence, world.id("spin"), replace(spin, inclusion=None)))
    [support] = world.chemical(verdict).claims
    assert (support.state, Note.STEP_NOT_PROVEN in support.notes) == (State.UNKNOWN, True)


def test_a_certificate_needs_no_paper_to_be_verified(world: Laboratory) -> None:
    world.certifies(certificate=world.paper())
    verdict = world.judge(replace(world.evidence(), documents={}))
    [support] = world.chemical(verdict).claims
    assert (support.state, support.notes) == (State.VERIFIED, (Note.DOCUMENT_NOT_PRESENTED,))


# What a claim is about


@pytest.mark.parametrize(
    ("about", "steps"),
    [(YARN, "spin"), (GARMENT, "weave"), (GTIN, "weave")],
)
def test_a_claim_bears_on_the_steps_that_made_what_it_names(
    world: Laboratory, about: str, steps: str
) -> None:
    world.certifies(about=about)
    assert world.chemical().claims[0].steps == (world.id(steps),)


def test_a_claim_about_other_goods_supports_nothing_and_is_named(world: Laboratory) -> None:
    world.certifies(about=f"{GTIN}/10/LOT-10")
    states = world.states()
    assert of(states, CHEMICAL).state is State.MISSING
    assert states.other_goods == (world.id("certificate"),)


def test_a_claim_under_another_schemes_criteria_is_not_translated(world: Laboratory) -> None:
    world.certifies()
    payload = _foreign(world)
    world.claims = ("claim",)
    world.says("certificate", payload)
    states = world.states()
    assert of(states, CHEMICAL).state is State.MISSING
    assert states.other_schemes == (world.id("certificate"),)


def _foreign(world: Laboratory) -> Payload:
    payload = dict(parse_jws(world.jws["certificate"]).payload)
    subject = payload["credentialSubject"]
    criteria = [{"type": ["Criterion"], "id": "https://scheme.example/7.2", "name": "Chemicals"}]
    found = [{**each, "assessmentCriteria": criteria} for each in subject["conformityAssessment"]]
    return {**payload, "credentialSubject": {**subject, "conformityAssessment": found}}


def test_a_claim_about_a_place_bears_on_the_steps_there(world: Laboratory) -> None:
    place = Named("https://id.gs1.org/414/9520000000004", "Works")
    world.certifies(products=[], facilities=[place])
    assert set(world.chemical().claims[0].steps) == {world.id("spin"), world.id("weave")}


def test_a_claim_about_a_firm_bears_on_the_steps_that_it_signed(world: Laboratory) -> None:
    world.certifies(products=[])
    assert world.chemical().claims[0].steps == (world.id("spin"),)


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


# The sample


SAMPLE: Mapping[str, str] = {
    "traceability": "declared",
    "short-supply-chain": "documented",
    "circularity": "verified",
    "environmental-footprint": "missing",
    "chemical-evidence": "verified",
    "social-ethical": "verified",
    "quality-of-work": "documented",
}


@pytest.fixture(scope="module")
def sample() -> SignedSample:
    return SignedSample()


def accredited(sample: SignedSample) -> Accreditations:
    association = sample.participant_ids["association"]
    return {
        (sample.participant_ids[each.certifier], scheme_key(each.scheme)): (
            Entry(each.effective, each.effective, Accreditation(True, association)),
        )
        for each in sample.sample.accreditations
    }


def test_the_samples_cardigan_speaks_to_six_of_the_seven(sample: SignedSample) -> None:
    states = criteria_states(sample.judge(sample.sample.main), accredited(sample))
    assert {each.code.value: each.state.value for each in states.criteria} == SAMPLE
    assert (states.other_schemes, states.other_goods) == ((), ())


def test_the_samples_scarf_has_a_revoked_test_and_five_criteria_missing(
    sample: SignedSample,
) -> None:
    states = criteria_states(sample.judge(sample.sample.second), accredited(sample))
    said = {each.code.value: each.state for each in states.criteria}
    assert said["chemical-evidence"] is State.REVOKED
    assert said["circularity"] is State.VERIFIED
    assert list(said.values()).count(State.MISSING) == 5
