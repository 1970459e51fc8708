# SPDX-License-Identifier: Apache-2.0
"""The verdict: what is proven, and that each single thing that is false or missing shows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from graphlib import TopologicalSorter
from hashlib import sha256
from typing import Any

import pytest

from filiera.model.ids import ni_uri
from filiera.model.links import LinkType, RecordLink, link_payload
from filiera.model.times import format_instant
from filiera.proof.evidence import Evidence
from filiera.proof.facts import Entry, Finding, Report, Role, Scope, Status, StatusKind
from filiera.proof.jws import record_id
from filiera.proof.reasons import REASONS, Outcome
from filiera.proof.verdict import Check, StandingState, Verdict, combine
from filiera.proof.verify import verify
from tests.support.reasons import MADE_ELSEWHERE
from tests.support.world import (
    ANCHORED,
    CHAIN,
    FABRIC,
    GARMENT,
    GTIN,
    NOW,
    REPORT,
    START,
    YARN,
    Firm,
    Signer,
    World,
    goods,
    with_account,
    with_participant,
    with_presented,
)


def judged(world: World, evidence: Evidence, subject: str = GARMENT) -> Verdict:
    return verify(evidence, world.trust(), subject)


def codes(verdict: Verdict, outcome: Outcome) -> set[str]:
    return {check.code for check in verdict.checks if check.outcome is outcome}


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


# One change each, and what it must come to: (code, about whom it is said).


@dataclass(frozen=True)
class Fault:
    code: str
    change: Callable[[World, Evidence], Evidence]
    about: str = "spin"
    steps_proven: int = 1
    subject: str = GARMENT


FAULTS: dict[str, Fault] = {}


def fault(code: str, **more: object) -> Callable[[Callable[[World, Evidence], Evidence]], None]:
    def note(change: Callable[[World, Evidence], Evidence]) -> None:
        FAULTS[change.__name__] = Fault(code, change, **more)  # type: ignore[arg-type]

    return note


def presented(world: World, evidence: Evidence, name: str, **changes: object) -> Evidence:
    record = world.id(name)
    return with_presented(evidence, record, replace(evidence.records[record], **changes))  # type: ignore[arg-type]


def anchored_with(world: World, evidence: Evidence, **changes: object) -> Evidence:
    assert evidence.facts is not None
    anchors = {
        key: replace(anchor, **changes)  # type: ignore[arg-type]
        for key, anchor in evidence.facts.anchors.items()
    }
    return replace(evidence, facts=replace(evidence.facts, anchors=anchors))


def without(evidence: Evidence, mapping: str, *keys: object) -> Evidence:
    assert evidence.facts is not None
    kept = {k: v for k, v in getattr(evidence.facts, mapping).items() if k not in keys}
    return replace(evidence, facts=replace(evidence.facts, **{mapping: kept}))


@fault("record-hash-mismatch")
def an_altered_record(world: World, evidence: Evidence) -> Evidence:
    jws = world.jws["spin"]
    return presented(world, evidence, "spin", jws=jws[:-1] + (b"A" if jws[-1:] != b"A" else b"B"))


@fault("record-missing")
def a_missing_record(world: World, evidence: Evidence) -> Evidence:
    return with_presented(evidence, world.id("spin"), None)


def resigned(world: World, name: str, jws: bytes) -> Evidence:
    """The world with another record under `name`, listed by those below it."""
    world.jws[name] = jws
    if name == "spin":
        world.jws["weave"] = world.sign(world.brand, world.weave())
    if name != "own":
        world.jws["own"] = world.sign(world.brand, world.own())
    return world.evidence()


@fault("record-malformed", steps_proven=1)
def a_signed_record_with_a_status_of_its_own(world: World, _: Evidence) -> Evidence:
    payload = world.spin() | {"credentialStatus": {"type": "BitstringStatusListEntry"}}
    return resigned(world, "spin", world.sign(world.mill, payload))


@fault("record-newer")
def a_signed_record_of_a_type_to_come(world: World, _: Evidence) -> Evidence:
    payload = world.spin() | {"type": ["WarrantyCredential", "VerifiableCredential"]}
    return resigned(world, "spin", world.sign(world.mill, payload))


@fault("signature-invalid")
def another_ones_signature(world: World, _: Evidence) -> Evidence:
    head, _, signature = world.jws["claim"].rpartition(b".")
    body = world.jws["spin"].rpartition(b".")[0]
    assert head != body
    return resigned(world, "spin", body + b"." + signature)


@fault("path-mismatch")
def one_altered_hash_of_the_path(world: World, evidence: Evidence) -> Evidence:
    inclusion = evidence.records[world.id("spin")].inclusion
    assert inclusion is not None
    flipped = bytes([inclusion.path[0][0] ^ 1]) + inclusion.path[0][1:]
    path = (flipped, *inclusion.path[1:])
    return presented(world, evidence, "spin", inclusion=replace(inclusion, path=path))


@fault("path-wrong-length")
def a_longer_path(world: World, evidence: Evidence) -> Evidence:
    inclusion = evidence.records[world.id("spin")].inclusion
    assert inclusion is not None
    longer = replace(inclusion, path=(*inclusion.path, bytes(32)))
    return presented(world, evidence, "spin", inclusion=longer)


@fault("not-anchored-yet")
def a_record_in_no_batch(world: World, evidence: Evidence) -> Evidence:
    return presented(world, evidence, "spin", inclusion=None)


@fault("anchor-absent", steps_proven=0)
def a_root_that_the_chain_does_not_hold(world: World, evidence: Evidence) -> Evidence:
    return anchored_with(world, evidence, time=0, count=0, sequence=0)


@fault("fact-missing", steps_proven=0)
def an_anchor_that_was_not_read(world: World, evidence: Evidence) -> Evidence:
    assert evidence.facts is not None
    return without(evidence, "anchors", *evidence.facts.anchors)


@fault("chain-unreachable", steps_proven=0)
def a_chain_that_does_not_answer(world: World, evidence: Evidence) -> Evidence:
    return replace(evidence, facts=None)


@fault("account-unknown")
def an_account_of_nobody(world: World, evidence: Evidence) -> Evidence:
    return with_account(evidence, world.mill, participant=None, scopes=())


@fault("account-not-yet-valid")
def an_account_that_begins_after_the_anchoring(world: World, evidence: Evidence) -> Evidence:
    late = ANCHORED + 1
    return with_account(evidence, world.mill, scopes=(Entry(late, late, int(Scope.RECORDS)),))


@fault("account-closed")
def an_account_closed_before_the_anchoring(world: World, evidence: Evidence) -> Evidence:
    scopes = (Entry(START, START, int(Scope.RECORDS)), Entry(ANCHORED, START + 1, 0))
    return with_account(evidence, world.mill, scopes=scopes)


@fault("scope-missing")
def an_account_that_may_only_anchor(world: World, evidence: Evidence) -> Evidence:
    return with_account(evidence, world.mill, scopes=(Entry(START, START, int(Scope.ANCHOR)),))


@fault("account-compromised")
def an_account_stolen_before_the_anchoring(world: World, evidence: Evidence) -> Evidence:
    return with_account(evidence, world.mill, compromised_since=ANCHORED)


@fault("account-other-chain")
def an_account_of_another_chain(world: World, evidence: Evidence) -> Evidence:
    assert evidence.facts is not None
    return replace(evidence, facts=replace(evidence.facts, chain_id=CHAIN + 1))


FAULTS["an_account_of_another_chain"] = replace(
    FAULTS["an_account_of_another_chain"], steps_proven=0
)


@fault("role-missing")
def a_role_that_ended_before_the_anchoring(world: World, evidence: Evidence) -> Evidence:
    roles = (Entry(START, START, int(Role.PRODUCER)), Entry(ANCHORED - 1, START + 1, 0))
    return with_participant(evidence, world.mill, roles=roles)


@fault("role-none", about="own", steps_proven=2)
def an_imported_passport(world: World, _: Evidence) -> Evidence:
    payload = world.own() | {"statedBy": {"id": "https://id.gs1.org/417/9520000000004"}}
    return resigned(world, "own", world.sign(world.brand, payload))


@fault("listed-as-mismatch", about="claim", steps_proven=2)
def a_step_listed_as_a_claim(world: World, _: Evidence) -> Evidence:
    return resigned(world, "claim", world.sign(world.brand, world.move(GARMENT, ANCHORED - 60)))


@fault("claimed-after-anchor")
def a_step_claimed_a_day_and_a_second_after_its_anchoring(world: World, _: Evidence) -> Evidence:
    payload = world.spin(date=format_instant(ANCHORED + 86_401))
    return resigned(world, "spin", world.sign(world.mill, payload))


@fault("document-hash-mismatch")
def an_altered_document(world: World, evidence: Evidence) -> Evidence:
    return replace(evidence, documents={sha256(REPORT).digest(): sha256(b"other").digest()})


@fault("identity-mismatch")
def an_identity_record_that_names_another_ones_account(
    world: World, evidence: Evidence
) -> Evidence:
    return with_participant(evidence, world.mill, enroller=world.brand.id)


@fault("identity-missing")
def an_identity_record_not_presented(world: World, evidence: Evidence) -> Evidence:
    return with_presented(evidence, world.mill.id, None)


@fault("identity-disproven")
def an_altered_identity_record(world: World, evidence: Evidence) -> Evidence:
    return presented(world, evidence, world.mill.name, jws=world.jws[world.brand.name])


@fault("identity-unknown")
def an_identity_record_in_no_batch(world: World, evidence: Evidence) -> Evidence:
    return presented(world, evidence, world.mill.name, inclusion=None)


@fault("chain-mismatch", about="passport", steps_proven=0)
def facts_of_another_genesis(world: World, evidence: Evidence) -> Evidence:
    assert evidence.facts is not None
    return replace(evidence, facts=replace(evidence.facts, genesis_hash=bytes(32)))


@fault("subject-mismatch", about="passport", steps_proven=2, subject=YARN)
def a_passport_of_another_product(world: World, evidence: Evidence) -> Evidence:
    return evidence


@fault("cycle", about="passport", steps_proven=2)
def a_yarn_made_of_the_garment_that_is_made_of_it(world: World, _: Evidence) -> Evidence:
    payload = world.spin(inputs=[goods(GARMENT)])
    return resigned(world, "spin", world.sign(world.mill, payload))


@fault("superseded-unclear")
def a_successor_that_was_not_presented(world: World, evidence: Evidence) -> Evidence:
    status = Status(
        StatusKind.SUPERSEDED, 0, NOW - 5, NOW - 5, world.mill.signer.address, bytes(32)
    )
    return with_status(world, evidence, "spin", status)


def with_status(world: World, evidence: Evidence, name: str, *statuses: Status) -> Evidence:
    assert evidence.facts is not None
    key = (world.mill.id, world.id(name))
    mapping = {**evidence.facts.statuses, key: statuses}
    return replace(evidence, facts=replace(evidence.facts, statuses=mapping))


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


# Standing


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


# What a stolen account of the association did


def recorded_by(world: World, evidence: Evidence, since: int | None) -> Evidence:
    """The mill's scopes, roles and profile as recorded by the brand's account, stolen `since`."""
    assert evidence.facts is not None
    thief = world.brand.signer.address
    account = evidence.facts.accounts[world.mill.signer.address]
    holder = evidence.facts.participants[world.mill.id]

    def by_thief(history: tuple[Entry[Any], ...]) -> tuple[Entry[Any], ...]:
        return tuple(replace(entry, account=thief) for entry in history)

    evidence = with_account(evidence, world.mill, scopes=by_thief(account.scopes))
    evidence = with_participant(
        evidence, world.mill, roles=by_thief(holder.roles), profiles=by_thief(holder.profiles)
    )
    return with_account(evidence, world.brand, compromised_since=since)


def test_what_an_account_recorded_before_it_was_stolen_holds() -> None:
    world = World()
    verdict = judged(world, recorded_by(world, world.evidence(), ANCHORED + 1))
    assert verdict.outcome is Outcome.PROVEN


def test_what_a_stolen_account_granted_is_void() -> None:
    world = World()
    verdict = judged(world, recorded_by(world, world.evidence(), START))
    spin = verdict.records[world.id("spin")]
    said = {check.check: check.code for check in spin.checks}
    assert (said["account"], said["role"]) == ("account-compromised", "account-compromised")
    assert said["identity"] == "identity-disproven"


def closed_by_thief(world: World, evidence: Evidence) -> Evidence:
    assert evidence.facts is not None
    thief = world.brand.signer.address
    account = evidence.facts.accounts[world.mill.signer.address]
    closing = Entry(ANCHORED - 9, ANCHORED - 9, 0, thief)
    evidence = with_account(evidence, world.mill, scopes=(*account.scopes, closing))
    return with_account(evidence, world.brand, compromised_since=START)


def test_what_a_stolen_account_closed_stays_closed() -> None:
    world = World()
    verdict = judged(world, closed_by_thief(world, world.evidence()))
    spin = verdict.records[world.id("spin")]
    assert "account-closed" in {check.code for check in spin.checks}


@pytest.mark.parametrize(
    ("thief_since", "outcome"), [(ANCHORED + 9, Outcome.DISPROVEN), (START, Outcome.PROVEN)]
)
def test_a_report_by_a_stolen_account_is_void_too(thief_since: int, outcome: Outcome) -> None:
    world = World()
    evidence = world.evidence()
    thief = world.association.signer.address
    report = Report(START, ANCHORED + 5, thief)
    evidence = with_account(evidence, world.mill, reports=(report,), compromised_since=report.since)
    told = Report(thief_since, ANCHORED + 20, world.brand.signer.address)
    evidence = with_account(evidence, world.association, reports=(told,))
    spin = judged(world, evidence).records[world.id("spin")]
    account = next(check for check in spin.checks if check.check == "account")
    assert account.outcome is outcome


def test_what_an_unread_account_granted_could_not_be_checked() -> None:
    world = World()
    evidence = recorded_by(world, world.evidence(), None)
    evidence = without(evidence, "accounts", world.brand.signer.address)
    spin = judged(world, evidence).records[world.id("spin")]
    assert spin.outcome is Outcome.UNKNOWN


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


# The values themselves


def test_empty_is_unknown_and_disproven_outweighs_unknown() -> None:
    assert combine([]) is Outcome.UNKNOWN
    assert combine([Outcome.PROVEN]) is Outcome.PROVEN
    assert combine([Outcome.PROVEN, Outcome.UNKNOWN]) is Outcome.UNKNOWN
    assert combine([Outcome.UNKNOWN, Outcome.DISPROVEN]) is Outcome.DISPROVEN


@pytest.mark.parametrize("language", ["en", "it"])
def test_every_reason_has_words_in_both_languages(language: str) -> None:
    names = "error count what role reason relation name number signers validators needed"
    params = dict.fromkeys(names.split(), "x")
    for code in REASONS:
        assert Check("passport", "any", code, params).words(language).endswith(".")


def test_the_evidence_names_records_by_their_hash() -> None:
    world = World()
    assert all(record_id(p.jws) == record for record, p in world.evidence().records.items())
