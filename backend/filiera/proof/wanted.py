# SPDX-License-Identifier: Apache-2.0
"""Which facts of the chain a verdict needs, given the records and the facts so far.

One rule for all who look facts up: a server that asks a node, and a verifier that reads them
out of proven storage. What one answer leads to, the next one tells; a fixed point is reached
when nothing more is wanted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, fields, replace
from itertools import chain
from typing import Any, Final

from filiera.errors import InputError
from filiera.model.ids import parse_did_pkh
from filiera.model.statement import RecordType, Statement
from filiera.proof.evidence import Inclusion, Presented
from filiera.proof.facts import AnchorKey, ChainFacts, StatusKey
from filiera.proof.identity import MAX_CHAIN, current_profile
from filiera.proof.jws import SignedRecord
from filiera.proof.void import recorders, without_void

ROUNDS: Final = 3 * MAX_CHAIN
"""Times that facts are looked up before what is still wanted stays unread."""


@dataclass(frozen=True, slots=True)
class ReadRecord:
    """A record that can be read: who signed it, what it says, where it is said to be anchored."""

    signed: SignedRecord
    statement: Statement
    inclusion: Inclusion | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Keys of facts that are not there yet (`ChainFacts`)."""

    accounts: frozenset[str] = field(default_factory=frozenset)
    participants: frozenset[bytes] = field(default_factory=frozenset)
    anchors: frozenset[AnchorKey] = field(default_factory=frozenset)
    statuses: frozenset[StatusKey] = field(default_factory=frozenset)
    findings: frozenset[bytes] = field(default_factory=frozenset)

    def __bool__(self) -> bool:
        return any(getattr(self, each.name) for each in fields(self))


def readable(records: Iterable[Presented]) -> dict[bytes, ReadRecord]:
    """Those of the records that can be read, by the SHA-256 of what was presented."""
    read = {}
    for each in records:
        try:
            read[each.id] = ReadRecord(each.signed, each.statement, each.inclusion)
        except InputError:
            continue  # `verify` says of it why
    return read


def wanted(records: Iterable[ReadRecord], facts: ChainFacts) -> Wanted:
    """What is still to be looked up for these records."""
    given = list(records)
    accounts = chain(
        (each.signed.address for each in given),
        (address for each in given for address in _subject_accounts(each.statement)),
        recorders(facts),
        speakers(facts),
    )
    holders = (account.participant for account in facts.accounts.values())
    enrollers = (participant.enroller for participant in facts.participants.values())
    anchors = ((each.inclusion.anchorer, each.inclusion.root) for each in given if each.inclusion)
    return Wanted(
        frozenset(accounts) - facts.accounts.keys(),
        frozenset(each for each in chain(holders, enrollers) if each) - facts.participants.keys(),
        frozenset(anchors) - facts.anchors.keys(),
        frozenset(_status_keys(given, facts)) - facts.statuses.keys(),
        frozenset(each.signed.id for each in given) - facts.findings.keys(),
    )


def read_wanted(
    records: Iterable[ReadRecord], facts: ChainFacts, read: Callable[[Wanted], ChainFacts]
) -> ChainFacts:
    """`facts` and all that a verdict about these records needs, as far as `read` knows it."""
    given = list(records)
    for _ in range(ROUNDS):
        grown = facts.merged(read(wanted(given, facts)))
        if grown == facts:
            break
        facts = grown
    return facts


def needed(records: Iterable[ReadRecord], facts: ChainFacts) -> ChainFacts:
    """Those of `facts` that a verdict about just these records needs."""

    def part(keys: Wanted) -> ChainFacts:
        kept: dict[str, Any] = {
            each.name: {
                key: fact
                for key, fact in getattr(facts, each.name).items()
                if key in getattr(keys, each.name)
            }
            for each in fields(Wanted)
        }
        return replace(facts, accreditations={}, **kept)

    return read_wanted(records, part(Wanted()), part)


def speakers(facts: ChainFacts) -> set[str]:
    """The accounts that changed standings, and that raised or resolved findings."""
    findings = list(chain.from_iterable(facts.findings.values()))
    accounts = chain(
        (status.account for status in chain.from_iterable(facts.statuses.values())),
        (finding.account for finding in findings),
        (finding.resolver for finding in findings),
    )
    return {account for account in accounts if account is not None}


def wanted_records(facts: ChainFacts) -> tuple[bytes, ...]:
    """The records that the facts lead to: identity records in force, and successors.

    As `verify` judges them: a profile that a thief set stands in nobody's way.
    """
    participants = without_void(facts).participants.values()
    profiles = (current_profile(participant, facts) for participant in participants)
    statuses = chain.from_iterable(facts.statuses.values())
    successors = (status.successor for status in statuses)
    return tuple(each for each in chain(profiles, successors) if each is not None)


def _status_keys(records: Iterable[ReadRecord], facts: ChainFacts) -> Iterable[StatusKey]:
    for each in records:
        account = facts.accounts.get(each.signed.address)
        if account is not None and account.participant is not None:
            yield account.participant, each.signed.id


def _subject_accounts(statement: Statement) -> list[str]:
    """The account that an identity record names."""
    named = parse_did_pkh(statement.subject) if statement.type is RecordType.DIA else None
    return [named[1]] if named else []
