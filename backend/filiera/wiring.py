# SPDX-License-Identifier: Apache-2.0
"""The only place that chooses adapters."""

from __future__ import annotations

from filiera.adapters.clock import SystemClock
from filiera.adapters.documents.kubo import KuboDocumentStore
from filiera.adapters.keys.keystore import Keystore
from filiera.adapters.ledger.deployment import check_deployment, load_deployment
from filiera.adapters.ledger.node import Web3Ledger
from filiera.adapters.ledger.rpc import Rpc
from filiera.adapters.store.sql import SqlRecordStore
from filiera.errors import SetupError
from filiera.ports.signer import Signer
from filiera.proof.evidence import Trust
from filiera.services import Services
from filiera.services.accept import Acceptance, Limits
from filiera.services.anchor import Anchoring, BatchPolicy
from filiera.services.collect import Collector
from filiera.services.gather import Gatherer
from filiera.services.passports import Passports
from filiera.settings import Settings


def build(settings: Settings) -> Services:
    """The services that `settings` describe, tied to their chain.

    Raises `chain-mismatch` when the node, the deployment file or the database belong to
    different chains, `UnavailableError` when the node does not answer.
    """
    rpc = Rpc(settings.chain_url)
    deployment = load_deployment(settings.deployment)
    check_deployment(rpc, deployment, settings.deployment)
    ledger = Web3Ledger(rpc, deployment, operator(settings))
    store = SqlRecordStore(settings.database)
    identity = ledger.identity()
    store.bind(identity)
    documents = KuboDocumentStore(settings.ipfs_api)
    clock = SystemClock()
    gatherer = Gatherer(ledger, store, documents)
    trust = Trust(identity.chain_id, identity.genesis_hash, frozenset({identity.founder}))
    limits = Limits(document=settings.max_document, records=settings.max_records)
    policy = BatchPolicy(settings.batch_size, settings.batch_age)
    return Services(
        ledger=ledger,
        store=store,
        documents=documents,
        clock=clock,
        acceptance=Acceptance(ledger, store, documents, clock, limits),
        anchoring=Anchoring(ledger, store, documents, clock, policy),
        gatherer=gatherer,
        passports=Passports(store, gatherer, trust),
        collector=Collector(store),
    )


def operator(settings: Settings) -> Signer:
    """The operator's key, unlocked: the only one that the server ever holds."""
    path = settings.operator_password_file
    if path is None:
        raise SetupError(
            "setting-invalid",
            "The operator's key needs a password.",
            where="FILIERA_OPERATOR_PASSWORD_FILE",
            hint="Name a file whose first line is the password.",
        )
    try:
        password = path.read_text("utf-8").splitlines()[0]
    except (OSError, UnicodeDecodeError, IndexError):
        raise SetupError(
            "setting-invalid",
            "The file with the operator's password cannot be read.",
            where=str(path),
        ) from None
    return Keystore(settings.keys).unlock(settings.operator_key, password)
