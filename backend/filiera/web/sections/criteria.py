# SPDX-License-Identifier: Apache-2.0
"""The criteria strip: how well each criterion is supported, by whom, and what is missing.

The states are those of the passport (docs/criteria.md); here they get a mark, and their
notes words. A new state or note is a line in each table.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from filiera.domain.criteria_states import CriterionState, Note, State, Support
from filiera.model.criteria import CRITERIA, Criterion
from filiera.model.ids import ni_uri
from filiera.services.passport_view import ClaimView
from filiera.web import bounds
from filiera.web.bounds import Few, few, mark_of, tally
from filiera.web.messages import N_
from filiera.web.shown import Shown
from filiera.web.states import Mark

MARKS: Final[dict[State, Mark]] = {
    State.VERIFIED: Mark("verified", "proven", N_("verified")),
    State.DOCUMENTED: Mark("document", "quiet", N_("documented")),
    State.DECLARED: Mark("declared", "quiet", N_("declared only")),
    State.UNKNOWN: Mark("unknown", "unknown", N_("could not check")),
    State.NOT_CONFORMING: Mark("unclear", "disproven", N_("found not to conform")),
    State.REVOKED: Mark("withdrawn", "withdrawn", N_("revoked")),
    State.SUSPENDED: Mark("paused", "warned", N_("suspended")),
    State.CONTESTED: Mark("contested", "warned", N_("contested")),
    State.EXPIRED: Mark("expired", "warned", N_("expired")),
    State.SUPERSEDED: Mark("replaced", "warned", N_("superseded")),
    State.DISPROVEN: Mark("disproven", "disproven", N_("disproven")),
    State.MISSING: Mark("missing", "missing", N_("missing")),
}
MEANINGS: Final[dict[State, str]] = {
    State.VERIFIED: N_(
        "An accredited certifier says so, and its certificate held on the day of the step. "
        "Not that it looked at this very piece."
    ),
    State.DOCUMENTED: N_(
        "Somebody answers for it and shows a document. Nobody has checked what the document says."
    ),
    State.DECLARED: N_("Somebody says so, and shows nothing."),
    State.UNKNOWN: N_("What would decide it could not be read. This says nothing against anybody."),
    State.NOT_CONFORMING: N_("Who assessed it found against it."),
    State.REVOKED: N_("Who had said it has taken it back."),
    State.SUSPENDED: N_("Who had said it has put it on hold."),
    State.CONTESTED: N_("An auditor has raised a finding against it, which is still open."),
    State.EXPIRED: N_(
        "Its validity has ended: a certificate's before the step, a firm's own word by now."
    ),
    State.SUPERSEDED: N_("A newer one takes its place, which this passport does not list."),
    State.DISPROVEN: N_("What is said of it is contradicted by its proof, and supports nothing."),
    State.MISSING: N_("The passport lists nothing about it. Not that it is not so."),
}
"""What each state says, and what it does not."""
NOTES: Final[dict[Note, str]] = {
    Note.UNREADABLE: N_("A claim that the passport lists could not be read."),
    Note.NOT_PROVEN: N_("Not every check of this claim holds."),
    Note.PASSPORT_NOT_PROVEN: N_("The passport itself could not be checked."),
    Note.PASSPORT_DISPROVEN: N_("The passport that lists it is disproven."),
    Note.STEP_NOT_PROVEN: N_("A step that it is about could not be checked."),
    Note.STEP_DISPROVEN: N_("A step that it is about is disproven."),
    Note.NO_STEP: N_("The passport lists no step that it is about."),
    Note.NOT_YET_VALID: N_("Its validity began only after the step."),
    Note.CLAIMED_LONG_BEFORE_ANCHOR: N_(
        "The step was put on the chain more than 30 days after the day that it claims."
    ),
    Note.NOT_ACCREDITED: N_("On that day nobody had accredited the certifier for this scheme."),
    Note.ACCREDITATION_UNKNOWN: N_("The certifier's accreditation could not be read."),
    Note.STATED_AFTERWARDS: N_("Stated afterwards: put on the chain after the step."),
    Note.ACCREDITED_AFTERWARDS: N_("The accreditation was recorded afterwards."),
    Note.ACCREDITATION_ENDED: N_("The certifier is no longer accredited for this scheme."),
    Note.EXPIRED_SINCE: N_("It was valid on the day of the step, and has expired since."),
    Note.HELD_THAT_DAY: N_("It was in force on the day of the step."),
    Note.DOCUMENT_NOT_PRESENTED: N_("A document that it names is not at hand."),
    Note.DOCUMENT_UNREACHABLE: N_("A document that it names could not be reached."),
}
_BY: Final = frozenset(
    {State.VERIFIED, State.DOCUMENTED, State.DECLARED, State.REVOKED, State.SUSPENDED}
)
"""What somebody is the author of: "verified by". Of the rest one is only who had said it."""
_QUIET: Final = frozenset({State.VERIFIED, State.DOCUMENTED, State.DECLARED, State.UNKNOWN})
_UNREMARKED: Final = frozenset(MARKS[state] for state in _QUIET)
_SAID_BY_THE_LIST: Final = frozenset({Note.DOCUMENT_NOT_PRESENTED})
"""What the list of documents beside it shows already."""


@dataclass(frozen=True, slots=True)
class Told:
    """A claim under a criterion, its mark and notes; `steps` are the numbers of its steps.

    `claim` is None where the passport itself is what could not be read.
    """

    state: State
    claim: ClaimView | None
    notes: tuple[str, ...]
    steps: Few[int]

    @property
    def mark(self) -> Mark:
        """How its state is shown."""
        return MARKS[self.state]

    @property
    def is_by(self) -> bool:
        """Whether the state is the doing of who made the claim."""
        return self.state in _BY


@dataclass(frozen=True, slots=True)
class Line:
    """A criterion and its state: `first` decides it, `more` stand beside."""

    criterion: Criterion
    state: State
    first: Told | None
    more: Few[Told]

    @property
    def mark(self) -> Mark:
        """How the state is shown."""
        return MARKS[self.state]

    @property
    def needs_words(self) -> bool:
        """Whether a reader should not have to ask for the reason, or for what is to be known."""
        qualified = self.state is State.VERIFIED and self.first is not None and self.first.notes
        return self.state not in _QUIET or bool(qualified)

    @property
    def beside(self) -> tuple[Mark, ...]:
        """What became of claims that do not decide, where a reader should not miss it."""
        left = (mark for mark, _ in self.more.among)
        marks = dict.fromkeys((*filter(None, map(_mark_of, self.more.shown)), *left))
        return tuple(mark for mark in marks if mark not in (*_UNREMARKED, self.mark))


@dataclass(frozen=True, slots=True)
class Criteria:
    """Every criterion in the order of the list, what the states there mean, and the rest."""

    lines: tuple[Line, ...]
    meanings: tuple[tuple[Mark, str], ...]
    other_schemes: Few[ClaimView]
    other_goods: Few[ClaimView]

    @property
    def told(self) -> frozenset[str]:
        """The records of the claims that are told."""
        told = (each for line in self.lines for each in (line.first, *line.more.shown))
        under = (each.claim for each in told if each and each.claim)
        apart = (*self.other_schemes.shown, *self.other_goods.shown)
        return frozenset(claim.record for claim in (*under, *apart))


def build(shown: Shown) -> Criteria:
    """The strip."""
    states = shown.criteria
    claims = {claim.record: claim for claim in shown.view.claims}
    numbers = {step.record: number for number, step in enumerate(shown.view.steps, 1)}
    lines = tuple(_line(each, claims, numbers) for each in states.criteria)
    present = {line.state for line in lines}
    return Criteria(
        lines,
        tuple((MARKS[state], MEANINGS[state]) for state in State if state in present),
        _apart([claims[ni_uri(record)] for record in states.other_schemes]),
        _apart([claims[ni_uri(record)] for record in states.other_goods]),
    )


def _apart(claims: Sequence[ClaimView]) -> Few[ClaimView]:
    return few(claims, bounds.CLAIMS, lambda claim: mark_of(claim.outcome))


def _line(
    criterion: CriterionState, claims: Mapping[str, ClaimView], numbers: Mapping[str, int]
) -> Line:
    shown = criterion.claims[: 1 + bounds.CLAIMS]
    told = tuple(_told(each, claims, numbers) for each in shown)
    left = criterion.claims[len(shown) :]
    more = Few(told[1:], len(left), tally(map(_mark_of, left)))
    return Line(CRITERIA[criterion.code], criterion.state, told[0] if told else None, more)


def _mark_of(said: Told | Support) -> Mark | None:
    """The mark of a claim that does not simply support, which must not go unsaid."""
    return MARKS[said.state] if said.state not in (_QUIET - {State.UNKNOWN}) else None


def _told(support: Support, claims: Mapping[str, ClaimView], numbers: Mapping[str, int]) -> Told:
    claim = claims.get(ni_uri(support.record))
    found = (numbers.get(ni_uri(step)) for step in support.steps)
    steps = sorted(number for number in found if number is not None)
    return Told(support.state, claim, tuple(_notes(support, claim)), few(steps, bounds.STEPS))


def _notes(support: Support, claim: ClaimView | None) -> Iterator[str]:
    listed = _SAID_BY_THE_LIST if claim is not None and claim.documents else frozenset()
    yield from (NOTES[note] for note in support.notes if note not in listed)
