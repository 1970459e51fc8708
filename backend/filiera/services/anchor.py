# SPDX-License-Identifier: Apache-2.0
"""Anchoring: pending records become batches, each anchored exactly once.

The order is what makes a crash harmless (docs/architecture.md). The manifest is pinned, then
the batch and its leaves are fixed in the database, then the root is sent, then its receipt is
recorded. A batch whose receipt is missing is resolved by asking the chain for (own account,
root).
"""

from __future__ import annotations

from dataclasses import dataclass
from threading import Lock
from typing import Final

from filiera.errors import ConflictError
from filiera.model.ids import ni_uri
from filiera.ports.clock import Clock
from filiera.ports.documents import MAX_BATCH_DOCUMENTS, DocumentStore, StoredDocument
from filiera.ports.ledger import AnchorReceipt, Ledger
from filiera.ports.store import Batch, RecordStore, StoredRecord
from filiera.proof.merkle import Tree

MAX_BATCH_BYTES: Final = 64 << 20
"""Bytes of records in one batch: it is imported into IPFS in one piece."""


@dataclass(frozen=True, slots=True)
class BatchPolicy:
    """When a batch is due: `size` records wait, or the oldest has waited `age` seconds."""

    size: int = 10_000
    age: int = 30


class Anchoring:
    """The use case. One thread at a time; the database refuses a second process's batch."""

    def __init__(
        self,
        ledger: Ledger,
        store: RecordStore,
        documents: DocumentStore,
        clock: Clock,
        policy: BatchPolicy | None = None,
    ) -> None:
        self._ledger = ledger
        self._store = store
        self._documents = documents
        self._clock = clock
        self._policy = policy or BatchPolicy()
        self._lock = Lock()

    def anchor_due(self) -> list[Batch]:
        """Finish open batches, and anchor what is pending if a batch is due."""
        with self._lock:
            done = self._resolve_open()
            while self._due():
                done.append(self._anchor_batch())
            return done

    def anchor_now(self) -> list[Batch]:
        """Finish open batches and anchor everything pending at once.

        Raises `UnavailableError` when chain or IPFS is down: what was accepted stays pending.
        """
        with self._lock:
            done = self._resolve_open()
            while self._store.pending(1):
                done.append(self._anchor_batch())
            return done

    def _due(self) -> bool:
        waiting = self._store.pending(self._policy.size)
        if not waiting:
            return False
        oldest = min(record.received for record in waiting)
        full = len(waiting) >= self._policy.size
        return full or self._clock.now() - oldest >= self._policy.age

    def _anchor_batch(self) -> Batch:
        records, documents = self._next()
        root = Tree(record.id for record in records).root
        manifest = self._documents.add_batch([record.jws for record in records], documents)
        operator = self._ledger.identity().operator
        batch = self._store.prepare_batch(
            operator, root, manifest, [record.id for record in records]
        )
        return self._send(batch)

    def _next(self) -> tuple[list[StoredRecord], list[StoredDocument]]:
        """The oldest that wait, as many as have room for their documents in one manifest."""
        taken: list[StoredRecord] = []
        documents: dict[bytes, StoredDocument] = {}
        size = 0
        for record in self._store.pending(self._policy.size):
            own = {each.sha256: each for each in self._store.documents_of(record.id)}
            size += len(record.jws)
            if taken and (len(documents | own) > MAX_BATCH_DOCUMENTS or size > MAX_BATCH_BYTES):
                break
            taken.append(record)
            documents |= own
        return taken, list(documents.values())

    def _resolve_open(self) -> list[Batch]:
        """What a crash or an outage left: recorded if the chain has it, else sent again."""
        return [self._send(batch) for batch in self._store.open_batches()]

    def _send(self, batch: Batch) -> Batch:
        receipt = self._ledger.find_anchor(batch.root) or self._anchor(batch)
        _check_count(batch, receipt)
        return self._store.confirm_batch(batch.number, receipt)

    def _anchor(self, batch: Batch) -> AnchorReceipt:
        try:
            return self._ledger.anchor(batch.root, len(batch.records), batch.manifest.sha256)
        except ConflictError:
            # Another process, or a transaction of ours that was slow, may have come first.
            receipt = self._ledger.find_anchor(batch.root)
            if receipt is None:
                raise
            return receipt


def _check_count(batch: Batch, receipt: AnchorReceipt) -> None:
    if receipt.anchor.count != len(batch.records):
        raise ConflictError(
            "chain-refused",
            f"The chain holds this root over {receipt.anchor.count} records, "
            f"the batch has {len(batch.records)}.",
            where=ni_uri(batch.root),
        )
