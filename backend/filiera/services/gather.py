# SPDX-License-Identifier: Apache-2.0
"""Gathering evidence from the server's own stores: what a verdict about a product needs.

Records come from the database, from IPFS when the database's copy is not what its id
says; paths from their batches, documents from IPFS.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256

from filiera.errors import FilieraError, IntegrityError, UnavailableError
from filiera.model.links import RecordLink
from filiera.ports.documents import DocumentStore
from filiera.ports.ledger import Ledger
from filiera.ports.store import RecordStore, StoredRecord
from filiera.proof.evidence import Inclusion, Presented
from filiera.proof.facts import Block
from filiera.proof.jws import record_id
from filiera.proof.merkle import Tree
from filiera.services.gathering import Gathered, Gathering

ALTERED = bytes(32)
"""Stands for the hash of a document that was altered so that no file comes out of it."""


@dataclass(slots=True)
class Gatherer:
    """The use case: evidence for the product whose own record is given."""

    ledger: Ledger
    store: RecordStore
    documents: DocumentStore

    def gather(self, own: bytes, block: Block | None = None) -> Gathered:
        """Evidence for the product whose own record is `own`, as of `block` (the newest)."""
        run = self._gathering()
        run.take_listed(own)
        return run.gathered(own, block)

    def gather_record(self, jws: bytes, block: Block | None = None) -> Gathered:
        """Evidence about one record as it is given, whether or not it is stored here."""
        source = _Stores(self.store, self.documents)
        run = Gathering(self.ledger, source)
        record = record_id(jws)
        run.keep(record, Presented(jws, source.inclusion(self.store.get(record))))
        return run.gathered(record, block)

    def present(self, record: bytes) -> Presented | None:
        """A record with its path; None if no copy of it is here."""
        return _Stores(self.store, self.documents).present(record)

    def _gathering(self) -> Gathering:
        return Gathering(self.ledger, _Stores(self.store, self.documents))


@dataclass(slots=True)
class _Stores:
    """The server's stores as a `Source`."""

    store: RecordStore
    documents: DocumentStore
    unavailable: set[str] = field(default_factory=set)

    def present(self, record: bytes) -> Presented | None:
        stored = self.store.get(record)
        jws = stored.jws if stored else None
        if jws is None or record_id(jws) != record:
            jws = self._from_ipfs(record) or jws
        return None if jws is None else Presented(jws, self.inclusion(stored))

    def inclusion(self, stored: StoredRecord | None) -> Inclusion | None:
        """Where a stored record is anchored, None while it is not."""
        if stored is None or stored.batch is None or stored.index is None:
            return None
        batch = self.store.batch(stored.batch)
        if batch is None or batch.receipt is None:
            return None
        path = _tree(batch.records).path(stored.index)
        return Inclusion(batch.anchorer, batch.root, stored.index, path)

    def _from_ipfs(self, record: bytes) -> bytes | None:
        try:
            return self.documents.get_record(record)
        except UnavailableError as error:
            self.unavailable.add(error.part)
        except FilieraError:
            pass
        return None

    def document(self, link: RecordLink) -> bytes | None:
        document = self.store.document(link.digest)
        try:
            return sha256(self.documents.get(document)).digest() if document else None
        except UnavailableError:
            raise
        except IntegrityError:
            return ALTERED
        except FilieraError:
            return None


@lru_cache(maxsize=64)
def _tree(records: tuple[bytes, ...]) -> Tree:
    return Tree(records)
