# SPDX-License-Identifier: Apache-2.0
"""The world of `world.py` with one thing false or missing, and the verdict about it.

`FAULTS` holds one change for each way to fail, with what it must come to: `code`, said of
`about`, and how many steps stay proven. Both verifiers are asked about all of them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from hashlib import sha256

from filiera.model.times import format_instant
from filiera.proof.evidence import Evidence
from filiera.proof.facts import Entry, Role, Scope, Status, StatusKind
from filiera.proof.reasons import Outcome
from filiera.proof.verdict import Verdict
from filiera.proof.verify import verify
from tests.support.world import (
    ANCHORED,
    CHAIN,
    GARMENT,
    NOW,
    REPORT,
    START,
    YARN,
    World,
    goods,
    with_account,
    with_participant,
    with_presented,
)


def judged(world: World, evidence: Evidence, subject: str = GARMENT) -> Verdict:
    """The verdict by the world's own trust."""
    return verify(evidence, world.trust(), subject)


def codes(verdict: Verdict, outcome: Outcome) -> set[str]:
    """What its checks of that outcome say."""
    return {check.code for check in verdict.checks if check.outcome is outcome}


@dataclass(frozen=True)
class Fault:
    """What is changed, and the code that it must come to, said of `about`."""

    code: str
    change: Callable[[World, Evidence], Evidence]
    about: str = "spin"
    steps_proven: int = 1
    subject: str = GARMENT


FAULTS: dict[str, Fault] = {}


def fault(code: str, **more: object) -> Callable[[Callable[[World, Evidence], Evidence]], None]:
    """Enters the change into `FAULTS`, under its name."""

    def note(change: Callable[[World, Evidence], Evidence]) -> None:
        FAULTS[change.__name__] = Fault(code, change, **more)  # type: ignore[arg-type]  # fields by name

    return note


def presented(world: World, evidence: Evidence, name: str, **changes: object) -> Evidence:
    """A record presented otherwise."""
    record = world.id(name)
    changed = replace(evidence.records[record], **changes)  # type: ignore[arg-type]  # fields by name
    return with_presented(evidence, record, changed)


def anchored_with(evidence: Evidence, **changes: object) -> Evidence:
    """Every anchor otherwise on chain."""
    assert evidence.facts is not None
    anchors = {
        key: replace(anchor, **changes)  # type: ignore[arg-type]  # fields by name
        for key, anchor in evidence.facts.anchors.items()
    }
    return replace(evidence, facts=replace(evidence.facts, anchors=anchors))


def without(evidence: Evidence, mapping: str, *keys: object) -> Evidence:
    """Facts of one kind that were not read."""
    assert evidence.facts is not None
    kept = {k: v for k, v in getattr(evidence.facts, mapping).items() if k not in keys}
    return replace(evidence, facts=replace(evidence.facts, **{mapping: kept}))


def resigned(world: World, name: str, jws: bytes) -> Evidence:
    """The world with another record under `name`, listed by those below it."""
    world.jws[name] = jws
    if name == "spin":
        world.jws["weave"] = world.sign(world.brand, world.weave())
    if name != "own":
        world.jws["own"] = world.sign(world.brand, world.own())
    return world.evidence()


def with_status(world: World, evidence: Evidence, name: str, *statuses: Status) -> Evidence:
    """One of the mill's records with these statuses and no other."""
    assert evidence.facts is not None
    key = (world.mill.id, world.id(name))
    mapping = {**evidence.facts.statuses, key: statuses}
    return replace(evidence, facts=replace(evidence.facts, statuses=mapping))


# One change each


@fault("record-hash-mismatch")
def an_altered_record(world: World, evidence: Evidence) -> Evidence:
    jws = world.jws["spin"]
    return presented(world, evidence, "spin", jws=jws[:-1] + (b"A" if jws[-1:] != b"A" else b"B"))


@fault("record-missing")
def a_missing_record(world: World, evidence: Evidence) -> Evidence:
    return with_presented(evidence, world.id("spin"), None)


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
    return anchored_with(evidence, time=0, count=0, sequence=0)


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


@fault("account-other-chain", steps_proven=0)
def an_account_of_another_chain(world: World, evidence: Evidence) -> Evidence:
    assert evidence.facts is not None
    return replace(evidence, facts=replace(evidence.facts, chain_id=CHAIN + 1))


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
