# SPDX-License-Identifier: Apache-2.0
"""What is bent: good bundles of each kind of seal, and others to take foreign parts from.

A small world: a passport that lists one step, both by one firm, which an association enrolled.
The step was suspended and resumed, and a finding against it is open.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from filiera.proof.evidence import Evidence
from filiera.proof.facts import ChainFacts, Finding, Status, StatusKind
from filiera.proof.trust import TrustFile
from tests.support.proven import NUMBER, Proven, proven, trusting
from tests.support.seals import FOUR, STRANGER
from tests.support.trust import contracts
from tests.support.world import ANCHORED, CHAIN, GARMENT, NOW, Signer, World, goods

OTHER = GARMENT.replace("LOT-1", "LOT-2")
"""Another product of the same firm."""
MINORITY = {"operator": [STRANGER], "clique": FOUR[:2], "qbft": FOUR[:2]}
STRANGERS = [Signer(f"unknown {number}") for number in range(4)]


@dataclass
class Small(World):
    """A passport of `product` with one step and nothing else."""

    product: str = GARMENT

    def weave(self, **changes: object) -> dict[str, object]:
        return super().weave(**{"links": [], "outputs": [goods(self.product, 9)], **changes})

    def own(self, **changes: object) -> dict[str, object]:
        payload: dict[str, Any] = super().own(product=self.product, **changes)
        del payload["credentialSubject"]["relatedDocument"][1:]
        return payload


@dataclass(frozen=True)
class Good:
    """A bundle that is proven by its trust file, and others under the same kind of seal.

    Of `others`, "product" is of another product at the same block; "before" of the same
    product, before its step was suspended and the finding raised; "chain" of another chain
    with the same validators; "fork" of the state before, sealed by a minority, or by a
    stranger where there is one operator; "strangers" of it, sealed by nobody who is pinned.
    """

    kind: str
    bundle: bytes
    trust: bytes
    now: int
    others: Mapping[str, Any]

    @property
    def value(self) -> dict[str, Any]:
        """The bundle as JSON, to be changed."""
        found: dict[str, Any] = json.loads(self.bundle)
        return found


@cache
def good(kind: str) -> Good:
    """The good bundle of a kind of seal."""
    world, neighbour = Small(), Small(product=OTHER)
    early, beside = world.evidence(), neighbour.evidence()
    late = _with_words_against_the_step(world, early)
    chain = _together(late, beside)
    past = _together(early, beside)

    def made(product: str, evidence: Evidence, held: ChainFacts, **more: Any) -> Proven:
        return proven(world, evidence, kind, product=product, chain=held, **more)

    given = made(GARMENT, late, chain)
    others = {
        "product": made(OTHER, beside, chain),
        "before": made(GARMENT, early, past, number=NUMBER - 9, time=NOW - 900),
        "chain": made(GARMENT, late, chain, trusted=_another_chain(world, kind)),
        "fork": made(GARMENT, early, past, by=MINORITY[kind]),
        "strangers": made(GARMENT, early, past, by=STRANGERS),
    }
    found = {name: json.loads(each.bundle) for name, each in others.items()}
    return Good(kind, given.bundle, given.trust, given.now, found)


def _with_words_against_the_step(world: World, evidence: Evidence) -> Evidence:
    """The evidence after the step was suspended and resumed, and a finding raised."""
    assert evidence.facts is not None
    step, brand = world.id("weave"), world.brand
    said = (StatusKind.SUSPENDED, 3, ANCHORED + 60), (StatusKind.RESUMED, 0, ANCHORED + 90)
    entries = tuple(Status(kind, reason, at, at, brand.signer.address) for kind, reason, at in said)
    finding = Finding(world.id("spin"), world.association.signer.address, ANCHORED + 120)
    facts = replace(
        evidence.facts,
        statuses={**evidence.facts.statuses, (brand.id, step): entries},
        findings={**evidence.facts.findings, step: (finding,)},
    )
    return replace(evidence, facts=facts)


def _together(one: Evidence, other: Evidence) -> ChainFacts:
    """The facts of both, on one chain."""
    assert one.facts is not None
    assert other.facts is not None
    return other.facts.merged(one.facts)


def _another_chain(world: World, kind: str) -> TrustFile:
    code = {"codeHash": "0x" + "03" * 32}
    named = {name: each | code for name, each in contracts().items()}
    genesis = "0x" + "77" * 32
    return trusting(world, kind, chainId=CHAIN + 1, genesisHash=genesis, contracts=[named])
