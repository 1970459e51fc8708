# SPDX-License-Identifier: Apache-2.0
"""Headers of Besu's networks, each as standards/qbft says: accepted, or refused, and why."""

from __future__ import annotations

from typing import Any

import pytest

from filiera.errors import InputError
from filiera.proof.header import Header, parse_header
from filiera.proof.qbft import (
    IBFT2,
    QBFT,
    block_hash,
    check_committed,
    commit_hash,
    commit_signers,
    parse_extra,
    quorum,
)
from filiera.proof.sealing import SealAnswer
from tests.standards import STANDARDS, standard_json

ENCODINGS = {"qbft": QBFT, "ibft2": IBFT2}
CODES = {
    "unknown-signer": "seal-foreign",
    "duplicate-signer": "seal-duplicate",
    "below-quorum": "seal-too-few",
    "extra-shape": "seal-malformed",
    "no-trusted-validators": "seal-foreign",
}
"""What the vectors call a reason -> what it is here."""
OF_THE_CLAIM = {"block-hash-mismatch", "storage-proof", "account-proof"}
"""Headers that are good: what is claimed about them is not (tests/proof/test_storage.py)."""


def vectors(kind: str) -> list[Any]:
    path = f"qbft/{kind}.json"
    if not (STANDARDS / path).exists():
        reason = f"the standards' data is not there: {STANDARDS / path}"
        return [pytest.param(None, marks=pytest.mark.skip(reason=reason), id="absent")]
    return [pytest.param(each, id=each["name"]) for each in standard_json(path)["vectors"]]


def header_of(vector: dict[str, Any]) -> Header:
    return parse_header(bytes.fromhex(vector["header_rlp"][2:]))


def answered(vector: dict[str, Any]) -> SealAnswer:
    validators = tuple(sorted(vector["trusted_validators"]))
    return check_committed(header_of(vector), validators, ENCODINGS[vector["protocol"]])


@pytest.mark.parametrize("vector", [*vectors("headers"), *vectors("synthetic")])
def test_a_header_has_the_hashes_and_the_signers_of_its_network(vector: dict[str, Any]) -> None:
    header, encoding = header_of(vector), ENCODINGS[vector["protocol"]]
    expected = vector["expect"]
    assert "0x" + commit_hash(header, encoding).hex() == expected["commit_hash"]
    assert "0x" + block_hash(header, encoding).hex() == expected["block_hash"]
    assert list(commit_signers(header, encoding)) == expected["signers"]
    assert parse_extra(header.extra, encoding).round == expected["round"]
    if "claimed_block_hash" in vector:
        assert vector["claimed_block_hash"] == expected["block_hash"]
    if "rpc_block" in vector:
        assert vector["rpc_block"]["hash"] == expected["block_hash"]
    if "quorum" in expected:
        assert quorum(len(vector["trusted_validators"])) == expected["quorum"]


@pytest.mark.parametrize(
    "vector", [*vectors("headers"), *vectors("synthetic"), *vectors("negative")]
)
def test_a_header_is_sealed_or_refused_as_the_vectors_say(vector: dict[str, Any]) -> None:
    answer, expected = answered(vector), vector["expect"]
    reason = expected.get("reason")
    if expected["valid"]:
        assert answer.code == "seal-ok"
        assert list(answer.signers) == expected["signers"]
        assert "0x" + answer.block_hash.hex() == expected["block_hash"]
    elif reason == "block-hash-mismatch":
        assert "0x" + answer.block_hash.hex() != vector["claimed_block_hash"]
    elif reason in OF_THE_CLAIM:
        assert answer.code == "seal-ok"
    else:
        assert answer.code == CODES[reason]


@pytest.mark.parametrize("vector", vectors("extradata"))
def test_extra_data_says_what_the_vectors_say(vector: dict[str, Any]) -> None:
    data, expected = bytes.fromhex(vector["extra_data"][2:]), vector["expect"]
    extra = parse_extra(data, ENCODINGS[vector["protocol"]])
    assert "0x" + extra.vanity.hex() == expected["vanity"]
    assert list(extra.validators) == expected["validators"]
    vote = expected["vote"]
    assert extra.vote == (None if vote is None else (vote["recipient"], vote["add"]))
    assert extra.round == expected["round"]
    assert ["0x" + seal.hex() for seal in extra.seals] == expected["seals"]


@pytest.mark.parametrize("vector", vectors("extradata"))
def test_one_encoding_is_not_read_as_the_other(vector: dict[str, Any]) -> None:
    other = IBFT2 if vector["protocol"] == "qbft" else QBFT
    with pytest.raises(InputError):
        parse_extra(bytes.fromhex(vector["extra_data"][2:]), other)


def test_an_empty_set_of_validators_is_no_quorum() -> None:
    assert quorum(0) == 1
    assert [quorum(n) for n in (1, 2, 3, 4, 5, 6, 7, 9, 10)] == [1, 2, 2, 3, 4, 4, 5, 6, 7]
