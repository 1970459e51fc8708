# SPDX-License-Identifier: Apache-2.0
"""One gathering of evidence, wherever records come from (docs/proof.md 7).

It walks the same lists that `verify` walks. Records and documents come from a `Source`:
the server's stores, or a passport file that somebody was given. Facts come from the chain
at one block. It judges nothing: what is missing or altered is handed on as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
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

    def present(self, records: Sequence[bytes], /) -> Mapping[bytes, Presented]:
        """The best copy at hand of each record, and where it is said to be anchored.

        By the id that was asked for, in that order; what there is no copy of is left out.
        """
        ...

    def at_hand(self, links: Sequence[RecordLink], /) -> Iterator[tuple[bytes, bytes]]:
        """The digest that each link names, and the SHA-256 of what is at hand under its name.

        What is not at hand is left out. Raises UnavailableError when the part that holds
        documents does not answer: what came before stands.
        """
        ...


@dataclass(slots=True)
class Gathering:
    """One run: `presented` and `read` grow as records are taken, each asked for once.

    `before` are facts that an earlier run found of the same records. Of another block they
    only say what to ask the chain for in one message; what they leave open is asked for as
    ever. So with `holders`: whose records are, as far as the source knows, which may grow
    while they are presented. `led` are the records that the facts led to. `complete` is set
    when nothing more was wanted of the chain.
    """

    ledger: Ledger
    source: Source
    before: ChainFacts | None = None
    holders: Mapping[bytes, bytes] = field(default_factory=dict)
    led: tuple[bytes, ...] = ()
    asked: set[bytes] = field(default_factory=set)
    presented: dict[bytes, Presented] = field(default_factory=dict)
    read: dict[bytes, ReadRecord] = field(default_factory=dict)
    unavailable: set[str] = field(default_factory=set)
    complete: bool = False

    def gathered(self, own: bytes, block: Block | None) -> Gathered:
        """What was taken, with the chain's word on it and the documents that it names."""
        facts = self.read_facts(block)
        evidence = Evidence(own, self.presented, facts, self.read_documents())
        return Gathered(evidence, tuple(sorted(self.unavailable | self.source.unavailable)))

    def take_listed(self, own: bytes) -> None:
        """The own record and all that is listed, transitively; the nearest first."""
        listed = [own]
        while listed and len(self.asked) < MAX_RECORDS:
            listed = [
                link.digest
                for record in self.take(listed, MAX_RECORDS - len(self.asked))
                for link in self.read[record].statement.links
                if link.kind is not LinkType.DOCUMENT
            ]

    def take(self, records: Iterable[bytes], most: int | None = None) -> list[bytes]:
        """Present records, at most so many; those that are new here and can be read."""
        new = [each for each in dict.fromkeys(records) if each not in self.asked][:most]
        self.asked.update(new)
        if not new:
            return []
        return [each for each, found in self.source.present(new).items() if self.keep(each, found)]

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
        facts = self._first(block)
        for _ in range(ROUNDS):
            self.led = wanted_records(facts)
            self.take(self.led)
            missing = wanted(self.read.values(), facts)
            if not missing:
                self.complete = True
                break
            try:
                facts = facts.merged(self._read(block, missing, facts))
            except ConflictError:
                break  # another chain: the facts say which, and `verify` that it is not trusted
        return facts

    def _first(self, block: Block) -> ChainFacts:
        if self.before is not None and self.before.block == block:
            return self.before  # a block's hash commits to all that the chain says at it
        try:
            if self.before is not None:
                return read_again(self.ledger, self.before, block)
            nothing = ChainFacts("node", 0, b"", block)
            return self._read(block, wanted(self.read.values(), nothing), nothing)
        except ConflictError:
            return self.ledger.read(block)  # another chain: it is asked only which one it is

    def _read(self, block: Block, missing: Wanted, facts: ChainFacts) -> ChainFacts:
        """What is missing, and in the same message what that will very likely lead to."""
        held = {(self.holders[each], each) for each in self.read if each in self.holders}
        likely = frozenset(participant for participant, _ in held)
        return self.ledger.read(
            block,
            accounts=missing.accounts,
            participants=missing.participants | (likely - facts.participants.keys()),
            anchors=missing.anchors,
            statuses=missing.statuses | (held - facts.statuses.keys()),
            findings=missing.findings,
        )

    def read_documents(self) -> dict[bytes, bytes]:
        """The SHA-256 of every named document that is at hand."""
        found: dict[bytes, bytes] = {}
        try:
            for digest, actual in self.source.at_hand(self._named_documents()):
                found[digest] = actual  # noqa: PERF403 - what came before an outage stands
        except UnavailableError as error:
            self.unavailable.add(error.part)
        return found

    def _named_documents(self) -> Sequence[RecordLink]:
        named = {
            link.digest: link
            for each in self.read.values()
            for link in each.statement.links
            if link.kind is LinkType.DOCUMENT
        }
        return tuple(named.values())


def read_again(ledger: Ledger, facts: ChainFacts, block: Block) -> ChainFacts:
    """What the chain says as of `block` of everything that `facts` are about: one message."""
    return ledger.read(
        block,
        accounts=facts.accounts,
        participants=facts.participants,
        anchors=facts.anchors,
        statuses=facts.statuses,
        accreditations=facts.accreditations,
        findings=facts.findings,
    )
