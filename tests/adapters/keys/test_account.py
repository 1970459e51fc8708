# SPDX-License-Identifier: Apache-2.0
"""A signer signs as RFC 6979 and BIP 62 say, and never shows its key."""

from __future__ import annotations

from hashlib import sha256

import pytest
from coincurve import PublicKey

from filiera.adapters.keys.account import LocalSigner
from filiera.ports.signer import Signer
from filiera.proof.jws import ORDER


def test_the_address_and_the_point_of_key_one_are_the_generator_s() -> None:
    # SEC 2 section 2.4.1; the address is in many Ethereum test suites.
    signer: Signer = LocalSigner((1).to_bytes(32, "big"))
    assert signer.address == "0x7e5f4552091a69125d5dfcb7b8c2659029395bdf"
    assert signer.public_key.hex() == (
        "79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798"
        "483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8"
    )


def test_a_signature_is_the_deterministic_one_of_rfc_6979() -> None:
    # The community's secp256k1 vector (bitcointalk.org topic 285142, used by
    # bitcoinjs-lib and python-ecdsa): key 1, SHA-256 of "Satoshi Nakamoto".
    signer = LocalSigner((1).to_bytes(32, "big"))
    signature = signer.sign_digest(sha256(b"Satoshi Nakamoto").digest())
    assert signature[:64].hex() == (
        "934b1ea10a4b3c1757e2b0c017d0b6143ce3c9a7e6a4a49860d7a6ab210ee3d8"
        "2442ce9d2b916064108014783e923ec36b49743e2ffa1c4496f01a512aafd9e5"
    )


def test_every_signature_has_a_low_s_and_recovers_its_signer() -> None:
    for n in range(40):
        signer = LocalSigner.generate()
        digest = sha256(bytes([n])).digest()
        signature = signer.sign_digest(digest)
        assert len(signature) == 65
        assert signature[64] in (0, 1)
        assert 0 < int.from_bytes(signature[32:64], "big") <= ORDER // 2
        recovered = PublicKey.from_signature_and_message(signature, digest, hasher=None)
        assert recovered.format(compressed=False)[1:] == signer.public_key


def test_neither_repr_nor_str_shows_the_key() -> None:
    key = sha256(b"secret").digest()
    signer = LocalSigner(key)
    for shown in (repr(signer), str(signer), f"{signer!r}"):
        assert shown == f"LocalSigner({signer.address})"
        assert key.hex() not in shown
    assert not hasattr(signer, "__dict__")


@pytest.mark.parametrize(
    "key",
    [b"", bytes(32), bytes(31) + b"\x01\x00", ORDER.to_bytes(32, "big"), b"\xff" * 32],
    ids=["empty", "zero", "33 bytes", "order", "beyond"],
)
def test_what_is_no_private_key_is_refused(key: bytes) -> None:
    with pytest.raises(ValueError, match=r"32 bytes|[Ss]ecret"):
        LocalSigner(key)


def test_only_digests_of_32_bytes_are_signed() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        LocalSigner.generate().sign_digest(b"a message")
