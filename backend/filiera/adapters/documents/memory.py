# SPDX-License-Identifier: Apache-2.0
"""DocumentStore in memory, with faults to order: for tests of what depends on one.

It keeps whole files where IPFS keeps chunks, so the CID of a file above 262,144 bytes
is not the one that an IPFS node gives it. It is never wired into a server.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from filiera.adapters.documents.cids import RAW, cid_bytes, cid_text, digest_of
from filiera.adapters.documents.manifest import build_manifest
from filiera.adapters.documents.together import apart, longer, no_record
from filiera.errors import NotFoundError, UnavailableError
from filiera.ports.documents import StoredBatch, StoredDocument
from filiera.proof.jws import MAX_JWS


class MemoryDocumentStore:
    """Files and batches by digest.

    While `down`, every call raises `UnavailableError`. What `blocks` holds under a CID is
    what a read returns: put other bytes there to alter it, take it away to lose it.
    """

    def __init__(self) -> None:
        self.down = False
        self.blocks: dict[str, bytes] = {}

    def add(self, data: bytes, media_type: str) -> StoredDocument:
        """Store a file."""
        self._require_up()
        digest = hashlib.sha256(data).digest()
        cid = self._put(digest, data)
        return StoredDocument(digest, cid, len(data), media_type)

    def get(self, document: StoredDocument) -> bytes:
        """The file, whatever it says."""
        self._require_up()
        data = self._file(document)
        if len(data) > document.size:
            raise longer(document)
        return data

    def get_all(self, documents: Sequence[StoredDocument]) -> list[bytes]:
        """Some files, cut out of all of them together as a node gives them."""
        self._require_up()
        return apart(b"".join(map(self._file, documents)), documents)

    def add_batch(
        self, records: Sequence[bytes], documents: Sequence[StoredDocument]
    ) -> StoredBatch:
        """Store a batch, all of it or nothing."""
        self._require_up()
        for document in documents:
            self._file(document)
        ids = [hashlib.sha256(record).digest() for record in records]
        manifest = build_manifest(ids, documents)
        for digest, record in zip(ids, records, strict=True):
            self._put(digest, record)
        for block in (manifest.root, *manifest.parts):
            self.blocks.setdefault(cid_text(block.cid), block.data)
        return StoredBatch(cid_text(manifest.root.cid), digest_of(manifest.root.cid))

    def get_record(self, record_id: bytes) -> bytes:
        """The block of that digest, whatever it says."""
        self._require_up()
        cid = cid_text(cid_bytes(RAW, record_id))
        block = self.blocks.get(cid)
        if block is None or len(block) > MAX_JWS:
            raise no_record(cid)
        return block

    def _file(self, document: StoredDocument) -> bytes:
        if document.cid not in self.blocks:
            raise NotFoundError(
                "document-not-found", "There is no such content.", where=document.cid
            )
        return self.blocks[document.cid]

    def _put(self, digest: bytes, data: bytes) -> str:
        """Keep what is there: a store does not look at what it already has."""
        cid = cid_text(cid_bytes(RAW, digest))
        self.blocks.setdefault(cid, data)
        return cid

    def _require_up(self) -> None:
        if self.down:
            raise UnavailableError(
                "ipfs-unreachable", "The document store is down.", part="ipfs", where="memory"
            )
