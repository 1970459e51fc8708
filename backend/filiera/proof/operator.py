# SPDX-License-Identifier: Apache-2.0
"""Seals of kind "operator": one pinned address signs the block (docs/proof.md 4).

For a local chain, which nobody else seals. It is one operator's word, and says so.
"""

from __future__ import annotations

from typing import Final

from eth_hash.backends.pysha3 import keccak256

from filiera.proof.sealing import SealAnswer, Sealed, signer_of
from filiera.proof.trust import TrustFile

DOMAIN: Final = b"Filiera operator seal v1"


def operator_digest(chain_id: int, genesis_hash: bytes, number: int, block_hash: bytes) -> bytes:
    """What the operator signs: Keccak-256 of the domain, chain, genesis, number and hash.

    Numbers are 32 bytes, big endian.
    """
    parts = DOMAIN, chain_id.to_bytes(32, "big"), genesis_hash, number.to_bytes(32, "big")
    return keccak256(b"".join(parts) + block_hash)


def check_operator(sealed: Sealed, trust: TrustFile) -> SealAnswer:
    """Whether the pinned operator signed this block of this chain."""
    header, seal = sealed.header, sealed.operator_seal
    if seal is None:
        return SealAnswer("seal-missing", header.hash)
    genesis = bytes.fromhex(trust.genesis_hash[2:])
    digest = operator_digest(trust.chain_id, genesis, header.number, header.hash)
    signer = signer_of(digest, seal)
    if signer is None or signer not in trust.seal.validators:
        return SealAnswer("seal-foreign", header.hash, operator_seal=True)
    return SealAnswer("seal-operator-ok", header.hash, signers=(signer,), operator_seal=True)
