# SPDX-License-Identifier: Apache-2.0
"""The way from fibre to shop: what, where, who, when, out of what, and what nobody stated.

`domain.timeline` says what stands where and which lots run beside it; here each row gets its
words. The drawing says nothing that the words do not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from filiera.domain import timeline as drawing
from filiera.domain.criteria_states import Note, State, Support, Weight
from filiera.model.criteria import CRITERIA, Criterion, CriterionCode
from filiera.model.ids import ni_uri
from filiera.model.links import LinkType
from filiera.proof.verdict import RecordVerdict
from filiera.services.passport_view import ClaimView, GoodsView, StepView
from filiera.services.passports import Passport, graph_step
from filiera.web import bounds
from filiera.web.bounds import Few, few, mark_of, tally
from filiera.web.messages import N_
from filiera.web.sections.criteria import MARKS
from filiera.web.sections.strands import Strands, strands
from filiera.web.shown import Shown
from filiera.web.states import Mark

GAP: Final = Mark("gap", "warned", N_("gap"))
"""A lot that nobody states the origin of."""


@dataclass(frozen=True, slots=True)
class End:
    """Where a lot comes from or goes to: a step by its number, a gap, or the product."""

    kind: Literal["step", "gap", "product"]
    number: int = 0


@dataclass(frozen=True, slots=True)
class Lot:
    """A lot of a step, and the ends of its way there or from there.

    `goods` is None where a step only names another one. `is_gap` where nobody states where it
    comes from.
    """

    goods: GoodsView | None
    ends: Few[End]
    is_gap: bool


@dataclass(frozen=True, slots=True)
class Held:
    """A certificate that held on the day of a step, and what became of it since."""

    criterion: Criterion
    claim: ClaimView
    mark: Mark


@dataclass(frozen=True, slots=True)
class Row:
    """A node of the way, what arrives at it and what leaves it, and its part of the drawing.

    `step` and `number` are None and 0 for a gap, whose lot is in `leaves`, and the product.
    """

    kind: Literal["step", "gap", "product"]
    number: int
    step: StepView | None
    arrives: Few[Lot]
    leaves: Few[Lot]
    held: Few[Held]
    strands: Strands


@dataclass(frozen=True, slots=True)
class Left:
    """How many rows are left out before the one of index `before`, and what they bear."""

    before: int
    rows: int
    among: tuple[tuple[Mark, int], ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """The rows, those left out between them, and how many lots the drawing leaves out.

    `has_unread` where a step could not be read, which may state what seems to be a gap.
    """

    rows: tuple[Row, ...]
    left: Left | None
    undrawn: int
    circular: bool
    has_unread: bool

    @property
    def told(self) -> frozenset[str]:
        """The records of the steps that have a row."""
        return frozenset(row.step.record for row in self.rows if row.step is not None)


def build(shown: Shown) -> Timeline:
    """The timeline: where it is too long, both its ends, for the product is what all leads to."""
    drawn = _layout(shown.passport)
    words = _Words(shown, drawn)
    numbers = range(len(drawn.rows))
    begin, end = _ends(len(numbers))
    rows = tuple(words.row(number) for number in (*numbers[:begin], *numbers[end:]))
    left = Left(begin, end - begin, words.among(numbers[begin:end])) if begin < end else None
    unread = any(step.kind is None for step in shown.view.steps)
    return Timeline(rows, left, drawn.undrawn, drawn.circular, unread)


def _ends(rows: int) -> tuple[int, int]:
    """Where what is left out of so many rows begins and ends."""
    begin = bounds.ROWS // 2
    return (begin, rows - (bounds.ROWS - begin)) if rows > bounds.ROWS else (rows, rows)


def _layout(passport: Passport) -> drawing.Timeline:
    steps = [graph_step(each.id, each.statement) for each in passport.steps]
    return drawing.layout(
        passport.product,
        [step for step in steps if step is not None],
        [(gap.product, gap.step) for gap in passport.verdict.gaps],
        unread=[each.id for each in passport.steps],
        named={each.id: _named(each) for each in passport.steps},
    )


def _named(step: RecordVerdict) -> list[bytes]:
    links = step.statement.links if step.statement else ()
    return [link.digest for link in links if link.kind is LinkType.INPUT]


class _Words:
    """What the rows of one passport are told with."""

    def __init__(self, shown: Shown, drawn: drawing.Timeline) -> None:
        self.drawn = drawn
        views = shown.view.steps
        self.steps = {step.record: step for step in views}
        self.numbers = {step.record: number for number, step in enumerate(views, 1)}
        self.held = tuple(_held_at(shown))
        self.goods = {goods.product: goods for step in views for goods in step.inputs}
        self.strands = strands(drawn)
        self.lots = bounds.lots(min(len(drawn.rows), bounds.ROWS))

    def row(self, number: int) -> Row:
        row = self.drawn.rows[number]
        record = ni_uri(row.node.step) if row.node.kind == "step" else ""
        step = self.steps.get(record)
        return Row(
            row.node.kind,
            self.numbers.get(record, 0),
            step,
            few([*self._arrivals(number, row, step)], self.lots, _mark_of_lot),
            few([*self._departures(number, row, step)], self.lots),
            few([held for steps, held in self.held if row.node.step in steps], bounds.HELD),
            self.strands[number],
        )

    def among(self, rows: Iterable[int]) -> tuple[tuple[Mark, int], ...]:
        """What must not go unsaid of rows that are left out."""
        nodes = (self.drawn.rows[each].node for each in rows)
        return tally(map(self._mark_of, nodes))

    def _mark_of(self, node: drawing.Node) -> Mark | None:
        if node.kind == "gap":
            return GAP
        step = self.steps.get(ni_uri(node.step)) if node.kind == "step" else None
        return mark_of(step.outcome) if step else None

    def _arrivals(self, number: int, row: drawing.Row, step: StepView | None) -> Iterator[Lot]:
        ends: dict[str, list[int]] = defaultdict(list)
        for wire in (self.drawn.wires[each] for each in row.takes):
            ends[wire.lot] += [each for each in wire.sources if each < number]
        goods = step.inputs if step is not None else []
        yield from (self._lot(each, ends.pop(each.product, [])) for each in goods)
        yield from (self._lot(None, rows) for rows in ends.values())

    def _departures(self, number: int, row: drawing.Row, step: StepView | None) -> Iterator[Lot]:
        wires = (self.drawn.wires[each] for each in row.gives)
        ends = {wire.lot: [each for each in wire.targets if each > number] for wire in wires}
        goods = step.outputs if step is not None else self._missing(row)
        yield from (self._lot(each, ends.get(each.product, [])) for each in goods)

    def _missing(self, row: drawing.Row) -> list[GoodsView]:
        """What a gap is of: as its user names it."""
        if row.node.kind != "gap":
            return []
        lot = row.node.lot
        unknown = GoodsView(product=lot, name="", quantity=None, unit=None)
        return [self.goods.get(lot, unknown)]

    def _lot(self, goods: GoodsView | None, rows: Sequence[int]) -> Lot:
        nodes = [self.drawn.rows[each].node for each in rows]
        is_gap = any(node.kind == "gap" for node in nodes)
        return Lot(goods, few([*map(self._end, nodes)], bounds.ENDS), is_gap)

    def _end(self, node: drawing.Node) -> End:
        return End(node.kind, self.numbers[ni_uri(node.step)] if node.kind == "step" else 0)


def _mark_of_lot(lot: Lot) -> Mark | None:
    return GAP if lot.is_gap else None


def _held_at(shown: Shown) -> Iterator[tuple[frozenset[bytes], Held]]:
    """The certificates, each with the steps on whose day it held."""
    claims = {claim.record: claim for claim in shown.view.claims}
    # One set for all criteria of a claim: it may bear on every step, as may a thousand others.
    steps: dict[bytes, frozenset[bytes]] = {}
    for criterion in shown.criteria.criteria:
        for support in filter(_held, criterion.claims):
            if claim := claims.get(ni_uri(support.record)):
                if support.record not in steps:
                    steps[support.record] = frozenset(support.steps)
                yield steps[support.record], _as_held(criterion.code, support, claim)


def _held(support: Support) -> bool:
    withdrawn_since = Note.HELD_THAT_DAY in support.notes
    return support.weight is Weight.CERTIFICATE and (
        support.state is State.VERIFIED or withdrawn_since
    )


def _as_held(code: CriterionCode, support: Support, claim: ClaimView) -> Held:
    return Held(CRITERIA[code], claim, MARKS[support.state])
