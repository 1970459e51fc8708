# SPDX-License-Identifier: Apache-2.0
"""Blocks sealed by keys that follow from names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from filiera.proof.clique import clique_hash
from filiera.proof.header import Header
from filiera.proof.operator import operator_digest
from filiera.proof.qbft import commit_hash
from filiera.proof.rlp import Item, encode, from_int
from filiera.proof.trust import TrustFile
from tests.support.blocks import made_header
from tests.support.trust import trust
from tests.support.world import Signer

FOUR = sorted((Signer(f"validator {n}") for n in range(4)), key=lambda each: each.address)
STRANGER = Signer("stranger")


def raw(addresses: Iterable[str]) -> list[Item]:
    """Addresses as RLP has them."""
    return [bytes.fromhex(address[2:]) for address in addresses]


def trusting(kind: str, signers: Sequence[Signer] = FOUR, **changed: Any) -> TrustFile:
    """A trust file that pins these."""
    validators = sorted(signer.address for signer in signers)
    seal = {"kind": kind, "validators": validators, "fromBlock": changed.pop("fromBlock", 0)}
    return trust(seal=seal, **changed)


def operator_seal(header: Header, trusted: TrustFile, signer: Signer) -> bytes:
    """The operator's signature over a block."""
    genesis = bytes.fromhex(trusted.genesis_hash[2:])
    digest = operator_digest(trusted.chain_id, genesis, header.number, header.hash)
    return signer.sign_digest(digest)


def clique_header(signer: Signer, listed: Iterable[str] = (), **fields: Any) -> Header:
    """A header that `signer` made under clique; an epoch's lists validators."""
    vanity = bytes(32) + b"".join(bytes.fromhex(each[2:]) for each in listed)
    unsealed = made_header(extraData=vanity + bytes(65), **fields)
    seal = signer.sign_digest(clique_hash(unsealed))
    return made_header(extraData=vanity + seal, **fields)


def clique_chain(makers: Iterable[Signer], number: int = 16, **fields: Any) -> tuple[Header, ...]:
    """Consecutive headers, one by each maker."""
    headers: list[Header] = []
    for maker in makers:
        parent = headers[-1].hash if headers else b"\1" * 32
        at = number + len(headers)
        headers.append(clique_header(maker, number=at, parentHash=parent, **fields))
    return tuple(headers)


def qbft_header(
    signers: Iterable[Signer],
    listed: Iterable[str] = (),
    *,
    round_: int = 0,
    vote: Item | None = None,
    **fields: Any,
) -> Header:
    """A header to which these committed under QBFT."""
    items: list[Item] = [bytes(32), raw(listed), vote or [], from_int(round_)]
    unsealed = made_header(extraData=encode([*items, []]), **fields)
    digest = commit_hash(unsealed)
    seals: list[Item] = [signer.sign_digest(digest) for signer in signers]
    return made_header(extraData=encode([*items, seals]), **fields)
