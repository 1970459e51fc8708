# SPDX-License-Identifier: Apache-2.0
"""Who certified, and whether the registry says that it could: read beside a verdict's facts."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import quote

import pytest

from filiera.domain.criteria_states import State
from filiera.proof.facts import Block, ChainFacts, Report
from tests.support.laboratory import CHEMICAL, Laboratory, of
from tests.support.server import Server
from tests.support.world import GARMENT, START, Firm, Role


@pytest.fixture
def server() -> Server:
    world = Laboratory()
    world.certifies()
    server = Server(world)
    server.ledger.accreditations = world.accreditations()
    server.submit_all()
    server.anchor()
    return server


def chemical(server: Server) -> State:
    return of(server.services.passports.assemble(GARMENT).criteria(), CHEMICAL).state


def test_a_certificate_of_an_accredited_certifier_is_verified(server: Server) -> None:
    assert chemical(server) is State.VERIFIED


def test_without_an_accreditation_it_is_the_certifiers_word(server: Server) -> None:
    server.ledger.accreditations = {}
    assert chemical(server) is State.DECLARED


def test_an_accreditation_that_a_stolen_account_granted_is_none(server: Server) -> None:
    thief = Firm("Ladro", Role.ASSOCIATION).signer.address
    [(key, (entry,))] = server.ledger.accreditations.items()
    server.ledger.accreditations = {key: (replace(entry, account=thief),)}
    assert chemical(server) is State.VERIFIED
    association = next(iter(server.world.firms))
    account = replace(
        server.ledger.accounts[association.signer.address],
        address=thief,
        reports=(Report(START, START, thief),),
        compromised_since=START,
    )
    server.ledger.accounts[thief] = account
    server.ledger.mine()
    assert chemical(server) is State.DECLARED


def test_a_chain_that_is_down_leaves_everything_open(server: Server) -> None:
    server.ledger.down = True
    states = server.services.passports.assemble(GARMENT).criteria()
    assert {each.state for each in states.criteria} == {State.UNKNOWN}


def test_the_api_tells_states_and_notes(server: Server) -> None:
    answer = server.client.get(f"/v1/passports/{quote(GARMENT, safe='')}")
    states = {each["code"]: each for each in answer.json()["criteria"]["states"]}
    assert states["chemical-evidence"]["state"] == "verified"
    assert states["circularity"] == {"code": "circularity", "state": "missing", "claims": []}


def test_accreditations_are_read_with_the_facts_the_second_time(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert chemical(server) is State.VERIFIED
    asked, read = list[Block](), server.ledger.read

    def count(block: Block, **keys: Any) -> ChainFacts:
        asked.append(block)
        return read(block, **keys)

    monkeypatch.setattr(server.ledger, "read", count)
    server.ledger.mine()
    assert chemical(server) is State.VERIFIED
    assert asked == [server.ledger.head()]
    server.ledger.accreditations = {}
    server.ledger.mine()
    assert chemical(server) is State.DECLARED
