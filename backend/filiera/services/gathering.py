# SPDX-License-Identifier: Apache-2.0
"""One gathering of evidence, wherever records come from (PROTOCOL 3 and 9).

It walks the same lists that `verify` walks. Records and documents come from a `Source`:
the server's stores, or a passport file that somebody was given. Facts come from the chain
at one block. It judges nothing: what is missing or altered is handed on as it is.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final, Protocol

from filiera.errors import ConflictError, UnavailableError
from filiera.model.links import LinkType, RecordLink
from filiera.ports.ledger import Ledger
from filiera.proof.evidence import Evidence, Presented
from filiera.proof.facts import Block, ChainFacts
from filiera.proof.wanted import ROUNDS, ReadRecord, Wanted, readable, wanted, wanted_records

MAX_RECORDS: Final = 10_000
"""Listed records asked for in one gathering; those beyond are not presented, so not proven."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """Evidence, and the parts ("chain", "ipfs") that did not answer while it was gathered."""

    evidence: Evidence
    unavailable: tuple[str, ...] = ()


class Source(Protocol):
    """Where records and documents come from. `unavailable` names the parts that were down."""

    @property
    def unavailable(self) -> set[str]:
        """Parts that did not answer a call of `present`."""
        ...

    def present(self, record: bytes) -> Presented | None:
        """The best copy of a record at hand, and where it is said to be anchored."""
        ...

    def document(self, link: RecordLink) -> bytes | None:
        """The SHA-256 of what is at hand under the link's name; None if nothing is.

        Raises UnavailableError when the part that holds documents does not answer.
        """
        ...


@dataclass(slots=True)
class Gathering:
    """One run: `presented` and `read` grow as records are taken, each asked for once."""

    ledger: Ledger
    source: Source
    asked: set[bytes] = field(default_factory=set)
    presented: dict[bytes, Presented] = field(default_factory=dict)
    read: dict[bytes, ReadRecord] = field(default_factory=dict)
    unavailable: set[str] = field(default_factory=set)

    def gathered(self, own: bytes, block: Block | None) -> Gathered:
        """What was taken, with the chain's word on it and the documents that it names."""
        facts = self.read_facts(block)
        evidence = Evidence(own, self.presented, facts, self.read_documents())
        return Gathered(evidence, tuple(sorted(self.unavailable | self.source.unavailable)))

    def take_listed(self, own: bytes) -> None:
        """The own record and all that is listed, transitively; the nearest first."""
        waiting = deque([own])
        while waiting and len(self.asked) < MAX_RECORDS:
            record = waiting.popleft()
            if self.take(record):
                waiting.extend(
                    link.digest
                    for link in self.read[record].statement.links
                    if link.kind is not LinkType.DOCUMENT
                )

    def take(self, record: bytes) -> bool:
        """Present one record; True if it is new here and can be read."""
        if record in self.asked:
            return False
        self.asked.add(record)
        presented = self.source.present(record)
        return presented is not None and self.keep(record, presented)

    def keep(self, record: bytes, presented: Presented) -> bool:
        """Note a copy of a record, from wherever; True if it is the record and can be read."""
        self.asked.add(record)
        self.presented[record] = presented
        if presented.id != record:
            return False
        self.read |= readable([presented])
        return record in self.read

    def read_facts(self, block: Block | None) -> ChainFacts | None:
        """The chain's word on every signer, anchor, identity and status; None if it is down."""
        try:
            return self._read_facts(block or self.ledger.head())
        except UnavailableError as error:
            self.unavailable.add(error.part)
            return None

    def _read_facts(self, block: Block) -> ChainFacts:
        facts = self.ledger.read(block)
        for _ in range(ROUNDS):
            for record in wanted_records(facts):
                self.take(record)
            missing = wanted(self.read.values(), facts)
            if not missing:
                break
            try:
                facts = facts.merged(self._read(block, missing))
            except ConflictError:
                break  # another chain: the facts say which, and `verify` that it is not trusted
        return facts

    def _read(self, block: Block, missing: Wanted) -> ChainFacts:
        return self.ledger.read(
            block,
            accounts=missing.accounts,
            participants=missing.participants,
            anchors=missing.anchors,
            statuses=missing.statuses,
            findings=missing.findings,
        )

    def read_documents(self) -> dict[bytes, bytes]:
        """The SHA-256 of every named document that is at hand."""
        found: dict[bytes, bytes] = {}
        for link in self._named_documents():
            try:
                actual = self.source.document(link)
            except UnavailableError as error:
                self.unavailable.add(error.part)
                break
            if actual is not None:
                found[link.digest] = actual
        return found

    def _named_documents(self) -> Iterable[RecordLink]:
        named = {
            link.digest: link
            for each in self.read.values()
            for link in each.statement.links
            if link.kind is LinkType.DOCUMENT
        }
        return named.values()
