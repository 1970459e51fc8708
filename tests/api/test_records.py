# SPDX-License-Identifier: Apache-2.0
from filiera.model.ids import b64url, ni_uri
from tests.support.server import JWS, Server


def test_a_record_is_taken_once_and_answered_alike_however_often_it_is_sent(server: Server) -> None:
    jws = server.world.jws["spin"]
    first, again = server.submit(jws), server.submit(jws)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert first.json()["record"] == ni_uri(server.world.id("spin"))
    assert first.headers["location"] == f"/v1/records/{b64url(server.world.id('spin'))}"


def test_a_record_reads_back_by_either_of_its_names(server: Server) -> None:
    server.submit(server.world.jws["spin"])
    record = server.world.id("spin")
    escaped = ni_uri(record).replace("/", "%2F").replace(":", "%3A").replace(";", "%3B")
    plain = server.client.get(f"/v1/records/{b64url(record)}")
    full = server.client.get(f"/v1/records/{escaped}")
    assert plain.status_code == full.status_code == 200
    assert plain.json() == full.json()
    assert plain.json()["jws"].encode() == server.world.jws["spin"]


def test_the_signed_bytes_alone_are_had_by_asking_for_their_type(server: Server) -> None:
    server.submit(server.world.jws["spin"])
    response = server.client.get(
        f"/v1/records/{b64url(server.world.id('spin'))}",
        headers={"Accept": "application/vc+jwt"},
    )
    assert response.content == server.world.jws["spin"]
    assert response.headers["content-type"] == "application/vc+jwt"


def test_a_passport_comes_out_proven_once_its_records_are_anchored(server: Server) -> None:
    server.submit_all()
    server.anchor()
    response = server.client.get("/v1/passports/01/09520000000028/10/LOT-1")
    assert response.status_code == 200, response.text
    assert response.json()["verdict"]["sentence"] == "proven (2 of 2 steps; one operator's word)"


def test_an_unsigned_thing_is_a_problem_with_a_code(server: Server) -> None:
    response = server.client.post("/v1/records", content=b"nonsense", headers=JWS)
    assert response.status_code == 400
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["code"] == "jws-malformed"
