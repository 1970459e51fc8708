# SPDX-License-Identifier: Apache-2.0
"""Bundles and the trust file over HTTP; what a real chain proves is tested in tests/services."""

from __future__ import annotations

import pytest

from filiera.ports.ledger import StateProof
from filiera.proof.bundle import parse_bundle
from filiera.proof.facts import Status, StatusKind
from filiera.proof.trust import dump_trust, parse_trust
from tests.support.blocks import made_header
from tests.support.fake_ledger import FakeLedger
from tests.support.server import Server

PATH = "/v1/passports/01/09520000000028/10/LOT-1/bundle"


@pytest.fixture
def anchored(server: Server) -> Server:
    server.submit_all()
    server.anchor()
    return server


@pytest.fixture
def proving(anchored: Server, monkeypatch: pytest.MonkeyPatch) -> Server:
    """A server whose chain proves something; whether that is enough is not asked here."""
    proof = StateProof((made_header().rlp,), bytes(65), ())
    monkeypatch.setattr(FakeLedger, "prove", lambda *_: proof)
    return anchored


def test_the_trust_file_comes_in_its_canonical_text(server: Server) -> None:
    answer = server.client.get("/v1/trust")
    assert answer.headers["content-type"] == "application/json"
    assert answer.content == dump_trust(parse_trust(answer.content))
    assert answer.content == dump_trust(server.services.bundles.trust)


def test_a_bundle_begins_with_the_product_s_own_record(proving: Server) -> None:
    answer = proving.client.get(PATH)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    bundle = parse_bundle(answer.content)
    assert bundle.records[0].jws == proving.world.jws["own"]
    assert all(record.inclusion for record in bundle.records)


def test_equal_block_equal_bytes_and_another_block_is_asked_for_by_number(
    proving: Server,
) -> None:
    first = proving.client.get(PATH).content
    assert proving.client.get(f"{PATH}?block={proving.ledger.number}").content == first
    assert proving.client.get(f"{PATH}?block=999999").json()["code"] == "block-not-found"


def test_without_a_block_the_one_that_was_made_is_given_out_until_something_has_changed(
    proving: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    def other(number: int) -> StateProof:
        return StateProof((made_header().rlp,), bytes([number]) * 65, ())

    kept = proving.client.get(PATH).content
    monkeypatch.setattr(FakeLedger, "prove", lambda *_: other(1))
    block = proving.ledger.mine()
    assert proving.client.get(PATH).content == kept
    assert proving.client.get(f"{PATH}?block={block.number}").content != kept
    spin = proving.world.mill.id, proving.world.id("spin")
    entry = Status(StatusKind.REVOKED, 1, block.time, block.time, proving.world.mill.signer.address)
    proving.ledger.statuses[spin] = (entry,)
    proving.ledger.mine()
    assert proving.client.get(PATH).content != kept


def test_whoever_takes_gzip_gets_the_same_bundle_compressed_under_another_tag(
    proving: Server,
) -> None:
    plain = proving.client.get(PATH, headers={"Accept-Encoding": "identity"})
    zipped = proving.client.get(PATH, headers={"Accept-Encoding": "br;q=1, gzip;q=0.5"})
    assert "content-encoding" not in plain.headers
    assert zipped.headers["content-encoding"] == "gzip"
    assert int(zipped.headers["content-length"]) < int(plain.headers["content-length"])
    assert zipped.content == plain.content
    assert zipped.headers["content-type"] == "application/json"
    assert zipped.headers["etag"] != plain.headers["etag"]
    for answer in (plain, zipped):
        assert "Accept-Encoding" in answer.headers["vary"].split(", ")


@pytest.mark.parametrize("encoding", ["identity", "gzip", "gzip;q=0"])
def test_who_has_these_very_bytes_is_told_so_and_who_has_others_gets_them(
    proving: Server, encoding: str
) -> None:
    accept = {"Accept-Encoding": encoding}
    first = proving.client.get(PATH, headers=accept)
    tag = first.headers["etag"]
    again = proving.client.get(PATH, headers={**accept, "If-None-Match": f'"other", W/{tag}'})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == tag
    assert "Accept-Encoding" in again.headers["vary"].split(", ")
    other = proving.client.get(PATH, headers={**accept, "If-None-Match": '"other"'})
    assert (other.status_code, other.content) == (200, first.content)


def test_a_product_that_is_not_here_has_no_bundle(proving: Server) -> None:
    answer = proving.client.get("/v1/passports/01/09520000000028/10/NOWHERE/bundle")
    assert (answer.status_code, answer.json()["code"]) == (404, "passport-not-found")


def test_a_chain_that_does_not_answer_or_keeps_no_state_is_a_part_that_is_down(
    anchored: Server,
) -> None:
    answer = anchored.client.get(PATH)
    assert (answer.status_code, answer.json()["part"]) == (503, "chain")
    anchored.ledger.down = True
    assert anchored.client.get(PATH).status_code == 503
    assert anchored.client.get("/v1/trust").status_code == 200
