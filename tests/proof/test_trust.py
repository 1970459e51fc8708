# SPDX-License-Identifier: Apache-2.0
"""One trust has one spelling, one digest and twelve words; what is none is refused."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from filiera.errors import InputError
from filiera.model.ids import ni_uri
from filiera.proof.encoding import dump_json
from filiera.proof.trust import (
    MAX_TRUST,
    Contracts,
    dump_trust,
    parse_trust,
    trust_digest,
    trust_schema,
    trust_words,
)
from scripts.write_schemas import FOLDER, SCHEMAS, spelled
from tests.support.trust import OPERATOR, contracts, members, trust

OTHER = "0x" + "bb" * 20


def test_a_trust_file_is_read_and_written_alike() -> None:
    text = dump_json(members(predecessor=ni_uri(bytes(32))))
    assert dump_trust(parse_trust(text)) == text
    text = dump_json(members())
    assert dump_trust(parse_trust(text)) == text
    assert trust_digest(parse_trust(text)) == sha256(text).digest()


def test_another_order_or_white_space_changes_neither_meaning_nor_digest() -> None:
    said = members()
    turned = json.dumps(dict(reversed(said.items())), indent=4).encode()
    assert trust_digest(parse_trust(turned)) == trust_digest(parse_trust(dump_json(said)))


def test_it_says_what_the_checks_of_records_need() -> None:
    found = trust(founders=sorted((ni_uri(b"\1" * 32), ni_uri(b"\2" * 32)))).trust
    assert found.chain_id == 952952
    assert found.genesis_hash == b"\1" * 32
    assert found.founders == {b"\1" * 32, b"\2" * 32}


def test_contracts_are_named_as_on_the_chain() -> None:
    said = contracts()
    named = Contracts.model_validate(said).named
    assert {name: each.address for name, each in named.items()} == {
        name: each["address"] for name, each in said.items()
    }


def contract(**changed: Any) -> list[dict[str, Any]]:
    said = contracts()
    said["StatusRegistry"] |= changed
    return [said]


def without(name: str) -> dict[str, Any]:
    return {each: value for each, value in contracts().items() if each != name}


def seal(kind: str = "qbft", validators: Any = (OPERATOR, OTHER), **more: Any) -> dict[str, Any]:
    return {"kind": kind, "validators": list(validators), "fromBlock": 0} | more


FOUNDER = ni_uri(bytes(32))
MALFORMED: dict[str, dict[str, Any]] = {
    "a member that nobody knows": {"more": 1},
    "a seal that nobody knows": {"seal": seal("proof-of-work")},
    "a member of the seal that nobody knows": {"seal": seal(quorum=1)},
    "nobody who seals": {"seal": seal(validators=())},
    "a validator twice": {"seal": seal(validators=(OPERATOR, OPERATOR))},
    "validators out of order": {"seal": seal(validators=(OTHER, OPERATOR))},
    "two operators": {"seal": seal("operator")},
    "an address in capitals": {"seal": seal(validators=("0x" + "AA" * 20,))},
    "an address that is too long": {"seal": seal(validators=(OPERATOR + "00",))},
    "an address and a line's end": {"seal": seal(validators=(OPERATOR + "\n",))},
    "an address that is a number": {"seal": seal(validators=(1,))},
    "a chain that is no number": {"chainId": "952952"},
    "a chain that is a truth": {"chainId": True},
    "a chain of none": {"chainId": 0},
    "a hash without 0x": {"genesisHash": "01" * 32},
    "no contracts": {"contracts": []},
    "a contract that is missing": {"contracts": [without("FindingRegistry")]},
    "a contract that nobody knows": {"contracts": [contracts() | {"Owner": {}}]},
    "a contract without code": {"contracts": contract(codeHash=None)},
    "a layout that is none": {"contracts": contract(layout="0x")},
    "one address for two contracts": {"contracts": [contracts(), contracts(4)]},
    "no founder": {"founders": []},
    "a founder twice": {"founders": [FOUNDER, FOUNDER]},
    "a founder in another spelling": {"founders": [FOUNDER[:-1] + "B"]},
    "no time at all": {"maximumAge": 0},
    "an age below nothing": {"maximumAge": -1},
    "a block before the first": {"minimumBlock": -1},
    "a block that is a fraction": {"minimumBlock": 1.5},
    "a pinned block twice": {"pinnedBlocks": ["0x" + "01" * 32] * 2},
    "a predecessor that is none": {"predecessor": "ni:///sha-256;"},
    "a version that is no number": {"filieraTrust": "1"},
    "a version that is a truth": {"filieraTrust": True},
}


def refusal(data: bytes) -> InputError:
    with pytest.raises(InputError) as refused:
        parse_trust(data)
    return refused.value


@pytest.mark.parametrize("what", MALFORMED)
def test_it_is_refused_with(what: str) -> None:
    error = refusal(json.dumps(members() | MALFORMED[what]).encode())
    assert error.code in {"trust-malformed", "number-malformed"}
    assert error.where


@pytest.mark.parametrize("name", members())
def test_every_member_is_needed(name: str) -> None:
    assert refusal(dump_json(members(**{name: None}))).code == "trust-malformed"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "json-malformed"),
        (b"[]", "json-malformed"),
        (b"null", "json-malformed"),
        (b'{"filieraTrust":1,"filieraTrust":1}', "json-not-i-json"),
        (b'{"filieraTrust":1.0}', "trust-malformed"),
        (b'{"filieraTrust":9007199254740993}', "json-not-i-json"),
        (b"[" * 100_000, "json-too-deep"),
        (b" " * (MAX_TRUST + 1), "trust-malformed"),
        (dump_json(members() | {"predecessor": None}), "trust-malformed"),
    ],
)
def test_what_is_no_trust_file_is_refused(data: bytes, code: str) -> None:
    assert refusal(data).code == code


def test_a_newer_version_is_told_from_a_malformed_one() -> None:
    error = refusal(dump_json(members() | {"filieraTrust": 2, "more": 1}))
    assert error.code == "trust-version"
    assert "2" in error.message
    assert "1" in error.message


# Words. BIP-39's own known answers (trezor/python-mnemonic, vectors.json), English.
@pytest.mark.parametrize(
    ("entropy", "words"),
    [
        ("00" * 16, "abandon " * 11 + "about"),
        ("7f" * 16, "legal winner thank year wave sausage worth useful legal winner thank yellow"),
    ],
)
def test_a_digest_is_read_out_in_twelve_words(entropy: str, words: str) -> None:
    digest = bytes.fromhex(entropy) + bytes(16)
    assert trust_words(digest) == tuple(words.split())
    assert len(set(trust_words(digest, "it"))) >= 2
    assert len(trust_words(digest, "it")) == 12


@pytest.mark.parametrize(
    "changed",
    [
        {"chainId": 1},
        {"seal": members()["seal"] | {"fromBlock": 1}},
        {"contracts": [contracts(), contracts(9)]},
        {"founders": [ni_uri(bytes(32)), ni_uri(b"\xff" * 32)]},
        {"pinnedBlocks": ["0x" + "03" * 32]},
        {"predecessor": ni_uri(bytes(32))},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_a_digest_that_is_remembered_is_of_equal_trust_alone(changed):
    usual, other = trust(), trust(**changed)
    for each in (usual, other, trust(), trust(**changed)):
        assert trust_digest(each) == sha256(dump_trust(each)).digest()
    assert usual == trust()
    assert hash(usual) == hash(trust())
    assert trust_digest(usual) != trust_digest(other)


def test_two_trust_files_have_other_words_in_each_language() -> None:
    one, other = trust_digest(trust()), trust_digest(trust(minimumBlock=1))
    for language in ("en", "it"):
        assert trust_words(one, language) != trust_words(other, language)


# The schema


def test_the_published_schemas_are_what_the_code_reads() -> None:
    for name, schema in SCHEMAS.items():
        assert (FOLDER / name).read_text("utf-8") == spelled(schema())


def test_the_schema_takes_a_trust_file_and_refuses_what_it_can_tell() -> None:
    Draft202012Validator.check_schema(trust_schema())
    schema = Draft202012Validator(trust_schema())
    assert schema.is_valid(members())
    assert schema.is_valid(members(predecessor=FOUNDER))
    # What a schema cannot say: order, and what depends on another member.
    beyond = {"a validator twice", "validators out of order", "two operators", "a founder twice"}
    beyond |= {"a pinned block twice", "one address for two contracts"}
    beyond |= {"a founder in another spelling"}
    refused = {
        what for what, change in MALFORMED.items() if not schema.is_valid(members() | change)
    }
    assert refused == MALFORMED.keys() - beyond
