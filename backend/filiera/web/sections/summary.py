# SPDX-License-Identifier: Apache-2.0
"""The one sentence: which product, who vouches for it, what was proven and what was not, when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from filiera.domain.criteria_states import CriteriaStates, State
from filiera.domain.criteria_states import Note as CriterionNote
from filiera.model.times import format_instant
from filiera.proof.verdict import ONE_OPERATOR
from filiera.services.passport_view import (
    BlockView,
    CheckView,
    CountView,
    IssuerView,
    PassportView,
    ProductView,
    StandingView,
    Words,
)
from filiera.web.messages import NN_
from filiera.web.shown import Shown

NOTES: Final[dict[str, tuple[str, str]]] = {
    "gaps": NN_(
        "Nobody states where one input comes from.",
        "Nobody states where %(num)s inputs come from.",
    ),
    "gaps-unread": NN_(
        "No step that could be read states where one input comes from.",
        "No step that could be read states where %(num)s inputs come from.",
    ),
    "withdrawn": NN_(
        "One record has been revoked or suspended since.",
        "%(num)s records have been revoked or suspended since.",
    ),
    "superseded": NN_(
        "One record has been replaced by a newer one since.",
        "%(num)s records have been replaced by newer ones since.",
    ),
    "contested": NN_(
        "An auditor has an open finding against one record.",
        "Auditors have open findings against %(num)s records.",
    ),
    "not-conforming": NN_(
        "One claim says that what it assessed does not conform.",
        "%(num)s claims say that what they assessed does not conform.",
    ),
    "expired": NN_("One claim has expired.", "%(num)s claims have expired."),
    "expired-since": NN_(
        "One certificate was valid on the day of its step, and has expired since.",
        "%(num)s certificates were valid on the day of their steps, and have expired since.",
    ),
    "not-presented": NN_(
        "One document that is named is not at hand.",
        "%(num)s documents that are named are not at hand.",
    ),
    "unreachable": NN_(
        "One document that is named could not be reached.",
        "%(num)s documents that are named could not be reached.",
    ),
}
"""What is not proven although nothing failed: a sentence each, shown when its number is not 0."""


@dataclass(frozen=True, slots=True)
class Note:
    """A kind of thing that is missing or no longer holds, and how many there are."""

    kind: str
    number: int

    @property
    def words(self) -> tuple[str, str]:
        """Its sentence, and its plural."""
        return NOTES[self.kind]


@dataclass(frozen=True, slots=True)
class Summary:
    """What the head of the page says.

    `failing` is the check that decides an outcome other than proven, `failing_step` the number
    of the step that it is about, if it is about one. `seal` are the words of a seal by several;
    None where the chain rests on one operator. `last` is when every part last answered, if one
    did not now and this server still knows.
    """

    product: ProductView
    issuer: IssuerView
    standing: StandingView
    steps: CountView
    claims: CountView
    notes: tuple[Note, ...]
    failing: CheckView | None
    failing_step: int | None
    block: BlockView | None
    one_operator: bool
    seal: Words | None
    last: str | None


def build(shown: Shown) -> Summary:
    """The summary."""
    view = shown.view
    failing = _failing(view)
    return Summary(
        product=view.product,
        issuer=view.own.issuer,
        standing=view.verdict.standing,
        steps=view.verdict.steps,
        claims=view.verdict.claims,
        notes=tuple(_notes(view, shown.criteria)),
        failing=failing,
        failing_step=_step_of(failing, view),
        block=view.verdict.block,
        one_operator=view.verdict.seal == ONE_OPERATOR,
        seal=next((each.words for each in view.verdict.checks if each.check == "seal"), None),
        last=format_instant(shown.last) if shown.last is not None else None,
    )


def _notes(view: PassportView, criteria: CriteriaStates) -> Iterator[Note]:
    standings = Counter(each.standing.state for each in (*view.steps, *view.claims))
    # What could not be read may well state it; what could not be reached may well be there.
    unread = any(step.kind is None for step in view.steps)
    unreachable = "ipfs" in view.unavailable
    numbers = {
        "gaps-unread" if unread else "gaps": len(view.gaps),
        "withdrawn": standings["revoked"] + standings["suspended"],
        "superseded": standings["superseded"],
        "contested": standings["contested"],
        "not-conforming": len(criteria.claims_in(State.NOT_CONFORMING)),
        "expired": len(criteria.claims_in(State.EXPIRED)),
        "expired-since": len(criteria.claims_with(CriterionNote.EXPIRED_SINCE)),
        "unreachable" if unreachable else "not-presented": view.documents_not_presented,
    }
    return (Note(kind, number) for kind, number in numbers.items() if number)


def _failing(view: PassportView) -> CheckView | None:
    outcome = view.verdict.outcome
    return next(
        (each for each in view.verdict.checks if each.outcome is outcome and outcome != "proven"),
        None,
    )


def _step_of(check: CheckView | None, view: PassportView) -> int | None:
    """The number of the step that a check is about, as the timeline counts them."""
    steps = enumerate(view.steps, 1)
    return next((n for n, step in steps if check and step.record == check.subject), None)
