# SPDX-License-Identifier: Apache-2.0
"""The auditor's view as data: what is shown of a passport for a choice, a sheet at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from filiera.proof.reasons import Outcome
from filiera.services.passport_view import PassportView
from filiera.web import bounds
from filiera.web.audit.chain import OnChain, on_chain
from filiera.web.audit.lines import CheckLine, Choice, Lines, RecordLine, lines_of
from filiera.web.audit.unfolded import Unfolded, unfold
from filiera.web.shown import Shown
from filiera.web.states import State, state_of

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Cut(Generic[T]):
    """Some lines of `total`, those from number `first` (from 1) on."""

    lines: Sequence[T]
    first: int
    total: int

    @property
    def last(self) -> int:
        """The number of the last of them."""
        return self.first + len(self.lines) - 1


@dataclass(frozen=True, slots=True)
class Counts:
    """How many records and checks a choice leads to."""

    outcome: Outcome | None
    records: int
    checks: int


@dataclass(frozen=True, slots=True)
class Fold:
    """A record unfolded; `signed` is None when no copy of it was at hand."""

    line: RecordLine
    signed: Unfolded | None
    chain: OnChain


@dataclass(frozen=True, slots=True)
class Audit:
    """What the page shows. `sheet` of `sheets` counts from 1; both tables turn together.

    `checks_named` says how many checks of a name there are, `issuers` the proven name of each
    `RecordLine.issuer`, `names` that of accounts and participants.
    """

    view: PassportView
    state: State
    choice: Choice
    outcomes: tuple[Counts, ...]
    checks_named: dict[str, int]
    issuers: dict[str, str | None]
    names: dict[str, str]
    records: Cut[RecordLine]
    checks: Cut[CheckLine]
    folds: tuple[Fold, ...]
    sheet: int
    sheets: int

    @property
    def offered(self) -> tuple[str, ...]:
        """The issuers to choose from: the chosen one, and as many as there is room for."""
        chosen = [self.choice.issuer] if self.choice.issuer in self.issuers else []
        return tuple(dict.fromkeys((*chosen, *self.issuers)))[: bounds.ISSUERS]

    @property
    def near(self) -> tuple[int, ...]:
        """The sheets to lead to: the first, the last, and those around this one."""
        around = range(max(1, self.sheet - 2), min(self.sheets, self.sheet + 2) + 1)
        return tuple(sorted({1, *around, self.sheets}))


def build_audit(shown: Shown, choice: Choice, sheet: int) -> Audit:
    """The auditor's view; a sheet beyond the last is the last."""
    lines = lines_of(shown.view)
    chosen = choice.of(lines)
    sheets = max(
        1,
        _sheets(chosen.records, bounds.SHEET_RECORDS),
        _sheets(chosen.checks, bounds.SHEET_CHECKS),
    )
    sheet = min(sheet, sheets)
    records = _cut(chosen.records, sheet, bounds.SHEET_RECORDS)
    return Audit(
        view=shown.view,
        state=state_of(shown.view, shown.criteria),
        choice=choice,
        outcomes=tuple(_counts(lines, choice, each) for each in (None, *Outcome)),
        checks_named=dict(Counter(line.check.check for line in lines.checks)),
        issuers={each.issuer: each.view.issuer.name for each in lines.records if each.issuer},
        names=dict(_names(lines)),
        records=records,
        checks=_cut(chosen.checks, sheet, bounds.SHEET_CHECKS),
        folds=tuple(_fold(shown, line) for line in records.lines),
        sheet=sheet,
        sheets=sheets,
    )


def _names(lines: Lines) -> Iterator[tuple[str, str]]:
    for issuer in (line.view.issuer for line in lines.records):
        if issuer.name is not None:
            yield from (
                (known, issuer.name) for known in (issuer.account, issuer.participant) if known
            )


def _counts(lines: Lines, choice: Choice, outcome: Outcome | None) -> Counts:
    found = replace(choice, outcome=outcome).of(lines)
    return Counts(outcome, len(found.records), len(found.checks))


def _fold(shown: Shown, line: RecordLine) -> Fold:
    signed = unfold(line.view.jws) if line.view.jws is not None else None
    return Fold(line, signed, on_chain(shown.passport, line.view))


def _sheets(lines: Sequence[object], size: int) -> int:
    return -(-len(lines) // size)


def _cut(lines: Sequence[T], sheet: int, size: int) -> Cut[T]:
    first = (sheet - 1) * size
    return Cut(lines[first : first + size], first + 1, len(lines))
