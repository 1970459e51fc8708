# SPDX-License-Identifier: Apache-2.0
"""What a claim needs to support a criterion, and what it is about."""

from __future__ import annotations

from dataclasses import replace

import pytest

from filiera.domain import support
from filiera.domain.criteria_states import Note, State
from filiera.domain.support import ANCHOR_LIMIT
from filiera.model.base import Payload
from filiera.model.named import Named
from filiera.model.times import format_instant
from filiera.proof.checks import claimed_at
from filiera.proof.facts import Accreditation, Entry
from filiera.proof.jws import parse_jws
from filiera.proof.verdict import Verdict
from tests.support.laboratory import CHEMICAL, SPUN, Laboratory, of
from tests.support.world import ANCHORED, GARMENT, GTIN, YARN, with_presented


def with_record(verdict: Verdict, record: bytes, **changes: object) -> Verdict:
    changed = replace(verdict.records[record], **changes)  # type: ignore[arg-type]  # fields by name
    return replace(verdict, records={**verdict.records, record: changed})


@pytest.fixture
def world() -> Laboratory:
    return Laboratory()


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


# Many claims about the same steps


def test_each_of_many_certificates_is_judged_by_its_own_window_scheme_and_steps(
    world: Laboratory,
) -> None:
    others = Named("https://scheme.example/other", "Another scheme")
    wanted = {
        "good": (State.VERIFIED, ()),
        "late": (State.DECLARED, (Note.NOT_YET_VALID,)),
        "ended": (State.EXPIRED, ()),
        "stranger": (State.UNKNOWN, (Note.ACCREDITATION_UNKNOWN,)),
        "elsewhere": (State.VERIFIED, ()),
        "again": (State.VERIFIED, ()),
    }
    world.certifies("good")
    world.certifies("late", since=SPUN + 1)
    world.certifies("ended", until=SPUN)
    world.certifies("stranger", scheme=others)
    world.certifies("elsewhere", about=GARMENT)
    world.certifies("again")
    found = {each.record: (each.state, each.notes) for each in world.chemical().claims}
    assert {name: found[world.id(name)] for name in wanted} == wanted


def test_what_claims_ask_of_the_same_steps_is_found_once(
    world: Laboratory, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    monkeypatch.setattr(
        support, "claimed_at", lambda said: asked.append(said.id) or claimed_at(said)
    )
    world.certifies("one", products=[])
    world.chemical()
    once = len(asked)
    for number in range(5):
        world.certifies(f"more {number}", products=[])
    asked.clear()
    assert len(world.chemical().claims) == 6
    assert len(asked) == once > 0
