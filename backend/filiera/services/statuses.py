# SPDX-License-Identifier: Apache-2.0
"""Statuses: relaying a participant's signed wish, reading a record's history."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from filiera.errors import (
    ConflictError,
    InputError,
    NotFoundError,
    RefusedError,
    UnavailableError,
)
from filiera.model.ids import ni_uri
from filiera.model.times import format_instant
from filiera.ports.ledger import Ledger, StatusInstruction
from filiera.ports.store import RecordStore, StoredRecord
from filiera.proof.facts import Block, ChainFacts, Status
from filiera.proof.standing import standing_of
from filiera.proof.verdict import Standing
from filiera.proof.wanted import speakers


@dataclass(frozen=True, slots=True)
class StatusHistory:
    """What a record's participant said about it, first first, and what follows at `block`."""

    record: StoredRecord
    block: Block
    entries: tuple[Status, ...]
    standing: Standing


@dataclass(frozen=True, slots=True)
class Statuses:
    """The use case. The operator pays for the transaction and has no say in it."""

    ledger: Ledger
    store: RecordStore

    def relay(self, instruction: StatusInstruction) -> Block:
        """Send a signed instruction to the chain; returns when it is mined.

        Raises `record-not-found` and `status-foreign` for a record that is not stored here
        or another participant's, `status-expired`, `status-nonce`, and `chain-refused` for
        what the contract itself refuses. A wish that was mined is refused a second time,
        because its nonce is used up.
        """
        stored = self.store.get(instruction.record)
        if stored is None:
            raise NotFoundError(
                "record-not-found", "No record of that id is stored here.", where="record"
            )
        if stored.participant != instruction.participant:
            raise RefusedError(
                "status-foreign",
                f"The record is of participant {ni_uri(stored.participant)}.",
                where="participant",
            )
        self._check_fresh(instruction)
        return self.ledger.relay_status(instruction)

    def _check_fresh(self, instruction: StatusInstruction) -> None:
        head = self.ledger.head()
        if instruction.deadline < head.time:
            raise InputError(
                "status-expired",
                f"The deadline lies before the chain's time, {format_instant(head.time)}.",
                where="deadline",
                hint="Sign the instruction again with a later one.",
            )
        nonce = self.ledger.status_nonce(instruction.account)
        if instruction.nonce != nonce:
            raise ConflictError(
                "status-nonce",
                f"The account's next nonce is {nonce}, not {instruction.nonce}.",
                where="nonce",
                hint="Perhaps this was relayed before: look at the record's statuses.",
            )

    def history(self, record: StoredRecord, block: Block | None = None) -> StatusHistory:
        """A record's statuses as of `block` (the newest); only the chain knows them."""
        at = block or self.ledger.head()
        facts = self._facts([record], at)
        standing = standing_of(record.participant, record.id, facts)
        return StatusHistory(record, at, facts.statuses[record.participant, record.id], standing)

    def standings(self, records: Sequence[StoredRecord]) -> dict[bytes, Standing]:
        """The standing of each record at the newest block; unknown while the chain is down."""
        try:
            facts = self._facts(records, self.ledger.head())
        except UnavailableError:
            facts = None
        return {record.id: standing_of(record.participant, record.id, facts) for record in records}

    def _facts(self, records: Sequence[StoredRecord], block: Block) -> ChainFacts:
        """The records' statuses and findings, and the accounts that made them."""
        keys = {(record.participant, record.id) for record in records}
        ids = {record.id for record in records}
        facts = self.ledger.read(block, statuses=keys, findings=ids)
        return facts.merged(self.ledger.read(block, accounts=speakers(facts)))
