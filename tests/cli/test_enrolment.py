# SPDX-License-Identifier: Apache-2.0
"""A firm joins a district on a real chain: invited, consenting, enrolled, stating."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from eth_account import Account
from fastapi.testclient import TestClient

from filiera.adapters.clock import SystemClock
from filiera.adapters.documents.memory import MemoryDocumentStore
from filiera.adapters.store.sql import SqlRecordStore
from filiera.api.app import create_app
from filiera.cli import client, clock
from filiera.services import Services
from filiera.services.accept import Acceptance
from filiera.services.anchor import Anchoring
from filiera.services.bundles import Bundles
from filiera.services.collect import Collector
from filiera.services.gather import Gatherer
from filiera.services.passports import Passports
from filiera.settings import Settings
from tests.cli.conftest import PASSWORD, Terminal
from tests.support.chain import District, digest
from tests.support.trust import trust_of

pytestmark = [pytest.mark.stack, pytest.mark.xdist_group("chain")]


@pytest.fixture
def joined(
    terminal: Terminal, district: District, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Terminal:
    """A terminal whose server and node are those of a real district."""
    monkeypatch.setattr(clock, "seconds", lambda: district.chain.head().time)
    app = create_app(services(district), settings=Settings(), background=False)
    reached = TestClient(app, client=("127.0.0.1", 50000))
    monkeypatch.setattr(client, "open_http", lambda _base: reached)
    monkeypatch.setenv("FILIERA_CHAIN_URL", district.chain.url)
    district.deployment.save(tmp_path / "deployment.json")
    monkeypatch.setenv("FILIERA_DEPLOYMENT", str(tmp_path / "deployment.json"))
    terminal.keys.mkdir()
    secret = digest("key of association")
    encrypted = Account.encrypt(secret, PASSWORD, kdf="pbkdf2", iterations=1)
    (terminal.keys / "association.json").write_text(json.dumps(encrypted))
    return terminal


def services(district: District) -> Services:
    """Real services over the district's chain, with everything else in memory."""
    documents, store = MemoryDocumentStore(), SqlRecordStore("sqlite://")
    identity = district.ledger.identity()
    store.bind(identity)
    parts: Any = (district.ledger, store, documents, SystemClock())
    gatherer = Gatherer(district.ledger, store, documents)
    pinned = trust_of(district.deployment)
    passports = Passports(store, gatherer, pinned.trust)
    return Services(
        *parts,
        acceptance=Acceptance(*parts),
        anchoring=Anchoring(*parts),
        gatherer=gatherer,
        passports=passports,
        collector=Collector(store),
        bundles=Bundles(district.ledger, passports, SystemClock(), pinned),
    )


def test_a_firm_is_invited_consents_is_enrolled_and_states_a_claim(
    joined: Terminal, tmp_path: Path
) -> None:
    address = joined.run_json("key", "new", "newcomer")["address"]
    file = tmp_path / "newcomer.json"
    invited = joined.run_json(
        "participant", "invite", "--account", address, "--name", "Nuova Tessitura Campione",
        "--registered-id", "BO-999999", "--registered-on", "2020-05-04",
        "--register", "https://filiera.example/registers/sample Sample register",
        "--role", "producer", "--as", "association", "-o", file, "--yes",
    )  # fmt: skip
    joined.run_json("participant", "consent", file, "--as", "newcomer", "--yes")
    enrolled = joined.run_json("participant", "enrol", file, "--as", "association", "--yes")
    assert enrolled["participant"] == invited["participant"]

    shown = joined.run_json("participant", "show", enrolled["participant"])
    assert (shown["name"], shown["roles"]) == ("Nuova Tessitura Campione", ["producer"])
    listed = joined.run("participant", "list").stdout
    assert "Nuova Tessitura" in listed
    stated = joined.run_json(
        "claim", "new", "--about", "09520000000011/X", "--criterion", "traceability",
        "--as", "newcomer", "--yes",
    )  # fmt: skip
    assert stated["participant"] == enrolled["participant"]


def test_a_consent_is_good_once(joined: Terminal, tmp_path: Path) -> None:
    address = joined.run_json("key", "new", "newcomer")["address"]
    file = tmp_path / "newcomer.json"
    joined.run_json(
        "participant", "invite", "--account", address, "--name", "Firm", "--registered-id", "1",
        "--registered-on", "2020-05-04", "--register", "https://filiera.example/r R",
        "--role", "producer", "--as", "association", "-o", file, "--yes",
    )  # fmt: skip
    joined.run_json("participant", "consent", file, "--as", "newcomer", "--yes")
    assert joined.run("participant", "enrol", file, "--as", "association", "--yes").exit_code == 0
    again = joined.run("participant", "enrol", file, "--as", "association", "--yes")
    assert again.exit_code == 1
    assert "[chain-refused]" in again.stderr


def test_a_no_at_any_of_the_three_steps_leaves_everything_as_it_was(
    joined: Terminal, tmp_path: Path
) -> None:
    address = joined.run_json("key", "new", "newcomer")["address"]
    file = tmp_path / "newcomer.json"
    steps = (
        ("invite", "--account", address, "--name", "Firm", "--registered-id", "1",
         "--registered-on", "2020-05-04", "--register", "https://filiera.example/r R",
         "--role", "producer", "--as", "association", "-o", file),
        ("consent", file, "--as", "newcomer"),
        ("enrol", file, "--as", "association"),
    )  # fmt: skip
    for step in steps:
        before = file.read_bytes() if file.exists() else None
        refused = joined.run("participant", *step, answer="n\n")
        assert refused.exit_code == 2
        assert "[cancelled]" in refused.stderr
        assert (file.read_bytes() if file.exists() else None) == before
        assert "Firm" not in joined.run("participant", "list").stdout
        joined.run_json("participant", *step, "--yes")
    assert "Firm" in joined.run("participant", "list").stdout
