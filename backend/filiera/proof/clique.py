# SPDX-License-Identifier: Apache-2.0
"""Seals of kind "clique": a majority of validators built on the block (EIP-225; docs/proof.md 4).

A header's extraData ends in its maker's signature. A maker may make only one of every
floor(N/2) + 1 blocks in a row ("recently signed"), so just that many consecutive headers are
of distinct makers and a majority, and neither fewer nor more are asked for. None of it is
final: a majority can still build elsewhere.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from filiera.proof.header import Header
from filiera.proof.sealing import (
    SEAL_LENGTH,
    SealAnswer,
    Sealed,
    counted,
    fault_of,
    signer_of,
)
from filiera.proof.trust import TrustFile

VANITY: Final = 32
_ADDRESS: Final = 20


def clique_hash(header: Header) -> bytes:
    """What the maker of a block signs: the header without the seal in its extraData."""
    return header.hash_with(header.extra[:-SEAL_LENGTH])


def clique_signer(header: Header) -> str | None:
    """Who made the block, None when the seal is nobody's."""
    return signer_of(clique_hash(header), header.extra[-SEAL_LENGTH:])


def check_clique(sealed: Sealed, trust: TrustFile) -> SealAnswer:
    """Whether a majority of the pinned validators sealed the block or built on it.

    Every header that was given is judged, also one that is not needed.
    """
    headers, validators = sealed.headers, trust.seal.validators
    name, needed = sealed.header.hash, len(validators) // 2 + 1
    signers = [clique_signer(header) for header in headers]
    fault = _fault(headers, signers, validators, needed)
    if fault is not None:
        return SealAnswer(fault, name, headers=len(headers))
    found = tuple(str(signer) for signer in signers[:needed])
    params = counted(found, validators, needed)
    code = "seal-majority-ok" if len(found) == needed else "seal-too-few"
    return SealAnswer(code, name, params, found, headers=len(found))


def _fault(
    headers: tuple[Header, ...],
    signers: list[str | None],
    validators: tuple[str, ...],
    needed: int,
) -> str | None:
    """What is wrong with the headers, if anything is, before signers are counted."""
    lists = [_listed(header) for header in headers]
    if None in lists:
        return "seal-malformed"
    if any(not _follows(one, other) for one, other in pairwise(headers)):
        return "header-unlinked"
    # Beyond the majority a maker may come again, but a stranger may not come at all.
    fault = fault_of(signers[:needed], validators) or fault_of([*set(signers)], validators)
    if fault is None and any(listed not in ((), validators) for listed in lists):
        return "seal-mismatch"
    return fault


def _follows(one: Header, other: Header) -> bool:
    return other.parent == one.hash and other.number == one.number + 1


def _listed(header: Header) -> tuple[str, ...] | None:
    """The validators that an epoch's header lists, () for any other; None for neither."""
    between = header.extra[VANITY:-SEAL_LENGTH]
    if len(header.extra) < VANITY + SEAL_LENGTH or len(between) % _ADDRESS:
        return None
    starts = range(0, len(between), _ADDRESS)
    return tuple("0x" + between[start : start + _ADDRESS].hex() for start in starts)
