# SPDX-License-Identifier: Apache-2.0
"""RecordStore: the database. A cache with an order: chain and IPFS can rebuild it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from filiera.ports.documents import StoredBatch, StoredDocument
from filiera.ports.ledger import AnchorReceipt, ChainIdentity


@dataclass(frozen=True, slots=True)
class NewRecord:
    """A record about to be stored, with what it is found by.

    `products` are canonical product ids of its subject, inputs and outputs, and the GLNs of
    the places and parties that it names; `own` is the product id of a product's own record
    (DPP, ProductStatement), else None.
    """

    id: bytes
    jws: bytes
    type: str
    address: str
    participant: bytes
    own: str | None
    products: tuple[str, ...]
    documents: tuple[StoredDocument, ...] = ()


@dataclass(frozen=True, slots=True)
class StoredRecord:
    """A record as stored.

    `received` is seconds since 1970; `batch` and `index` (its leaf) are None until it is in
    a prepared batch.
    """

    id: bytes
    jws: bytes
    type: str
    address: str
    participant: bytes
    own: str | None
    received: int
    batch: int | None = None
    index: int | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """Of a stored record no more than which it is and whose."""

    id: bytes
    participant: bytes


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch: its leaves in order, its root and manifest; `receipt` once it is anchored."""

    number: int
    anchorer: str
    root: bytes
    manifest: StoredBatch
    records: tuple[bytes, ...]
    receipt: AnchorReceipt | None = None


class RecordStore(Protocol):
    """Each method is one transaction: it happens whole or not at all.

    Raises `UnavailableError` (part "store") when the database does not answer. All lists
    are in the order of arrival.
    """

    def bind(self, chain: ChainIdentity) -> None:
        """Tie an empty database to this chain, or check that it is tied to it.

        Raises `ConflictError` (`chain-mismatch`) when it belongs to another chain (chain id,
        genesis hash or contracts differ).
        """
        ...

    def add(self, records: Sequence[NewRecord], received: int) -> list[StoredRecord]:
        """Store records, which arrive in the order given.

        One that is stored already: the first answer, with new documents added to it.
        """
        ...

    def get(self, record_id: bytes) -> StoredRecord | None:
        """The record of that id."""
        ...

    def get_all(self, record_ids: Iterable[bytes]) -> dict[bytes, StoredRecord]:
        """Those records of these ids that are stored, by id."""
        ...

    def about(self, products: Iterable[str]) -> list[StoredRecord]:
        """Every record that has one of these ids as subject, input, output, place or party."""
        ...

    def mentions(self, products: Iterable[str]) -> list[Mention]:
        """The same records as `about`, for who will read few of them: anybody may add more."""
        ...

    def own_records(self, product: str) -> list[StoredRecord]:
        """The own records (DPP, ProductStatement) of one product."""
        ...

    def of_type(self, record_type: str) -> list[StoredRecord]:
        """Every record of one type (`RecordType`'s value)."""
        ...

    def products(self) -> list[str]:
        """The ids of all products that have an own record, first stored first."""
        ...

    def documents_of(self, record_id: bytes) -> list[StoredDocument]:
        """The documents that came with a record."""
        ...

    def document(self, sha256: bytes) -> StoredDocument | None:
        """The document of that SHA-256."""
        ...

    def get_documents(self, digests: Iterable[bytes]) -> dict[bytes, StoredDocument]:
        """Those documents of these SHA-256 that are stored, by it."""
        ...

    def pending(self, limit: int) -> list[StoredRecord]:
        """The oldest records that are in no batch, at most `limit`."""
        ...

    def prepare_batch(
        self, anchorer: str, root: bytes, manifest: StoredBatch, records: Sequence[bytes]
    ) -> Batch:
        """Fix a batch and its leaves before its root is sent.

        Raises `ConflictError` (`batch-conflict`) when a record is already in a batch.
        """
        ...

    def open_batches(self) -> list[Batch]:
        """Batches prepared and not known to be anchored."""
        ...

    def confirm_batch(self, number: int, receipt: AnchorReceipt) -> Batch:
        """Note that a batch is anchored; the same receipt again changes nothing."""
        ...

    def batch(self, number: int) -> Batch | None:
        """One batch with its leaves."""
        ...

    def batches(self) -> list[Batch]:
        """All batches, newest last."""
        ...
