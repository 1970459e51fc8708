# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from typing import Any

import pytest

from filiera.model.ids import did_pkh
from tests.support.forge import forge, with_signature
from tests.support.server import Server
from tests.support.world import CHAIN, GARMENT, Signer


@pytest.fixture
def district(server: Server) -> Server:
    server.submit_all()
    server.anchor()
    return server


def verify(server: Server, **body: Any) -> Any:
    return server.client.post("/v1/verify", json=body)


def test_a_product_is_verified_however_it_is_spelled(district: Server) -> None:
    for product in (GARMENT, "09520000000028/LOT-1"):
        answer = verify(district, product=product).json()
        assert answer["product"] == GARMENT
        assert answer["verdict"]["sentence"] == "proven (2 of 2 steps; one operator's word)"
        assert "record" not in answer
    answer = verify(district, product=GARMENT, block=100).json()
    assert answer["verdict"]["block"]["number"] == 100


def test_a_record_is_verified_by_itself(district: Server) -> None:
    answer = verify(district, record=district.world.jws["spin"].decode()).json()["record"]
    assert (answer["outcome"], answer["issuer"]) == ("proven", "Filatura")
    assert answer["standing"]["state"] == "in-force"
    assert {each["outcome"] for each in answer["checks"]} == {"proven"}


def test_a_record_that_waits_or_never_came_here_could_not_be_checked(server: Server) -> None:
    for _ in range(2):
        answer = verify(server, record=server.world.jws["spin"].decode()).json()["record"]
        assert answer["outcome"] == "unknown"
        codes = {each["code"] for each in answer["checks"]}
        assert {"signature-ok", "not-anchored-yet"} <= codes
        server.submit(server.world.jws["spin"])


def test_a_record_of_a_stranger_is_not_proven_and_has_no_name(district: Server) -> None:
    stranger, payload = Signer("stranger"), district.world.spin()
    payload["issuer"]["id"] = did_pkh(CHAIN, stranger.address)  # type: ignore[index]
    answer = verify(district, record=forge(payload, stranger).decode()).json()["record"]
    assert answer["outcome"] != "proven"
    assert answer["issuer"] is None
    assert answer["account"] == stranger.address


def test_a_record_with_anothers_signature_is_disproven(district: Server) -> None:
    signature = district.world.brand.signer.sign_digest(bytes(32))[:64]
    altered = with_signature(district.world.jws["spin"], signature)
    answer = verify(district, record=altered.decode()).json()["record"]
    assert answer["outcome"] == "disproven"
    assert "signature-invalid" in {each["code"] for each in answer["checks"]}


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({}, 400, "request-invalid"),
        ({"product": GARMENT, "record": "x"}, 400, "request-invalid"),
        ({"product": GARMENT, "block": -1}, 400, "request-invalid"),
        ({"product": GARMENT, "block": 10_000}, 404, "block-not-found"),
        ({"product": "https://id.gs1.org/01/09520000000027"}, 400, "gs1-check-digit"),
        ({"product": "https://id.gs1.org/01/09520000000035"}, 404, "passport-not-found"),
        ({"record": "x"}, 400, "jws-malformed"),
        ({"record": 7}, 400, "request-invalid"),
        ({"product": 7}, 400, "request-invalid"),
    ],
)
def test_what_cannot_be_asked_is_a_problem(
    district: Server, body: dict[str, Any], status: int, code: str
) -> None:
    response = verify(district, **body)
    assert (response.status_code, response.json()["code"]) == (status, code)


def test_a_body_of_another_type_or_size_is_refused(server: Server) -> None:
    response = server.client.post("/v1/verify", data={"product": GARMENT})
    assert (response.status_code, response.json()["code"]) == (415, "media-type")
    response = server.client.post("/v1/verify", json={"product": "x" * 300_001})
    assert (response.status_code, response.json()["code"]) == (413, "body-too-large")
