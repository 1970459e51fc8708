# SPDX-License-Identifier: Apache-2.0
"""API and pages over a district in memory: real services, database and signatures; a fake chain."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from fastapi import FastAPI
from fastapi.testclient import TestClient

from filiera.adapters.documents.memory import MemoryDocumentStore
from filiera.adapters.store.sql import SqlRecordStore
from filiera.proof.facts import Role
from filiera.services import Services
from filiera.services.accept import Acceptance, Limits
from filiera.services.anchor import Anchoring, BatchPolicy
from filiera.services.bundles import Bundles
from filiera.services.collect import Collector
from filiera.services.gather import Gatherer
from filiera.services.passports import Passports
from filiera.settings import Settings
from filiera.web.app import create_site
from tests.support.fake_ledger import FakeLedger
from tests.support.trust import trust
from tests.support.world import ANCHORED, CHAIN, GENESIS, Firm, World

JWS = {"Content-Type": "application/vc+jwt"}


@dataclass
class FixedClock:
    seconds: int

    def now(self) -> int:
        return self.seconds


@dataclass
class Server:
    """A server of the world's district.

    `ledger.down` and `documents.down` take a part away; `clock.seconds` is the server's
    time, `ledger.time` the chain's. Nothing anchors but `anchor()` and POST /v1/batches.
    """

    world: World = field(default_factory=World)
    certifier: Firm = field(default_factory=lambda: Firm("Ente", Role.CERTIFIER))
    settings: Settings = field(
        default_factory=lambda: Settings(max_body=300_000, max_document=200_000, page_age=0)
    )

    def __post_init__(self) -> None:
        world = self.world
        world.sign_identity(self.certifier)
        self.clock = FixedClock(ANCHORED)
        self.ledger = FakeLedger(CHAIN, GENESIS, world.association.id, world.operator, ANCHORED)
        for firm in (*world.firms, self.certifier):
            self.ledger.accounts[firm.signer.address] = world.account(firm)
            self.ledger.participants[firm.id] = world.participant(firm)
        self.documents = MemoryDocumentStore()
        self.store = SqlRecordStore("sqlite://")
        self.store.bind(self.ledger.identity())
        self.services = self._services()
        self.app: FastAPI = create_site(self.services, settings=self.settings, background=False)
        self.client = self.client_at("127.0.0.1")

    def restarted(self) -> FastAPI:
        """The same server after a restart: it remembers what its stores do, and nothing else."""
        return create_site(self._services(), settings=self.settings, background=False)

    def client_at(self, host: str) -> TestClient:
        """A client that asks from that address."""
        return TestClient(self.app, client=(host, 50000), raise_server_exceptions=False)

    def _services(self) -> Services:
        parts: Any = (self.ledger, self.store, self.documents, self.clock)
        gatherer = Gatherer(self.ledger, self.store, self.documents)
        limits = Limits(self.settings.max_document, self.settings.max_records)
        passports = Passports(self.store, gatherer, self.world.trust())
        return Services(
            *parts,
            acceptance=Acceptance(*parts, limits),
            anchoring=Anchoring(*parts, BatchPolicy(size=100, age=0)),
            gatherer=gatherer,
            passports=passports,
            collector=Collector(self.store),
            bundles=Bundles(self.ledger, passports, self.clock, trust()),
        )

    def state(self) -> object:
        """Everything that a refused request must leave as it was."""
        records = [record.id for record in self.store.pending(1_000)]
        batches = [(batch.number, batch.records) for batch in self.store.batches()]
        files = [self.store.documents_of(record) for record in records]
        return records, batches, files, dict(self.documents.blocks), self.ledger.number

    def submit(self, jws: bytes) -> Any:
        """POST one record as it is."""
        return self.client.post("/v1/records", content=jws, headers=JWS)

    def submit_all(self) -> None:
        """Every record of the world, with its documents left out."""
        for jws in self.world.jws.values():
            response = self.submit(jws)
            assert response.status_code == 201, response.text

    def anchor(self) -> None:
        """Anchor what is pending."""
        self.services.anchoring.anchor_now()
