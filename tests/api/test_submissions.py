# SPDX-License-Identifier: Apache-2.0
"""The forms of a submission, its files and its limits."""

from __future__ import annotations

import json
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

import pytest

from filiera.model.ids import b64url, ni_uri
from tests.support.server import JWS, Server
from tests.support.world import REPORT

JSON = {"Content-Type": "application/json"}


def form(*parts: tuple[str, Any]) -> list[tuple[str, Any]]:
    return list(parts)


def record_part(jws: bytes) -> tuple[str, Any]:
    return "record", (None, jws)


def file_part(data: bytes, name: str = "report.pdf") -> tuple[str, Any]:
    return "document", (name, data, "application/pdf")


def post(server: Server, *parts: tuple[str, Any]) -> Any:
    return server.client.post("/v1/records", files=form(*parts))


def test_several_records_get_each_its_own_result_in_order(server: Server) -> None:
    jws = server.world.jws
    server.submit(jws["weave"])
    sent = [jws["spin"].decode(), "nonsense", jws["weave"].decode()]
    response = server.client.post("/v1/records", json={"records": sent})
    results = response.json()["results"]
    assert response.status_code == 200
    assert [each["status"] for each in results] == [201, 400, 200]
    assert results[1]["problem"]["code"] == "jws-malformed"
    assert results[0]["record"]["record"] == ni_uri(server.world.id("spin"))
    assert "problem" not in results[0]


def test_the_answer_about_one_record_is_the_same_in_every_form(server: Server) -> None:
    jws = server.world.jws["spin"]
    plain = server.submit(jws)
    in_form = post(server, record_part(jws))
    several = server.client.post("/v1/records", json={"records": [jws.decode()]})
    assert plain.json() == in_form.json() == several.json()["results"][0]["record"]


def test_a_file_comes_with_the_record_that_names_it(server: Server) -> None:
    response = post(server, record_part(server.world.jws["spin"]), file_part(REPORT))
    assert response.status_code == 201
    (document,) = server.client.get(response.json()["href"]).json()["documents"]
    assert (document["stored"], document["size"]) == (True, len(REPORT))
    assert server.client.get(document["href"]).content == REPORT


def test_a_file_may_come_later_with_the_same_record(server: Server) -> None:
    first = server.submit(server.world.jws["spin"])
    later = post(server, record_part(server.world.jws["spin"]), file_part(REPORT))
    assert (later.status_code, later.json()) == (200, first.json())
    (document,) = server.client.get(first.json()["href"]).json()["documents"]
    assert document["stored"] is True


def test_records_and_files_of_one_form_find_each_other(server: Server) -> None:
    jws = server.world.jws
    response = post(server, record_part(jws["weave"]), record_part(jws["spin"]), file_part(REPORT))
    assert [each["status"] for each in response.json()["results"]] == [201, 201]


@pytest.mark.parametrize(
    ("data", "name", "code", "status"),
    [
        (b"another file", "other.pdf", "document-not-named", 400),
        (b"altered", "report.pdf", "document-hash-mismatch", 400),
        (b"", "report.pdf", "document-empty", 400),
        (b"x" * 200_001, "report.pdf", "document-too-large", 413),
    ],
)
def test_a_file_that_does_not_fit_is_refused_with_its_record(
    server: Server, data: bytes, name: str, code: str, status: int
) -> None:
    before = server.state()
    response = post(server, record_part(server.world.jws["spin"]), file_part(data, name))
    problem = response.json()
    assert (response.status_code, problem["code"], problem["where"]) == (status, code, name)
    assert server.state() == before


def test_a_file_of_a_refused_record_is_not_stored(server: Server) -> None:
    before = server.state()
    response = post(server, record_part(b"nonsense"), file_part(REPORT))
    assert response.json()["code"] == "jws-malformed"
    assert server.state() == before


def test_a_body_over_the_limit_is_refused_before_it_is_read(server: Server) -> None:
    before = server.state()
    big = server.settings.max_body + 1
    announced = server.client.post("/v1/records", content=b"x" * big, headers=JWS)

    def chunks() -> Iterator[bytes]:
        for _ in range(big // 50_000 + 1):
            yield b"x" * 50_000

    streamed = server.client.post("/v1/records", content=chunks(), headers=JWS)
    as_form = post(server, record_part(server.world.jws["spin"]), file_part(b"x" * big))
    for response in (announced, streamed, as_form):
        assert (response.status_code, response.json()["code"]) == (413, "body-too-large")
    assert server.state() == before


def test_too_many_records_are_refused_together(server: Server) -> None:
    sent = [server.world.jws["spin"].decode()] + ["x"] * server.settings.max_records
    before = server.state()
    response = server.client.post("/v1/records", json={"records": sent})
    assert (response.status_code, response.json()["code"]) == (413, "body-too-large")
    assert server.state() == before


@pytest.mark.parametrize(
    ("content", "headers", "code", "where"),
    [
        (b"x", {"Content-Type": "text/html"}, "media-type", "header Content-Type"),
        (b"x", {}, "media-type", "header Content-Type"),
        (b"{", JSON, "json-malformed", "body, line 1, column 2"),
        (b'{"records":[],"records":[]}', JSON, "json-not-i-json", "body, records"),
        (b"[]", JSON, "json-malformed", "body"),
        (b"{}", JSON, "request-invalid", "records"),
        (b'{"records":[]}', JSON, "request-invalid", "records"),
        (b'{"records":["a",7]}', JSON, "request-invalid", "records[1]"),
        (b'{"records":["a"],"more":1}', JSON, "request-invalid", "records"),
        (b"x", {"Content-Type": "multipart/form-data"}, "request-invalid", "body"),
        (b"x", {"Content-Type": "multipart/form-data; boundary=b"}, "request-invalid", "body"),
    ],
)
def test_a_malformed_request_is_a_problem_that_names_its_place(
    server: Server, content: bytes, headers: dict[str, str], code: str, where: str
) -> None:
    before = server.state()
    response = server.client.post("/v1/records", content=content, headers=headers)
    problem = response.json()
    assert response.status_code == (415 if code == "media-type" else 400)
    assert (problem["code"], problem["where"]) == (code, where)
    assert server.state() == before


def test_a_form_holds_records_and_documents_and_nothing_else(server: Server) -> None:
    record = record_part(server.world.jws["spin"])
    for parts, where in (
        ((file_part(REPORT),), "record"),
        ((record, ("note", (None, b"hello"))), "note"),
        ((record, ("document", (None, REPORT))), "document"),
    ):
        problem = post(server, *parts).json()
        assert (problem["code"], problem["where"]) == ("request-invalid", where)


def test_the_same_record_twice_in_one_request_is_stored_once(server: Server) -> None:
    jws = server.world.jws["spin"].decode()
    response = server.client.post(
        "/v1/records", content=json.dumps({"records": [jws, jws]}), headers=JSON
    )
    first, second = response.json()["results"]
    assert first["record"] == second["record"]
    assert len(server.store.pending(10)) == 1


def test_a_document_reads_back_by_its_hash_in_either_spelling(server: Server) -> None:
    post(server, record_part(server.world.jws["spin"]), file_part(REPORT))
    digest = sha256(REPORT).digest()
    for name in (b64url(digest), digest.hex(), "0x" + digest.hex()):
        assert server.client.get(f"/v1/documents/{name}").content == REPORT
