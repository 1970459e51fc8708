# SPDX-License-Identifier: Apache-2.0
"""Known answers of others, in Python; tests/proof holds those of Merkle trees, RLP and JSON."""

from __future__ import annotations

from typing import Any

import pytest
from eth_hash.auto import keccak

from filiera.errors import InputError
from filiera.model.gs1_keys import check_digit
from filiera.model.ids import b64url, unb64url
from filiera.proof.encoding import parse_json
from filiera.proof.jws import address_of, parse_jws, signature_holds
from filiera.proof.sealing import signer_of
from tests.foreign.data import foreign, octets

KECCAK, ECDSA, JWS, IJSON = map(foreign, ("keccak", "ecdsa", "jws", "ijson"))


def test_hashes_and_accounts_are_those_of_ethereum() -> None:
    for each in KECCAK["hashes"]:
        assert keccak(bytes.fromhex(each["data"])).hex() == each["hash"]
    for each in KECCAK["accounts"]:
        assert address_of(bytes.fromhex(each["publicKey"])) == each["address"]


def test_gtins_have_the_check_digit_of_gs1() -> None:
    for gtin in foreign("gs1")["gtins"]:
        assert check_digit(gtin[:-1].rjust(13, "0")) == gtin[-1]


@pytest.mark.parametrize("vector", ECDSA["recoveries"], ids=lambda each: each["name"])
def test_a_seal_is_its_maker_s_or_nobody_s(vector: dict[str, Any]) -> None:
    digest, seal = bytes.fromhex(vector["digest"]), bytes.fromhex(vector["seal"])
    assert signer_of(digest, seal, low_s=vector["lowS"]) == vector["signer"]


@pytest.mark.parametrize("vector", JWS["records"], ids=lambda each: each["name"])
def test_a_jws_of_others_is_a_record_or_refused_with_a_code(vector: dict[str, Any]) -> None:
    assert _says(vector["jws"].encode()) == vector["says"]


def _says(jws: bytes) -> str:
    try:
        return "holds" if signature_holds(parse_jws(jws)) else "does not hold"
    except InputError as error:
        return error.code


@pytest.mark.parametrize("vector", JWS["base64url"], ids=lambda each: each["text"])
def test_base64url_is_that_of_its_standard(vector: dict[str, str]) -> None:
    data = bytes.fromhex(vector["data"])
    assert (b64url(data), unb64url(vector["text"])) == (vector["text"], data)


@pytest.mark.parametrize("text", JWS["refused"])
def test_another_spelling_of_base64url_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        unb64url(text)


def test_every_text_that_i_json_allows_is_read_and_no_other() -> None:
    for text in IJSON["read"]:
        parse_json(octets(text))
    for group in IJSON["refused"]:
        for text in group["texts"]:
            with pytest.raises(InputError) as refused:
                parse_json(octets(text))
            assert refused.value.code == group["code"], text
