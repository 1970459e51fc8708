# SPDX-License-Identifier: Apache-2.0
"""No bundle is made that no verifier would read."""

from __future__ import annotations

import pytest

from filiera.errors import ConflictError
from filiera.ports.ledger import StateProof
from filiera.proof.bundle import most_nodes, parse_bundle
from tests.support.blocks import made_header
from tests.support.fake_ledger import FakeLedger
from tests.support.server import Server
from tests.support.world import GARMENT


@pytest.fixture
def server() -> Server:
    made = Server()
    made.submit_all()
    made.anchor()
    return made


PATH = "/v1/passports/01/09520000000028/10/LOT-1/bundle"


def proves(monkeypatch: pytest.MonkeyPatch, nodes: int) -> None:
    """Lets the chain prove everything with so many nodes."""
    proof = StateProof((made_header().rlp,), b"\1" * 65, (b"node",) * nodes)
    monkeypatch.setattr(FakeLedger, "prove", lambda *_: proof)


def test_a_passport_that_takes_more_nodes_than_a_reader_does_has_no_bundle(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    proves(monkeypatch, 1)
    bundles = server.services.bundles
    records = len(parse_bundle(bundles.make(GARMENT)).records)
    server.ledger.mine()
    proves(monkeypatch, most_nodes(records) + 1)
    with pytest.raises(ConflictError, match="trie nodes") as error:
        bundles.make(GARMENT, server.ledger.head())
    assert error.value.code == "bundle-too-large"


def test_the_api_says_that_it_is_too_large_and_what_to_take_instead(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    proves(monkeypatch, 100_001)
    answer = server.client.get(PATH)
    assert answer.status_code == 409
    assert answer.json()["code"] == "bundle-too-large"
    assert "passport itself" in answer.json()["hint"]
