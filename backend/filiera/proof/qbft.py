# SPDX-License-Identifier: Apache-2.0
"""Seals of kind "qbft": a quorum of validators committed to the block (docs/proof.md 4).

Hyperledger Besu's QBFT keeps vanity, validators, vote, round and the committed seals in
extraData, as RLP. Validators sign the header without the seals; the block is called by the
header without seals and round, so that nodes with other seals agree on its name. IBFT 2.0,
its older form, encodes vote and round in another way and is told apart, never mixed up.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from filiera.errors import InputError
from filiera.proof.header import Header
from filiera.proof.rlp import Item, decode, encode, to_int
from filiera.proof.sealing import (
    SEAL_LENGTH,
    SealAnswer,
    Sealed,
    counted,
    fault_of,
    signer_of,
)
from filiera.proof.trust import TrustFile

_VANITY, _ADDRESS, _ROUND = 32, 20, 4
_ADD: Final = b"\xff"


@dataclass(frozen=True, slots=True)
class Extra:
    """extraData: `items` as RLP has them; `vote` is (recipient, whether to add) or None."""

    items: tuple[Item, ...]
    vanity: bytes
    validators: tuple[str, ...]
    vote: tuple[str, bool] | None
    round: int
    seals: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Encoding:
    """How QBFT and IBFT 2.0 differ: no vote, a vote to drop, the round, and the two hashes."""

    no_vote: Item
    drop: bytes
    round: Callable[[Item], int]
    committed: Callable[[tuple[Item, ...]], list[Item]]
    named: Callable[[tuple[Item, ...]], list[Item]]


def _four_bytes(item: Item) -> int:
    if not isinstance(item, bytes) or len(item) != _ROUND:
        raise _malformed("the round has not four bytes")
    return int.from_bytes(item, "big")


QBFT: Final = Encoding(
    no_vote=[],
    drop=b"",
    round=lambda item: to_int(item, _ROUND),
    committed=lambda items: [*items[:4], []],
    named=lambda items: [*items[:3], b"", []],
)
IBFT2: Final = Encoding(
    no_vote=b"",
    drop=b"\0",
    round=_four_bytes,
    committed=lambda items: [*items[:4]],
    named=lambda items: [*items[:3]],
)


def parse_extra(data: bytes, encoding: Encoding = QBFT) -> Extra:
    """What extraData says; raises `rlp-malformed` or `header-malformed`."""
    items = decode(data)
    if isinstance(items, bytes) or len(items) != 5:
        raise _malformed("it is no list of five items")
    vanity, validators, vote, round_, seals = items
    return Extra(
        items=tuple(items),
        vanity=_bytes(vanity, _VANITY),
        validators=tuple("0x" + _bytes(each, _ADDRESS).hex() for each in _list(validators)),
        vote=_vote(vote, encoding),
        round=encoding.round(round_),
        seals=tuple(_bytes(each, SEAL_LENGTH) for each in _list(seals)),
    )


def commit_hash(header: Header, encoding: Encoding = QBFT) -> bytes:
    """What validators sign; raises as `parse_extra` does."""
    items = parse_extra(header.extra, encoding).items
    return header.hash_with(encode(encoding.committed(items)))


def block_hash(header: Header, encoding: Encoding = QBFT) -> bytes:
    """What the chain calls the block; the genesis block's extraData is taken as it is.

    Raises as `parse_extra` does.
    """
    items = parse_extra(header.extra, encoding).items
    return header.hash_with(encode(encoding.named(items))) if header.number else header.hash


def commit_signers(header: Header, encoding: Encoding = QBFT) -> tuple[str | None, ...]:
    """Who made each committed seal, in their order; raises as `parse_extra` does.

    Besu takes signatures of either s, and so does this: no hash depends on it.
    """
    digest = commit_hash(header, encoding)
    seals = parse_extra(header.extra, encoding).seals
    return tuple(signer_of(digest, seal, low_s=False) for seal in seals)


def quorum(validators: int) -> int:
    """ceil(2N/3), and never none."""
    return max(1, -(-2 * validators // 3))


def check_qbft(sealed: Sealed, trust: TrustFile) -> SealAnswer:
    """Whether a quorum of the pinned validators, and nobody else, sealed the block."""
    return check_committed(sealed.header, trust.seal.validators)


def check_committed(
    header: Header, validators: tuple[str, ...], encoding: Encoding = QBFT
) -> SealAnswer:
    """Whether a quorum of `validators`, and nobody else, sealed this header.

    `validators` ascend; a header that lists any must list the same (none are listed where a
    contract keeps them). The header's own list is never trusted.
    """
    try:
        extra = parse_extra(header.extra, encoding)
    except InputError:
        return SealAnswer("seal-malformed", header.hash)
    name, signers = block_hash(header, encoding), commit_signers(header, encoding)
    fault = fault_of(signers, validators)
    if fault is None and extra.validators not in ((), validators):
        fault = "seal-mismatch"
    if fault is not None:
        return SealAnswer(fault, name)
    needed = quorum(len(validators))
    params = counted(signers, validators, needed)
    code = "seal-ok" if len(signers) >= needed else "seal-too-few"
    return SealAnswer(code, name, params, tuple(str(signer) for signer in signers))


def _vote(item: Item, encoding: Encoding) -> tuple[str, bool] | None:
    if item == encoding.no_vote:
        return None
    if isinstance(item, bytes) or len(item) != 2 or item[1] not in (_ADD, encoding.drop):
        raise _malformed("the vote is none")
    return "0x" + _bytes(item[0], _ADDRESS).hex(), item[1] == _ADD


def _bytes(item: Item, length: int) -> bytes:
    if not isinstance(item, bytes) or len(item) != length:
        raise _malformed(f"there are not {length} bytes")
    return item


def _list(item: Item) -> list[Item]:
    if isinstance(item, bytes):
        raise _malformed("there is no list")
    return item


def _malformed(what: str) -> InputError:
    return InputError("header-malformed", f"This is no extraData of this kind: {what}.")
