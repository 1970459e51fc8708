# SPDX-License-Identifier: Apache-2.0
"""The way from fibre to shop: what, where, who, when, out of what, and what nobody stated.

`domain.timeline` says what stands where and which lots run beside it; here each row gets its
words. The drawing says nothing that the words do not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
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
from filiera.web.sections.criteria import MARKS
from filiera.web.sections.strands import Strands, strands
from filiera.web.shown import Shown
from filiera.web.states import Mark

MOST_ROWS: Final = 1_000
"""Rows of one page, the product's own among them. What is left out before it is counted."""
MOST_ENDS: Final = 6
"""Steps that are named as where a lot comes from or goes to. What comes after is counted."""


@dataclass(frozen=True, slots=True)
class End:
    """Where a lot comes from or goes to: a step by its number, a gap, or the product."""

    kind: Literal["step", "gap", "product"]
    number: int = 0


@dataclass(frozen=True, slots=True)
class Lot:
    """A lot of a step, the ends of its way there or from there, and how many more there are.

    `goods` is None where a step only names another one.
    """

    goods: GoodsView | None
    ends: tuple[End, ...]
    more: int = 0

    @property
    def is_gap(self) -> bool:
        """Whether nobody states where it comes from."""
        return any(end.kind == "gap" for end in self.ends)


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
    arrives: tuple[Lot, ...]
    leaves: tuple[Lot, ...]
    held: tuple[Held, ...]
    strands: Strands


@dataclass(frozen=True, slots=True)
class Timeline:
    """The rows, how many are left out before the last, and what the drawing leaves out.

    `has_unread` where a step could not be read, which may state what seems to be a gap.
    """

    rows: tuple[Row, ...]
    more: int
    undrawn: int
    circular: bool
    has_unread: bool

    @property
    def has_steps(self) -> bool:
        """Whether the passport lists any step."""
        return any(row.kind == "step" for row in self.rows)


def build(shown: Shown) -> Timeline:
    """The timeline."""
    drawn = _layout(shown.passport)
    words = _Words(shown, drawn)
    numbers = range(len(drawn.rows))
    # The product is the last row, and what everything leads to: it is never what is left out.
    shown_rows = (*numbers[: MOST_ROWS - 1], *numbers[MOST_ROWS - 1 :][-1:])
    rows = tuple(words.row(number) for number in shown_rows)
    unread = any(step.kind is None for step in shown.view.steps)
    return Timeline(rows, len(drawn.rows) - len(rows), drawn.undrawn, drawn.circular, unread)


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
        self.held = _held_at(shown)
        self.goods = {goods.product: goods for step in views for goods in step.inputs}
        self.strands = strands(drawn)

    def row(self, number: int) -> Row:
        row = self.drawn.rows[number]
        record = ni_uri(row.node.step) if row.node.kind == "step" else ""
        step = self.steps.get(record)
        return Row(
            row.node.kind,
            self.numbers.get(record, 0),
            step,
            tuple(self._arrivals(number, row, step)),
            tuple(self._departures(number, row, step)),
            tuple(self.held.get(row.node.step, ())),
            self.strands[number],
        )

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
        ends = tuple(self._end(self.drawn.rows[each].node) for each in rows[:MOST_ENDS])
        return Lot(goods, ends, max(0, len(rows) - MOST_ENDS))

    def _end(self, node: drawing.Node) -> End:
        return End(node.kind, self.numbers[ni_uri(node.step)] if node.kind == "step" else 0)


def _held_at(shown: Shown) -> dict[bytes, list[Held]]:
    """The certificates that held on the day of each step."""
    claims = {claim.record: claim for claim in shown.view.claims}
    found: dict[bytes, list[Held]] = defaultdict(list)
    for criterion in shown.criteria.criteria:
        for support in criterion.claims:
            if _held(support) and (claim := claims.get(ni_uri(support.record))):
                for step in support.steps:
                    found[step].append(_as_held(criterion.code, support, claim))
    return found


def _held(support: Support) -> bool:
    withdrawn_since = Note.HELD_THAT_DAY in support.notes
    return support.weight is Weight.CERTIFICATE and (
        support.state is State.VERIFIED or withdrawn_since
    )


def _as_held(code: CriterionCode, support: Support, claim: ClaimView) -> Held:
    return Held(CRITERIA[code], claim, MARKS[support.state])
