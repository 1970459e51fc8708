# SPDX-License-Identifier: Apache-2.0
"""Who may say what: well-formed records from those who may not make them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from filiera.model.context import contexts
from filiera.model.ids import did_pkh, ni_uri
from filiera.proof.facts import Entry, Role, Scope
from filiera.proof.jws import record_id
from tests.support.forge import forge
from tests.support.server import Server
from tests.support.world import ANCHORED, CHAIN, START, Firm, Signer, World

LATER = ANCHORED + 3600


def scopes(server: Server, *entries: Entry[int]) -> None:
    account = server.ledger.accounts[server.world.mill.signer.address]
    server.ledger.accounts[account.address] = replace(account, scopes=entries)


def closed(server: Server) -> None:
    scopes(server, Entry(START, START, int(Scope.RECORDS)), Entry(ANCHORED - 1, ANCHORED - 1, 0))


def not_yet_valid(server: Server) -> None:
    scopes(server, Entry(LATER, START, int(Scope.RECORDS)))


def without_scope(server: Server) -> None:
    scopes(server, Entry(START, START, int(Scope.STATUS | Scope.ANCHOR)))


def compromised(server: Server) -> None:
    account = server.ledger.accounts[server.world.mill.signer.address]
    server.ledger.accounts[account.address] = replace(account, compromised_since=START)


def forgotten(server: Server) -> None:
    del server.ledger.accounts[server.world.mill.signer.address]


def without_role(server: Server) -> None:
    mill = server.ledger.participants[server.world.mill.id]
    roles = (*mill.roles, Entry(ANCHORED - 1, ANCHORED - 1, int(Role.AUDITOR)))
    server.ledger.participants[mill.id] = replace(mill, roles=roles)


@pytest.mark.parametrize(
    ("happen", "code"),
    [
        (forgotten, "account-unknown"),
        (closed, "account-closed"),
        (not_yet_valid, "account-not-yet-valid"),
        (compromised, "account-compromised"),
        (without_scope, "scope-missing"),
        (without_role, "role-missing"),
    ],
)
def test_who_may_not_sign_is_refused_by_name(
    server: Server, happen: Callable[[Server], None], code: str
) -> None:
    happen(server)
    before = server.state()
    jws = server.world.jws["spin"]
    response = server.submit(jws)
    problem = response.json()
    assert (response.status_code, problem["code"]) == (403, code)
    assert problem["where"] == (
        f"{ni_uri(record_id(jws))}, account {server.world.mill.signer.address}"
    )
    assert server.state() == before


def test_a_stranger_is_refused(server: Server) -> None:
    stranger, payload = Signer("stranger"), server.world.spin()
    payload["issuer"]["id"] = did_pkh(CHAIN, stranger.address)  # type: ignore[index]
    response = server.submit(forge(payload, stranger))
    assert (response.status_code, response.json()["code"]) == (403, "account-unknown")


def wrong_role(world: World, firm: Firm, payload: dict[str, object]) -> bytes:
    payload["issuer"] = {**payload["issuer"], "id": firm.did}  # type: ignore[dict-item]
    return forge(payload, firm.signer)


def test_each_kind_of_record_needs_its_own_role(server: Server) -> None:
    world, certifier = server.world, server.certifier
    imported = world.spin() | {"statedBy": {"id": "https://id.gs1.org/417/9520000000004"}}
    imported["@context"] = list(contexts(own_terms=True))
    by_the_wrong_one = [
        forge(imported, world.mill.signer),
        wrong_role(world, certifier, world.spin()),
        wrong_role(world, certifier, world.own()),
        wrong_role(world, world.association, world.claim()),
    ]
    for jws in by_the_wrong_one:
        response = server.submit(jws)
        assert (response.status_code, response.json()["code"]) == (403, "role-missing")


def test_entitlement_is_judged_by_the_chains_clock_not_the_servers(server: Server) -> None:
    not_yet_valid(server)
    server.clock.seconds = LATER + 1
    assert server.submit(server.world.jws["spin"]).status_code == 403
    server.ledger.time = LATER + 1
    assert server.submit(server.world.jws["spin"]).status_code == 201


def test_a_record_taken_before_is_answered_alike_after_its_account_was_closed(
    server: Server,
) -> None:
    first = server.submit(server.world.jws["spin"])
    closed(server)
    again = server.submit(server.world.jws["spin"])
    assert (again.status_code, again.json()) == (200, first.json())
