# SPDX-License-Identifier: Apache-2.0
"""Registries on a real chain, and a server over them: an honest operator's, or an attacker's.

A `Site` is Filiera's own code but for two things that its owner may do and an honest server
would not: it stores records that acceptance would refuse, and it presents the own record of
a product that it is told to.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from filiera.adapters.documents.memory import MemoryDocumentStore
from filiera.adapters.ledger.deployment import deploy
from filiera.adapters.ledger.node import Web3Ledger
from filiera.adapters.store.sql import SqlRecordStore
from filiera.model.records import statement_of
from filiera.ports.store import NewRecord, StoredRecord
from filiera.proof.bundle import Bundle, parse_bundle
from filiera.proof.checks import OWN_TYPES
from filiera.proof.facts import Block, Role, Scope
from filiera.proof.jws import parse_jws, record_id
from filiera.proof.trust import TrustFile
from filiera.services.anchor import Anchoring
from filiera.services.bundles import Bundles
from filiera.services.gather import Gatherer
from filiera.services.passports import Passports
from tests.support.chain import Chain, District
from tests.support.chain import Firm as Enrolled
from tests.support.server import FixedClock
from tests.support.trust import trust_of
from tests.support.world import ANCHORED, GARMENT, Firm, Signer, World

CLOCK = FixedClock(ANCHORED)


class InsistingPassports(Passports):
    """Passports that present one own record, whatever else is known of the product."""

    insisted: bytes | None = None

    def choose(self, candidates: Sequence[StoredRecord], block: Block | None = None) -> bytes:
        """The record that is insisted on, else what the rules say."""
        return self.insisted or super().choose(candidates, block)


@dataclass
class Site:
    """Registries with the firms of a world, and a server that anchors with `operator`'s key."""

    district: District
    world: World
    operator: Signer
    trust: TrustFile = field(init=False)

    def __post_init__(self) -> None:
        chain, deployment = self.district.chain, self.district.deployment
        seal = {"kind": "operator", "validators": [self.operator.address], "fromBlock": 0}
        self.trust = trust_of(deployment, seal)
        self.ledger = Web3Ledger(chain.rpc, deployment, self.operator)
        self.store = SqlRecordStore("sqlite://")
        self.store.bind(self.ledger.identity())
        documents = MemoryDocumentStore()
        self.gatherer = Gatherer(self.ledger, self.store, documents)
        self.passports = InsistingPassports(self.store, self.gatherer, self.trust.trust)
        self.anchoring = Anchoring(self.ledger, self.store, documents, CLOCK)

    @property
    def chain(self) -> Chain:
        """The chain that the registries are on."""
        return self.district.chain

    @property
    def now(self) -> int:
        """The time of the newest block."""
        return self.chain.head().time

    def anchor(self, *records: bytes) -> None:
        """Store signed records and anchor them as one batch, whoever signed them."""
        self.store.add([self._new(jws) for jws in records], self.now)
        self.anchoring.anchor_now()

    def bundle(
        self, own: bytes | None = None, *, product: str = GARMENT, at: Block | None = None
    ) -> Bundle:
        """The bundle of a product; `own` is the id of the own record to insist on."""
        self.passports.insisted = own
        bundles = Bundles(self.ledger, self.passports, CLOCK, self.trust)
        return parse_bundle(bundles.make(product, at or self.chain.head()))

    def _new(self, jws: bytes) -> NewRecord:
        signed = parse_jws(jws)
        statement = statement_of(signed.payload)
        facts = self.ledger.read(self.ledger.head(), accounts=[signed.address])
        return NewRecord(
            id=record_id(jws),
            jws=jws,
            type=statement.type.value,
            address=signed.address,
            participant=facts.accounts[signed.address].participant or bytes(32),
            own=statement.subject if statement.type in OWN_TYPES else None,
            products=statement.products,
        )


def found(chain: Chain, folder: Path, world: World) -> District:
    """Registries founded by a world's association, with its firms enrolled."""
    founder = world.association
    deployment = deploy(chain.rpc, founder.signer, founder.id, folder / "deployment.json")
    district = District(chain, deployment, {"association": enrolled(founder)})
    for firm in world.firms[1:]:
        enrol(district, firm)
    return district


def enrol(district: District, firm: Firm, *, by: str = "association", **terms: Any) -> None:
    """Enrol a firm whose identity record is signed; `terms` as in `District.consent`."""
    scopes = terms.pop("scopes", Scope.RECORDS | Scope.STATUS)
    consent = district.consent(firm.id, firm.signer, scopes, by=by, **terms)
    district.registrar_of(by).enrol(firm.role, consent)
    district.firms[firm.name] = enrolled(firm)


def enrolled(firm: Firm) -> Enrolled:
    """A world's firm as the district knows it."""
    return Enrolled(firm.id, firm.signer)


def opened(district: District, world: World, operator: str = "operator") -> Site:
    """A server over the district, its operator enrolled, with the whole world anchored."""
    key = Signer(operator)
    enrol_operator(district, operator)
    site = Site(district, world, key)
    # What the world claims to have happened did so before this.
    if site.now < ANCHORED:
        site.chain.at(ANCHORED)
    site.anchor(*world.jws.values())
    return site


def enrol_operator(district: District, name: str) -> None:
    """Give the key of that name the scope to anchor."""
    firm = Firm(name, Role.OPERATOR, id=record_id(name.encode()))
    enrol(district, firm, scopes=Scope.ANCHOR)


def honest_world() -> World:
    """The world whose association founds the honest registries."""
    return World(Firm("Associazione", Role.ASSOCIATION, key="the association's"))
