# SPDX-License-Identifier: Apache-2.0
"""Bundles of a world in memory, proven from storage under a block that is really sealed.

    proven(World().evidence(), "qbft")   a bundle, and the trust file by which it is proven

Everything but the network is real: records are signed, tries are grown, headers are sealed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from filiera.model.ids import ni_uri
from filiera.proof.bundle import Bundle, dump_bundle
from filiera.proof.evidence import Evidence
from filiera.proof.facts import ChainFacts
from filiera.proof.trust import TrustFile, dump_trust
from filiera.proof.verify import verify
from tests.support.blocks import made_header
from tests.support.seals import FOUR, clique_chain, operator_seal, qbft_header
from tests.support.state import proof_of, state_of
from tests.support.trust import trust
from tests.support.world import CHAIN, GENESIS, NOW, Signer, World

KINDS = ("operator", "clique", "qbft")
NUMBER = 100
"""The block that is proven."""


@dataclass(frozen=True)
class Proven:
    """A bundle, the trust file by which it is proven, and when it is looked at."""

    bundle: bytes
    trust: bytes
    now: int


def proven(
    world: World,
    evidence: Evidence,
    kind: str,
    *,
    product: str,
    chain: ChainFacts | None = None,
    trusted: TrustFile | None = None,
    **block: Any,
) -> Proven:
    """The bundle of `product`, its block sealed as `kind` says.

    `chain` is everything that the contracts hold, by default just what the evidence has;
    `block` replaces the block's number, time, or `by` whom it is sealed.
    """
    assert evidence.facts is not None
    trusted = trusted or trusting(world, kind)
    asked = verify(evidence, trusted.trust, product).asked
    records = {each: evidence.records[each] for each in asked if each in evidence.records}
    state = state_of(chain or evidence.facts, trusted, world.association.signer.address)
    headers, seal = sealed(kind, state.root, trusted, **block)
    nodes = proof_of(replace(evidence, records=records), state, trusted, evidence.facts.block)
    bundle = Bundle(headers, tuple(records.values()), nodes, seal)
    return Proven(dump_bundle(bundle), dump_trust(trusted), NOW + 60)


def trusting(world: World, kind: str, **changed: Any) -> TrustFile:
    """The trust file that pins a world's founder, and the validators of its kind of seal."""
    signers = FOUR[:1] if kind == "operator" else FOUR
    usual = {
        "chainId": CHAIN,
        "genesisHash": "0x" + GENESIS.hex(),
        "founders": [ni_uri(world.association.id)],
        "seal": {"kind": kind, "validators": [each.address for each in signers], "fromBlock": 0},
    }
    return trust(**(usual | changed))


def sealed(
    kind: str,
    root: bytes,
    trusted: TrustFile,
    *,
    number: int = NUMBER,
    time: int = NOW,
    by: Sequence[Signer] = FOUR,
) -> tuple[tuple[bytes, ...], bytes | None]:
    """The headers of a block with that state root, and the operator's seal where it is one.

    A clique's majority builds on it, to a block of qbft all of `by` commit; fewer make less.
    """
    fields: dict[str, Any] = {"stateRoot": root, "timestamp": time}
    pinned = trusted.seal.validators
    if kind == "clique":
        chain = clique_chain(by[: len(pinned) // 2 + 1], number, **fields)
        return tuple(each.rlp for each in chain), None
    if kind == "qbft":
        return (qbft_header(by, pinned, number=number, **fields).rlp,), None
    header = made_header(number=number, **fields)
    return (header.rlp,), operator_seal(header, trusted, by[0])
