# SPDX-License-Identifier: Apache-2.0
"""What every state looks like and says: one table of states, one of marks.

A state heads a page. Its colour never stands alone: each has an icon and a word of its own,
and no two share both. `tone` is a class of the stylesheet, `icon` a symbol of the sprite.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from filiera.domain.criteria_states import CriteriaStates
from filiera.domain.criteria_states import State as Criterion
from filiera.proof.reasons import Outcome
from filiera.proof.verdict import StandingState
from filiera.services.passport_view import PassportView
from filiera.web.messages import N_


@dataclass(frozen=True, slots=True)
class Mark:
    """An icon, a colour and a word, always shown together."""

    icon: str
    tone: str
    word: str


@dataclass(frozen=True, slots=True)
class State:
    """What heads a page: its mark, its sentence, and what the reader can do.

    The sentence is filled with `who`, `product` and `counts` (the summary's own phrases).
    """

    name: str
    mark: Mark
    sentence: str
    advice: str = ""
    retry: bool = False


PROVEN_SENTENCE: Final = N_("%(who)s vouches for %(product)s: %(counts)s.")

STATES: Final[dict[str, State]] = {
    state.name: state
    for state in (
        State(
            "disproven",
            Mark("disproven", "disproven", N_("Disproven")),
            N_("What the passport of %(product)s says is contradicted by its proof: %(counts)s."),
            N_("Do not rely on this passport. What contradicts it is said below."),
        ),
        State(
            "outage-chain",
            Mark("outage", "unknown", N_("Could not check")),
            N_(
                "The chain did not answer, so nothing that the passport of %(product)s says "
                "could be checked."
            ),
            N_("This is an outage, not a sign of forgery. Try again in a moment."),
            retry=True,
        ),
        State(
            "revoked",
            Mark("withdrawn", "withdrawn", N_("Revoked")),
            N_("%(who)s has revoked the passport of %(product)s: it no longer holds."),
            N_("What it said is still shown, because nothing is erased: %(counts)s."),
        ),
        State(
            "suspended",
            Mark("paused", "warned", N_("Suspended")),
            N_("%(who)s has suspended the passport of %(product)s: for now it does not hold."),
            N_("What it said is still shown: %(counts)s."),
        ),
        State(
            "superseded",
            Mark("replaced", "warned", N_("Replaced")),
            N_("%(who)s has replaced this passport of %(product)s by a newer one."),
            N_("What it said is still shown: %(counts)s."),
        ),
        State(
            "pending",
            Mark("pending", "unknown", N_("Not anchored yet")),
            N_("The passport of %(product)s is signed, but it does not stand on the chain yet."),
            N_("It is anchored with the next batch. Try again in a moment."),
            retry=True,
        ),
        State(
            "outage-documents",
            Mark("outage", "unknown", N_("Documents could not be checked")),
            N_(
                "%(who)s vouches for %(product)s: %(counts)s. "
                "The store of the documents did not answer."
            ),
            N_("This is an outage, not a sign of forgery. Try again in a moment."),
            retry=True,
        ),
        State(
            "incomplete",
            Mark("unknown", "unknown", N_("Could not check")),
            N_("Part of what proves the passport of %(product)s is not there: %(counts)s."),
            N_("Nothing contradicts it, and not everything could be checked."),
        ),
        State(
            "contested",
            Mark("contested", "warned", N_("Contested")),
            PROVEN_SENTENCE,
            N_("An auditor has an open finding against it, or against something that it lists."),
        ),
        State(
            "claim-withdrawn",
            Mark("withdrawn", "withdrawn", N_("Proven, with a record withdrawn since")),
            PROVEN_SENTENCE,
        ),
        State(
            "claim-expired",
            Mark("expired", "warned", N_("Proven, with an expired claim")),
            PROVEN_SENTENCE,
        ),
        State("gap", Mark("gap", "warned", N_("Proven, with a gap")), PROVEN_SENTENCE),
        State("proven", Mark("proven", "proven", N_("Proven")), PROVEN_SENTENCE),
    )
}
"""The states of a passport, the gravest first. What is not a passport: `faults.FAULTS`."""

OUTCOMES: Final[dict[Outcome, Mark]] = {
    Outcome.PROVEN: Mark("proven", "proven", N_("proven")),
    Outcome.DISPROVEN: Mark("disproven", "disproven", N_("disproven")),
    Outcome.UNKNOWN: Mark("unknown", "unknown", N_("could not check")),
}
STANDINGS: Final[dict[str, Mark]] = {
    StandingState.IN_FORCE.value: Mark("in-force", "quiet", N_("in force")),
    StandingState.SUSPENDED.value: Mark("paused", "warned", N_("suspended")),
    StandingState.REVOKED.value: Mark("withdrawn", "withdrawn", N_("revoked")),
    StandingState.SUPERSEDED.value: Mark("replaced", "warned", N_("superseded")),
    StandingState.CONTESTED.value: Mark("contested", "warned", N_("contested")),
    StandingState.UNKNOWN.value: Mark("unknown", "unknown", N_("standing unknown")),
}


def state_of(view: PassportView, criteria: CriteriaStates) -> State:
    """The state that heads a passport's page, its criteria being in these states."""
    return STATES[_name(view, criteria)]


def _name(view: PassportView, criteria: CriteriaStates) -> str:
    verdict, standing = view.verdict, view.verdict.standing.state
    if verdict.outcome is Outcome.DISPROVEN:
        return "disproven"
    if "chain" in view.unavailable:
        return "outage-chain"
    if standing in ("revoked", "suspended", "superseded"):
        return standing
    if verdict.outcome is Outcome.UNKNOWN:
        return _why_unknown(view)
    if view.unavailable:
        return "outage-documents"
    return _proven(view, criteria)


def _why_unknown(view: PassportView) -> str:
    if view.unavailable:
        return "outage-documents"
    failing = view.own.failing
    return "pending" if failing and failing.code == "not-anchored-yet" else "incomplete"


def _proven(view: PassportView, criteria: CriteriaStates) -> str:
    standings = {each.standing.state for each in (view.own, *view.steps, *view.claims)}
    if "contested" in standings:
        return "contested"
    if standings & {"revoked", "suspended"}:
        return "claim-withdrawn"
    if criteria.claims_in(Criterion.EXPIRED):
        return "claim-expired"
    return "gap" if view.gaps else "proven"
