# SPDX-License-Identifier: Apache-2.0
"""The steps from fibre to shop: what, where, who, when, from what, and what nobody stated."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from filiera.services.passport_view import GoodsView, PassportView, StepView
from filiera.web.shown import Shown


@dataclass(frozen=True, slots=True)
class Arrival:
    """A lot that a step uses: the numbers of the steps that it comes from, or a gap."""

    goods: GoodsView
    sources: tuple[int, ...]
    is_gap: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A step, its number, what arrives at it, and the numbers of the steps that it leads to."""

    number: int
    step: StepView
    arrivals: tuple[Arrival, ...]
    targets: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """The steps in order; `product_is_gap` when none of them states how the product was made."""

    rows: tuple[Row, ...]
    product_is_gap: bool


def build(shown: Shown) -> Timeline:
    """The timeline."""
    view = shown.view
    numbers = {step.record: number for number, step in enumerate(view.steps, 1)}
    sources: dict[tuple[str, str], set[int]] = defaultdict(set)
    targets: dict[str, set[int]] = defaultdict(set)
    for flow in view.flows:
        sources[flow.target, flow.product].add(numbers[flow.source])
        targets[flow.source].add(numbers[flow.target])
    gaps = {(gap.step, gap.product) for gap in view.gaps}
    rows = tuple(
        Row(
            numbers[step.record],
            step,
            tuple(
                Arrival(
                    goods,
                    tuple(sorted(sources[step.record, goods.product])),
                    (step.record, goods.product) in gaps,
                )
                for goods in step.inputs
            ),
            tuple(sorted(targets[step.record])),
        )
        for step in view.steps
    )
    return Timeline(rows, _product_is_gap(view))


def _product_is_gap(view: PassportView) -> bool:
    return any(gap.step is None for gap in view.gaps)
