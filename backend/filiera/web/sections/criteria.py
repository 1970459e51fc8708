# SPDX-License-Identifier: Apache-2.0
"""The criteria strip: what is said under each criterion, by whom, and what is not said at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from filiera.model.criteria import CRITERIA, Criterion
from filiera.proof.reasons import Outcome
from filiera.services.passport_view import ClaimView
from filiera.web.expiry import has_expired
from filiera.web.messages import N_
from filiera.web.shown import Shown
from filiera.web.states import Mark


class CriterionState(StrEnum):
    """What a claim makes of its criterion; the first is what a reader learns most from."""

    VERIFIED = "verified"
    DOCUMENTED = "documented"
    DECLARED = "declared"
    EXPIRED = "expired"
    REVOKED = "revoked"
    UNKNOWN = "unknown"
    DISPROVEN = "disproven"
    MISSING = "missing"


MARKS: Final[dict[CriterionState, Mark]] = {
    CriterionState.VERIFIED: Mark("verified", "proven", N_("verified")),
    CriterionState.DOCUMENTED: Mark("document", "proven", N_("documented")),
    CriterionState.DECLARED: Mark("declared", "quiet", N_("declared only")),
    CriterionState.EXPIRED: Mark("expired", "warned", N_("expired")),
    CriterionState.REVOKED: Mark("withdrawn", "withdrawn", N_("revoked")),
    CriterionState.UNKNOWN: Mark("unknown", "unknown", N_("could not check")),
    CriterionState.DISPROVEN: Mark("disproven", "disproven", N_("disproven")),
    CriterionState.MISSING: Mark("missing", "missing", N_("missing")),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A criterion, its state, and the claim that it comes from (None where there is none)."""

    criterion: Criterion
    state: CriterionState
    claim: ClaimView | None

    @property
    def mark(self) -> Mark:
        """How the state is shown."""
        return MARKS[self.state]


@dataclass(frozen=True, slots=True)
class Criteria:
    """Every criterion, in the order of the list."""

    lines: tuple[Line, ...]


def build(shown: Shown) -> Criteria:
    """The strip."""
    return Criteria(tuple(_line(each, shown.view.claims, shown.now) for each in CRITERIA.values()))


def _line(criterion: Criterion, claims: Sequence[ClaimView], now: int) -> Line:
    ranked = list(CriterionState)
    spoken = [claim for claim in claims if criterion.code in claim.criteria]
    if not spoken:
        return Line(criterion, CriterionState.MISSING, None)
    best = min(spoken, key=lambda claim: ranked.index(claim_state(claim, now)))
    return Line(criterion, claim_state(best, now), best)


def claim_state(claim: ClaimView, now: int) -> CriterionState:
    """What one claim makes of its criterion at `now`."""
    if claim.outcome is not Outcome.PROVEN:
        return CriterionState(claim.outcome.value)
    if claim.standing.state in ("revoked", "suspended"):
        return CriterionState.REVOKED
    if has_expired(claim.valid_until, now):
        return CriterionState.EXPIRED
    if not claim.self_declared:
        return CriterionState.VERIFIED
    presented = any(document.presented for document in claim.documents)
    return CriterionState.DOCUMENTED if presented else CriterionState.DECLARED
