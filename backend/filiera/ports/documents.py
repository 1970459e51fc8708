# SPDX-License-Identifier: Apache-2.0
"""DocumentStore: content-addressed files and batches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol

MAX_BATCH_DOCUMENTS: Final = 4_096
"""Documents that one batch's manifest names: its root stays well below IPFS's block size."""
MAX_MEDIA_TYPE: Final = 127
"""Bytes of a document's media type in a manifest: both halves of it together (RFC 6838, 4.2)."""


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A file as stored: its own SHA-256, its CID (CIDv1, base32), size in bytes, media type."""

    sha256: bytes
    cid: str
    size: int
    media_type: str


@dataclass(frozen=True, slots=True)
class StoredBatch:
    """A batch's manifest as stored and pinned: root CID and the root block's SHA-256."""

    cid: str
    sha256: bytes


class DocumentStore(Protocol):
    """Bytes by content. Everything stored is pinned; storing the same again changes nothing.

    Every method raises `UnavailableError` (part "ipfs") when the node does not answer, or
    answers nonsense. However long it goes on, no more is taken from it than may be there, and
    no call lasts for ever.
    """

    def add(self, data: bytes, media_type: str) -> StoredDocument:
        """Store and pin a file."""
        ...

    def get(self, document: StoredDocument) -> bytes:
        """The file, whatever it says: the caller (or `verify`) compares the SHA-256.

        Raises `NotFoundError` (`document-not-found`) when the node has no such content, and
        `IntegrityError` (`document-hash-mismatch`) when what it has was altered so that no file
        comes out, or one that goes on beyond `document.size`: no bytes longer than a file have
        its hash.
        """
        ...

    def get_all(self, documents: Sequence[StoredDocument]) -> list[bytes]:
        """Some files by one question, in their order: as good as free beside one for each.

        Only if each has its SHA-256 is it known that they are the files. Where one was altered
        any of them may come out wrong, and where one is missing or they have another length
        together none does: NotFoundError (`document-not-found`). Then each is to be asked for
        by itself.
        """
        ...

    def add_batch(
        self, records: Sequence[bytes], documents: Sequence[StoredDocument]
    ) -> StoredBatch:
        """Store and recursively pin a batch by one CAR import.

        `records` are JWS bytes in leaf order, each a raw block whose multihash digest is
        the record id. When this returns, the whole batch is pinned.
        """
        ...

    def get_record(self, record_id: bytes) -> bytes:
        """The raw block of that digest; the caller compares the hash.

        Raises `NotFoundError` (`record-not-found`) when there is none, or one of more than
        `MAX_JWS` bytes: it is no record, and nobody has hashed it.
        """
        ...
