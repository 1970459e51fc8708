# SPDX-License-Identifier: Apache-2.0
"""The application around the endpoints: pages, errors, the anchoring thread."""

from __future__ import annotations

import json
import logging
import re
import threading
from importlib.resources import files
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

import filiera.model
from filiera.api.app import create_app
from filiera.api.background import AnchoringThread
from filiera.api.logs import configure_logs
from filiera.api.problems import STATUS, problem_of, status_of
from filiera.errors import FilieraError, InputError, UnavailableError
from tests.support.examples import WITHOUT_ANSWER
from tests.support.patience import HANGS
from tests.support.server import Server

PAGES = ("/docs", "/docs/start.js", "/docs/static/swagger-ui.css")


def test_the_docs_page_loads_nothing_from_elsewhere(server: Server) -> None:
    page = server.client.get("/docs")
    loaded = re.findall(r'(?:src|href)="([^"]*)"', page.text)
    assert len(loaded) == 4
    for address in loaded:
        assert address.startswith("/docs/") or address == "data:,"
        if address != "data:,":
            assert server.client.get(address).status_code == 200
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "http" not in policy
    assert "http" not in page.text
    assert "http" not in server.client.get("/docs/start.js").text


def test_the_examples_name_what_is_stored_here(server: Server) -> None:
    server.submit_all()
    paths = server.client.get("/openapi.json").json()["paths"]
    for path, methods in paths.items():
        operation = methods.get("get", {})
        names = {each["name"]: each.get("example") for each in operation.get("parameters", [])}
        if f"GET {path}" in WITHOUT_ANSWER:
            continue
        if "{" in path and not {"number", "sha256"} & names.keys():
            filled = path.format_map({name: quote(str(names[name]), safe="") for name in names})
            assert server.client.get(filled).status_code == 200, filled
    body = paths["/v1/verify"]["post"]["requestBody"]["content"]["application/json"]["example"]
    assert server.client.post("/v1/verify", json=body).status_code == 200


def test_the_namespace_is_the_pinned_context(server: Server) -> None:
    response = server.client.get("/ns/v1")
    assert response.headers["content-type"] == "application/ld+json"
    assert response.content == files(filiera.model).joinpath("context-v1.jsonld").read_bytes()


def test_every_family_of_errors_has_a_status() -> None:
    families = {
        kind for kind in FilieraError.__subclasses__() if kind.__module__ == "filiera.errors"
    }
    assert families == set(STATUS)
    problem = problem_of(UnavailableError("chain-unreachable", "No.", part="chain", where="x"))
    assert (problem.status, problem.part, problem.where) == (503, "chain", "x")
    assert status_of(InputError("record-too-large", "No.")) == 413


def test_a_mistake_of_ours_is_a_problem_without_its_trace(
    server: Server, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail() -> None:
        raise RuntimeError("the secret of the house")

    monkeypatch.setattr(server.store, "products", fail)
    with caplog.at_level(logging.INFO, "filiera"):
        response = server.client.get("/v1/passports")
    assert (response.status_code, response.json()["code"]) == (500, "internal")
    assert response.headers["content-type"] == "application/problem+json"
    assert "secret" not in response.text
    assert "Traceback" not in response.text
    assert "the secret of the house" in caplog.text


def test_a_method_that_is_not_taken_says_which_are(server: Server) -> None:
    response = server.client.delete("/v1/verify")
    assert (response.status_code, response.headers["allow"]) == (405, "POST")
    assert response.json()["code"] == "method-not-allowed"


def test_head_is_answered_wherever_get_is(server: Server) -> None:
    for path in ("/docs", "/healthz", "/v1/passports"):
        assert server.client.head(path).status_code == 200
    assert server.client.head("/v1/verify").status_code == 405


def test_the_log_is_one_json_object_a_line_on_stderr(
    server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    logger = logging.getLogger("filiera")
    before = (logger.handlers[:], logger.level, logger.propagate)
    logger.handlers.clear()
    try:
        configure_logs()
        configure_logs()
        server.ledger.down = True
        server.client.get("/v1/chain")
    finally:
        logger.handlers[:], logger.level, logger.propagate = before
    captured = capsys.readouterr()
    (line,) = captured.err.splitlines()
    assert captured.out == ""
    assert json.loads(line)["code"] == "chain-unreachable"


def test_the_application_anchors_by_itself_while_it_runs_and_stops_when_told(
    server: Server,
) -> None:
    server.submit_all()
    anchored = threading.Event()
    confirm = server.store.confirm_batch
    server.store.confirm_batch = lambda *given: (confirm(*given), anchored.set())[0]  # type: ignore[method-assign]
    app = create_app(server.services, settings=server.settings)
    with TestClient(app):
        assert anchored.wait(HANGS)
    assert not [each for each in threading.enumerate() if each.name == "filiera-anchoring"]
    assert server.store.pending(1) == []


def test_without_the_thread_nothing_is_anchored(server: Server) -> None:
    server.submit_all()
    with TestClient(server.app):
        assert "filiera-anchoring" not in [each.name for each in threading.enumerate()]


def test_the_thread_outlives_every_trouble_and_says_each_once(
    server: Server, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.submit_all()
    thread = AnchoringThread(server.services.anchoring)
    with caplog.at_level(logging.INFO, "filiera"):
        server.ledger.down = True
        thread.turn()
        thread.turn()
        server.ledger.down = False
        monkeypatch.setattr(server.store, "pending", lambda limit: 1 / 0)
        thread.turn()
        thread.turn()
        monkeypatch.undo()
        thread.turn()
    events = [json.loads(record.getMessage()) for record in caplog.records]
    said = [(each["event"], each.get("code")) for each in events]
    assert said == [
        ("anchoring waits", "chain-unreachable"),
        ("anchoring waits", "internal"),
        ("batch anchored", None),
        ("anchoring again", None),
    ]
