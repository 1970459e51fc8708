# SPDX-License-Identifier: Apache-2.0
"""Assembling: which record is the product's own, what is gathered, what stands beside it."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256

import pytest
from sqlalchemy import update

from filiera.adapters.documents.cids import RAW, cid_bytes, cid_text
from filiera.adapters.store.tables import records
from filiera.errors import NotFoundError
from filiera.model.times import format_instant
from filiera.proof.facts import Entry, Status, StatusKind
from filiera.proof.jws import record_id
from filiera.proof.reasons import Outcome
from filiera.proof.verdict import StandingState
from filiera.services import collect, passports
from filiera.services.accept import File
from filiera.services.passport_view import passport_view, verdict_sentence
from tests.support.server import Server
from tests.support.site import read
from tests.support.world import ANCHORED, FABRIC, GARMENT, REPORT, START, YARN, goods


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
    assert [(each.record.id, each.relation) for each in passport.others] == [(old, "replaced")]


def rival_own(server: Server) -> bytes:
    """The mill's own record of the brand's garment."""
    world = server.world
    issuer = {"type": ["CredentialIssuer"], "id": world.mill.did, "name": "x"}
    return world.sign(world.mill, world.own() | {"issuer": issuer})


@pytest.fixture
def squatted() -> Server:
    """The mill's passport of the garment is anchored, then the brand's."""
    server = Server()
    world = server.world
    for name, jws in world.jws.items():
        if name != "own":
            server.services.acceptance.accept(jws)
    submit(server, rival_own(server))
    submit(server, world.jws["own"])
    return server


def test_who_is_first_is_first_until_it_turns_out_void(squatted: Server) -> None:
    mill = squatted.world.mill
    passport = squatted.services.passports.assemble(GARMENT)
    assert passport.own.participant == mill.id
    account = squatted.ledger.accounts[mill.signer.address]
    stolen = replace(account, compromised_since=squatted.ledger.time - 2)
    squatted.ledger.accounts[mill.signer.address] = stolen
    passport = squatted.services.passports.assemble(GARMENT)
    assert passport.verdict.own == squatted.world.id("own")


def test_who_lost_the_role_before_the_anchoring_is_not_first(squatted: Server) -> None:
    mill = squatted.world.mill
    participant = squatted.ledger.participants[mill.id]
    ended = Entry(ANCHORED + 1, START, 0)
    squatted.ledger.participants[mill.id] = replace(participant, roles=(*participant.roles, ended))
    passport = squatted.services.passports.assemble(GARMENT)
    assert passport.verdict.own == squatted.world.id("own")


def test_an_altered_copy_makes_nobody_else_the_first(squatted: Server) -> None:
    rival = record_id(rival_own(squatted))
    with squatted.store._engine.begin() as connection:
        where = records.c.id == rival
        connection.execute(update(records).where(where).values(jws=squatted.world.jws["own"]))
    squatted.documents.blocks[cid_text(cid_bytes(RAW, rival))] = squatted.world.jws["own"]
    passport = squatted.services.passports.assemble(GARMENT)
    assert passport.verdict.own == rival
    assert passport.verdict.outcome is Outcome.DISPROVEN


def superseded(server: Server, record: bytes, by: bytes, **changes: object) -> None:
    now = server.ledger.mine().time
    brand = server.world.brand
    status = Status(StatusKind.SUPERSEDED, 0, now, now, brand.signer.address, by)
    server.ledger.statuses[brand.id, record] = (replace(status, **changes),)  # type: ignore[arg-type]


def test_a_newest_record_whose_successor_is_none_does_not_bring_back_an_older_one(
    server: Server,
) -> None:
    world = server.world
    new = submit(server, world.sign(world.brand, world.own(predecessor=world.id("own"))))
    superseded(server, new, bytes([7] * 32))
    passport = server.services.passports.assemble(GARMENT)
    assert passport.verdict.own == new
    assert passport.verdict.outcome is Outcome.UNKNOWN


def test_what_a_stolen_account_superseded_is_the_current_one_still(server: Server) -> None:
    world = server.world
    old = world.id("own")
    new = submit(server, world.sign(world.brand, world.own(predecessor=old)))
    superseded(server, new, old, account=world.mill.signer.address)
    account = server.ledger.accounts[world.mill.signer.address]
    server.ledger.accounts[account.address] = replace(account, compromised_since=ANCHORED)
    assert server.services.passports.own_record(GARMENT) == new


def test_the_own_record_is_the_one_of_the_block_that_is_asked_about(server: Server) -> None:
    world = server.world
    then = server.ledger.head()
    new = submit(server, world.sign(world.brand, world.own(predecessor=world.id("own"))))
    passports = server.services.passports
    assert passports.own_record(GARMENT) == new
    assert passports.own_record(GARMENT, then) == world.id("own")


def test_while_the_chain_is_away_the_newest_is_shown_and_whose_the_others_are(
    server: Server,
) -> None:
    world = server.world
    late = submit(server, world.sign(world.brand, world.move(GARMENT, ANCHORED - 60)))
    new = submit(server, world.sign(world.brand, world.own(predecessor=world.id("own"))))
    server.ledger.down = True
    passport = server.services.passports.assemble(GARMENT)
    assert passport.verdict.own == new
    assert {each.record.id: each.relation for each in passport.others} == {
        late: "added-since",
        world.id("own"): "replaced",
    }


def test_naming_what_others_said_as_a_predecessor_does_not_replace_it(server: Server) -> None:
    world = server.world
    said = submit(server, world.sign(world.mill, world.spin(outputs=[goods(GARMENT)])))
    new = submit(server, world.sign(world.brand, world.own(predecessor=said)))
    passport = server.services.passports.assemble(GARMENT)
    assert passport.verdict.own == new
    assert {each.record.id: each.relation for each in passport.others} == {
        said: "said-by-others",
        world.id("own"): "added-since",
    }


def test_what_others_said_is_not_shown_from_an_altered_copy(server: Server) -> None:
    world = server.world
    late = submit(server, world.sign(world.mill, world.spin(outputs=[goods(FABRIC)])))
    with server.store._engine.begin() as connection:
        where = records.c.id == late
        connection.execute(update(records).where(where).values(jws=world.jws["spin"]))
    assert server.services.passports.assemble(GARMENT).others == ()


def test_what_was_added_since_is_shown_apart_and_not_counted(server: Server) -> None:
    world = server.world
    late = submit(server, world.sign(world.brand, world.move(GARMENT, ANCHORED - 60)))
    passport = server.services.passports.assemble(GARMENT)
    assert len(passport.verdict.of("step")) == 2
    assert [(each.record.id, each.relation) for each in passport.others] == [(late, "added-since")]


def test_others_are_named_and_judged_each_alone(server: Server) -> None:
    world = server.world
    submit(server, world.sign(world.mill, world.spin(outputs=[goods(FABRIC)])))
    [other] = passport_view(server.services.passports.assemble(GARMENT)).others
    assert (other.issuer, other.outcome) == ("Filatura", Outcome.PROVEN)


def test_what_others_say_is_bounded_and_nobody_crowds_out_another(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passports, "MAX_OTHERS", 3)
    world = server.world
    theirs = submit(server, world.sign(world.mill, world.spin(outputs=[goods(GARMENT)])))
    own = [
        submit(server, world.sign(world.brand, world.move(GARMENT, ANCHORED - at)))
        for at in range(90, 50, -10)
    ]
    passport = server.services.passports.assemble(GARMENT)
    assert [each.record.id for each in passport.others] == [theirs, *own[-2:]]
    assert passport.others_left_out == 2
    assert passport_view(passport).others_left_out == 2
    assert "2 more records like these are not shown here." in read(server).text


def test_what_others_said_and_took_back_does_not_read_as_simply_proven(server: Server) -> None:
    world = server.world
    said = submit(server, world.sign(world.mill, world.spin(outputs=[goods(FABRIC)])))
    now = server.ledger.mine().time
    status = Status(StatusKind.REVOKED, 1, now, now, world.mill.signer.address)
    server.ledger.statuses[world.mill.id, said] = (status,)
    [other] = passport_view(server.services.passports.assemble(GARMENT)).others
    assert other.standing is not None
    assert (other.outcome, other.standing.state) == (Outcome.PROVEN, "revoked")
    assert "revoked since" in read(server).one("ul", class_="others").text


def test_upstream_is_collected_for_the_issuer_in_the_order_of_making(server: Server) -> None:
    upstream = server.services.collector.collect(GARMENT)
    world = server.world
    assert [record.id for record, _ in upstream.steps] == [world.id("spin"), world.id("weave")]
    assert [record.id for record, _ in upstream.claims] == [world.id("claim")]


def test_upstream_is_bounded_and_says_how_much_is_left_out(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(collect, "MOST", 1)
    world = server.world
    submit(server, world.sign(world.brand, world.move(YARN, ANCHORED - 60)))
    upstream = server.services.collector.collect(GARMENT)
    assert [record.id for record, _ in upstream.steps] == [world.id("weave")]
    assert upstream.left_out == 2
    path = "/v1/passports/01/09520000000028/10/LOT-1/upstream"
    assert server.client.get(path).json()["leftOut"] == 2


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
