# SPDX-License-Identifier: Apache-2.0
"""Gathering evidence from the server's own stores: what a verdict about a product needs.

Records come from the database, from IPFS when the database's copy is not what its id
says; paths from their batches, documents from IPFS.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from filiera.domain.support import Accreditations
from filiera.errors import FilieraError, UnavailableError
from filiera.model.links import RecordLink
from filiera.ports.documents import DocumentStore
from filiera.ports.ledger import Ledger
from filiera.ports.store import Batch, RecordStore, StoredRecord
from filiera.proof.evidence import Inclusion, Presented
from filiera.proof.facts import Block, ChainFacts
from filiera.proof.jws import record_id
from filiera.proof.merkle import Tree
from filiera.proof.verdict import Verdict
from filiera.services.accreditations import read_accreditations
from filiera.services.anchored import AnchoredBatches
from filiera.services.at_hand import read_all
from filiera.services.gathering import Gathered, Gathering
from filiera.services.keeping import Keep
from filiera.services.known import KnownRecords

MAX_FACTS: Final = 200_000
"""Facts that are remembered together, of the passports that were gathered last."""
MAX_AHEAD: Final = 64
"""Identity records that are looked up beforehand for a product seen for the first time."""


class Gatherer:
    """The use case: evidence as of one block, the newest where none is given.

    Records are presented as they are stored now, and facts are those of that block. What is
    remembered of earlier gatherings saves reading the same bytes again and asking the chain
    in several messages; it is never itself an answer.
    What was anchored after that block is presented as not anchored: the chain cannot know
    of it yet, and is not to be taken for denying it.
    """

    def __init__(self, ledger: Ledger, store: RecordStore, documents: DocumentStore) -> None:
        self._ledger = ledger
        self._store = store
        self._documents = documents
        self._batches = AnchoredBatches(store)
        self._known = KnownRecords()
        self._facts: Keep[bytes, ChainFacts] = Keep(MAX_FACTS, _count)
        self._led: tuple[bytes, ...] = ()

    def gather(
        self, own: bytes, block: Block | None = None, read: Iterable[StoredRecord] = ()
    ) -> Gathered:
        """Evidence for the product whose own record is `own`.

        Of records that were `read` from the database just now, those whose place in a batch
        is fixed are not looked up again.
        """
        at = block or self._newest()
        before = self._facts.get(own)
        # Whoever is met here for the first time is mostly of those who were met last.
        source = self._source(at, before.findings if before else self._led)
        source.know(row for row in read if row.batch is not None)
        run = Gathering(self._ledger, source, before, source.holders)
        run.take_listed(own)
        gathered = run.gathered(own, at)
        if run.complete and gathered.evidence.facts is not None:
            self._facts.put(own, gathered.evidence.facts)
            self._led = run.led[:MAX_AHEAD]
        return gathered

    def gather_alone(self, records: Iterable[bytes], block: Block | None = None) -> Gathered:
        """Evidence about stored records, each by itself; `own` is the first."""
        at, taken = block or self._newest(), tuple(records)
        source = self._source(at)
        run = Gathering(self._ledger, source, holders=source.holders)
        run.take(taken)
        return run.gathered(taken[0], at)

    def gather_record(self, jws: bytes, block: Block | None = None) -> Gathered:
        """Evidence about one record as it is given, whether or not it is stored here.

        Its documents are at hand only if it is: else anybody could have them all read.
        """
        at, record = block or self._newest(), record_id(jws)
        stored = self._store.get(record)
        source = self._source(at, with_documents=stored is not None)
        run = Gathering(self._ledger, source, holders=source.holders)
        run.keep(record, self._known.presented(jws, source.inclusion(stored)))
        return run.gathered(record, at)

    def accreditations(self, facts: ChainFacts | None, verdict: Verdict) -> Accreditations:
        """What the registry says of those who certified what a verdict lists."""
        found, grown = read_accreditations(self._ledger, facts, verdict)
        if grown is not None and grown is not facts and self._facts.get(verdict.own) is facts:
            self._facts.put(verdict.own, grown)
        return found

    def present(self, record: bytes) -> Presented | None:
        """A record with its path; None if no copy of it is here."""
        return self._source(None).present([record]).get(record)

    def anchored(self, record: StoredRecord, block: Block | None = None) -> Batch | None:
        """The anchored batch that a record is in, None if it is in none as of `block`."""
        found = self._source(block).place(record)
        return found[0] if found else None

    def _newest(self) -> Block | None:
        # Before anything is presented: what is anchored meanwhile is not in it either.
        try:
            return self._ledger.head()
        except UnavailableError:
            return None

    def _source(
        self, block: Block | None, ahead: Iterable[bytes] = (), *, with_documents: bool = True
    ) -> _Stores:
        return _Stores(
            self._store,
            self._documents,
            self._batches,
            self._known,
            block,
            frozenset(ahead),
            with_documents=with_documents,
        )


@dataclass(slots=True)
class _Stores:
    """The server's stores as a `Source`, as of a block.

    The records `ahead` are looked up with the first that are asked for. `holders` are the
    participants whose records these were when they were accepted.
    """

    store: RecordStore
    documents: DocumentStore
    batches: AnchoredBatches
    known: KnownRecords
    block: Block | None
    ahead: frozenset[bytes] = frozenset()
    rows: dict[bytes, StoredRecord | None] = field(default_factory=dict)
    holders: dict[bytes, bytes] = field(default_factory=dict)
    unavailable: set[str] = field(default_factory=set)
    with_documents: bool = True

    def know(self, rows: Iterable[StoredRecord]) -> None:
        """Take note of what the database says of records."""
        for row in rows:
            self.rows[row.id] = row
            self.holders[row.id] = row.participant

    def present(self, records: Sequence[bytes]) -> dict[bytes, Presented]:
        if not self.rows.keys() >= set(records):
            new = self.ahead.union(records) - self.rows.keys()
            self.ahead = frozenset()
            self.rows |= dict.fromkeys(new)
            self.know(self.store.get_all(new).values())
        found = {}
        for record in records:
            row = self.rows.get(record)
            jws = self._jws(record, row)
            if jws is not None:
                found[record] = self.known.presented(jws, self.inclusion(row))
        return found

    def _jws(self, record: bytes, stored: StoredRecord | None) -> bytes | None:
        if stored is not None and record_id(stored.jws) == record:
            return stored.jws
        return self._from_ipfs(record) or (stored.jws if stored else None)

    def inclusion(self, stored: StoredRecord | None) -> Inclusion | None:
        """Where a stored record is anchored, None while it is not."""
        found = self.place(stored) if stored else None
        if stored is None or found is None or stored.index is None:
            return None
        batch, tree = found
        return Inclusion(batch.anchorer, batch.root, stored.index, tree.path(stored.index))

    def place(self, stored: StoredRecord) -> tuple[Batch, Tree] | None:
        """The batch that a record is anchored in as of the block, and its tree."""
        found = self.batches.get(stored.batch) if stored.batch is not None else None
        receipt = found[0].receipt if found else None
        if receipt is None or (self.block and receipt.block.number > self.block.number):
            return None
        return found

    def _from_ipfs(self, record: bytes) -> bytes | None:
        if "ipfs" in self.unavailable:
            return None  # each more would wait as long as the first
        try:
            return self.documents.get_record(record)
        except UnavailableError as error:
            self.unavailable.add(error.part)
        except FilieraError:
            pass
        return None

    def at_hand(self, links: Sequence[RecordLink]) -> Iterator[tuple[bytes, bytes]]:
        if not links or not self.with_documents:
            return
        stored = self.store.get_documents(link.digest for link in links)
        yield from read_all(self.documents, stored.values())


def _count(facts: ChainFacts) -> int:
    """How many facts there are."""
    kinds = (facts.accounts, facts.participants, facts.anchors, facts.statuses, facts.findings)
    return len(facts.accreditations) + sum(len(each) for each in kinds)
