# SPDX-License-Identifier: Apache-2.0
"""The only place that chooses adapters."""

from __future__ import annotations

from typing import Final

from filiera.adapters.clock import SystemClock
from filiera.adapters.documents.kubo import KuboDocumentStore
from filiera.adapters.keys.keystore import Keystore
from filiera.adapters.ledger.deployment import Deployment, check_deployment, load_deployment
from filiera.adapters.ledger.node import Web3Ledger
from filiera.adapters.ledger.rpc import Rpc
from filiera.adapters.store.sql import SqlRecordStore
from filiera.errors import SetupError
from filiera.model.ids import ni_uri
from filiera.ports.signer import Signer
from filiera.proof.trust import TrustFile
from filiera.services import Services
from filiera.services.accept import Acceptance, Limits
from filiera.services.anchor import Anchoring, BatchPolicy
from filiera.services.bundles import Bundles
from filiera.services.collect import Collector
from filiera.services.gather import Gatherer
from filiera.services.passports import Passports
from filiera.settings import Settings

MAXIMUM_AGE: Final = 30 * 86_400
"""Seconds after which a header of this server's chain proves nothing about since."""


def build(settings: Settings) -> Services:
    """The services that `settings` describe, tied to their chain.

    Raises `chain-mismatch` when the node, the deployment file or the database belong to
    different chains, `UnavailableError` when the node does not answer.
    """
    rpc = Rpc(settings.chain_url)
    deployment = load_deployment(settings.deployment)
    check_deployment(rpc, deployment, settings.deployment)
    ledger = Web3Ledger(rpc, deployment, operator(settings), confirmations=settings.confirmations)
    store = SqlRecordStore(settings.database)
    identity = ledger.identity()
    store.bind(identity)
    documents = KuboDocumentStore(settings.ipfs_api)
    clock = SystemClock()
    gatherer = Gatherer(ledger, store, documents)
    pinned = trust_file(settings, deployment, identity.operator)
    passports = Passports(store, gatherer, pinned.trust)
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
        passports=passports,
        collector=Collector(store),
        bundles=Bundles(ledger, passports, clock, pinned),
    )


def trust_file(settings: Settings, deployment: Deployment, operator_address: str) -> TrustFile:
    """What a reader of this server's bundles is to pin."""
    named = [each.strip().lower() for each in settings.validators.split(",") if each.strip()]
    validators = tuple(sorted(named)) or (operator_address,)
    return TrustFile.model_validate(
        {
            "filieraTrust": 1,
            "chainId": deployment.chain_id,
            "genesisHash": deployment.genesis_hash,
            "seal": {"kind": settings.seal, "validators": validators, "fromBlock": 0},
            "contracts": (
                {
                    name: {"address": each.address, "codeHash": each.code, "layout": each.layout}
                    for name, each in deployment.contracts.items()
                },
            ),
            "founders": (ni_uri(bytes.fromhex(deployment.founder[2:])),),
            "maximumAge": MAXIMUM_AGE,
            "minimumBlock": deployment.block,
            "pinnedBlocks": (),
        }
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
