# SPDX-License-Identifier: Apache-2.0
"""Issuing a product's own record, and issuing it again."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from fastapi.testclient import TestClient

from filiera.cli import client
from filiera.model.ids import b64url, parse_ni, unb64url
from filiera.model.records import statement_of
from filiera.model.statement import OwnProduct, RecordType, Statement
from filiera.proof.jws import parse_jws
from filiera.proof.verdict import StandingState
from filiera.services.statuses import Statuses
from tests.cli.conftest import Terminal
from tests.support.server import Server
from tests.support.world import GARMENT

PRODUCT = "09520000000028/LOT-1"
CATEGORY = ("--category", "611011 Knitted cardigans")


@pytest.fixture
def unissued(server: Server) -> Server:
    """The server with everything anchored but the garment's own record."""
    for name, jws in server.world.jws.items():
        if name != "own":
            assert server.submit(jws).status_code == 201
    server.anchor()
    return server


def stored(server: Server, answer: Any) -> Statement:
    """What the issued record says."""
    record = server.store.get(unb64url(answer["id"]))
    assert record is not None
    return statement_of(parse_jws(record.jws).payload)


def standing(server: Server, record: bytes) -> StandingState:
    """A record's standing."""
    found = server.store.get(record)
    assert found is not None
    return Statuses(server.ledger, server.store).history(found).standing.state


def test_what_leads_to_a_product_is_shown_and_vouched_for(
    terminal: Terminal, unissued: Server
) -> None:
    result = terminal.run("passport", "issue", PRODUCT, *CATEGORY, "--as", "brand", answer="y\n")
    assert result.exit_code == 0, result.stderr
    for shown in ("2 steps, 1 claims", "Spinning", "Weaving", "Short chain", "product passport"):
        assert shown in result.stderr
    unissued.anchor()
    shown = terminal.run("passport", "show", PRODUCT)
    assert shown.exit_code == 0
    assert "PROVEN  2 of 2 steps · 1 of 1 claims" in shown.stdout


def test_name_place_and_day_are_those_of_the_step_that_made_it(
    terminal: Terminal, unissued: Server
) -> None:
    answer = terminal.run_json("passport", "issue", PRODUCT, *CATEGORY, "--as", "brand", "--yes")
    statement = stored(unissued, answer)
    assert statement.type is RecordType.DPP
    said = statement.said
    assert isinstance(said, OwnProduct)
    assert (said.name, said.country, said.batch_number) == ("LOT-1", "IT", "LOT-1")
    assert said.place is not None
    assert said.place.name == "Marchio works"
    assert said.production_date == "2026-10-01"


def test_what_a_passport_lacks_is_named_and_makes_it_a_product_statement(
    terminal: Terminal, unissued: Server
) -> None:
    result = terminal.run("passport", "issue", PRODUCT, "--as", "brand", "--json", "--yes")
    assert result.exit_code == 0, result.stderr
    assert "productCategory" in result.stderr
    assert "ProductStatement" in result.stdout


def test_what_is_typed_wins(terminal: Terminal, unissued: Server) -> None:
    answer = terminal.run_json(
        "passport", "issue", PRODUCT, *CATEGORY, "--name", "Cardigan Nome", "--country", "PT",
        "--facility", "https://id.gs1.org/414/9520000000004 Altrove", "--model-number", "M1",
        "--production-date", "2026-09-30", "--description", "Words", "--as", "brand", "--yes",
    )  # fmt: skip
    said = stored(unissued, answer).said
    assert isinstance(said, OwnProduct)
    assert (said.name, said.country, said.model_number) == ("Cardigan Nome", "PT", "M1")
    assert said.place is not None
    assert said.place.name == "Altrove"
    assert (said.production_date, said.description) == ("2026-09-30", "Words")


def test_a_record_can_be_left_out(terminal: Terminal, unissued: Server) -> None:
    claim = unissued.world.id("claim")
    answer = terminal.run_json(
        "passport", "issue", PRODUCT, "--without", b64url(claim), "--as", "brand", "--yes"
    )
    assert claim not in {link.digest for link in stored(unissued, answer).links}


def test_only_what_leads_to_the_product_can_be_left_out(
    terminal: Terminal, unissued: Server
) -> None:
    other = b64url(unissued.world.id("Filatura"))
    result = terminal.run(
        "passport", "issue", PRODUCT, "--without", other, "--as", "brand", "--yes"
    )
    assert result.exit_code == 2
    assert "[record-not-found]" in result.stderr


def test_a_reissue_names_and_supersedes_its_predecessor_and_keeps_what_it_said(
    terminal: Terminal, anchored: Server
) -> None:
    first = anchored.world.id("own")
    answer = terminal.run_json(
        "passport", "issue", PRODUCT, "--description", "New", "--as", "brand", "--yes"
    )
    assert parse_ni(answer["supersedes"]) == first
    statement = stored(anchored, answer)
    assert (statement.type, statement.predecessor) == (RecordType.DPP, first)
    assert isinstance(statement.said, OwnProduct)
    assert statement.said.categories[0].name == "Knitted apparel"
    assert standing(anchored, first) is StandingState.SUPERSEDED
    shown = terminal.run_json("passport", "show", PRODUCT)
    assert shown["own"]["record"] == answer["record"]
    assert shown["verdict"]["outcome"] == "proven"


def test_a_reissue_says_beforehand_that_it_replaces(terminal: Terminal, anchored: Server) -> None:
    result = terminal.run("passport", "issue", PRODUCT, "--as", "brand", answer="n\n")
    assert result.exit_code == 2
    assert "then marked superseded" in " ".join(result.stderr.split()).replace("│ ", "")
    assert standing(anchored, anchored.world.id("own")) is StandingState.IN_FORCE


def test_who_did_not_issue_it_first_is_told_and_supersedes_nothing(
    terminal: Terminal, anchored: Server
) -> None:
    result = terminal.run("passport", "issue", PRODUCT, *CATEGORY, "--as", "mill", "--yes")
    assert result.exit_code == 0, result.stderr
    assert "as said by others" in " ".join(result.stderr.split()).replace("│ ", "")
    assert standing(anchored, anchored.world.id("own")) is StandingState.IN_FORCE


def test_a_product_that_nothing_leads_to_is_issued_with_a_warning(
    terminal: Terminal, anchored: Server
) -> None:
    result = terminal.run("passport", "issue", "urn:example:jacket", "--as", "brand", "--yes")
    assert result.exit_code == 0, result.stderr
    assert "cannot be proven" in " ".join(result.stderr.split()).replace("│ ", "")


def test_a_record_that_the_server_altered_is_not_vouched_for(
    terminal: Terminal, unissued: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = unissued.store.about

    def altered(products: Any) -> Any:
        return [replace(each, jws=unissued.world.jws["claim"]) for each in real(products)]

    monkeypatch.setattr(unissued.store, "about", altered)
    monkeypatch.setattr("filiera.api.finding.intact_copy", lambda _s, stored: stored.jws)
    result = terminal.run("passport", "issue", PRODUCT, "--as", "brand", "--yes")
    assert result.exit_code != 0
    assert unissued.store.own_records(GARMENT) == []


def test_who_may_not_anchor_waits_until_it_is_anchored(
    terminal: Terminal, anchored: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere(anchored, monkeypatch)
    monkeypatch.setattr("time.sleep", lambda _seconds: anchored.anchor())
    answer = terminal.run_json("passport", "issue", PRODUCT, "--as", "brand", "--yes")
    assert parse_ni(answer["supersedes"]) == anchored.world.id("own")


def test_a_record_that_is_not_anchored_in_time_replaces_nothing_yet(
    terminal: Terminal, anchored: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere(anchored, monkeypatch)
    monkeypatch.setattr("filiera.cli.supersede.PATIENCE", -1.0)
    result = terminal.run("passport", "issue", PRODUCT, "--as", "brand", "--yes")
    assert result.exit_code == 3
    assert "filiera status supersede" in " ".join(result.stderr.split())
    first = anchored.world.id("own")
    assert standing(anchored, first) is StandingState.IN_FORCE
    assert len(anchored.store.own_records(GARMENT)) == 2


def elsewhere(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command runs on another machine than the server."""
    away = TestClient(server.app, client=("192.0.2.7", 50000), raise_server_exceptions=False)
    monkeypatch.setattr(client, "open_http", lambda _base: away)
