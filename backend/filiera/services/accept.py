# SPDX-License-Identifier: Apache-2.0
"""Accepting records: checked whole, then stored once (docs/architecture.md, "Data's way").

The record's own signature is the permission. A record is stored only when it is well
formed, its account and role stand in the registry at the latest block, and its documents
are in IPFS; whatever fails leaves nothing behind. The same record again gets the same
answer, and may bring documents that it came without.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Final

from filiera.errors import FilieraError, InputError, NotFoundError, UnavailableError
from filiera.model.links import LinkType, RecordLink
from filiera.model.mentions import glns
from filiera.model.records import check_event_date, checked_statement, statement_of
from filiera.model.statement import Statement
from filiera.ports.clock import Clock
from filiera.ports.documents import (
    MAX_BATCH_DOCUMENTS,
    MAX_MEDIA_TYPE,
    DocumentStore,
    StoredDocument,
)
from filiera.ports.ledger import Ledger
from filiera.ports.store import NewRecord, RecordStore, StoredRecord
from filiera.proof.checks import OWN_TYPES
from filiera.proof.jws import SignedRecord, parse_jws, signature_holds
from filiera.services.entitling import Entitlement, entitlement_of
from filiera.services.results import each_of, good

OCTETS: Final = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class File:
    """A file that came with records: its name as given, and its bytes."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on what one request may bring, in bytes and records."""

    document: int = 20 << 20
    records: int = 1_000


@dataclass(frozen=True, slots=True)
class Accepted:
    """A record that is stored here, and whether this very request brought it."""

    record: StoredRecord
    new: bool


Result = Accepted | FilieraError
"""What became of one of several records."""


class Acceptance:
    """The use case: many records and their files in, one result a record out."""

    def __init__(
        self,
        ledger: Ledger,
        store: RecordStore,
        documents: DocumentStore,
        clock: Clock,
        limits: Limits | None = None,
    ) -> None:
        self._ledger = ledger
        self._store = store
        self._documents = documents
        self._clock = clock
        self._limits = limits or Limits()

    def accept(self, jws: bytes, files: Sequence[File] = ()) -> Accepted:
        """Accept one record, or raise what is wrong with it or its files."""
        result = self.accept_many([jws], files)[0]
        if isinstance(result, FilieraError):
            raise result
        return result

    def accept_many(self, jwss: Sequence[bytes], files: Sequence[File] = ()) -> list[Result]:
        """Accept records independently of each other; results are in the same order.

        Raises `document-not-named`, `document-hash-mismatch`, `document-empty` or
        `document-too-large` for the request as a whole, and `UnavailableError` when chain,
        IPFS or database is down; chain and IPFS are asked before anything is stored.
        """
        if len(jwss) > self._limits.records:
            raise InputError(
                "body-too-large", f"A request brings at most {self._limits.records} records."
            )
        signed = each_of(jwss, _read_signed)
        known = self._known([each.id for each in good(signed)])
        read = each_of(signed, lambda each: (each, self._read_statement(each, known)))
        content = self._match_files(files, read)
        new = {record.address for record, _ in good(read) if record.id not in known}
        entitlement = entitlement_of(new, self._ledger)
        ready = each_of(
            read, lambda each: _prepare(*each, known.get(each[0].id), content, entitlement)
        )
        if any(each.known is None for each in good(ready)):
            self._require_documents()
        stocked = [each if isinstance(each, FilieraError) else self._stock(each) for each in ready]
        return self._store_all(stocked)

    def _known(self, records: Sequence[bytes]) -> dict[bytes, StoredRecord]:
        """What is stored of them; what cannot be read needs no database to be refused."""
        return self._store.get_all(records) if records else {}

    def _read_statement(
        self, signed: SignedRecord, known: Mapping[bytes, StoredRecord]
    ) -> Statement:
        """What the record says; one that is stored was held to its type's rules back then."""
        if signed.id in known:
            return statement_of(signed.payload)
        statement = checked_statement(signed.payload)
        check_event_date(signed.payload, self._clock.now())
        _check_document_count(statement)
        return statement

    def _match_files(
        self, files: Sequence[File], read: Sequence[_Read | FilieraError]
    ) -> dict[bytes, bytes]:
        """The files by digest; each must be one that a record of the request names."""
        links = [
            link
            for _, statement in good(read)
            for link in statement.links
            if link.kind is LinkType.DOCUMENT
        ]
        named = {link.digest for link in links}
        content: dict[bytes, bytes] = {}
        for file in files:
            self._check_size(file)
            digest = sha256(file.data).digest()
            if digest not in named:
                # A file that belongs to a refused record is that record's matter.
                if any(isinstance(each, FilieraError) for each in read):
                    continue
                raise _unnamed(file, links)
            content[digest] = file.data
        return content

    def _check_size(self, file: File) -> None:
        if not file.data:
            raise InputError("document-empty", "The file is empty.", where=file.name)
        if len(file.data) > self._limits.document:
            raise InputError(
                "document-too-large",
                f"A document has at most {self._limits.document >> 20} MiB.",
                where=file.name,
            )

    def _require_documents(self) -> None:
        """Raise `UnavailableError` if IPFS is down, for a batch could not be kept there."""
        with suppress(NotFoundError):
            self._documents.get_record(bytes(32))

    def _stock(self, ready: _Ready) -> _Ready:
        """The record with its files in IPFS."""
        documents = tuple(self._add_document(link, data) for link, data in ready.files)
        return replace(ready, record=replace(ready.record, documents=documents))

    def _store_all(self, ready: Sequence[_Ready | FilieraError]) -> list[Result]:
        """Store what is new, all of it at once."""
        new = [each.record for each in good(ready) if not each.known or each.record.documents]
        added = self._store.add(new, self._clock.now()) if new else []
        stored = {record.id: record for record in added}
        return each_of(ready, lambda each: each.accepted(stored))

    def _add_document(self, link: RecordLink, data: bytes) -> StoredDocument:
        """The file in IPFS, under the type that this record gives it."""
        media_type = _media_type(link)
        known = self._store.document(link.digest)
        if known is None:
            return replace(self._documents.add(data, media_type), sha256=link.digest)
        with suppress(UnavailableError):
            self._documents.add(data, media_type)  # for what IPFS has lost comes back so
        return replace(known, media_type=media_type)


_Read = tuple[SignedRecord, Statement]
"""A record whose signature holds, and what it says."""


def _read_signed(jws: bytes) -> SignedRecord:
    signed = parse_jws(jws)
    if not signature_holds(signed):
        raise InputError("signature-invalid", "The signature is not the issuer's.")
    return signed


@dataclass(frozen=True, slots=True)
class _Ready:
    """A record that may be stored, the one that is stored already, and its files' bytes."""

    record: NewRecord
    known: StoredRecord | None
    files: tuple[tuple[RecordLink, bytes], ...]

    def accepted(self, stored: Mapping[bytes, StoredRecord]) -> Accepted:
        """The answer, once `stored` holds what had to be stored."""
        record = self.known or stored[self.record.id]
        return Accepted(record, new=self.known is None)


def _prepare(
    signed: SignedRecord,
    statement: Statement,
    known: StoredRecord | None,
    content: Mapping[bytes, bytes],
    entitlement: Entitlement,
) -> _Ready:
    """Whose record it is, and the files that came for it; raises RefusedError."""
    record = NewRecord(
        id=signed.id,
        jws=signed.jws,
        type=statement.type.value,
        address=signed.address,
        participant=known.participant if known else entitlement.of(signed, statement),
        own=statement.subject if statement.type in OWN_TYPES else None,
        products=(*statement.products, *glns(statement)),
    )
    files = tuple(
        (link, content[link.digest])
        for link in statement.links
        if link.kind is LinkType.DOCUMENT and link.digest in content
    )
    return _Ready(record, known, files)


def _check_document_count(statement: Statement) -> None:
    """A record whose documents fill more than one manifest could never be anchored."""
    if sum(link.kind is LinkType.DOCUMENT for link in statement.links) > MAX_BATCH_DOCUMENTS:
        raise InputError(
            "batch-too-large",
            f"A record names at most {MAX_BATCH_DOCUMENTS} documents.",
            where="credentialSubject",
        )


def _media_type(link: RecordLink) -> str:
    """What the record calls the file; nothing in particular if a manifest has no room for it."""
    named = link.media_type or OCTETS
    return named if len(named.encode()) <= MAX_MEDIA_TYPE else OCTETS


def _unnamed(file: File, links: Sequence[RecordLink]) -> InputError:
    if any(link.name == file.name for link in links):
        return InputError(
            "document-hash-mismatch",
            "The file has the name, but not the hash, of a document that the record names.",
            where=file.name,
        )
    return InputError(
        "document-not-named", "No record of this request names this file.", where=file.name
    )
