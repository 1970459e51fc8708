# SPDX-License-Identifier: Apache-2.0
"""The verdict: what is proven, and that each single thing that is false or missing shows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from graphlib import TopologicalSorter
from hashlib import sha256

import pytest

from filiera.model.ids import ni_uri
from filiera.model.links import LinkType, RecordLink, link_payload
from filiera.proof.evidence import Evidence
from filiera.proof.facts import Role
from filiera.proof.jws import record_id
from filiera.proof.reasons import REASONS, Outcome
from filiera.proof.verdict import combine
from filiera.proof.verify import verify
from tests.support.faults import FAULTS, codes, judged, presented, resigned
from tests.support.reasons import MADE_ELSEWHERE
from tests.support.world import (
    FABRIC,
    GARMENT,
    GTIN,
    REPORT,
    YARN,
    Firm,
    Signer,
    World,
    goods,
    with_account,
)


def test_a_chain_of_true_statements_is_proven_step_by_step() -> None:
    world = World()
    verdict = judged(world, world.evidence())
    assert verdict.outcome is Outcome.PROVEN
    assert (verdict.steps_proven, len(verdict.of("step"))) == (2, 2)
    assert {check.outcome for check in verdict.checks} == {Outcome.PROVEN}
    assert verdict.source == "node"


def test_a_name_is_the_identity_records_never_the_issuers_own_word() -> None:
    world = World()
    payload = world.spin()
    payload["issuer"]["name"] = "The best mill in the world"  # type: ignore[index]
    world.jws["spin"] = world.sign(world.mill, payload)
    world.jws["weave"] = world.sign(world.brand, world.weave())
    world.jws["own"] = world.sign(world.brand, world.own())
    verdict = judged(world, world.evidence())
    assert verdict.outcome is Outcome.PROVEN
    assert verdict.records[world.id("spin")].name == "Filatura"


def test_an_input_that_no_listed_step_makes_is_a_gap_and_no_failure() -> None:
    world = World()
    verdict = judged(world, world.evidence())
    assert [(gap.product, gap.step) for gap in verdict.gaps] == [(FABRIC, world.id("weave"))]


@pytest.mark.parametrize(
    ("made", "used", "gap"),
    [
        (f"{YARN}/21/1", YARN, False),
        (YARN, f"{YARN}/21/1", False),
        (f"{YARN}/21/1", f"{YARN}/21/1", False),
        (f"{YARN}/21/1", f"{YARN}/21/2", True),
        (f"{YARN}/21/1", f"{YARN}2", True),
    ],
)
def test_an_item_fills_the_gap_of_its_own_batch_and_no_other(
    made: str, used: str, gap: bool
) -> None:
    world = World()
    world.jws["spin"] = world.sign(world.mill, world.spin(outputs=[goods(made)]))
    weave = world.weave(inputs=[goods(used)])
    world.jws["weave"] = world.sign(world.brand, weave)
    world.jws["own"] = world.sign(world.brand, world.own())
    verdict = judged(world, world.evidence())
    assert [each.product for each in verdict.gaps] == ([used] if gap else [])


def test_steps_that_do_not_make_the_product_leave_it_a_gap() -> None:
    world = World()
    weave = world.weave(outputs=[goods(FABRIC)], inputs=[goods(YARN)])
    world.jws["weave"] = world.sign(world.brand, weave)
    world.jws["own"] = world.sign(world.brand, world.own())
    verdict = judged(world, world.evidence())
    assert [(gap.product, gap.step) for gap in verdict.gaps] == [(GARMENT, None)]


def test_a_model_is_made_where_a_lot_of_it_is() -> None:
    world = World()
    world.jws["own"] = world.sign(world.brand, world.own(product=GTIN))
    verdict = judged(world, world.evidence(), GTIN)
    assert [gap.product for gap in verdict.gaps] == [FABRIC]


def test_a_document_not_at_hand_is_counted_beside_the_verdict() -> None:
    world = World()
    verdict = judged(world, replace(world.evidence(), documents={}))
    assert verdict.outcome is Outcome.PROVEN
    [(record, line)] = verdict.not_presented
    assert (record, line.sha256) == (world.id("spin"), sha256(REPORT).digest())


def test_every_association_up_to_the_founder_is_judged() -> None:
    world = World()
    verdict = judged(world, world.evidence())
    identities = {record.id for record in verdict.of("identity")}
    assert identities == {world.id(firm.name) for firm in world.firms}


# One change each, and what it must come to


@pytest.mark.parametrize("name", FAULTS)
def test_one_thing_that_is_false_or_missing_is_said_by_its_code(name: str) -> None:
    given, world = FAULTS[name], World()
    verdict = judged(world, given.change(world, world.evidence()), given.subject)
    expected = REASONS[given.code].outcome
    about = "passport" if given.about == "passport" else ni_uri(world.id(given.about))
    assert (about, given.code) in {(c.subject, c.code) for c in verdict.checks}
    assert verdict.outcome is not Outcome.PROVEN
    if expected is Outcome.DISPROVEN:
        assert verdict.outcome is Outcome.DISPROVEN
    else:
        assert codes(verdict, Outcome.DISPROVEN) == set()
    assert verdict.steps_proven == given.steps_proven


def test_a_record_that_waits_for_its_anchoring_is_not_held_against_an_account_to_come() -> None:
    world = World()
    evidence = with_account(world.evidence(), world.mill, participant=None, scopes=())
    verdict = judged(world, presented(world, evidence, "spin", inclusion=None))
    assert codes(verdict, Outcome.DISPROVEN) == set()
    assert "not-anchored-yet" in codes(verdict, Outcome.UNKNOWN)


def test_a_passport_without_steps_is_unknown() -> None:
    world = World()
    payload = world.own()
    del payload["credentialSubject"]["relatedDocument"]  # type: ignore[attr-defined]
    verdict = judged(world, resigned(world, "own", world.sign(world.brand, payload)))
    assert verdict.outcome is Outcome.UNKNOWN
    assert "no-steps" in codes(verdict, Outcome.UNKNOWN)


def test_an_enroller_that_no_founder_stands_behind_proves_nobody() -> None:
    world = World()
    evidence = world.evidence()
    trust = replace(world.trust(), founders=frozenset({bytes(32)}))
    verdict = verify(evidence, trust, GARMENT)
    assert codes(verdict, Outcome.DISPROVEN) == {"identity-not-founded"}
    assert verdict.steps_proven == 0


def test_an_identity_that_names_an_account_that_was_not_read_is_unknown() -> None:
    world = World()
    other = Firm(world.mill.name, Role.PRODUCER)
    other.__dict__["signer"] = Signer("another key of the mill")
    world.sign_identity(other)
    world.mill.id = other.id
    verdict = judged(world, world.evidence())
    assert codes(verdict, Outcome.DISPROVEN) == set()
    assert codes(verdict, Outcome.UNKNOWN) == {"identity-unknown"}


@pytest.mark.parametrize(("between", "outcome"), [(7, Outcome.PROVEN), (8, Outcome.UNKNOWN)])
def test_a_long_line_of_associations_is_not_followed_but_not_disproven(
    between: int, outcome: Outcome
) -> None:
    world = World()
    line = [world.association, *(Firm(f"A{n}", Role.ASSOCIATION) for n in range(between))]
    enrolled = [*zip(line[1:], line, strict=False), (world.mill, line[-1])]
    for firm, enroller in enrolled:
        world.sign_identity(firm, enroller)
    evidence = world.evidence()
    assert evidence.facts is not None
    facts = replace(
        evidence.facts,
        accounts={f.signer.address: world.account(f) for f in (*world.firms, *line)},
        participants={f.id: world.participant(f) for f in world.firms}
        | {f.id: replace(world.participant(f), enroller=e.id) for f, e in enrolled},
        statuses={(f.id, r): () for f in (*world.firms, *line) for r in evidence.records},
    )
    verdict = judged(world, replace(evidence, facts=facts))
    assert verdict.outcome is outcome
    assert codes(verdict, Outcome.DISPROVEN) == set()


def test_an_unreadable_record_lists_every_check_that_could_not_be_made() -> None:
    world = World()
    verdict = judged(world, an_altered(world, "spin"))
    assert codes(verdict, Outcome.UNKNOWN) == {"not-reached"}


def an_altered(world: World, name: str) -> Evidence:
    return presented(world, world.evidence(), name, jws=world.jws["own"])


def listing_besides(world: World, *links: RecordLink) -> Evidence:
    """The world whose own record lists these, too."""
    payload = world.own()
    listed = payload["credentialSubject"]["relatedDocument"]  # type: ignore[index]
    listed.extend(link_payload(link) for link in links)
    return resigned(world, "own", world.sign(world.brand, payload))


def test_a_step_that_is_listed_as_a_claim_as_well_is_a_step_listed_falsely() -> None:
    world = World()
    verdict = judged(world, listing_besides(world, world.link("spin", LinkType.CLAIM)))
    assert codes(verdict, Outcome.DISPROVEN) == {"listed-as-mismatch"}
    assert (verdict.steps_proven, len(verdict.of("step"))) == (1, 2)
    assert len(verdict.of("claim")) == 1


def test_a_claim_that_a_step_lists_as_an_input_is_no_step() -> None:
    world = World()
    inputs = [world.link("spin", LinkType.INPUT), world.link("claim", LinkType.INPUT)]
    world.jws["weave"] = world.sign(world.brand, world.weave(links=inputs))
    evidence = resigned(world, "own", world.sign(world.brand, world.own()))
    verdict = judged(world, evidence)
    assert codes(verdict, Outcome.DISPROVEN) == {"listed-as-mismatch"}
    assert (verdict.steps_proven, len(verdict.of("step"))) == (2, 2)
    assert verdict.records[world.id("claim")].outcome is Outcome.DISPROVEN


def test_an_identity_record_that_is_listed_as_a_step_stays_its_participants_identity() -> None:
    world = World()
    link = RecordLink(LinkType.STEP, world.brand.id, "no step")
    verdict = judged(world, listing_besides(world, link))
    assert codes(verdict, Outcome.DISPROVEN) == {"listed-as-mismatch"}
    assert (verdict.steps_proven, len(verdict.of("step"))) == (2, 3)


def test_a_thousand_inputs_and_outputs_are_looked_through_for_a_circle() -> None:
    world = World()
    lots = [goods(f"{YARN}{number}") for number in range(1_000)]
    world.jws["weave"] = world.sign(
        world.brand,
        world.weave(inputs=lots, outputs=[goods(f"{GARMENT}{n}") for n in range(1_000)]),
    )
    evidence = resigned(world, "own", world.sign(world.brand, world.own()))
    with counted_edges() as edges:
        verdict = judged(world, evidence)
    assert verdict.outcome is Outcome.PROVEN
    assert sum(edges) < 3_000


@contextmanager
def counted_edges() -> Iterator[list[int]]:
    """How many edges each call of `TopologicalSorter.add` brings."""
    edges: list[int] = []
    real = TopologicalSorter.add

    def add(self: TopologicalSorter[object], node: object, *before: object) -> None:
        edges.append(len(before))
        real(self, node, *before)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TopologicalSorter, "add", add)
        yield edges


def test_every_reason_that_fails_is_made_to_happen_here() -> None:
    elsewhere = {"no-steps", "identity-not-founded", "not-reached"}
    failing = {code for code, why in REASONS.items() if why.outcome is not Outcome.PROVEN}
    assert failing - MADE_ELSEWHERE == {given.code for given in FAULTS.values()} | elsewhere


# The values themselves


def test_empty_is_unknown_and_disproven_outweighs_unknown() -> None:
    assert combine([]) is Outcome.UNKNOWN
    assert combine([Outcome.PROVEN]) is Outcome.PROVEN
    assert combine([Outcome.PROVEN, Outcome.UNKNOWN]) is Outcome.UNKNOWN
    assert combine([Outcome.UNKNOWN, Outcome.DISPROVEN]) is Outcome.DISPROVEN


def test_the_evidence_names_records_by_their_hash() -> None:
    world = World()
    assert all(record_id(p.jws) == record for record, p in world.evidence().records.items())
