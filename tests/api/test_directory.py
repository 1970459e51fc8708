# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from dataclasses import replace

from filiera.model.ids import b64url, ni_uri
from filiera.proof.facts import Entry, Role, Scope
from tests.support.server import Server
from tests.support.world import START, Signer


def test_participants_are_listed_once_their_identity_records_are_here(server: Server) -> None:
    listed = server.client.get("/v1/participants").json()["participants"]
    assert [each["participant"] for each in listed] == [ni_uri(server.world.association.id)]
    assert listed[0]["name"] is None
    server.submit_all()
    listed = server.client.get("/v1/participants").json()["participants"]
    names = [each["name"] for each in listed]
    assert names == ["Associazione", "Filatura", "Marchio", "Ente"]
    assert listed[0]["roles"] == ["association"]
    assert listed[1]["enroller"] == ni_uri(server.world.association.id)


def test_an_identity_record_of_nobody_enrolled_is_no_participant(server: Server) -> None:
    server.submit_all()
    del server.ledger.participants[server.certifier.id]
    listed = server.client.get("/v1/participants").json()["participants"]
    assert ni_uri(server.certifier.id) not in [each["participant"] for each in listed]
    response = server.client.get(f"/v1/participants/{b64url(server.certifier.id)}")
    assert (response.status_code, response.json()["code"]) == (404, "participant-not-found")


def test_a_participant_shows_its_roles_now_and_before(server: Server) -> None:
    mill = server.ledger.participants[server.world.mill.id]
    both = Entry(START + 5, START + 5, int(Role.PRODUCER | Role.AUDITOR))
    server.ledger.participants[mill.id] = replace(mill, roles=(*mill.roles, both))
    answer = server.client.get(f"/v1/participants/{b64url(mill.id)}").json()
    assert answer["roles"] == ["producer", "auditor"]
    assert [each["roles"] for each in answer["history"]] == [["producer"], ["producer", "auditor"]]


def test_an_account_says_whose_it_is_and_what_it_may_sign(server: Server) -> None:
    server.submit_all()
    address = server.world.mill.signer.address
    answer = server.client.get(f"/v1/accounts/{address}").json()
    assert answer["participant"] == ni_uri(server.world.mill.id)
    assert (answer["name"], answer["roles"]) == ("Filatura", ["producer"])
    assert (answer["scopes"], answer["fault"], answer["statusNonce"]) == (
        ["records", "status"],
        None,
        0,
    )
    assert answer["did"] == server.world.mill.did


def test_a_closed_or_compromised_account_says_so(server: Server) -> None:
    address = server.world.mill.signer.address
    account = server.ledger.accounts[address]
    closed = (*account.scopes, Entry(START + 9, START + 9, 0))
    server.ledger.accounts[address] = replace(account, scopes=closed)
    answer = server.client.get(f"/v1/accounts/{address}").json()
    assert (answer["scopes"], answer["fault"]) == ([], "account-closed")
    server.ledger.accounts[address] = replace(account, compromised_since=START)
    answer = server.client.get(f"/v1/accounts/{address}").json()
    assert answer["fault"] == "account-compromised"
    assert answer["compromisedSince"] == "2026-09-21T14:13:20Z"


def test_a_scheduled_change_beyond_the_calendar_still_reads(server: Server) -> None:
    address = server.world.mill.signer.address
    account = server.ledger.accounts[address]
    far = (*account.scopes, Entry(2**40 - 1, START, int(Scope.RECORDS)))
    server.ledger.accounts[address] = replace(account, scopes=far)
    answer = server.client.get(f"/v1/accounts/{address}").json()
    assert answer["history"][-1]["effective"] == "9999-12-31T23:59:59Z"


def test_an_address_of_nobody_is_an_answer_a_malformed_one_a_problem(server: Server) -> None:
    answer = server.client.get(f"/v1/accounts/{Signer('nobody').address}").json()
    assert (answer["participant"], answer["fault"]) == (None, "account-unknown")
    for name in ("0x12", "0X" + "a" * 40, "0x" + "A" * 40, "mill"):
        response = server.client.get(f"/v1/accounts/{name}")
        assert (response.status_code, response.json()["code"]) == (400, "hex-malformed")


def test_the_chain_says_what_a_signature_is_made_for(server: Server) -> None:
    answer = server.client.get("/v1/chain").json()
    assert answer["chainId"] == 952952
    assert set(answer["contracts"]) == {"AnchorRegistry", "StatusRegistry"}
    assert answer["operator"] == server.world.operator


def test_a_block_that_is_not_there_is_not_found(server: Server) -> None:
    server.submit_all()
    for path in ("/v1/participants", "/v1/passports/01/09520000000028/10/LOT-1"):
        response = server.client.get(path, params={"block": 10_000})
        assert (response.status_code, response.json()["code"]) == (404, "block-not-found")
        response = server.client.get(path, params={"block": 99})
        assert response.status_code == 200
    assert response.json()["verdict"]["block"]["number"] == 99
