# SPDX-License-Identifier: Apache-2.0
"""Gathering: as of one block, each thing asked for once, and never more than is bounded."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from typing import Any

import pytest
from sqlalchemy import update

from filiera.adapters.store.tables import records
from filiera.errors import ConflictError, UnavailableError
from filiera.model.activities import activity
from filiera.model.builders import make_event
from filiera.model.links import LinkType, RecordLink, link_payload
from filiera.model.times import format_instant
from filiera.proof.facts import Entry, Role, Status, StatusKind
from filiera.proof.jws import record_id
from filiera.proof.merkle import Tree
from filiera.proof.reasons import Outcome
from filiera.proof.verify import verify
from filiera.proof.wanted import ROUNDS
from filiera.services import anchored, gathering, known
from filiera.services.accept import File
from filiera.services.anchored import AnchoredBatches
from filiera.services.gather import Gatherer
from filiera.services.passport_view import verdict_sentence
from tests.support.server import Server
from tests.support.world import ANCHORED, GARMENT, REPORT, YARN, Firm, firm_place, goods


@pytest.fixture
def server() -> Server:
    server = Server()
    report = File("report.pdf", REPORT)
    for name, jws in server.world.jws.items():
        server.services.acceptance.accept(jws, [report] if name == "spin" else [])
    server.anchor()
    return server


def counted(target: Any, method: str) -> list[Any]:
    """The first argument of every call of a method from now on."""
    calls: list[Any] = []
    real: Callable[..., Any] = getattr(target, method)

    def call(*args: Any, **named: Any) -> Any:
        calls.append(args[0])
        return real(*args, **named)

    setattr(target, method, call)
    return calls


def listing(server: Server, *links: RecordLink) -> None:
    """Accept and anchor a newer passport of the garment that lists these steps."""
    payload = server.world.own()
    subject = payload["credentialSubject"]
    subject["relatedDocument"] = [link_payload(link) for link in links]  # type: ignore[index]
    server.services.acceptance.accept(server.world.sign(server.world.brand, payload))
    server.anchor()


# As of one block


def test_what_was_anchored_after_the_block_asked_about_is_not_taken_for_denied(
    server: Server,
) -> None:
    before = server.ledger.block(server.ledger.number - 1)
    verdict = server.services.passports.assemble(GARMENT, before).verdict
    assert verdict_sentence(verdict) == "unknown (0 of 2 steps; one operator's word)"
    assert "not-anchored-yet" in {check.code for check in verdict.checks}


def test_a_node_that_lags_behind_the_database_denies_nothing(server: Server) -> None:
    now = server.ledger.head()
    lagging = server.ledger.block(now.number - 1)
    server.ledger.head = lambda: lagging  # type: ignore[method-assign]
    server.ledger.anchors = {
        key: replace(anchor, time=0, count=0, sequence=0)
        for key, anchor in server.ledger.anchors.items()
    }
    verdict = server.services.passports.assemble(GARMENT).verdict
    assert {c.code for c in verdict.checks if c.outcome is Outcome.DISPROVEN} == set()


def test_what_is_anchored_while_evidence_is_gathered_belongs_to_the_next_block() -> None:
    server = Server()
    server.submit_all()
    real = server.store.get_all

    def get(records: Any) -> Any:
        server.store.get_all = real  # type: ignore[method-assign]
        server.anchor()
        return real(records)

    server.store.get_all = get  # type: ignore[method-assign]
    gathered = server.services.gatherer.gather(server.world.id("own"))
    facts = gathered.evidence.facts
    assert facts is not None
    assert facts.block.number == server.ledger.number - 1
    assert gathered.evidence.records[server.world.id("own")].inclusion is None


def test_the_profile_that_stands_is_gathered_when_a_thief_set_another(server: Server) -> None:
    ledger, mill, thief = server.ledger, server.world.mill, server.certifier.signer.address
    ledger.accounts[thief] = replace(ledger.accounts[thief], compromised_since=ledger.time)
    participant = ledger.participants[mill.id]
    stolen = Entry(ledger.time, ledger.time, bytes([9] * 32), thief)
    ledger.participants[mill.id] = replace(participant, profiles=(*participant.profiles, stolen))
    verdict = server.services.passports.assemble(GARMENT).verdict
    assert verdict_sentence(verdict) == "proven (2 of 2 steps; one operator's word)"


# Once


def test_a_record_that_is_missing_is_asked_for_once_whoever_lists_it(server: Server) -> None:
    lost = RecordLink(LinkType.INPUT, sha256(b"lost").digest(), "lost")
    steps = []
    for number in range(3):
        date = format_instant(ANCHORED - 7200 - number)
        jws = server.world.sign(server.world.mill, server.world.spin(date=date, links=[lost]))
        server.services.acceptance.accept(jws)
        steps.append(RecordLink(LinkType.STEP, record_id(jws), "spinning"))
    listing(server, *steps)
    asked = counted(server.documents, "get_record")
    passport = server.services.passports.assemble(GARMENT)
    assert asked == [lost.digest]
    assert (passport.verdict.steps_proven, len(passport.verdict.of("step"))) == (3, 4)


def test_an_ipfs_node_that_is_down_is_waited_for_once(server: Server) -> None:
    lost = [RecordLink(LinkType.STEP, sha256(b"%d" % n).digest(), "lost") for n in range(5)]
    listing(server, *lost)
    server.documents.down = True
    asked = counted(server.documents, "get_record")
    passport = server.services.passports.assemble(GARMENT)
    assert len(asked) == 1
    assert passport.unavailable == ("ipfs",)
    assert verdict_sentence(passport.verdict).startswith("unknown (0 of 5 steps")


def test_a_batch_is_read_once_for_all_records_in_it(server: Server) -> None:
    read = counted(server.store, "batch")
    server.services.passports.assemble(GARMENT)
    server.services.passports.assemble(GARMENT)
    assert read == [1]


def test_a_record_is_read_once_however_often_it_is_gathered(server: Server) -> None:
    gatherer, own = server.services.gatherer, server.world.id("own")
    first, second = (gatherer.gather(own).evidence.records for _ in range(2))
    assert first.keys() == second.keys()
    assert all(first[record] is second[record] for record in first)


def test_records_are_kept_at_hand_as_far_as_there_is_room(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    jws = server.world.jws["spin"]
    monkeypatch.setattr(known, "MAX_KNOWN", len(jws) - 1)
    records = known.KnownRecords()
    assert records.presented(jws, None) is not records.presented(jws, None)


def test_facts_are_asked_for_in_one_message_the_second_time_and_are_those_of_the_block(
    server: Server,
) -> None:
    own, mill = server.world.id("own"), server.world.mill
    gatherer, ledger = server.services.gatherer, server.ledger
    first = gatherer.gather(own).evidence.facts
    block = ledger.mine()
    said = Status(StatusKind.SUSPENDED, 1, block.time, block.time, mill.signer.address)
    ledger.statuses[mill.id, server.world.id("spin")] = (said,)
    asked = counted(ledger, "read")
    second = gatherer.gather(own).evidence.facts
    assert asked == [block]
    assert first is not None
    changed = {**first.statuses, (mill.id, server.world.id("spin")): (said,)}
    assert second == replace(first, block=block, statuses=changed)


def test_a_product_never_seen_is_asked_about_in_a_message_for_each_who_enrolled_another(
    server: Server,
) -> None:
    asked = counted(server.ledger, "read")
    evidence = server.services.gatherer.gather(server.world.id("own")).evidence
    # The signers; the association that enrolled them; what it says of its own identity record.
    assert len(asked) == 3
    assert verify(evidence, server.world.trust(), GARMENT).outcome is Outcome.PROVEN


def test_whose_records_the_database_says_they_are_decides_nothing(server: Server) -> None:
    before = server.services.gatherer.gather(server.world.id("own")).evidence
    with server.store._engine.begin() as connection:
        connection.execute(update(records).values(participant=bytes(32)))
    after = Gatherer(server.ledger, server.store, server.documents).gather(before.own).evidence
    trust = server.world.trust()
    assert verify(after, trust, GARMENT) == verify(before, trust, GARMENT)
    assert after.records == before.records


def test_of_one_block_the_chain_is_asked_once(server: Server) -> None:
    gatherer, own = server.services.gatherer, server.world.id("own")
    first = gatherer.gather(own).evidence.facts
    asked = counted(server.ledger, "read")
    assert gatherer.gather(own).evidence.facts is first
    assert asked == []
    branch = replace(server.ledger.head(), hash=bytes(32))
    assert gatherer.gather(own, branch).evidence.facts is not first
    assert asked == [branch]


def test_what_facts_newly_lead_to_is_asked_for_whatever_was_asked_before(server: Server) -> None:
    world, ledger = server.world, server.ledger
    gatherer, own = server.services.gatherer, world.id("own")
    gatherer.gather(own)
    mill = world.mill.id
    world.mill.name = "The mill's new name"
    world.sign_identity(world.mill)
    world.mill.id, identity = mill, world.jws[world.mill.name]
    server.services.acceptance.accept(identity)
    server.anchor()
    entry = Entry(ledger.time, ledger.time, record_id(identity), world.association.signer.address)
    participant = ledger.participants[mill]
    profiles = (*participant.profiles, entry)
    ledger.participants[mill] = replace(participant, profiles=profiles)
    evidence = gatherer.gather(own).evidence
    assert record_id(identity) in evidence.records
    assert evidence.facts is not None
    assert (world.association.id, record_id(identity)) in evidence.facts.statuses


def test_a_chain_that_is_another_one_the_second_time_is_asked_only_which(server: Server) -> None:
    gatherer, own = server.services.gatherer, server.world.id("own")
    gatherer.gather(own)
    read = server.ledger.read

    def refuse(block: Any, **asked: Any) -> Any:
        if any(asked.values()):
            raise ConflictError("chain-mismatch", "Another chain.")
        return replace(read(block), chain_id=1)

    server.ledger.read = refuse  # type: ignore[method-assign]
    server.ledger.mine()
    facts = gatherer.gather(own).evidence.facts
    assert facts is not None
    assert (facts.chain_id, facts.accounts) == (1, {})


def test_a_copy_that_is_altered_after_it_was_read_is_what_is_presented(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert server.services.passports.assemble(GARMENT).verdict.outcome is Outcome.PROVEN
    spin, get_all = server.world.id("spin"), server.store.get_all

    def altered(records: Any) -> Any:
        found = get_all(records)
        if spin in found:
            found[spin] = replace(found[spin], jws=found[spin].jws[:-1] + b"A")
        return found

    monkeypatch.setattr(server.store, "get_all", altered)
    monkeypatch.setattr(server.documents, "get_record", lambda record: b"altered too")
    assert server.services.passports.assemble(GARMENT).verdict.outcome is Outcome.DISPROVEN


def test_as_many_batches_are_kept_at_hand_as_have_room(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        payload = server.world.move(GARMENT, ANCHORED - number)
        server.services.acceptance.accept(server.world.sign(server.world.brand, payload))
        server.anchor()
    monkeypatch.setattr(anchored, "MAX_LEAVES", 2)
    batches = AnchoredBatches(server.store)
    read = counted(server.store, "batch")
    for number in (2, 3, 3, 4, 3, 2):
        found = batches.get(number)
        assert found is not None
        assert found[0].root == found[1].root == Tree(found[0].records).root
    assert read == [2, 3, 4, 2]


# Bounded


def test_beyond_the_bound_listed_records_are_not_presented_and_nothing_is_disproven(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gathering, "MAX_RECORDS", 2)
    verdict = server.services.passports.assemble(GARMENT).verdict
    assert verdict_sentence(verdict) == "unknown (1 of 2 steps; one operator's word)"
    assert {c.code for c in verdict.checks if c.outcome is Outcome.DISPROVEN} == set()


def test_a_line_of_successors_is_not_followed_for_ever(server: Server) -> None:
    world, ledger = server.world, server.ledger
    old = world.id("spin")
    for number in range(40):
        date = format_instant(ANCHORED - 7200 - number)
        jws = world.sign(world.mill, world.spin(date=date))
        server.services.acceptance.accept(jws)
        status = Status(
            StatusKind.SUPERSEDED, 0, ANCHORED, ANCHORED, world.mill.signer.address, record_id(jws)
        )
        ledger.statuses[world.mill.id, old] = (status,)
        old = record_id(jws)
    server.anchor()
    asked = counted(ledger, "read")
    server.services.passports.assemble(GARMENT)
    assert len(asked) <= 2 * (ROUNDS + 1)  # the passport, and what stands beside it


def test_nobody_has_the_documents_read_by_naming_them(server: Server) -> None:
    stranger = Firm("A stranger", Role.PRODUCER)
    payload = make_event(
        stranger.envelope("Nothing"),
        date=format_instant(ANCHORED - 60),
        activity=activity("spinning"),
        inputs=[],
        outputs=[goods(YARN)],
        place=firm_place(stranger),
        links=[RecordLink(LinkType.DOCUMENT, sha256(REPORT).digest(), "report.pdf")],
    )
    asked = counted(server.documents, "get")
    jws = server.world.sign(stranger, payload)
    gathered = server.services.gatherer.gather_record(jws)
    assert (asked, gathered.evidence.documents) == ([], {})
    kept = server.services.gatherer.gather_record(server.world.jws["spin"])
    assert len(kept.evidence.documents) == len(asked) == 1


def test_a_chain_that_goes_away_in_between_is_named_and_proves_nothing(server: Server) -> None:
    head = server.ledger.head()

    def down() -> Any:
        server.ledger.down = True
        return head

    server.ledger.head = down  # type: ignore[method-assign]
    gathered = server.services.gatherer.gather(server.world.id("own"))
    assert gathered.evidence.facts is None
    assert gathered.unavailable == ("chain",)
    with pytest.raises(UnavailableError):
        server.ledger.identity()
