# SPDX-License-Identifier: Apache-2.0
"""The mutants that are rightly still proven: the same block of qbft under other true seals.

Under qbft every node keeps for itself which committed seals it saw, in what order; the block's
name leaves them out, and Besu takes signatures of either s (docs/proof.md, section 4). So a
bundle whose header differs in nothing else says the same of the same block, and by whom it is
sealed is read off anew. No such choice exists for the other two kinds.
"""

from __future__ import annotations

from dataclasses import replace

from filiera.errors import InputError
from filiera.proof.bundle import parse_bundle
from filiera.proof.header import Header, parse_header
from filiera.proof.jws import ORDER
from filiera.proof.qbft import commit_hash, parse_extra, quorum
from tests.mutation.goods import Good


def same_block(good: Good, mutant: bytes) -> bool:
    """Whether a mutant carries a quorum of the good bundle's seals, and else differs in nothing."""
    if good.kind != "qbft":
        return False
    try:
        known, mutated = parse_bundle(good.bundle), parse_bundle(mutant)
        if replace(mutated, headers=known.headers) != known or len(mutated.headers) != 1:
            return False
        header, other = parse_header(known.headers[0]), parse_header(mutated.headers[0])
        return commit_hash(header) == commit_hash(other) and _seals_are_some_of(header, other)
    except InputError:
        return False


def _seals_are_some_of(header: Header, mutated: Header) -> bool:
    there, seals = _lower(header), _lower(mutated)
    return set(seals) <= set(there) and len(set(seals)) == len(seals) >= quorum(len(there))


def _lower(header: Header) -> list[bytes]:
    """The committed seals, each in its spelling of low s."""
    return [_of_low_s(seal) for seal in parse_extra(header.extra).seals]


def _of_low_s(seal: bytes) -> bytes:
    s = int.from_bytes(seal[32:64], "big")
    if s <= ORDER // 2:
        return seal
    return seal[:32] + (ORDER - s).to_bytes(32, "big") + bytes([seal[64] ^ 1])
