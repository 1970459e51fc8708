# SPDX-License-Identifier: Apache-2.0
"""What the registries say that concerns one record: histories, entry by entry, as they stand.

Nothing is taken out: an entry of a stolen account is here too, and so is the report of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntFlag
from typing import Any, Final, Literal

from filiera.domain.support import Accreditations
from filiera.model.ids import ni_uri, parse_ni
from filiera.proof.facts import (
    Account,
    ChainFacts,
    Entry,
    Finding,
    Participant,
    Role,
    Scope,
    StatusKind,
)
from filiera.services.passport_view import RecordView
from filiera.services.passports import Passport
from filiera.services.view_parts import instant_text
from filiera.web.messages import N_

Kind = Literal[
    "enroller",
    "profile",
    "role",
    "owner",
    "scope",
    "compromised",
    "accreditation",
    "status",
    "finding",
    "resolution",
]
KINDS: Final[dict[Kind, str]] = {
    "enroller": N_("Enrolled by"),
    "profile": N_("Identity record"),
    "role": N_("Roles of the participant"),
    "owner": N_("Participant of the account"),
    "scope": N_("What the account may do"),
    "compromised": N_("Account compromised since"),
    "accreditation": N_("Accreditation"),
    "status": N_("Status"),
    "finding": N_("Finding"),
    "resolution": N_("Finding resolved"),
}
"""What an entry is about."""
NAMES: Final[dict[str, str]] = {
    "producer": N_("producer"),
    "certifier": N_("certifier"),
    "association": N_("association"),
    "auditor": N_("auditor"),
    "importer": N_("importer"),
    "operator": N_("operator"),
    "records": N_("sign records"),
    "status": N_("change statuses"),
    "anchor": N_("anchor"),
    "resumed": N_("resumed"),
    "suspended": N_("suspended"),
    "revoked": N_("revoked"),
    "superseded": N_("superseded"),
    "granted": N_("granted"),
    "withdrawn": N_("withdrawn"),
    "none": N_("none"),
}
"""The words for values that the registries hold as numbers."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One entry: `names` are keys of NAMES, `digest` what it points to (a record, a firm).

    `effective` and `recorded` are instants, `account` who recorded it, `reason` a number of
    `model.status_reasons`.
    """

    kind: Kind
    names: tuple[str, ...] = ()
    digest: str | None = None
    effective: str | None = None
    recorded: str | None = None
    account: str | None = None
    reason: int | None = None

    @property
    def title(self) -> str:
        """What it is about."""
        return KINDS[self.kind]

    @property
    def words(self) -> tuple[str, ...]:
        """Its values in words; a number that has none stays one."""
        return tuple(NAMES.get(name, name) for name in self.names)


@dataclass(frozen=True, slots=True)
class OnChain:
    """What was read; `unread` names, by keys of UNREAD, what was not although it is needed."""

    facts: tuple[Fact, ...]
    unread: tuple[str, ...]

    @property
    def sentences(self) -> tuple[str, ...]:
        """What was not read, in words."""
        return tuple(UNREAD[name] for name in self.unread)

    def newest(self, most: int) -> tuple[Fact, ...]:
        """The last `most` of each kind, in their order: none can crowd out another's."""
        left = Counter(fact.kind for fact in self.facts)
        found = []
        for fact in self.facts:
            if left[fact.kind] <= most:
                found.append(fact)
            left[fact.kind] -= 1
        return tuple(found)


UNREAD: Final[dict[str, str]] = {
    "account": N_("The account was not read."),
    "participant": N_("The participant was not read."),
    "statuses": N_("The statuses were not read."),
    "findings": N_("The findings were not read."),
}


def on_chain(passport: Passport, record: RecordView) -> OnChain:
    """What the chain's facts say that concerns a record of the passport."""
    facts = passport.evidence.facts
    if facts is None:
        return OnChain((), tuple(UNREAD))
    account = facts.accounts.get(record.issuer.account or "")
    participant = (account.participant if account else None) or b""
    digest = parse_ni(record.record)
    owned = account is None or account.participant is not None
    parts: dict[str, tuple[Fact, ...] | None] = {
        "account": None if account is None else tuple(_of_account(account)),
        "participant": _participant(facts, participant) if owned else (),
        "statuses": _statuses(facts, participant, digest) if owned else (),
        "findings": _findings(facts.findings.get(digest)),
    }
    found = [fact for part in parts.values() for fact in part or ()]
    found += _accreditations(passport.accreditations, participant)
    return OnChain(tuple(found), tuple(name for name, part in parts.items() if part is None))


def _participant(facts: ChainFacts, participant: bytes) -> tuple[Fact, ...] | None:
    found = facts.participants.get(participant)
    return None if found is None else tuple(_of_participant(found))


def _of_participant(found: Participant) -> Iterator[Fact]:
    if found.enroller is not None:
        yield Fact("enroller", digest=ni_uri(found.enroller))
    yield from (_entry("profile", each, digest=ni_uri(each.value)) for each in found.profiles)
    yield from (_entry("role", each, _names(Role, each.value)) for each in found.roles)


def _of_account(found: Account) -> Iterator[Fact]:
    owner = ni_uri(found.participant) if found.participant is not None else None
    yield Fact("owner", () if owner else ("none",), owner)
    yield from (_entry("scope", each, _names(Scope, each.value)) for each in found.scopes)
    for report in found.reports:
        yield Fact(
            "compromised",
            effective=instant_text(report.since),
            recorded=instant_text(report.recorded),
            account=report.account,
        )


def _statuses(facts: ChainFacts, participant: bytes, record: bytes) -> tuple[Fact, ...] | None:
    found = facts.statuses.get((participant, record))
    if found is None:
        return None
    kinds = {kind.value: kind.name.lower() for kind in StatusKind}
    return tuple(
        Fact(
            "status",
            (kinds.get(each.kind, str(each.kind)),),
            ni_uri(each.successor) if each.successor else None,
            instant_text(each.effective),
            instant_text(each.recorded),
            each.account,
            each.reason,
        )
        for each in found
    )


def _findings(found: tuple[Finding, ...] | None) -> tuple[Fact, ...] | None:
    if found is None:
        return None
    facts = []
    for each in found:
        raised = instant_text(each.recorded)
        facts.append(Fact("finding", (), ni_uri(each.finding), None, raised, each.account))
        if each.resolution is not None:
            done = instant_text(each.resolved)
            facts.append(Fact("resolution", (), ni_uri(each.resolution), None, done, each.resolver))
    return tuple(facts)


def _accreditations(found: Accreditations, participant: bytes) -> Iterator[Fact]:
    for (certifier, _), history in found.items():
        if certifier == participant:
            for each in history:
                said = ("granted" if each.value.granted else "withdrawn",)
                yield _entry("accreditation", each, said, ni_uri(each.value.association))


def _entry(
    kind: Kind, entry: Entry[Any], names: tuple[str, ...] = (), digest: str | None = None
) -> Fact:
    effective, recorded = instant_text(entry.effective), instant_text(entry.recorded)
    return Fact(kind, names, digest, effective, recorded, entry.account)


def _names(kind: type[IntFlag], bits: int) -> tuple[str, ...]:
    """The names of the bits that are set; a bit that has none is its number."""
    each = (1 << place for place in range(bits.bit_length()) if bits >> place & 1)
    return tuple((kind(bit).name or str(bit)).lower() for bit in each) or ("none",)
