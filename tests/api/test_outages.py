# SPDX-License-Identifier: Apache-2.0
"""A part is down: new submissions wait, nothing is half done, reads go on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from filiera.api.background import AnchoringThread
from filiera.model.ids import b64url
from tests.support.server import Server
from tests.support.world import GARMENT, REPORT

PASSPORT = "/v1/passports/01/09520000000028/10/LOT-1"


def chain(server: Server, down: bool) -> None:
    server.ledger.down = down


def ipfs(server: Server, down: bool) -> None:
    server.documents.down = down


def submit_with_file(server: Server) -> Any:
    parts = [("record", (None, server.world.jws["spin"])), ("document", ("report.pdf", REPORT))]
    return server.client.post("/v1/records", files=parts)


def submit_alone(server: Server) -> Any:
    return server.submit(server.world.jws["weave"])


def submit_several(server: Server) -> Any:
    jws = [server.world.jws[name].decode() for name in ("weave", "spin", "claim")]
    return server.client.post("/v1/records", json={"records": jws})


@pytest.mark.parametrize("part", [chain, ipfs])
@pytest.mark.parametrize("submit", [submit_with_file, submit_alone, submit_several])
def test_a_new_submission_names_the_part_that_is_down_and_works_when_it_is_back(
    server: Server, part: Callable[[Server, bool], None], submit: Callable[[Server], Any]
) -> None:
    before = server.state()
    part(server, True)
    refused = submit(server)
    problem = refused.json()
    assert (refused.status_code, problem["part"]) == (503, part.__name__)
    assert problem["code"] == f"{part.__name__}-unreachable"
    assert int(refused.headers["retry-after"]) > 0
    part(server, False)
    assert server.state() == before
    assert submit(server).status_code in (200, 201)


@pytest.mark.parametrize("part", [chain, ipfs])
def test_a_record_taken_before_is_answered_alike_while_a_part_is_down(
    server: Server, part: Callable[[Server, bool], None]
) -> None:
    first = submit_alone(server)
    part(server, True)
    again = submit_alone(server)
    assert (again.status_code, again.json()) == (200, first.json())


@pytest.mark.parametrize("part", [chain, ipfs])
def test_what_was_accepted_waits_and_is_anchored_when_the_part_is_back(
    server: Server, part: Callable[[Server, bool], None]
) -> None:
    submit_with_file(server)
    thread = AnchoringThread(server.services.anchoring)
    part(server, True)
    thread.turn()
    refused = server.client.post("/v1/batches")
    assert (refused.status_code, refused.json()["part"]) == (503, part.__name__)
    assert len(server.store.pending(10)) == 1
    part(server, False)
    thread.turn()
    assert server.store.pending(10) == []
    record = server.client.get(f"/v1/records/{b64url(server.world.id('spin'))}").json()
    assert record["anchored"] is not None


def test_a_passport_reads_while_the_chain_is_down_and_says_that_it_could_not_be_checked(
    server: Server,
) -> None:
    server.submit_all()
    server.anchor()
    proven = server.client.get(PASSPORT).json()["verdict"]
    server.ledger.down = True
    response = server.client.get(PASSPORT)
    answer = response.json()
    assert (response.status_code, answer["verdict"]["outcome"]) == (200, "unknown")
    assert answer["verdict"]["sentence"] == "unknown (0 of 2 steps; one operator's word)"
    assert answer["unavailable"] == ["chain"]
    assert not [each for each in answer["verdict"]["checks"] if each["outcome"] == "disproven"]
    server.ledger.down = False
    assert server.client.get(PASSPORT).json()["verdict"] == proven


def test_a_passport_reads_while_ipfs_is_down_its_documents_not_presented(server: Server) -> None:
    server.submit_all()
    submit_with_file(server)
    server.anchor()
    assert server.client.get(PASSPORT).json()["documentsNotPresented"] == 0
    server.documents.down = True
    answer = server.client.get(PASSPORT).json()
    assert answer["verdict"]["outcome"] == "proven"
    assert (answer["documentsNotPresented"], answer["unavailable"]) == (1, ["ipfs"])


def test_records_their_proofs_and_lists_read_while_the_chain_is_down(server: Server) -> None:
    server.submit_all()
    server.anchor()
    record = b64url(server.world.id("spin"))
    server.ledger.down = True
    assert server.client.get(f"/v1/records/{record}").status_code == 200
    assert server.client.get("/v1/passports").json()["total"] == 1
    assert server.client.get("/v1/batches").json()["total"] == 1
    proof = server.client.get(f"/v1/records/{record}/proof").json()
    assert proof["inclusion"] is not None
    assert (proof["anchor"], proof["unavailable"]) == (None, ["chain"])
    upstream = server.client.get(f"{PASSPORT}/upstream").json()
    assert {each["standing"] for each in upstream["steps"]} == {"unknown"}


def test_what_only_the_chain_knows_is_503_while_it_is_down(server: Server) -> None:
    server.submit_all()
    server.ledger.down = True
    record = b64url(server.world.id("spin"))
    for path in (
        "/v1/participants",
        f"/v1/participants/{b64url(server.world.mill.id)}",
        f"/v1/accounts/{server.world.mill.signer.address}",
        "/v1/chain",
        f"/v1/records/{record}/statuses",
    ):
        response = server.client.get(path)
        assert (response.status_code, response.json()["part"]) == (503, "chain"), path


def test_a_verdict_asked_for_while_the_chain_is_down_is_unknown(server: Server) -> None:
    server.submit_all()
    server.anchor()
    server.ledger.down = True
    product = server.client.post("/v1/verify", json={"product": GARMENT}).json()
    assert product["verdict"]["outcome"] == "unknown"
    jws = server.world.jws["spin"].decode()
    record = server.client.post("/v1/verify", json={"record": jws}).json()
    assert (record["record"]["outcome"], record["unavailable"]) == ("unknown", ["chain"])


@pytest.mark.parametrize("part", [chain, ipfs])
def test_readiness_names_the_part_that_does_not_answer(
    server: Server, part: Callable[[Server, bool], None]
) -> None:
    assert server.client.get("/readyz").json() == {
        "ready": True,
        "parts": {key: {"ready": True, "problem": None} for key in ("chain", "ipfs", "store")},
    }
    part(server, True)
    response = server.client.get("/readyz")
    assert response.status_code == 503
    ready = {name: each["ready"] for name, each in response.json()["parts"].items()}
    assert ready == {"chain": True, "ipfs": True, "store": True} | {part.__name__: False}
    assert server.client.get("/healthz").status_code == 200


def test_a_database_that_is_gone_is_503_and_named(server: Server) -> None:
    def fail(*_: object) -> None:
        raise OperationalError("statement", {}, Exception("disk I/O error"))

    event.listen(server.store._engine, "before_cursor_execute", fail)
    for response in (submit_alone(server), server.client.get(PASSPORT)):
        problem = response.json()
        assert (response.status_code, problem["part"]) == (503, "store")
    event.remove(server.store._engine, "before_cursor_execute", fail)
    assert submit_alone(server).status_code == 201
