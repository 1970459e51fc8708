# SPDX-License-Identifier: Apache-2.0
"""Accepting records: checked whole, then stored once (PROTOCOL 1, 2 and 9).

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

from filiera.errors import (
    CODES,
    FilieraError,
    InputError,
    NotFoundError,
    RefusedError,
    UnavailableError,
)
from filiera.model.ids import ni_uri
from filiera.model.links import LinkType, RecordLink
from filiera.model.records import check_event_date, checked_statement, statement_of
from filiera.model.statement import Statement
from filiera.ports.clock import Clock
from filiera.ports.documents import MAX_BATCH_DOCUMENTS, DocumentStore, StoredDocument
from filiera.ports.ledger import Ledger
from filiera.ports.store import NewRecord, RecordStore, StoredRecord
from filiera.proof.checks import OWN_TYPES
from filiera.proof.entitlement import account_fault, required_role, role_fault
from filiera.proof.facts import ChainFacts
from filiera.proof.jws import SignedRecord, parse_jws, signature_holds


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
        read = [self._read(jws) for jws in jwss]
        content = self._match_files(files, read)
        entitle = self._entitlement(
            [each[0] for each in read if not isinstance(each, FilieraError)]
        )
        ready = [
            each if isinstance(each, FilieraError) else self._prepare(*each, content, entitle)
            for each in read
        ]
        if any(isinstance(each, _Ready) and each.known is None for each in ready):
            self._require_documents()
        stocked = [each if isinstance(each, FilieraError) else self._stock(each) for each in ready]
        return [
            each if isinstance(each, FilieraError) else self._store_one(each) for each in stocked
        ]

    def _read(self, jws: bytes) -> tuple[SignedRecord, Statement] | FilieraError:
        try:
            signed = parse_jws(jws)
            if not signature_holds(signed):
                raise InputError("signature-invalid", "The signature is not the issuer's.")
            if self._store.get(signed.id) is not None:
                return signed, statement_of(signed.payload)
            statement = checked_statement(signed.payload)
            check_event_date(signed.payload, self._clock.now())
            _check_document_count(statement)
            return signed, statement
        except UnavailableError:
            raise
        except FilieraError as error:
            return error

    def _match_files(
        self,
        files: Sequence[File],
        read: Sequence[tuple[SignedRecord, Statement] | FilieraError],
    ) -> dict[bytes, bytes]:
        """The files by digest; each must be one that a record of the request names."""
        links = [
            link
            for each in read
            if not isinstance(each, FilieraError)
            for link in each[1].links
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

    def _entitlement(self, records: Sequence[SignedRecord]) -> _Entitlement:
        """What the latest block says of the signers of records that are new here."""
        fresh = {record.address for record in records if self._store.get(record.id) is None}
        if not fresh:
            return _Entitlement(None)
        head = self._ledger.head()
        accounts = self._ledger.read(head, accounts=fresh)
        holders = {a.participant for a in accounts.accounts.values() if a.participant}
        return _Entitlement(accounts.merged(self._ledger.read(head, participants=holders)))

    def _prepare(
        self,
        signed: SignedRecord,
        statement: Statement,
        content: Mapping[bytes, bytes],
        entitlement: _Entitlement,
    ) -> _Ready | FilieraError:
        """Whose record it is, and the files that came for it."""
        known = self._store.get(signed.id)
        try:
            participant = known.participant if known else entitlement.of(signed, statement)
        except FilieraError as error:
            return error
        record = NewRecord(
            id=signed.id,
            jws=signed.jws,
            type=statement.type.value,
            address=signed.address,
            participant=participant,
            own=statement.subject if statement.type in OWN_TYPES else None,
            products=statement.products,
        )
        files = tuple(
            (link, content[link.digest])
            for link in statement.links
            if link.kind is LinkType.DOCUMENT and link.digest in content
        )
        return _Ready(record, known, files)

    def _require_documents(self) -> None:
        """Raise `UnavailableError` if IPFS is down, for a batch could not be kept there."""
        with suppress(NotFoundError):
            self._documents.get_record(bytes(32))

    def _stock(self, ready: _Ready) -> _Ready:
        """The record with its files in IPFS."""
        documents = tuple(self._add_document(link, data) for link, data in ready.files)
        return replace(ready, record=replace(ready.record, documents=documents))

    def _store_one(self, ready: _Ready) -> Accepted:
        if ready.known and not ready.record.documents:
            return Accepted(ready.known, new=False)
        stored = self._store.add(ready.record, self._clock.now())
        return Accepted(stored, new=ready.known is None)

    def _add_document(self, link: RecordLink, data: bytes) -> StoredDocument:
        known = self._store.document(link.digest)
        if known is not None:
            return known
        stored = self._documents.add(data, link.media_type or "application/octet-stream")
        return replace(stored, sha256=link.digest)


@dataclass(frozen=True, slots=True)
class _Ready:
    """A record that may be stored, the one that is stored already, and its files' bytes."""

    record: NewRecord
    known: StoredRecord | None
    files: tuple[tuple[RecordLink, bytes], ...]


@dataclass(frozen=True, slots=True)
class _Entitlement:
    """Who may say what, by facts of the latest block; None when nothing new arrived."""

    facts: ChainFacts | None

    def of(self, signed: SignedRecord, statement: Statement) -> bytes:
        """The participant whose record this is; raises RefusedError if it may not say it."""
        facts = self.facts
        if facts is None or signed.address not in facts.accounts:
            raise _refused("account-unknown", signed)
        if signed.chain_id != facts.chain_id:
            raise InputError(
                "jws-chain", f"This is chain {facts.chain_id}, not {signed.chain_id}.", where="kid"
            )
        account = facts.accounts[signed.address]
        fault = account_fault(account, facts.block.time)
        if fault is not None or account.participant is None:
            raise _refused(fault or "account-unknown", signed)
        role = required_role(statement)
        holder = facts.participants[account.participant]
        if role is None or role_fault(holder, role, facts.block.time):
            raise _refused("role-missing", signed)
        return account.participant


def _check_document_count(statement: Statement) -> None:
    """A record whose documents fill more than one manifest could never be anchored."""
    if sum(link.kind is LinkType.DOCUMENT for link in statement.links) > MAX_BATCH_DOCUMENTS:
        raise InputError(
            "batch-too-large",
            f"A record names at most {MAX_BATCH_DOCUMENTS} documents.",
            where="credentialSubject",
        )


def _refused(code: str, signed: SignedRecord) -> RefusedError:
    return RefusedError(code, CODES[code], where=f"{ni_uri(signed.id)}, account {signed.address}")


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
