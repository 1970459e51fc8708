# SPDX-License-Identifier: Apache-2.0
"""Reading records, documents, passports and batches: their names, and altered copies."""

from __future__ import annotations

from hashlib import sha256
from typing import Any
from urllib.parse import quote

import pytest
from sqlalchemy import update

from filiera.adapters.store.tables import documents, records
from filiera.model.ids import b64url, ni_uri
from filiera.proof.merkle import root_from_path
from tests.support.server import Server
from tests.support.world import GARMENT, REPORT

LOT = "01/09520000000028/10/LOT-1"
DIGEST = sha256(REPORT).digest()


@pytest.fixture
def district(server: Server) -> Server:
    server.submit_all()
    parts = [("record", (None, server.world.jws["spin"])), ("document", ("report.pdf", REPORT))]
    server.client.post("/v1/records", files=parts)
    server.anchor()
    return server


def alter_in_database(server: Server, table: Any, condition: Any, **values: Any) -> None:
    with server.store._engine.begin() as connection:
        connection.execute(update(table).where(condition).values(**values))


@pytest.mark.parametrize(
    "name",
    [
        LOT,
        "09520000000028/LOT-1",
        quote(GARMENT, safe=""),
        quote("(01)09520000000028(10)LOT-1", safe=""),
        quote("09520000000028/LOT-1", safe=""),
        quote("https://shop.example/01/09520000000028/10/LOT-1?17=271231", safe=""),
        "https://id.gs1.org/01/09520000000028/10/LOT-1",
    ],
)
def test_a_passport_is_found_by_any_spelling_of_its_product(district: Server, name: str) -> None:
    response = district.client.get(f"/v1/passports/{name}")
    assert (response.status_code, response.json()["id"]) == (200, GARMENT)


def test_a_lot_with_a_slash_is_one_lot(server: Server) -> None:
    product, world = "https://id.gs1.org/01/09520000000028/10/A%2F7", server.world
    assert server.submit(world.sign(world.brand, world.own(product=product))).status_code == 201
    for name in ("01/09520000000028/10/A%2F7", quote(product, safe="")):
        response = server.client.get(f"/v1/passports/{name}")
        assert (response.status_code, response.json()["id"]) == (200, product)


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/v1/passports/01/09520000000027/10/LOT-1", 400, "gs1-check-digit"),
        ("/v1/passports/hello", 400, "gs1-malformed"),
        ("/v1/passports/01/09520000000028/10/OTHER", 404, "passport-not-found"),
        ("/v1/passports/01/09520000000028/10/LOT-1?block=x", 400, "request-invalid"),
        ("/v1/passports/01/09520000000028/10/LOT-1?block=-1", 400, "request-invalid"),
        ("/v1/passports?limit=0", 400, "request-invalid"),
        ("/v1/records/hello", 400, "ni-malformed"),
        ("/v1/records/" + "A" * 42 + "B", 400, "base64url-malformed"),
        ("/v1/records/" + "A" * 43, 404, "record-not-found"),
        ("/v1/records/" + "A" * 43 + "/proof", 404, "record-not-found"),
        ("/v1/records/ni%3A%2F%2F%2Fsha-256%3Bx", 400, "ni-malformed"),
        ("/v1/documents/" + "0" * 64, 404, "document-not-found"),
        ("/v1/documents/" + "0" * 63, 400, "ni-malformed"),
        ("/v1/batches/7", 404, "batch-not-found"),
        ("/v1/batches/" + "9" * 30, 404, "batch-not-found"),
        ("/v1/batches/x", 400, "request-invalid"),
        ("/v1/nothing", 404, "not-found"),
        ("/nothing", 404, "not-found"),
        ("/v1/records", 405, "method-not-allowed"),
        ("/v1/records/", 404, "not-found"),
    ],
)
def test_what_is_not_there_or_not_a_name_is_a_problem_with_a_code(
    district: Server, path: str, status: int, code: str
) -> None:
    response = district.client.get(path, headers={"Accept": "application/json"})
    problem = response.json()
    assert (response.status_code, problem["status"], problem["code"]) == (status, status, code)
    assert response.headers["content-type"] == "application/problem+json"
    assert problem["type"] == f"https://filiera.example/problems/{code}"


def test_a_record_altered_in_the_database_is_read_from_ipfs(district: Server) -> None:
    record = district.world.id("spin")
    alter_in_database(district, records, records.c.id == record, jws=b"altered")
    answer = district.client.get(f"/v1/records/{b64url(record)}").json()
    assert answer["jws"].encode() == district.world.jws["spin"]


def test_a_record_altered_in_every_copy_is_not_handed_out(district: Server) -> None:
    record = district.world.id("spin")
    alter_in_database(district, records, records.c.id == record, jws=b"altered")
    district.documents.blocks.clear()
    for accept in ("application/json", "application/vc+jwt"):
        response = district.client.get(f"/v1/records/{b64url(record)}", headers={"Accept": accept})
        assert (response.status_code, response.json()["code"]) == (502, "record-corrupt")
        assert response.json()["where"] == ni_uri(record)
    upstream = district.client.get(f"/v1/passports/{LOT}/upstream")
    assert (upstream.status_code, upstream.json()["code"]) == (502, "record-corrupt")
    passport = district.client.get(f"/v1/passports/{LOT}").json()
    assert passport["verdict"]["outcome"] == "disproven"


def test_a_document_altered_in_ipfs_is_not_handed_out(district: Server) -> None:
    stored = district.store.document(DIGEST)
    assert stored is not None
    district.documents.blocks[stored.cid] = b"altered"
    response = district.client.get(f"/v1/documents/{b64url(DIGEST)}")
    assert (response.status_code, response.json()["code"]) == (502, "document-hash-mismatch")


@pytest.mark.parametrize(
    ("kind", "served", "place", "policy"),
    [
        ("application/pdf", "application/pdf", "inline", "object-src 'self'"),
        ("image/png", "image/png", "inline", "sandbox"),
        ("image/svg+xml", "image/svg+xml", "attachment", "sandbox"),
        ("text/html", "text/html", "attachment", "sandbox"),
        ("TEXT/HTML", "text/html", "attachment", "sandbox"),
        ("text/html; charset=x", "application/octet-stream", "attachment", "sandbox"),
        ("a/b\r\nSet-Cookie: x", "application/octet-stream", "attachment", "sandbox"),
    ],
)
def test_a_browser_shows_papers_and_pictures_and_runs_nothing(
    district: Server, kind: str, served: str, place: str, policy: str
) -> None:
    alter_in_database(district, documents, documents.c.sha256 == DIGEST, media_type=kind)
    headers = district.client.get(f"/v1/documents/{b64url(DIGEST)}").headers
    assert headers["content-type"] == served
    assert headers["content-disposition"].startswith(f"{place}; filename=")
    assert headers["x-content-type-options"] == "nosniff"
    assert policy in headers["content-security-policy"]
    assert "set-cookie" not in headers


def test_a_pdf_which_cannot_be_sandboxed_may_load_no_script_and_be_framed_by_nobody(
    district: Server,
) -> None:
    alter_in_database(
        district, documents, documents.c.sha256 == DIGEST, media_type="application/pdf"
    )
    policy = district.client.get(f"/v1/documents/{b64url(DIGEST)}").headers[
        "content-security-policy"
    ]
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    assert "sandbox" not in rules
    assert "script-src" not in rules
    for name in ("default-src", "base-uri", "form-action", "frame-ancestors"):
        assert rules[name] == "'none'"


@pytest.mark.parametrize(
    ("kind", "ending"),
    [
        ("application/pdf", ".pdf"),
        ("text/csv", ".csv"),
        ("text/html", ".bin"),
        ("image/svg+xml", ".bin"),
        ("application/x-msdownload", ".bin"),
        ("application/x-sh", ".bin"),
    ],
)
def test_no_document_is_saved_under_a_name_that_would_run_it(
    district: Server, kind: str, ending: str
) -> None:
    alter_in_database(district, documents, documents.c.sha256 == DIGEST, media_type=kind)
    headers = district.client.get(f"/v1/documents/{b64url(DIGEST)}").headers
    assert headers["content-disposition"].endswith(f'{ending}"')


def test_a_proof_leads_from_the_record_to_the_root_in_a_tree_of_the_slots_size(
    district: Server,
) -> None:
    record = district.world.id("spin")
    proof = district.client.get(f"/v1/records/{b64url(record)}/proof").json()
    inclusion, slot = proof["inclusion"], proof["anchor"]
    path = [bytes.fromhex(each[2:]) for each in inclusion["path"]]
    root = root_from_path(record, inclusion["index"], slot["count"], path)
    assert root is not None
    assert "0x" + root.hex() == inclusion["root"]
    assert proof["block"]["number"] == district.ledger.number


def test_a_record_that_waits_has_no_proof_yet(server: Server) -> None:
    server.submit(server.world.jws["spin"])
    record = b64url(server.world.id("spin"))
    proof = server.client.get(f"/v1/records/{record}/proof").json()
    assert (proof["inclusion"], proof["anchor"], proof["unavailable"]) == (None, None, [])
    assert server.client.get(f"/v1/records/{record}").json()["anchored"] is None


def test_the_operator_anchors_at_once_from_the_machine_itself(server: Server) -> None:
    server.submit_all()
    answer = server.client.post("/v1/batches").json()
    assert (answer["total"], answer["batches"][0]["count"]) == (1, len(server.world.jws))
    assert server.client.post("/v1/batches").json() == {"total": 0, "batches": []}
    batch = server.client.get("/v1/batches/1").json()
    assert batch["records"][0] == ni_uri(server.world.id("Associazione"))
    assert server.client.get("/v1/batches").json()["batches"] == answer["batches"]


@pytest.mark.parametrize("client", ["192.0.2.7", "2001:db8::7", "name.example"])
def test_nobody_else_anchors_at_once(server: Server, client: str) -> None:
    server.submit_all()
    elsewhere = server.client_at(client)
    response = elsewhere.post("/v1/batches")
    assert (response.status_code, response.json()["code"]) == (403, "operator-only")
    assert server.store.batches() == []


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Origin": "http://rebound.example:8952", "Host": "rebound.example:8952"},
        {"Origin": "http://[::1"},
        {"Origin": "null"},
    ],
)
def test_no_page_from_elsewhere_makes_the_operators_browser_anchor(
    server: Server, headers: dict[str, str]
) -> None:
    server.submit_all()
    page = server.client.post("/v1/batches", headers=headers)
    assert (page.status_code, page.json()["code"]) == (403, "operator-only")
    assert server.store.batches() == []


@pytest.mark.parametrize("origin", ["http://127.0.0.1:8952", "http://localhost:8952"])
def test_the_servers_own_page_lets_the_operator_anchor(server: Server, origin: str) -> None:
    server.submit_all()
    headers = {"Origin": origin, "Sec-Fetch-Site": "same-origin"}
    assert server.client.post("/v1/batches", headers=headers).json()["total"] == 1


def test_lists_come_in_parts(district: Server) -> None:
    first = district.client.get("/v1/passports", params={"limit": 1}).json()
    assert first["total"] == 1
    assert first["passports"][0]["label"] == "09520000000028 lot LOT-1"
    assert district.client.get(first["passports"][0]["href"]).status_code == 200
    rest = district.client.get("/v1/passports", params={"offset": 1}).json()
    assert (rest["total"], rest["passports"]) == (1, [])
    assert district.client.get("/v1/batches", params={"offset": 1}).json()["batches"] == []
