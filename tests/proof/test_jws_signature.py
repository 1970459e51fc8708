# SPDX-License-Identifier: Apache-2.0
"""What a signature may be, what it holds for, and what is not signed at all."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filiera.adapters.keys.account import LocalSigner
from filiera.errors import InputError
from filiera.model.ids import b64url, did_pkh, unb64url
from filiera.proof.jws import (
    MAX_JWS,
    ORDER,
    address_of,
    parse_jws,
    record_id,
    sign_record,
    signature_holds,
)
from tests.support.spelling import CHAIN, OTHER, PAYLOAD, RECORD, SIGNATURE, SIGNER, Spelling, code


def with_signature(r: int, s: int) -> bytes:
    return Spelling(signature=r.to_bytes(32, "big") + s.to_bytes(32, "big")).jws()


R, S = int.from_bytes(SIGNATURE[:32], "big"), int.from_bytes(SIGNATURE[32:], "big")


@pytest.mark.parametrize(
    ("r", "s"), [(0, S), (R, 0), (ORDER, S), (R, ORDER), (2**256 - 1, S), (R, 2**256 - 1), (0, 0)]
)
def test_r_and_s_lie_within_the_order(r: int, s: int) -> None:
    assert code(with_signature(r, s)) == "signature-invalid"


def test_the_upper_half_of_s_is_refused_though_it_verifies() -> None:
    header, payload, _ = RECORD.rsplit(b".")
    high = SIGNATURE[:32] + (ORDER - S).to_bytes(32, "big")
    jws = b".".join([header, payload, b64url(high).encode()])
    assert code(jws) == "signature-high-s"
    assert code(with_signature(R, ORDER // 2 + 1)) == "signature-high-s"
    assert not signature_holds(parse_jws(with_signature(R, ORDER // 2)))


@given(st.integers(0, len(Spelling().payload) * 8 - 1))
def test_a_payload_with_one_bit_flipped_is_refused_or_does_not_verify(bit: int) -> None:
    payload = bytearray(unb64url(RECORD.decode().split(".")[1]))
    payload[bit // 8 % len(payload)] ^= 1 << bit % 8
    try:
        record = parse_jws(Spelling(payload=bytes(payload), signature=SIGNATURE).jws())
    except InputError:
        return
    assert not signature_holds(record)


@given(st.integers(0, 511))
def test_a_signature_with_one_bit_flipped_is_refused_or_does_not_verify(bit: int) -> None:
    signature = bytearray(SIGNATURE)
    signature[bit // 8] ^= 1 << bit % 8
    jws = RECORD.rpartition(b".")[0] + b"." + b64url(bytes(signature)).encode()
    try:
        record = parse_jws(jws)
    except InputError as error:
        # Most are read, and then must not hold: `pytest.raises` would be wrong of those.
        assert error.code in {"signature-high-s", "signature-invalid"}  # noqa: PT017
        return
    assert not signature_holds(record)


def test_a_signature_under_another_key_does_not_verify() -> None:
    record = parse_jws(RECORD)
    assert not signature_holds(replace(record, public_key=OTHER.public_key))


def test_a_signature_over_another_s_payload_does_not_verify() -> None:
    assert not signature_holds(parse_jws(Spelling(signature=SIGNATURE).jws()))


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused_with_a_code(data: bytes) -> None:
    with pytest.raises(InputError):
        parse_jws(data)


# Signing


def test_nothing_is_signed_that_the_other_side_would_refuse() -> None:
    refused: list[tuple[dict[str, Any], str]] = [
        ({"issuer": {"id": did_pkh(CHAIN, OTHER.address)}}, "jws-kid"),
        ({"issuer": {"id": did_pkh(1, SIGNER.address)}}, "jws-kid"),
        ({}, "jws-kid"),
        ({**PAYLOAD, "n": 2**53}, "json-not-i-json"),
        ({**PAYLOAD, "n": "\ud800"}, "json-not-i-json"),
        ({**PAYLOAD, "n": "x" * MAX_JWS}, "record-too-large"),
    ]
    for payload, expected in refused:
        with pytest.raises(InputError) as caught:
            sign_record(payload, CHAIN, SIGNER)
        assert caught.value.code == expected


# Known answers


def test_an_address_is_the_end_of_keccak_of_the_point() -> None:
    # EIP-55's and many suites' account of private key 1.
    signer = LocalSigner((1).to_bytes(32, "big"))
    assert address_of(signer.public_key) == "0x7e5f4552091a69125d5dfcb7b8c2659029395bdf"


def test_an_es256k_signature_of_another_library_verifies() -> None:
    # RFC 8812 has no signature; `cryptography` is OpenSSL's ECDSA, an independent one.
    ec = pytest.importorskip("cryptography.hazmat.primitives.asymmetric.ec")
    utils = pytest.importorskip("cryptography.hazmat.primitives.asymmetric.utils")
    hashes = pytest.importorskip("cryptography.hazmat.primitives.hashes")
    key = ec.derive_private_key(int.from_bytes(sha256(b"spinner").digest(), "big"), ec.SECP256K1())
    signing_input = RECORD.rpartition(b".")[0]
    r, s = utils.decode_dss_signature(key.sign(signing_input, ec.ECDSA(hashes.SHA256())))
    signature = r.to_bytes(32, "big") + min(s, ORDER - s).to_bytes(32, "big")
    record = parse_jws(signing_input + b"." + b64url(signature).encode())
    assert signature_holds(record)
    assert record.id != record_id(RECORD), "another nonce: the same words, another record"
