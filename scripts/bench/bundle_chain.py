# SPDX-License-Identifier: Apache-2.0
"""A real local chain to make bundles on, with as many foreign anchors as wanted.

The node, its tries and proofs, the registries, enrolment, acceptance and anchoring are the
real ones; the database is in memory, and so are the documents.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from filiera.adapters.documents.memory import MemoryDocumentStore
from filiera.adapters.ledger.deployment import Deployment, deploy
from filiera.adapters.ledger.eip712 import participant_domain, sign_consent
from filiera.adapters.ledger.node import Web3Ledger
from filiera.adapters.ledger.registrar import Web3Registrar
from filiera.adapters.ledger.rpc import Request, Rpc, quantity
from filiera.adapters.store.sql import SqlRecordStore
from filiera.ports.registrar import AccountConsent
from filiera.ports.signer import Signer
from filiera.proof.facts import Role, Scope
from filiera.proof.slots import anchor_place
from filiera.services import Services
from filiera.services.accept import Acceptance, Limits
from filiera.services.anchor import Anchoring, BatchPolicy
from filiera.services.bundles import Bundles
from filiera.services.collect import Collector
from filiera.services.gather import Gatherer
from filiera.services.passports import Passports
from filiera.settings import Settings
from filiera.wiring import trust_file
from tests.support.chain import FAR, await_chain, run_chain, stop_chain
from tests.support.server import FixedClock
from tests.support.world import ANCHORED, Firm, World
from tests.support.world import Signer as Key

AT_ONCE = 400
"""Records accepted in a call."""
IN_A_BATCH = 100
"""What the slots of foreign anchors say of their batches."""


class CountingRpc(Rpc):
    """A node's RPC that counts the proofs asked of each contract."""

    def __init__(self, url: str) -> None:
        super().__init__(url, timeout=120, longest=600)
        self.proofs: Counter[str] = Counter()

    def batch(self, calls: Sequence[Request]) -> list[Any]:
        """As `Rpc.batch`."""
        self.proofs.update(params[0] for name, params in calls if name == "eth_getProof")
        return super().batch(calls)


@dataclass
class District:
    """The registries of one founder on a chain, and services over them."""

    rpc: CountingRpc
    deployment: Deployment
    operator: Signer
    clock: FixedClock = field(default_factory=lambda: FixedClock(0))

    def __post_init__(self) -> None:
        ledger = Web3Ledger(self.rpc, self.deployment, self.operator)
        store, documents = SqlRecordStore("sqlite://"), MemoryDocumentStore()
        store.bind(ledger.identity())
        self.clock.seconds = ledger.head().time + 60
        trust = trust_file(Settings(), self.deployment, self.operator.address)
        gatherer = Gatherer(ledger, store, documents)
        passports = Passports(store, gatherer, trust.trust)
        policy = BatchPolicy(10_000, 0)
        self.services = Services(
            ledger=ledger,
            store=store,
            documents=documents,
            clock=self.clock,
            acceptance=Acceptance(ledger, store, documents, self.clock, Limits()),
            anchoring=Anchoring(ledger, store, documents, self.clock, policy),
            gatherer=gatherer,
            passports=passports,
            collector=Collector(store),
            bundles=Bundles(ledger, passports, self.clock, trust),
        )

    def anchor(self, records: Sequence[bytes]) -> None:
        """Accept records and anchor them in a batch of their own."""
        for start in range(0, len(records), AT_ONCE):
            part = records[start : start + AT_ONCE]
            for result in self.services.acceptance.accept_many(part):
                if isinstance(result, Exception):
                    raise result
        self.services.anchoring.anchor_now()

    def fill(self, anchors: int) -> None:
        """Write so many slots of other batches into the AnchorRegistry, as it would itself."""
        address, time = self.deployment.address("AnchorRegistry"), self.clock.now() - 3600
        calls: list[Request] = []
        for number in range(1, anchors + 1):
            root = sha256(b"batch %d" % number).digest()
            slot = anchor_place(self.operator.address, root).slot
            word = time | IN_A_BATCH << 64 | number << 128
            calls.append(("hardhat_setStorageAt", [address, quantity(slot), f"0x{word:064x}"]))
        self.rpc.batch(calls)
        self.rpc.call("evm_mine")


@contextmanager
def local_chain() -> Iterator[CountingRpc]:
    """A new local chain, no earlier than the district's steps are claimed to be."""
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "chain.log"
        process = run_chain(log)
        try:
            rpc = CountingRpc(await_chain(process, log))
            now = int(rpc.call("eth_getBlockByNumber", "latest", False)["timestamp"], 16)
            rpc.call("evm_setNextBlockTimestamp", max(now + 1, ANCHORED))
            rpc.call("evm_mine")
            yield rpc
        finally:
            stop_chain(process)


def found(rpc: CountingRpc, world: World, firms: Sequence[Firm]) -> District:
    """Registries founded by the world's association, with these firms and an operator."""
    founder, operator = world.association, Key("operator")
    with tempfile.TemporaryDirectory() as folder:
        deployment = deploy(rpc, founder.signer, founder.id, Path(folder) / "deployment.json")
    registrar = Web3Registrar(rpc, deployment, founder.signer)
    domain = participant_domain(deployment.chain_id, deployment.address("ParticipantRegistry"))

    def enrol(participant: bytes, account: Key, role: Role, scopes: Scope) -> None:
        nonce = registrar.consent_nonce(account.address)
        consent = AccountConsent(participant, founder.id, account.address, scopes, nonce, FAR)
        registrar.enrol(role, sign_consent(consent, domain, account))

    for firm in firms:
        enrol(firm.id, firm.signer, firm.role, Scope.RECORDS | Scope.STATUS)
    enrol(sha256(b"operator").digest(), operator, Role.OPERATOR, Scope.ANCHOR)
    return District(rpc, deployment, operator)
