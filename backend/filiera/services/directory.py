# SPDX-License-Identifier: Apache-2.0
"""The directory: participants and accounts, as the registry has them at one block."""

from __future__ import annotations

from dataclasses import dataclass

from filiera.errors import InputError, NotFoundError
from filiera.model.ids import ni_uri
from filiera.model.records import statement_of
from filiera.model.statement import Identity, RecordType
from filiera.ports.ledger import Ledger
from filiera.ports.store import RecordStore
from filiera.proof.facts import Account, Block, ChainFacts, Participant
from filiera.proof.identity import current_profile
from filiera.proof.jws import parse_jws, record_id


@dataclass(frozen=True, slots=True)
class Entry:
    """A participant with its identity record; None while no copy of that one is here."""

    participant: Participant
    profile: bytes | None
    identity: Identity | None


@dataclass(frozen=True, slots=True)
class AccountEntry:
    """An account, whose it is (None: nobody's), and the nonce of its next instruction."""

    account: Account
    holder: Entry | None
    status_nonce: int


@dataclass(frozen=True, slots=True)
class Directory:
    """The use case. What an identity record states is read here, and proven in a passport."""

    ledger: Ledger
    store: RecordStore

    def participants(self, block: Block) -> list[Entry]:
        """The founding association, and everyone whose identity record came through here."""
        founder = self.ledger.identity().founder
        identities = self.store.of_type(RecordType.DIA)
        ids = dict.fromkeys((founder, *(record.id for record in identities)))
        facts = self.ledger.read(block, participants=ids)
        entries = [self._entry(facts.participants[each], facts) for each in ids]
        return [entry for entry in entries if entry.participant.enroller is not None]

    def participant(self, participant: bytes, block: Block) -> Entry:
        """One participant; raises `participant-not-found`."""
        facts = self.ledger.read(block, participants=[participant])
        found = facts.participants[participant]
        if found.enroller is None:
            raise NotFoundError(
                "participant-not-found",
                "The registry knows no participant of that id.",
                where=ni_uri(participant),
            )
        return self._entry(found, facts)

    def account(self, address: str, block: Block) -> AccountEntry:
        """One account; an address that belongs to nobody is an answer, too."""
        account = self.ledger.read(block, accounts=[address]).accounts[address]
        holder = None
        if account.participant is not None:
            holder = self.participant(account.participant, block)
        return AccountEntry(account, holder, self.ledger.status_nonce(address))

    def _entry(self, participant: Participant, facts: ChainFacts) -> Entry:
        profile = current_profile(participant, facts)
        return Entry(participant, profile, self._identity(profile) if profile else None)

    def _identity(self, profile: bytes) -> Identity | None:
        stored = self.store.get(profile)
        if stored is None or record_id(stored.jws) != profile:
            return None
        try:
            said = statement_of(parse_jws(stored.jws).payload).said
        except InputError:
            return None
        return said if isinstance(said, Identity) else None
