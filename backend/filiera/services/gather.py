# SPDX-License-Identifier: Apache-2.0
"""Gathering evidence: everything that a verdict about one product needs (PROTOCOL 3, 9).

It walks the same lists that `verify` walks, and fetches: records from the database (from
IPFS when the database's copy is not what its id says), paths from their batches, facts from
the chain at one block, documents from IPFS. It judges nothing: what is missing or altered
is handed on as it is.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from itertools import chain

from filiera.errors import FilieraError, InputError, IntegrityError, UnavailableError
from filiera.model.ids import parse_did_pkh
from filiera.model.links import LinkType
from filiera.model.records import statement_of
from filiera.model.statement import RecordType, Statement
from filiera.ports.documents import DocumentStore
from filiera.ports.ledger import Ledger
from filiera.ports.store import RecordStore, StoredRecord
from filiera.proof.evidence import Evidence, Inclusion, Presented
from filiera.proof.facts import Block, ChainFacts
from filiera.proof.identity import current_profile
from filiera.proof.jws import SignedRecord, parse_jws, record_id
from filiera.proof.merkle import Tree

ALTERED = bytes(32)
"""Stands for the hash of a document that was altered so that no file comes out of it."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """Evidence, and the parts ("chain", "ipfs") that did not answer while it was gathered."""

    evidence: Evidence
    unavailable: tuple[str, ...] = ()


@dataclass(slots=True)
class Gatherer:
    """The use case: evidence for the product whose own record is given."""

    ledger: Ledger
    store: RecordStore
    documents: DocumentStore

    def gather(self, own: bytes, block: Block | None = None) -> Gathered:
        """Evidence for the product whose own record is `own`, as of `block` (the newest)."""
        run = _Gathering(self)
        run.take_listed(own)
        return run.gathered(own, block)

    def gather_record(self, jws: bytes, block: Block | None = None) -> Gathered:
        """Evidence about one record as it is given, whether or not it is stored here."""
        run = _Gathering(self)
        run.take_given(jws)
        return run.gathered(record_id(jws), block)

    def present(self, record: bytes) -> Presented | None:
        """A record with its path; None if no copy of it is here."""
        return _Gathering(self).present(record)


@dataclass(slots=True)
class _Gathering:
    tools: Gatherer
    presented: dict[bytes, Presented] = field(default_factory=dict)
    read: dict[bytes, tuple[SignedRecord, Statement]] = field(default_factory=dict)
    unavailable: set[str] = field(default_factory=set)

    def gathered(self, own: bytes, block: Block | None) -> Gathered:
        """What was taken, with the chain's word on it and the documents that it names."""
        facts = self.read_facts(block)
        evidence = Evidence(own, self.presented, facts, self.read_documents())
        return Gathered(evidence, tuple(sorted(self.unavailable)))

    def take_given(self, jws: bytes) -> None:
        """A record as given, and where it is anchored."""
        record = record_id(jws)
        stored = self.tools.store.get(record)
        self._keep(record, Presented(jws, self._inclusion(stored) if stored else None))

    def take_listed(self, own: bytes) -> None:
        """The own record and all that is listed, transitively."""
        waiting = [own]
        while waiting:
            record = waiting.pop()
            if record not in self.presented and self.take(record):
                waiting.extend(
                    link.digest
                    for link in self.read[record][1].links
                    if link.kind is not LinkType.DOCUMENT
                )

    def take(self, record: bytes) -> bool:
        """Present one record; True if it can be read."""
        presented = self.present(record)
        return presented is not None and self._keep(record, presented)

    def _keep(self, record: bytes, presented: Presented) -> bool:
        self.presented[record] = presented
        try:
            signed = parse_jws(presented.jws)
            self.read[record] = signed, statement_of(signed.payload)
        except InputError:
            return False
        return record_id(presented.jws) == record

    def present(self, record: bytes) -> Presented | None:
        """The best copy at hand, and where it is anchored."""
        stored = self.tools.store.get(record)
        jws = stored.jws if stored else None
        if jws is None or record_id(jws) != record:
            jws = self._from_ipfs(record) or jws
        if jws is None:
            return None
        return Presented(jws, self._inclusion(stored) if stored else None)

    def _inclusion(self, stored: StoredRecord) -> Inclusion | None:
        batch = self.tools.store.batch(stored.batch) if stored.batch is not None else None
        if stored.index is None or batch is None or batch.receipt is None:
            return None
        path = _tree(batch.records).path(stored.index)
        return Inclusion(batch.anchorer, batch.root, stored.index, path)

    def _from_ipfs(self, record: bytes) -> bytes | None:
        try:
            return self.tools.documents.get_record(record)
        except UnavailableError as error:
            self.unavailable.add(error.part)
        except FilieraError:
            pass
        return None

    def read_facts(self, block: Block | None) -> ChainFacts | None:
        """The chain's word on every signer, anchor, identity and status; None if it is down."""
        try:
            return self._read_facts(block or self.tools.ledger.head())
        except UnavailableError as error:
            self.unavailable.add(error.part)
            return None

    def _read_facts(self, block: Block) -> ChainFacts:
        facts = self.tools.ledger.read(block)
        while (wanted := self._wanted(facts)).any:
            facts = facts.merged(
                self.tools.ledger.read(
                    block,
                    accounts=wanted.accounts,
                    participants=wanted.participants,
                    anchors=wanted.anchors,
                    statuses=wanted.statuses,
                )
            )
        return facts

    def _wanted(self, facts: ChainFacts) -> _Wanted:
        """What the facts so far ask for next: a fixed point is reached when nothing is."""
        self._take_identities(facts)
        wanted = _Wanted()
        for record, (signed, statement) in self.read.items():
            wanted.accounts.add(signed.address)
            wanted.accounts.update(_subject_accounts(statement))
            inclusion = self.presented[record].inclusion
            if inclusion is not None:
                wanted.anchors.add((inclusion.anchorer, inclusion.root))
            account = facts.accounts.get(signed.address)
            if account is not None and account.participant is not None:
                wanted.statuses.add((account.participant, record))
        holders = {account.participant for account in facts.accounts.values()}
        enrollers = {participant.enroller for participant in facts.participants.values()}
        wanted.participants.update(each for each in holders | enrollers if each is not None)
        for status in chain.from_iterable(facts.statuses.values()):
            wanted.accounts.add(status.account)
            if status.successor is not None and status.successor not in self.presented:
                self.take(status.successor)
        return wanted.minus(facts)

    def _take_identities(self, facts: ChainFacts) -> None:
        for participant in facts.participants.values():
            profile = current_profile(participant, facts)
            if profile is not None and profile not in self.presented:
                self.take(profile)

    def read_documents(self) -> dict[bytes, bytes]:
        """The SHA-256 of every named document that is at hand."""
        found: dict[bytes, bytes] = {}
        for digest in self._named_documents():
            document = self.tools.store.document(digest)
            try:
                if document is not None:
                    found[digest] = sha256(self.tools.documents.get(document)).digest()
            except UnavailableError as error:
                self.unavailable.add(error.part)
                break
            except IntegrityError:
                found[digest] = ALTERED
            except FilieraError:
                continue
        return found

    def _named_documents(self) -> Iterable[bytes]:
        return dict.fromkeys(
            link.digest
            for _, statement in self.read.values()
            for link in statement.links
            if link.kind is LinkType.DOCUMENT
        )


@dataclass(slots=True)
class _Wanted:
    accounts: set[str] = field(default_factory=set)
    participants: set[bytes] = field(default_factory=set)
    anchors: set[tuple[str, bytes]] = field(default_factory=set)
    statuses: set[tuple[bytes, bytes]] = field(default_factory=set)

    @property
    def any(self) -> bool:
        return bool(self.accounts or self.participants or self.anchors or self.statuses)

    def minus(self, facts: ChainFacts) -> _Wanted:
        return _Wanted(
            self.accounts - facts.accounts.keys(),
            self.participants - facts.participants.keys(),
            self.anchors - facts.anchors.keys(),
            self.statuses - facts.statuses.keys(),
        )


def _subject_accounts(statement: Statement) -> list[str]:
    """The account that an identity record names."""
    named = parse_did_pkh(statement.subject) if statement.type is RecordType.DIA else None
    return [named[1]] if named else []


@lru_cache(maxsize=64)
def _tree(records: tuple[bytes, ...]) -> Tree:
    return Tree(records)
