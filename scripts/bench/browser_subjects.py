# SPDX-License-Identifier: Apache-2.0
"""Bundles to be verified in a browser: garments of a district in memory, really sealed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256

from filiera.proof.facts import Anchor, ChainFacts
from scripts.bench.district import Garment
from tests.support.proven import Proven, proven
from tests.support.world import ANCHORED, World


def subjects(steps: Sequence[int], others: int, kind: str = "operator") -> dict[str, Proven]:
    """By its name, a garment's bundle for each of `steps`, on a chain with `others` batches.

    Its block is sealed as `kind` says: by one operator, or by four validators.
    """
    world = World()
    garments = [Garment(world, each) for each in steps]
    return {each.name: _proven(world, each, others, kind) for each in garments}


def _proven(world: World, garment: Garment, others: int, kind: str) -> Proven:
    evidence = garment.evidence()
    assert evidence.facts is not None
    chain = _with_batches(evidence.facts, world.operator, others)
    return proven(world, evidence, kind, product=garment.product, chain=chain)


def _with_batches(facts: ChainFacts, operator: str, others: int) -> ChainFacts:
    roots = [sha256(b"batch %d" % number).digest() for number in range(others)]
    anchors = {
        (operator, root): Anchor(operator, root, ANCHORED, 500, 10_000 + 500 * number)
        for number, root in enumerate(roots)
    }
    return replace(facts, anchors={**anchors, **facts.anchors})
