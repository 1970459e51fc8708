# SPDX-License-Identifier: Apache-2.0
"""How well each of the seven criteria is supported by what a passport lists. Pure.

A state says who stands behind a criterion and whether that held on the day of the step it
is about; never that the thing claimed is true. docs/criteria.md says each
state and each note in full, and what it does not say. `support.py` judges one claim.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Final

from filiera.model.criteria import CriterionCode


class State(StrEnum):
    """What can be said of a criterion, or of one claim under it."""

    VERIFIED = "verified"
    DOCUMENTED = "documented"
    DECLARED = "declared"
    UNKNOWN = "unknown"
    NOT_CONFORMING = "not-conforming"
    REVOKED = "revoked"
    SUSPENDED = "suspended"
    CONTESTED = "contested"
    EXPIRED = "expired"
    SUPERSEDED = "superseded"
    DISPROVEN = "disproven"
    MISSING = "missing"


PRECEDENCE: Final = tuple(State)
"""Of claims of equal weight that one decides whose state comes first, as written above.

A new state is a line there: what holds before what could not be checked, that before what
does not hold.
"""


class Weight(IntEnum):
    """How much a claim says if it holds. The heaviest decides, whatever became of it.

    So nobody covers a revoked certificate with a declaration of its own, and what is
    disproven weighs nothing.
    """

    NOTHING = 0
    DECLARATION = 1
    DOCUMENT = 2
    CERTIFICATE = 3


class Note(StrEnum):
    """Why a state is what it is, or what is to be known beside it."""

    UNREADABLE = "unreadable"
    NOT_PROVEN = "not-proven"
    PASSPORT_NOT_PROVEN = "passport-not-proven"
    PASSPORT_DISPROVEN = "passport-disproven"
    STEP_NOT_PROVEN = "step-not-proven"
    STEP_DISPROVEN = "step-disproven"
    NO_STEP = "no-step"
    NOT_YET_VALID = "not-yet-valid"
    CLAIMED_LONG_BEFORE_ANCHOR = "claimed-long-before-anchor"
    NOT_ACCREDITED = "not-accredited"
    ACCREDITATION_UNKNOWN = "accreditation-unknown"
    STATED_AFTERWARDS = "stated-afterwards"
    ACCREDITED_AFTERWARDS = "accredited-afterwards"
    ACCREDITATION_ENDED = "accreditation-ended"
    EXPIRED_SINCE = "expired-since"
    HELD_THAT_DAY = "held-that-day"
    DOCUMENT_NOT_PRESENTED = "document-not-presented"
    DOCUMENT_UNREACHABLE = "document-unreachable"


@dataclass(frozen=True, slots=True)
class Support:
    """One claim under a criterion: what it alone gives, and the steps that it bears on."""

    record: bytes
    weight: Weight
    state: State
    notes: tuple[Note, ...] = ()
    steps: tuple[bytes, ...] = ()

    @property
    def rank(self) -> tuple[int, int]:
        """Smaller for what decides over others."""
        return -self.weight, PRECEDENCE.index(self.state)


@dataclass(frozen=True, slots=True)
class CriterionState:
    """One criterion; `claims` in order of precedence, so that the first one decides."""

    code: CriterionCode
    claims: tuple[Support, ...] = ()

    @property
    def state(self) -> State:
        """The state of the claim that decides; missing without one."""
        return self.claims[0].state if self.claims else State.MISSING


def criterion_state(code: CriterionCode, claims: Iterable[Support]) -> CriterionState:
    """The criterion by the claims under it, in whatever order they come."""
    return CriterionState(code, tuple(sorted(claims, key=lambda each: (each.rank, each.record))))


@dataclass(frozen=True, slots=True)
class CriteriaStates:
    """The seven in the order of `CriterionCode`, and the listed claims that support none.

    `other_schemes` speak of criteria of another scheme alone, which nobody may translate
    for them; `other_goods` of goods, places or firms that have no part in this passport.
    """

    criteria: tuple[CriterionState, ...]
    other_schemes: tuple[bytes, ...] = ()
    other_goods: tuple[bytes, ...] = ()

    def claims_in(self, state: State) -> set[bytes]:
        """The claims that are in this state under any criterion."""
        return {each.record for each in self._supports() if each.state is state}

    def claims_with(self, note: Note) -> set[bytes]:
        """The claims that have this note under any criterion."""
        return {each.record for each in self._supports() if note in each.notes}

    def _supports(self) -> Iterator[Support]:
        return (claim for criterion in self.criteria for claim in criterion.claims)
