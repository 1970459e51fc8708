# SPDX-License-Identifier: Apache-2.0
"""The smallest district: a firm that an association enrolled, and one step of its garment.

    build(Small(), "qbft")   its bundle, as a server would make it, whatever is wrong with it

`Plan` says what differs from a good bundle: what the contracts hold, what is presented, who
sealed the block, whom the reader trusts.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any

from filiera.errors import InputError
from filiera.model.links import LinkType, RecordLink
from filiera.model.records import statement_of
from filiera.proof.bundle import Bundle
from filiera.proof.evidence import Evidence, Presented
from filiera.proof.jws import parse_jws
from filiera.proof.storage import open_state
from filiera.proof.trie import NodePool
from filiera.proof.trust import TrustFile
from filiera.proof.verify import verify
from tests.support.proven import sealed, trusting
from tests.support.state import State, proof_of, state_of
from tests.support.world import GARMENT, REPORT, Firm, World, goods


@dataclass
class Small(World):
    """A step ("weave") with one document, the garment's passport, and, if asked for, a claim."""

    claimed: bool = False

    def __post_init__(self) -> None:
        for firm in self.firms:
            self.sign_identity(firm)
        self.jws["weave"] = self.sign(self.brand, self.weave())
        if self.claimed:
            self.jws["claim"] = self.sign(self.brand, self.claim())
        self.jws["own"] = self.sign(self.brand, self.own())

    @property
    def firms(self) -> tuple[Firm, ...]:
        return self.association, self.brand

    def weave(self, **changes: object) -> dict[str, object]:
        report = RecordLink(LinkType.DOCUMENT, sha256(REPORT).digest(), "report.pdf", _PDF)
        usual: dict[str, object] = {
            "inputs": [],
            "outputs": [goods(GARMENT, 9)],
            "links": [report],
        }
        return super().weave(**(usual | changes))

    def own(self, **changes: object) -> dict[str, object]:
        payload: dict[str, Any] = super().own(**changes)
        listed = payload["credentialSubject"]["relatedDocument"]
        # The step; what stands for one that is not there; the claim, or what stands for it.
        del listed[1 : 2 if self.claimed else 3]
        return payload

    def link(self, name: str, kind: LinkType) -> RecordLink:
        return super().link(name if name in self.jws else self.association.name, kind)

    def resigned(self, name: str, jws: bytes) -> Small:
        """This world with another record, listed by the passport."""
        self.jws[name] = jws
        if name != "own":
            self.jws["own"] = self.sign(self.brand, self.own())
        return self


_PDF = "application/pdf"


@dataclass(frozen=True)
class Plan:
    """A bundle to be made, and who reads it.

    `evidence` is what is presented, and what the contracts hold; `trust` is the reader's,
    `block` as in `proven.sealed`.
    """

    world: Small
    kind: str = "operator"
    evidence: Evidence | None = None
    trust: TrustFile | None = None
    block: Mapping[str, Any] = field(default_factory=dict)

    @property
    def trusted(self) -> TrustFile:
        """The reader's trust file."""
        return self.trust or trusting(self.world, self.kind)


def build(plan: Plan) -> Bundle:
    """The bundle: everything that the walk opens, and the nodes that it reads, no more."""
    world, evidence = plan.world, plan.evidence or plan.world.evidence()
    assert evidence.facts is not None
    honest = trusting(world, plan.kind)
    state = state_of(evidence.facts, honest, world.association.signer.address)
    headers, seal = sealed(plan.kind, state.root, honest, **plan.block)
    asked = verify(evidence, plan.trusted.trust, GARMENT).asked
    records = {each: evidence.records[each] for each in asked if each in evidence.records}
    read = {record: each for record, each in records.items() if _readable(each)}
    nodes = _nodes(replace(evidence, records=read), state, plan.trusted)
    return Bundle(headers, tuple(records.values()), nodes, seal)


def _nodes(evidence: Evidence, state: State, trusted: TrustFile) -> tuple[bytes, ...]:
    """The nodes that are read: of other contracts than the trusted ones, no storage at all."""
    pool = NodePool(dict(state.nodes))
    if open_state(state.root, trusted, pool).code == "state-ok":
        assert evidence.facts is not None
        return proof_of(evidence, state, trusted, evidence.facts.block)
    return tuple(pool.nodes[name] for name in sorted(pool.used))


def _readable(presented: Presented) -> bool:
    with suppress(InputError):
        return bool(statement_of(parse_jws(presented.jws).payload))
    return False
