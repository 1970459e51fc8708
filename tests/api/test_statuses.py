# SPDX-License-Identifier: Apache-2.0
"""Status instructions, relayed; standings, read."""

from __future__ import annotations

from typing import Any

import pytest

from filiera.model.ids import b64url, ni_uri
from filiera.proof.facts import StatusKind
from tests.support.examples import instruction
from tests.support.server import Server
from tests.support.world import GARMENT, Firm


@pytest.fixture
def district(server: Server) -> Server:
    server.submit_all()
    server.anchor()
    return server


def spin(server: Server, kind: StatusKind, **changes: Any) -> dict[str, Any]:
    return instruction(server, server.world.mill, server.world.id("spin"), kind, **changes)


def relay(server: Server, body: dict[str, Any]) -> Any:
    return server.client.post("/v1/statuses", json=body)


def statuses(server: Server) -> Any:
    return server.client.get(f"/v1/records/{b64url(server.world.id('spin'))}/statuses").json()


def test_a_record_is_suspended_resumed_and_revoked_and_the_passport_says_so(
    district: Server,
) -> None:
    assert statuses(district)["standing"]["state"] == "in-force"
    for kind, state in (
        (StatusKind.SUSPENDED, "suspended"),
        (StatusKind.RESUMED, "in-force"),
        (StatusKind.REVOKED, "revoked"),
    ):
        response = relay(district, spin(district, kind))
        assert response.status_code == 201, response.text
        assert statuses(district)["standing"]["state"] == state
    kinds = [each["kind"] for each in statuses(district)["statuses"]]
    assert kinds == ["suspended", "resumed", "revoked"]
    passport = district.client.post("/v1/verify", json={"product": GARMENT}).json()
    assert passport["verdict"]["outcome"] == "proven"
    upstream = district.client.get("/v1/passports/01/09520000000028/10/LOT-1/upstream").json()
    assert [each["standing"] for each in upstream["steps"]] == ["revoked", "in-force"]


def test_what_is_final_stays(district: Server) -> None:
    relay(district, spin(district, StatusKind.REVOKED))
    response = relay(district, spin(district, StatusKind.RESUMED))
    assert (response.status_code, response.json()["code"]) == (409, "chain-refused")


def test_an_instruction_is_good_once(district: Server) -> None:
    body = spin(district, StatusKind.SUSPENDED)
    assert relay(district, body).status_code == 201
    again = relay(district, body)
    assert (again.status_code, again.json()["code"]) == (409, "status-nonce")
    assert len(statuses(district)["statuses"]) == 1


def test_another_firm_has_no_say(district: Server) -> None:
    brand, record = district.world.brand, district.world.id("spin")
    foreign = instruction(district, brand, record, StatusKind.REVOKED)
    response = relay(district, foreign)
    assert (response.status_code, response.json()["code"]) == (403, "status-foreign")
    pretended = instruction(
        district, brand, record, StatusKind.REVOKED, participant=district.world.mill.id
    )
    response = relay(district, pretended)
    assert (response.status_code, response.json()["code"]) == (409, "chain-refused")
    assert statuses(district)["statuses"] == []


def with_member(name: str, value: Any) -> Any:
    return lambda body: {**body, name: value}


@pytest.mark.parametrize(
    ("change", "status", "code", "where"),
    [
        (with_member("deadline", 1), 400, "status-expired", "deadline"),
        (with_member("nonce", 7), 409, "status-nonce", "nonce"),
        (with_member("record", ni_uri(bytes(32))), 404, "record-not-found", "record"),
        (with_member("record", "ni:///sha-256;x"), 400, "ni-malformed", "record"),
        (with_member("participant", "0x12"), 400, "ni-malformed", "participant"),
        (with_member("kind", "forgotten"), 400, "request-invalid", "kind"),
        (with_member("kind", "superseded"), 400, "request-invalid", "successor"),
        (with_member("successor", ni_uri(bytes(32))), 400, "request-invalid", "successor"),
        (with_member("reason", 256), 400, "request-invalid", "reason"),
        (with_member("reason", True), 400, "request-invalid", "reason"),
        (with_member("effective", 2**40), 400, "request-invalid", "effective"),
        (with_member("account", "0xABC"), 400, "hex-malformed", "account"),
        (with_member("signature", "0x12"), 400, "hex-malformed", "signature"),
        (with_member("signature", "0x" + "AB" * 65), 400, "hex-malformed", "signature"),
        (with_member("signature", "0x" + "ab" * 65), 409, "chain-refused", None),
        (with_member("reason", 5), 409, "chain-refused", None),
        (with_member("more", 1), 400, "request-invalid", "more"),
        (lambda body: {}, 400, "request-invalid", "participant"),
    ],
)
def test_an_instruction_that_does_not_hold_is_refused_and_changes_nothing(
    district: Server, change: Any, status: int, code: str, where: str | None
) -> None:
    before = district.state()
    response = relay(district, change(spin(district, StatusKind.SUSPENDED)))
    problem = response.json()
    assert (response.status_code, problem["code"]) == (status, code), problem
    assert problem.get("where") == where
    assert (district.state(), statuses(district)["statuses"]) == (before, [])


def test_an_instruction_for_an_account_without_the_scope_is_refused_by_the_contract(
    district: Server,
) -> None:
    stranger = Firm("Sconosciuto", district.world.mill.role, district.world.mill.id)
    body = instruction(district, stranger, district.world.id("spin"), StatusKind.REVOKED)
    response = relay(district, body)
    assert (response.status_code, response.json()["code"]) == (409, "chain-refused")
