# SPDX-License-Identifier: Apache-2.0
"""Chain facts: what the four registries say, as plain values (docs/contracts.md).

The same values come from a node at one stated block (`source` "node") or from proven
storage (`source` "storage"); the checks do not know the difference. In every mapping
of `ChainFacts` a key that is missing was *not read* (unknown), while a value that says
"none" (`participant is None`, an empty history, `time == 0`) was read and is absent.

Instants are whole seconds since 1970 UTC, ids and digests 32 bytes, addresses lower-case
hex with 0x.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import IntEnum, IntFlag
from typing import Generic, Literal, TypedDict, TypeVar

from eth_hash.backends.pysha3 import keccak256

from filiera.errors import ConflictError

V = TypeVar("V")


class Role(IntFlag):
    """What a participant is entitled to say (docs/records.md, "Made by")."""

    PRODUCER = 1
    CERTIFIER = 2
    ASSOCIATION = 4
    AUDITOR = 8
    IMPORTER = 16
    OPERATOR = 32


class Scope(IntFlag):
    """What one account may be used for."""

    RECORDS = 1
    STATUS = 2
    ANCHOR = 4


class StatusKind(IntEnum):
    """What a status entry does to its record's standing."""

    RESUMED = 1
    SUSPENDED = 2
    REVOKED = 3
    SUPERSEDED = 4


@dataclass(frozen=True, slots=True)
class Entry(Generic[V]):
    """One entry of an append-only history: `value` holds from `effective` on.

    `account` is the one that recorded it, None where that cannot matter.
    """

    effective: int
    recorded: int
    value: V
    account: str | None = None


def state_at(history: tuple[Entry[V], ...], instant: int) -> V | None:
    """The value in force at `instant`: the last *recorded* entry with effective <= instant."""
    for entry in reversed(history):
        if entry.effective <= instant:
            return entry.value
    return None


@dataclass(frozen=True, slots=True)
class Report:
    """An association's word that an account is compromised from `since` on, and who said so."""

    since: int
    recorded: int
    account: str


@dataclass(frozen=True, slots=True)
class Account:
    """An address, the participant it belongs to for ever (None: nobody), and its scopes.

    `compromised_since` is what follows from `reports`; `voided` says that an entry was taken
    out as a compromised account's (`proof.void`).
    """

    address: str
    participant: bytes | None
    scopes: tuple[Entry[int], ...] = ()
    compromised_since: int | None = None
    reports: tuple[Report, ...] = ()
    voided: bool = False


@dataclass(frozen=True, slots=True)
class Participant:
    """A participant of the registry; `enroller` is None when the registry holds no such id.

    A founding association is its own enroller. `profiles` are record ids of identity
    records (DIA), `roles` bit masks of `Role`; `voided` as in `Account`.
    """

    id: bytes
    enroller: bytes | None
    profiles: tuple[Entry[bytes], ...] = ()
    roles: tuple[Entry[int], ...] = ()
    voided: bool = False


@dataclass(frozen=True, slots=True)
class Anchor:
    """The anchor slot of (anchorer, root); `time` 0 means that there is none."""

    anchorer: str
    root: bytes
    time: int
    count: int
    sequence: int


@dataclass(frozen=True, slots=True)
class Status:
    """One status entry of a (participant, record); `successor` only with SUPERSEDED."""

    kind: int
    reason: int
    recorded: int
    effective: int
    account: str
    successor: bytes | None = None


@dataclass(frozen=True, slots=True)
class Accreditation:
    """An association's word that a certifier is (or no longer is) accredited for a scheme."""

    granted: bool
    association: bytes


@dataclass(frozen=True, slots=True)
class Finding:
    """An auditor's finding against a record: `finding` is the id of the record that says it.

    `account` raised it at `recorded`. The last three say who resolved it when, and by which
    record; they are None while it is open.
    """

    finding: bytes
    account: str
    recorded: int
    resolution: bytes | None = None
    resolver: str | None = None
    resolved: int | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """The block that facts were read at, `time` its timestamp."""

    number: int
    hash: bytes
    time: int


AnchorKey = tuple[str, bytes]
"""(anchorer address, root)."""
StatusKey = tuple[bytes, bytes]
"""(participant id, record id)."""
AccreditationKey = tuple[bytes, bytes]
"""(certifier's participant id, `scheme_key` of the scheme's id)."""


class Asked(TypedDict, total=False):
    """Keys of facts that are asked for, by kind; of a kind that is missing, none is."""

    accounts: Iterable[str]
    participants: Iterable[bytes]
    anchors: Iterable[AnchorKey]
    statuses: Iterable[StatusKey]
    accreditations: Iterable[AccreditationKey]
    findings: Iterable[bytes]


def scheme_key(scheme: str) -> bytes:
    """How the registry names a scheme: keccak256 of its id's UTF-8 (docs/contracts.md)."""
    return keccak256(scheme.encode("utf-8"))


@dataclass(frozen=True, slots=True)
class ChainFacts:
    """Facts read at one block of one chain."""

    source: Literal["node", "storage"]
    chain_id: int
    genesis_hash: bytes
    block: Block
    accounts: Mapping[str, Account] = field(default_factory=dict)
    participants: Mapping[bytes, Participant] = field(default_factory=dict)
    anchors: Mapping[AnchorKey, Anchor] = field(default_factory=dict)
    statuses: Mapping[StatusKey, tuple[Status, ...]] = field(default_factory=dict)
    accreditations: Mapping[AccreditationKey, tuple[Entry[Accreditation], ...]] = field(
        default_factory=dict
    )
    findings: Mapping[bytes, tuple[Finding, ...]] = field(default_factory=dict)

    def merged(self, other: ChainFacts) -> ChainFacts:
        """These facts and `other`'s; raises `chain-mismatch` if of another chain or block."""
        if (self.chain_id, self.genesis_hash, self.block) != (
            other.chain_id,
            other.genesis_hash,
            other.block,
        ):
            raise ConflictError(
                "chain-mismatch", "The node has changed to another chain between two answers."
            )
        return replace(
            self,
            accounts={**self.accounts, **other.accounts},
            participants={**self.participants, **other.participants},
            anchors={**self.anchors, **other.anchors},
            statuses={**self.statuses, **other.statuses},
            accreditations={**self.accreditations, **other.accreditations},
            findings={**self.findings, **other.findings},
        )
