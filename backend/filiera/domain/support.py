# SPDX-License-Identifier: Apache-2.0
"""What each listed claim gives a criterion (docs/criteria.md). Pure.

A certificate and its certifier's accreditation are judged at the claimed instant of every
step that the claim bears on, a firm's own word now. What a certificate lacks makes it no
more than the documents that it presents; what of it could not be checked leaves it undecided.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import Final

from filiera.domain.bearing import Bearing
from filiera.domain.criteria_states import (
    CriteriaStates,
    Note,
    State,
    Support,
    Weight,
    criterion_state,
)
from filiera.model.criteria import CriterionCode
from filiera.model.ids import ni_uri
from filiera.model.statement import Claim, Statement
from filiera.model.times import parse_instant, unix_seconds
from filiera.proof.checks import claimed_at
from filiera.proof.facts import Accreditation, AccreditationKey, Entry, scheme_key, state_at
from filiera.proof.reasons import Outcome
from filiera.proof.verdict import PASSPORT, RecordVerdict, StandingState, Verdict, combine

ANCHOR_LIMIT: Final = 30 * 86_400
"""Seconds within which a step is anchored after its claimed instant to support a certificate."""

Accreditations = Mapping[AccreditationKey, tuple[Entry[Accreditation], ...]]
"""As the registry holds them, void entries taken out; a key that is missing was not read."""

_HOLDING: Final = {
    Weight.CERTIFICATE: State.VERIFIED,
    Weight.DOCUMENT: State.DOCUMENTED,
    Weight.DECLARATION: State.DECLARED,
}
_WITHDRAWN: Final = {
    StandingState.REVOKED: State.REVOKED,
    StandingState.SUSPENDED: State.SUSPENDED,
}
_QUESTIONED: Final = {
    StandingState.CONTESTED: State.CONTESTED,
    StandingState.SUPERSEDED: State.SUPERSEDED,
}
_LESSENING: Final = frozenset(
    {
        Note.STEP_DISPROVEN,
        Note.NO_STEP,
        Note.NOT_YET_VALID,
        Note.CLAIMED_LONG_BEFORE_ANCHOR,
        Note.NOT_ACCREDITED,
    }
)
_UNDECIDED: Final = frozenset({Note.STEP_NOT_PROVEN, Note.ACCREDITATION_UNKNOWN})


@dataclass(frozen=True, eq=False)
class _Steps:
    """Steps that claims bear on, and what each of those asks of them, found once for all.

    A thousand claims can bear on the same thousands of steps.
    """

    ids: tuple[bytes, ...]
    records: tuple[RecordVerdict, ...]

    @cached_property
    def claimed(self) -> tuple[int, ...]:
        """When they claim to have happened."""
        said = [claimed_at(step.statement) for step in self.records if step.statement]
        return tuple(at for at in said if at is not None)

    @cached_property
    def first_anchored(self) -> int | None:
        """When the first of them was anchored."""
        return min((s.anchored for s in self.records if s.anchored is not None), default=None)

    @cached_property
    def outcomes(self) -> frozenset[Outcome]:
        """What was found about them."""
        return frozenset(step.outcome for step in self.records)

    @cached_property
    def has_late(self) -> bool:
        """Whether one was anchored long after it claims to have happened."""
        return any(map(_is_late, self.records))


_Accredited = Callable[[AccreditationKey, _Steps], tuple[Note, ...]]


@dataclass(frozen=True, slots=True)
class _Case:
    """One readable claim, the steps that it bears on, and the time at which it is judged."""

    record: RecordVerdict
    statement: Statement
    claim: Claim
    steps: _Steps
    now: int

    @property
    def instants(self) -> tuple[int, ...]:
        """When the steps claim to have happened; without any, now."""
        return self.steps.claimed or (self.now,)

    @property
    def days(self) -> tuple[int, ...]:
        """When it has to be valid: a certificate at its steps, a firm's own word now."""
        return (self.now,) if self.claim.self_declared else self.instants

    @property
    def until(self) -> int | None:
        """The end of the claim's window, which is not in it."""
        ends = self.statement.valid_until
        return unix_seconds(parse_instant(ends)) if ends else None

    def gives(self, weight: Weight, state: State, *notes: Note) -> Support:
        """A support by this claim."""
        return Support(self.record.id, weight, state, notes, self.steps.ids)


def criteria_states(
    verdict: Verdict,
    accreditations: Accreditations,
    *,
    now: int | None = None,
    documents_down: bool = False,
) -> CriteriaStates:
    """The state of every criterion at `now`, seconds since 1970; None is the block's time.

    `documents_down` says that the document store did not answer while evidence was gathered,
    so that a document not presented may well be there.
    """
    bearing, ground = Bearing.of(verdict), _ground(verdict)
    at = now if now is not None else verdict.block.time if verdict.block else 0

    @cache
    def accredited(key: AccreditationKey, steps: _Steps) -> tuple[Note, ...]:
        return tuple(_accredited(accreditations.get(key), steps, at))

    found: dict[CriterionCode, list[Support]] = {code: [] for code in CriterionCode}
    same: dict[tuple[bytes, ...], _Steps] = {}
    schemes, goods = [], []
    for record in verdict.of("claim"):
        statement = record.statement
        if statement is None or not isinstance(claim := statement.said, Claim):
            continue
        codes = dict.fromkeys(each.code for each in claim.criteria if each.code)
        steps = bearing.steps(claim)
        if not codes:
            schemes.append(record.id)
        elif steps is None:
            goods.append(record.id)
        else:
            ids = tuple(step.id for step in steps)
            case = _Case(record, statement, claim, same.setdefault(ids, _Steps(ids, steps)), at)
            support = _on_ground(_support(case, accredited, documents_down), ground)
            for code in codes:
                found[code].append(support)
    unread = tuple(_unread(verdict, ground))
    return CriteriaStates(
        tuple(criterion_state(code, (*given, *unread)) for code, given in found.items()),
        tuple(schemes),
        tuple(goods),
    )


def _ground(verdict: Verdict) -> Outcome:
    """What every claim stands on: the chain, the subject and the product's own record."""
    own = (PASSPORT, ni_uri(verdict.own))
    return combine(
        check.outcome for check in verdict.checks if check.subject in own and check.check != "steps"
    )


def _unread(verdict: Verdict, ground: Outcome) -> Iterator[Support]:
    """What may speak of any criterion, since it could not be read: then none is missing."""
    if ground is Outcome.UNKNOWN or verdict.records[verdict.own].statement is None:
        note = Note.PASSPORT_NOT_PROVEN
        yield Support(verdict.own, Weight.CERTIFICATE, State.UNKNOWN, (note,))
    for record in verdict.of("claim"):
        malformed = any(check.code == "record-malformed" for check in record.checks)
        if record.statement is None and not malformed:
            yield Support(record.id, Weight.CERTIFICATE, State.UNKNOWN, (Note.UNREADABLE,))


def _on_ground(support: Support, ground: Outcome) -> Support:
    """The support, as far as the passport that lists the claim holds itself."""
    if support.state is State.DISPROVEN or ground is Outcome.PROVEN:
        return support
    if ground is Outcome.DISPROVEN:
        notes = (Note.PASSPORT_DISPROVEN,)
        return replace(support, weight=Weight.NOTHING, state=State.DISPROVEN, notes=notes)
    return replace(support, state=State.UNKNOWN, notes=(Note.PASSPORT_NOT_PROVEN,))


def _support(case: _Case, accredited: _Accredited, documents_down: bool) -> Support:
    """The claim by itself: what it is, and then what became of it."""
    outcome, standing = case.record.outcome, case.record.standing
    if outcome is Outcome.DISPROVEN:
        return case.gives(Weight.NOTHING, State.DISPROVEN, Note.NOT_PROVEN)
    best = _at_best(case, accredited, documents_down)
    otherwise = _unless_withdrawn(case, best)
    if (withdrawn := _WITHDRAWN.get(standing.state)) is not None:
        notes = (Note.HELD_THAT_DAY, *best.notes) if _held(case, otherwise) else best.notes
        return replace(best, state=withdrawn, notes=notes)
    return otherwise


def _unless_withdrawn(case: _Case, best: Support) -> Support:
    """What the claim gives whose issuer did not take it back."""
    if case.record.outcome is Outcome.UNKNOWN:
        return replace(best, state=State.UNKNOWN, notes=(Note.NOT_PROVEN, *best.notes))
    if case.claim.conformance is False:
        return replace(best, state=State.NOT_CONFORMING)
    if case.until is not None and max(case.days) >= case.until:
        return replace(best, state=State.EXPIRED)
    return replace(best, state=_QUESTIONED.get(case.record.standing.state, best.state))


def _held(case: _Case, otherwise: Support) -> bool:
    """Whether it was withdrawn after every step that it bears on, and held until then."""
    as_good = case.claim.self_declared or otherwise.weight is Weight.CERTIFICATE
    if otherwise.state is not _HOLDING[otherwise.weight] or not as_good or not case.steps.ids:
        return False
    since = case.record.standing.since
    return since is not None and max(case.instants) < since


def _at_best(case: _Case, accredited: _Accredited, documents_down: bool) -> Support:
    """What the claim gives if it is proven, in force and not expired."""
    notes = list(_since(case))
    certified = not case.claim.self_declared
    if certified:
        notes += [*_certified(case), *_certifier(case, accredited)]
    lines = case.record.documents
    shown = any(line.presented for line in lines)
    hidden = any(not line.presented for line in lines)
    if hidden:
        notes.append(Note.DOCUMENT_UNREACHABLE if documents_down else Note.DOCUMENT_NOT_PRESENTED)
    if certified and not _LESSENING & {*notes}:
        state = State.UNKNOWN if _UNDECIDED & {*notes} else State.VERIFIED
        return case.gives(Weight.CERTIFICATE, state, *notes)
    if hidden and documents_down and not shown:
        return case.gives(Weight.DOCUMENT, State.UNKNOWN, *notes)
    weight = Weight.DOCUMENT if shown else Weight.DECLARATION
    return case.gives(weight, _HOLDING[weight], *notes)


def _since(case: _Case) -> Iterator[Note]:
    """What is to be known of when a certificate was recorded, and when it ended."""
    first, said = case.steps.first_anchored, case.record.anchored
    by_others = not case.claim.self_declared
    if by_others and first is not None and said is not None and first < said:
        yield Note.STATED_AFTERWARDS
    if case.until is not None and max(case.days) < case.until <= case.now:
        yield Note.EXPIRED_SINCE


def _certified(case: _Case) -> Iterator[Note]:
    """What the steps take away from a certificate."""
    if not case.steps.ids:
        yield Note.NO_STEP
    if Outcome.DISPROVEN in case.steps.outcomes:
        yield Note.STEP_DISPROVEN
    if Outcome.UNKNOWN in case.steps.outcomes:
        yield Note.STEP_NOT_PROVEN
    if min(case.instants) < unix_seconds(parse_instant(case.statement.valid_from)):
        yield Note.NOT_YET_VALID
    if case.steps.has_late:
        yield Note.CLAIMED_LONG_BEFORE_ANCHOR


def _is_late(step: RecordVerdict) -> bool:
    claimed = claimed_at(step.statement) if step.statement else None
    if claimed is None or step.anchored is None:
        return False
    return step.anchored - claimed > ANCHOR_LIMIT


def _certifier(case: _Case, accredited: _Accredited) -> tuple[Note, ...]:
    """What is to be known of who certified: nobody knows it of a stranger."""
    holder = case.record.participant
    if holder is None:
        return (Note.ACCREDITATION_UNKNOWN,)
    return accredited((holder, scheme_key(case.claim.scheme.id)), case.steps)


def _accredited(
    history: tuple[Entry[Accreditation], ...] | None, steps: _Steps, now: int
) -> Iterator[Note]:
    """Whether an association had accredited the certifier for the scheme, those days."""
    if history is None:
        yield Note.ACCREDITATION_UNKNOWN
        return
    if not all(_granted(history, at) for at in steps.claimed or (now,)):
        yield Note.NOT_ACCREDITED
        return
    if not _granted(history, now):
        yield Note.ACCREDITATION_ENDED
    for step, at in zip(steps.records, steps.claimed, strict=False):
        decided = next(entry for entry in reversed(history) if entry.effective <= at)
        if step.anchored is not None and decided.recorded > step.anchored:
            yield Note.ACCREDITED_AFTERWARDS
            return


def _granted(history: tuple[Entry[Accreditation], ...], at: int) -> bool:
    accreditation = state_at(history, at)
    return accreditation is not None and accreditation.granted
