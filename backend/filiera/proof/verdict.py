# SPDX-License-Identifier: Apache-2.0
"""The verdict: checks with three values, and beside it the standing (docs/proof.md 11)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from typing import Literal

from filiera.model.ids import ni_uri
from filiera.model.statement import Statement
from filiera.proof.facts import Block
from filiera.proof.reasons import REASONS, Outcome, reason_words

Relation = Literal["own", "step", "claim", "identity", "successor", "alone"]
"""As what a record is looked at; "alone" is one that was asked about by itself."""
ONE_OPERATOR = "one operator's word"
"""What a chain sealed by a single operator proves (docs/proof.md 4)."""
_GROUND = frozenset({"chain", "seal", "state"})
"""The checks that every step stands on."""
PASSPORT = "passport"
"""The subject of checks about the passport as a whole."""


@dataclass(frozen=True, slots=True)
class Check:
    """One question and its answer. `subject` is a record's ni URI, or `PASSPORT`.

    `code` is a key of REASONS, which fixes the outcome.
    """

    subject: str
    check: str
    code: str
    params: Mapping[str, str] = field(default_factory=dict)

    @property
    def outcome(self) -> Outcome:
        """The outcome that the code stands for."""
        return REASONS[self.code].outcome

    def words(self, language: str = "en") -> str:
        """The answer as a sentence, in "en" or "it"."""
        return reason_words(self.code, self.params, language)


class StandingState(StrEnum):
    """What has become of a record since it was anchored. UNKNOWN: the chain did not say."""

    IN_FORCE = "in-force"
    SUSPENDED = "suspended"
    REVOKED = "revoked"
    SUPERSEDED = "superseded"
    CONTESTED = "contested"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Standing:
    """A state, since when (`since` is the effective time, `recorded` when it was said).

    `findings` are the ids of the records of open findings, first raised first: a record in
    force that has any is contested.
    """

    state: StandingState
    since: int | None = None
    recorded: int | None = None
    reason: int | None = None
    successor: bytes | None = None
    findings: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """A document that a record names; `presented` says whether it was at hand."""

    sha256: bytes
    name: str
    media_type: str | None
    presented: bool
    outcome: Outcome | None


@dataclass(frozen=True)
class RecordVerdict:
    """One record: what it is listed as, every check about it, and its standing.

    `statement` is None when the record could not be read; `anchored` is the block time of
    its anchor; `name` is the issuer's, from its identity record, None unless that is proven.
    """

    id: bytes
    relation: Relation
    checks: tuple[Check, ...]
    standing: Standing
    statement: Statement | None = None
    address: str | None = None
    participant: bytes | None = None
    name: str | None = None
    anchored: int | None = None
    documents: tuple[DocumentLine, ...] = ()

    @cached_property
    def outcome(self) -> Outcome:
        """All of its checks together."""
        return combine(check.outcome for check in self.checks)

    @property
    def failing(self) -> Check | None:
        """The check that decides an outcome other than proven."""
        if self.outcome is Outcome.PROVEN:
            return None
        return next((check for check in self.checks if check.outcome is self.outcome), None)


@dataclass(frozen=True, slots=True)
class Gap:
    """A lot whose making no listed step states, and the step that uses it.

    `step` is None for the product itself.
    """

    product: str
    step: bytes | None


@dataclass(frozen=True)
class Verdict:
    """What `verify` found. `source` and `block` say where the chain facts came from.

    `asked` are all records that were looked at, in the order in which they first were: a
    bundle carries just these. `seal` says what the chain itself rests on.
    """

    subject: str
    checks: tuple[Check, ...]
    records: Mapping[bytes, RecordVerdict]
    own: bytes
    source: Literal["node", "storage"] | None
    block: Block | None
    gaps: tuple[Gap, ...] = ()
    asked: tuple[bytes, ...] = ()
    seal: str = ONE_OPERATOR

    @cached_property
    def outcome(self) -> Outcome:
        """Disproven if any check is, else unknown if any is, else proven; empty is unknown."""
        return combine(check.outcome for check in self.checks)

    @property
    def standing(self) -> Standing:
        """The standing of the product's own record."""
        return self.records[self.own].standing

    def of(self, relation: Relation) -> list[RecordVerdict]:
        """The records listed as `relation`, in listed order."""
        return [record for record in self.records.values() if record.relation == relation]

    @cached_property
    def steps_proven(self) -> int:
        """M of "M of N steps": the steps whose every check is proven, on the trusted chain."""
        return self._proven("step")

    @cached_property
    def claims_proven(self) -> int:
        """The claims of which the same is so."""
        return self._proven("claim")

    def _proven(self, relation: Relation) -> int:
        if any(c.check in _GROUND and c.outcome is not Outcome.PROVEN for c in self.checks):
            return 0
        return sum(record.outcome is Outcome.PROVEN for record in self.of(relation))

    @property
    def not_presented(self) -> list[tuple[bytes, DocumentLine]]:
        """(record id, document) for every document that was not at hand."""
        return [
            (record.id, line)
            for record in self.records.values()
            for line in record.documents
            if not line.presented
        ]


def with_ground(verdict: Verdict, checks: tuple[Check, ...], seal: str) -> Verdict:
    """The verdict with checks of what it stands on, which come first."""
    return replace(verdict, checks=(*checks, *verdict.checks), seal=seal)


def combine(outcomes: Iterable[Outcome]) -> Outcome:
    """Disproven if any is, else unknown if any is or there is none, else proven."""
    found = set(outcomes)
    for outcome in (Outcome.DISPROVEN, Outcome.UNKNOWN, Outcome.PROVEN):
        if outcome in found:
            return outcome
    return Outcome.UNKNOWN


def record_check(record: bytes, check: str, code: str, /, **params: str) -> Check:
    """A check about one record."""
    return Check(ni_uri(record), check, code, params)
