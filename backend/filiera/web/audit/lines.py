# SPDX-License-Identifier: Apache-2.0
"""A passport as two lists: a line for every record, and one for every check."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from filiera.proof.reasons import Outcome
from filiera.proof.verdict import PASSPORT
from filiera.services.passport_view import CheckView, PassportView, RecordView, StepView
from filiera.web.messages import N_

RELATIONS: Final[dict[str, str]] = {
    "own": N_("passport"),
    "step": N_("step"),
    "claim": N_("claim"),
    "identity": N_("identity"),
}
"""As what a record is listed."""


@dataclass(frozen=True, slots=True)
class RecordLine:
    """A record that the passport is made of; `number` counts from 1, the own record first."""

    number: int
    view: RecordView

    @property
    def relation(self) -> str:
        """The word for what it is listed as."""
        return RELATIONS.get(self.view.listed_as, self.view.listed_as)

    @property
    def claimed(self) -> str | None:
        """When a step says that it happened; None for what is no step."""
        return self.view.claimed if isinstance(self.view, StepView) else None

    @property
    def presented(self) -> int:
        """How many of its documents were at hand."""
        return sum(document.presented for document in self.view.documents)

    @property
    def issuer(self) -> str:
        """What tells its issuer from others: the participant, else the account, else nothing."""
        return self.view.issuer.participant or self.view.issuer.account or ""


@dataclass(frozen=True, slots=True)
class CheckLine:
    """A check, and the record that it is about; None for the passport as a whole."""

    check: CheckView
    about: RecordLine | None


@dataclass(frozen=True, slots=True)
class Lines:
    """Everything there is, before anything is chosen of it."""

    records: tuple[RecordLine, ...]
    checks: tuple[CheckLine, ...]


def listed(view: PassportView) -> tuple[RecordView, ...]:
    """The records that a passport is made of, in the order in which they are numbered."""
    return (view.own, *view.steps, *view.claims, *view.identities)


def lines_of(view: PassportView) -> Lines:
    """The lines of a passport: its own record, steps, claims, identities.

    The checks of the passport as a whole come before those of its records.
    """
    records = tuple(RecordLine(number, record) for number, record in enumerate(listed(view), 1))
    return Lines(records, tuple(_checks(view, records)))


def _checks(view: PassportView, records: tuple[RecordLine, ...]) -> Iterator[CheckLine]:
    yield from (CheckLine(each, None) for each in view.verdict.checks if each.subject == PASSPORT)
    for line in records:
        yield from (CheckLine(each, line) for each in line.view.checks)


@dataclass(frozen=True, slots=True)
class Choice:
    """Which lines are wanted: None wants all.

    `outcome` is a check's own and a record's own; with `check`, a record is there for the
    answer of that check. `issuer` is a `RecordLine.issuer`.
    """

    outcome: Outcome | None = None
    check: str | None = None
    issuer: str | None = None

    def of(self, lines: Lines) -> Lines:
        """The lines that are wanted."""
        return Lines(
            tuple(filter(self._wants_record, lines.records)),
            tuple(filter(self._wants_check, lines.checks)),
        )

    def _wants_check(self, line: CheckLine) -> bool:
        issued = self.issuer is None or (line.about is not None and self._is_by(line.about))
        return issued and self._answers(line.check)

    def _wants_record(self, line: RecordLine) -> bool:
        if not self._is_by(line):
            return False
        if self.check is not None:
            return any(map(self._answers, line.view.checks))
        return self.outcome in (None, line.view.outcome)

    def _is_by(self, line: RecordLine) -> bool:
        return self.issuer in (None, line.issuer)

    def _answers(self, check: CheckView) -> bool:
        return self.check in (None, check.check) and self.outcome in (None, check.outcome)
