# SPDX-License-Identifier: Apache-2.0
"""The product graph: fibre to shop, with joins, splits and diamonds, and never a circle."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filiera.domain.graph import MAX_FLOWS, Step, build
from filiera.errors import ConflictError


def make(name: str, inputs: str, outputs: str, at: int = 0) -> Step:
    return Step(name.encode(), True, tuple(inputs), tuple(outputs), at)


def touch(name: str, lots: str, at: int = 0) -> Step:
    return Step(name.encode(), False, tuple(lots), tuple(lots), at)


def order(*steps: Step) -> str:
    return " ".join(step.id.decode() for step in build(steps).steps)


def flows(*steps: Step) -> set[str]:
    return {
        f"{flow.product}:{flow.source.decode()}>{flow.target.decode()}"
        for flow in build(steps).flows
    }


def test_steps_come_out_from_fibre_to_shop_in_whatever_order_they_went_in() -> None:
    assert order(make("knit", "y", "k"), make("sew", "k", "g"), make("spin", "", "y")) == (
        "spin knit sew"
    )


def test_independent_steps_come_by_the_time_they_claim() -> None:
    steps = make("b", "", "y", at=2), make("a", "", "x", at=3), make("join", "xy", "z", at=9)
    assert order(*steps) == "b a join"


def test_a_diamond_keeps_both_arms() -> None:
    steps = (
        make("spin", "", "y", 1),
        make("left", "y", "a", 2),
        make("right", "y", "b", 3),
        make("join", "ab", "g", 4),
    )
    assert order(*steps) == "spin left right join"
    assert flows(*steps) == {"y:spin>left", "y:spin>right", "a:left>join", "b:right>join"}


def test_what_touched_a_lot_stands_between_its_making_and_its_use() -> None:
    steps = (
        make("sew", "y", "g", 9),
        touch("ship", "y", 5),
        touch("dye", "y", 3),
        make("spin", "", "y", 1),
    )
    assert order(*steps) == "spin dye ship sew"
    assert flows(*steps) == {"y:spin>dye", "y:dye>ship", "y:ship>sew"}


def test_a_lot_made_by_two_steps_flows_from_both() -> None:
    steps = make("one", "", "y", 1), make("two", "", "y", 2), make("use", "y", "g", 3)
    assert flows(*steps) == {"y:one>use", "y:two>use"}


@pytest.mark.parametrize(
    "steps",
    [
        (make("self", "x", "x"),),
        (make("one", "x", "y"), make("two", "y", "x")),
        (make("one", "x", "y"), make("two", "y", "z"), make("three", "z", "x")),
    ],
)
def test_a_lot_made_out_of_itself_is_refused(steps: tuple[Step, ...]) -> None:
    with pytest.raises(ConflictError) as error:
        build(steps)
    assert error.value.code == "cycle"


def test_one_transport_of_a_lot_and_of_what_was_made_of_it_is_no_circle() -> None:
    steps = make("spin", "", "y", 1), make("knit", "y", "k", 2), touch("ship", "yk", 3)
    assert order(*steps) == "spin knit ship"


def test_many_makes_and_uses_of_many_lots_are_ordered_without_telling_every_pair() -> None:
    lots = tuple(f"lot {number}" for number in range(200))
    makes = [Step(b"make %d" % n, True, (), lots, n) for n in range(200)]
    uses = [Step(b"use %d" % n, True, lots, (f"product {n}",), n) for n in range(200)]
    graph = build([*uses, *makes])
    assert graph.steps == (*makes, *uses)
    assert len(graph.flows) == MAX_FLOWS


@given(st.permutations([(n, i) for i, n in enumerate("abcdefgh")]))
def test_the_order_never_depends_on_the_order_of_arrival(steps: list[tuple[str, int]]) -> None:
    lots = "stuvwxyz"
    given = [make(n, lots[i - 1] if i else "", lots[i], at=9 - i) for n, i in steps]
    assert order(*given) == "a b c d e f g h"
