# SPDX-License-Identifier: Apache-2.0
"""How long the default bundle is kept; what a bundle proves is tested in test_bundles.py."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from threading import Event

import pytest

from filiera.ports.ledger import StateProof
from filiera.proof.bundle import parse_bundle
from filiera.proof.facts import Block, ChainFacts, Entry, Finding, Report, Role, Status, StatusKind
from filiera.services.bundles import KEEP, MAX_KEPT, Bundles
from tests.support.blocks import made_header
from tests.support.fake_ledger import FakeLedger
from tests.support.patience import HANGS
from tests.support.server import Server
from tests.support.world import GARMENT


@dataclass
class Proving:
    """A server whose chain counts how often it is asked to prove something.

    The proof's seal is that number, so that no two bundles are equal that were made apart.
    """

    server: Server
    asked: int = 0

    def prove(self, *_: object) -> StateProof:
        self.asked += 1
        return StateProof((made_header().rlp,), bytes([self.asked]) * 65, ())

    @property
    def bundles(self) -> Bundles:
        return self.server.services.bundles

    @property
    def ledger(self) -> FakeLedger:
        return self.server.ledger

    def make(self) -> bytes:
        return self.bundles.make(GARMENT)


@pytest.fixture
def proving(server: Server, monkeypatch: pytest.MonkeyPatch) -> Proving:
    server.submit_all()
    server.anchor()
    found = Proving(server)
    monkeypatch.setattr(FakeLedger, "prove", lambda _, *asked: found.prove(*asked))
    return found


@pytest.fixture
def server() -> Server:
    return Server()


def status_of_a_listed_record(server: Server) -> None:
    brand, block = server.world.brand, server.ledger.head()
    said = Status(StatusKind.SUSPENDED, 1, block.time, block.time, brand.signer.address)
    server.ledger.statuses[brand.id, server.world.id("claim")] = (said,)


def finding_against_a_listed_record(server: Server) -> None:
    account = server.world.association.signer.address
    said = Finding(bytes([7]) * 32, account, server.ledger.head().time)
    server.ledger.findings[server.world.id("spin")] = (said,)


def compromise_of_an_issuer(server: Server) -> None:
    address = server.world.mill.signer.address
    said = Report(1, server.ledger.head().time, server.world.association.signer.address)
    account = server.ledger.accounts[address]
    server.ledger.accounts[address] = replace(account, compromised_since=1, reports=(said,))


def identity_of_an_issuer(server: Server) -> None:
    mill, now = server.world.mill, server.ledger.head().time
    participant = server.ledger.participants[mill.id]
    profiles = (*participant.profiles, Entry(now, now, bytes([9]) * 32))
    server.ledger.participants[mill.id] = replace(participant, profiles=profiles)


def role_of_the_association(server: Server) -> None:
    association, now = server.world.association, server.ledger.head().time
    participant = server.ledger.participants[association.id]
    roles = (*participant.roles, Entry(now, now, int(Role.ASSOCIATION | Role.AUDITOR)))
    server.ledger.participants[association.id] = replace(participant, roles=roles)


def reissue_of_the_own_record(server: Server) -> None:
    world, before = server.world, server.world.id("own")
    world.jws["own"] = world.sign(world.brand, world.own(predecessor=before))
    assert server.submit(world.jws["own"]).status_code == 201
    server.anchor()
    block = server.ledger.head()
    said = Status(
        StatusKind.SUPERSEDED,
        1,
        block.time,
        block.time,
        world.brand.signer.address,
        world.id("own"),
    )
    server.ledger.statuses[world.brand.id, before] = (said,)


def branch_without_the_block(server: Server) -> None:
    before, block = server.ledger.number, server.ledger.block

    def other(number: int) -> Block:
        found = block(number)
        return replace(found, hash=bytes(32)) if number < before else found

    server.ledger.block = other  # type: ignore[method-assign]


CHANGES = (
    status_of_a_listed_record,
    finding_against_a_listed_record,
    compromise_of_an_issuer,
    identity_of_an_issuer,
    role_of_the_association,
    reissue_of_the_own_record,
    branch_without_the_block,
)


@pytest.mark.parametrize("change", CHANGES)
def test_a_kept_bundle_ends_with_whatever_it_would_not_say_any_more(
    proving: Proving, change: Callable[[Server], None]
) -> None:
    kept = proving.make()
    proving.ledger.mine()
    assert proving.make() == kept
    change(proving.server)
    proving.ledger.mine()
    anew = proving.make()
    assert anew != kept
    assert parse_bundle(anew).records[0].jws == proving.server.world.jws["own"]


def test_other_people_s_batches_and_records_change_nothing(proving: Proving) -> None:
    kept = proving.make()
    world = proving.server.world
    assert proving.server.submit(world.sign(world.mill, world.spin(links=[]))).status_code == 201
    proving.server.anchor()
    proving.ledger.findings[bytes([1]) * 32] = ()
    assert proving.make() == kept
    assert proving.asked == 1


def test_a_kept_bundle_is_an_hour_old_at_most(proving: Proving) -> None:
    kept = proving.make()
    proving.server.clock.seconds += KEEP - 1
    assert proving.make() == kept
    proving.server.clock.seconds += 1
    assert proving.make() != kept


def test_it_is_kept_for_half_of_the_time_in_which_its_block_becomes_too_old(
    proving: Proving,
) -> None:
    proving.bundles.trust = proving.bundles.trust.model_copy(update={"maximum_age": 600})
    kept = proving.make()
    proving.server.clock.seconds += 299
    assert proving.make() == kept
    proving.server.clock.seconds += 1
    assert proving.make() != kept


def test_a_kept_bundle_is_asked_for_without_a_new_proof_and_by_one_reading(
    proving: Proving, monkeypatch: pytest.MonkeyPatch
) -> None:
    proving.make()
    block, readings = proving.ledger.mine(), list[ChainFacts]()
    read = FakeLedger.read

    def count(ledger: FakeLedger, at: Block, **asked: object) -> ChainFacts:
        readings.append(read(ledger, at, **asked))  # type: ignore[arg-type]
        return readings[-1]

    monkeypatch.setattr(FakeLedger, "read", count)
    proving.make()
    assert [found.block for found in readings] == [block]
    assert proving.asked == 1


def test_what_was_unknown_is_asked_again_at_the_next_block(proving: Proving) -> None:
    mill = proving.server.world.mill.signer.address
    account = proving.ledger.accounts.pop(mill)
    unfinished = proving.make()
    assert proving.make() == unfinished
    proving.ledger.accounts[mill] = account
    proving.ledger.mine()
    assert proving.make() != unfinished


def test_so_it_is_where_something_else_was_disproven(proving: Proving) -> None:
    brand = proving.server.world.brand.id
    disowned = replace(proving.ledger.participants[brand], roles=())
    proving.ledger.participants[brand] = disowned
    test_what_was_unknown_is_asked_again_at_the_next_block(proving)


def test_a_stated_block_has_a_bundle_of_its_own(proving: Proving) -> None:
    first = proving.ledger.head()
    kept = proving.make()
    later = proving.ledger.mine()
    assert proving.bundles.make(GARMENT, later) not in (kept, proving.bundles.make(GARMENT, first))
    assert proving.make() == kept
    made = proving.asked
    assert proving.bundles.make(GARMENT, later) == proving.bundles.make(GARMENT, later)
    assert proving.asked == made


def test_two_who_ask_at_once_get_one_that_was_made_once(
    proving: Proving, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go_on = Event(), Event()

    def slowly(*asked: object) -> StateProof:
        begun.set()
        assert go_on.wait(HANGS)
        return proving.prove(*asked)

    monkeypatch.setattr(FakeLedger, "prove", lambda _, *asked: slowly(*asked))
    with ThreadPoolExecutor(2) as pool:
        one = pool.submit(proving.make)
        assert begun.wait(HANGS)
        other = pool.submit(proving.make)
        go_on.set()
        assert one.result(HANGS) == other.result(HANGS)
    assert proving.asked == 1


def test_a_kept_bundle_is_compressed_once_however_often_it_is_asked_for(
    proving: Proving,
) -> None:
    body = proving.bundles.body(GARMENT)
    proving.ledger.mine()
    assert proving.bundles.body(GARMENT) is body
    assert body.zipped
    assert body.plain == proving.make()


def test_so_many_are_kept_and_no_more(proving: Proving) -> None:
    made, asked = proving.make(), proving.asked
    block = proving.ledger.head()
    for number in range(MAX_KEPT):
        stated = replace(block, hash=bytes([number]) * 32)
        proving.bundles._shelf.put((GARMENT, stated.hash), proving.bundles._make(GARMENT, stated))
    assert proving.asked == asked + MAX_KEPT
    assert proving.make() != made
