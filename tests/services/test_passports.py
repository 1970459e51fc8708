# SPDX-License-Identifier: Apache-2.0
"""Assembling: which record is the product's own, what is gathered, what stands beside it."""

from __future__ import annotations

from hashlib import sha256

import pytest

from filiera.adapters.documents.cids import RAW, cid_bytes, cid_text
from filiera.errors import NotFoundError
from filiera.model.times import format_instant
from filiera.proof.facts import Status, StatusKind
from filiera.proof.jws import record_id
from filiera.proof.reasons import Outcome
from filiera.proof.verdict import StandingState
from filiera.services.accept import File
from filiera.services.passport_view import passport_view, verdict_sentence
from tests.support.server import Server
from tests.support.world import ANCHORED, FABRIC, GARMENT, REPORT, YARN, goods


@pytest.fixture
def server() -> Server:
    server = Server()
    report = File("report.pdf", REPORT)
    for name, jws in server.world.jws.items():
        server.services.acceptance.accept(jws, [report] if name == "spin" else [])
    server.anchor()
    return server


def submit(server: Server, jws: bytes) -> bytes:
    server.services.acceptance.accept(jws)
    server.anchor()
    return record_id(jws)


def test_a_passport_is_gathered_whole_and_proven(server: Server) -> None:
    passport = server.services.passports.assemble(GARMENT)
    assert verdict_sentence(passport.verdict) == "proven (2 of 2 steps; one operator's word)"
    assert [step.id for step in passport.steps] == [
        server.world.id("spin"),
        server.world.id("weave"),
    ]
    assert [flow.product for flow in passport.flows] == [YARN]
    assert [gap.product for gap in passport.verdict.gaps] == [FABRIC]
    assert passport.unavailable == ()


def test_a_product_without_an_own_record_has_no_passport(server: Server) -> None:
    with pytest.raises(NotFoundError) as error:
        server.services.passports.assemble(YARN)
    assert error.value.code == "passport-not-found"


def test_one_altered_copy_is_healed_by_the_other(server: Server) -> None:
    alter_in_database(server, "spin")
    passport = server.services.passports.assemble(GARMENT)
    assert passport.verdict.outcome is Outcome.PROVEN


def test_a_record_altered_in_every_copy_is_disproven(server: Server) -> None:
    alter_in_database(server, "spin")
    spin = server.world.id("spin")
    server.documents.blocks[cid_text(cid_bytes(RAW, spin))] = server.world.jws["own"]
    passport = server.services.passports.assemble(GARMENT)
    assert verdict_sentence(passport.verdict).startswith("disproven (1 of 2 steps")


def alter_in_database(server: Server, name: str) -> None:
    from sqlalchemy import update

    from filiera.adapters.store.tables import records

    with server.store._engine.begin() as connection:
        connection.execute(
            update(records)
            .where(records.c.id == server.world.id(name))
            .values(jws=server.world.jws["own"])
        )


def test_an_altered_document_disproves_its_step_alone(server: Server) -> None:
    [document] = server.store.documents_of(server.world.id("spin"))
    server.documents.blocks[document.cid] = b"altered"
    passport = server.services.passports.assemble(GARMENT)
    assert verdict_sentence(passport.verdict).startswith("disproven (1 of 2 steps")


def test_a_document_store_that_is_down_is_no_forgery(server: Server) -> None:
    server.documents.down = True
    passport = server.services.passports.assemble(GARMENT)
    assert passport.verdict.outcome is Outcome.PROVEN
    assert passport.unavailable == ("ipfs",)
    assert len(passport.verdict.not_presented) == 1


def test_a_chain_that_is_down_proves_and_disproves_nothing(server: Server) -> None:
    server.ledger.down = True
    passport = server.services.passports.assemble(GARMENT)
    assert verdict_sentence(passport.verdict) == "unknown (0 of 2 steps; one operator's word)"
    assert passport.unavailable == ("chain",)


def test_a_record_that_waits_to_be_anchored_is_unknown() -> None:
    server = Server()
    server.submit_all()
    passport = server.services.passports.assemble(GARMENT)
    assert passport.verdict.outcome is Outcome.UNKNOWN
    assert {c.code for c in passport.verdict.checks if c.outcome is Outcome.DISPROVEN} == set()


def test_the_first_participants_word_is_the_products_own(server: Server) -> None:
    world = server.world
    other = world.own() | {
        "issuer": {"type": ["CredentialIssuer"], "id": world.mill.did, "name": "x"}
    }
    rival = submit(server, world.sign(world.mill, other))
    passport = server.services.passports.assemble(GARMENT)
    assert passport.verdict.own == world.id("own")
    assert [(each.record.id, each.relation) for each in passport.others] == [
        (rival, "said-by-others")
    ]


def test_a_reissue_takes_the_place_of_what_it_names(server: Server) -> None:
    world = server.world
    old = world.id("own")
    new = submit(server, world.sign(world.brand, world.own(predecessor=old)))
    now = server.ledger.mine().time
    status = Status(StatusKind.SUPERSEDED, 0, now, now, world.brand.signer.address, new)
    server.ledger.statuses[world.brand.id, old] = (status,)
    passport = server.services.passports.assemble(GARMENT)
    assert passport.verdict.own == new
    assert passport.verdict.standing.state is StandingState.IN_FORCE


def test_what_was_added_since_is_shown_apart_and_not_counted(server: Server) -> None:
    world = server.world
    late = submit(server, world.sign(world.brand, world.move(GARMENT, ANCHORED - 60)))
    passport = server.services.passports.assemble(GARMENT)
    assert len(passport.verdict.of("step")) == 2
    assert [(each.record.id, each.relation) for each in passport.others] == [(late, "added-since")]


def test_upstream_is_collected_for_the_issuer_in_the_order_of_making(server: Server) -> None:
    upstream = server.services.collector.collect(GARMENT)
    world = server.world
    assert [record.id for record, _ in upstream.steps] == [world.id("spin"), world.id("weave")]
    assert [record.id for record, _ in upstream.claims] == [world.id("claim")]


def test_a_circle_of_steps_is_disproven_and_still_shown(server: Server) -> None:
    world = server.world
    world.jws["spin"] = world.sign(world.mill, world.spin(inputs=[goods(GARMENT)]))
    world.jws["weave"] = world.sign(world.brand, world.weave())
    world.jws["own"] = world.sign(world.brand, world.own())
    fresh = Server(world)
    fresh.submit_all()
    fresh.anchor()
    passport = fresh.services.passports.assemble(GARMENT)
    assert {c.code for c in passport.verdict.checks if c.outcome is Outcome.DISPROVEN} == {"cycle"}
    assert len(passport.steps) == 2


def test_the_view_gives_every_check_in_both_languages(server: Server) -> None:
    view = passport_view(server.services.passports.assemble(GARMENT))
    step = view.steps[0]
    assert {check.check for check in step.checks} >= {"integrity", "signature", "inclusion"}
    assert all(check.words.en and check.words.it for check in step.checks)
    assert step.anchored == format_instant(server.ledger.time)
    assert step.documents[0].sha256 == "0x" + sha256(REPORT).hexdigest()
    assert view.verdict.source == "node"
