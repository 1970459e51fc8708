# SPDX-License-Identifier: Apache-2.0
"""The drawing of a product's way: whole, downward, and never two lots in one lane."""

from __future__ import annotations

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from filiera.domain.graph import Step, build
from filiera.domain.timeline import MOST_LANES, Timeline, Wire, layout

GARMENT = "https://id.gs1.org/01/09520000000028/10/LOT-1"
MANY = 10_000
"""More lanes than any drawing of these tests needs."""


def make(name: str, inputs: str, outputs: str, at: int = 0) -> Step:
    lots = {"g": GARMENT}
    return Step(
        name.encode(),
        True,
        tuple(lots.get(each, each) for each in inputs),
        tuple(lots.get(each, each) for each in outputs),
        at,
    )


def touch(name: str, lot: str, at: int = 0) -> Step:
    lots = (GARMENT if lot == "g" else lot,)
    return Step(name.encode(), False, lots, lots, at)


def names(timeline: Timeline) -> list[str]:
    return [row.node.step.decode() or row.node.kind for row in timeline.rows]


def said(timeline: Timeline, wire: Wire) -> str:
    ends = names(timeline)
    return ",".join(ends[s] for s in wire.sources) + ">" + ",".join(ends[t] for t in wire.targets)


SAMPLE = (
    make("fibre", "", "f", 10),
    make("spin", "f", "y", 20),
    make("dye", "y", "d", 30),
    make("knit", "dy", "p", 40),
    make("sew", "pb", "g", 50),
    touch("inspect", "g", 60),
    touch("ship", "g", 70),
)


def test_the_samples_split_and_join_are_drawn() -> None:
    drawn = layout(GARMENT, SAMPLE, [("b", b"sew")])
    assert names(drawn) == [
        *("fibre", "spin", "dye", "knit", "gap", "sew", "inspect", "ship", "product")
    ]
    assert [said(drawn, wire) for wire in drawn.wires] == [
        "gap>sew",
        "fibre>spin",
        "spin>dye,knit",
        "dye>knit",
        "knit>sew",
        "sew>inspect",
        "inspect>ship",
        "ship>product",
    ]
    assert [row.lane for row in drawn.rows] == [0, 0, 1, 0, 1, 0, 0, 0, 0]
    dyeing = drawn.rows[2]
    assert (dyeing.above, dyeing.below, dyeing.past) == ((0,), (1,), (0,))
    assert drawn.width == 2


def test_a_gap_stands_just_before_the_step_that_uses_it() -> None:
    steps = make("spin", "", "y", 1), make("sew", "yb", "g", 5)
    assert names(layout(GARMENT, steps, [("b", b"sew")])) == ["spin", "gap", "sew", "product"]


def test_what_nobody_made_is_carried_before_it_is_used() -> None:
    steps = touch("ship", "b", 1), make("sew", "b", "g", 5)
    drawn = layout(GARMENT, steps, [("b", b"sew")])
    assert [said(drawn, wire) for wire in drawn.wires] == ["gap>ship", "ship>sew", "sew>product"]


def test_a_product_that_no_step_makes_is_a_gap_before_it() -> None:
    drawn = layout(GARMENT, [make("spin", "", "y")], [(GARMENT, None)])
    assert names(drawn) == ["spin", "gap", "product"]
    assert [said(drawn, wire) for wire in drawn.wires] == ["gap>product"]


def test_an_item_comes_from_the_step_that_made_its_batch() -> None:
    drawn = layout(f"{GARMENT}/21/7", [make("sew", "", "g")])
    assert [said(drawn, wire) for wire in drawn.wires] == ["sew>product"]


def test_a_step_that_names_another_without_a_common_lot_hangs_on_it() -> None:
    steps = make("spin", "", "y", 1), make("sew", "z", "g", 2)
    drawn = layout(GARMENT, steps, named={b"sew": [b"spin", b"spin", b"elsewhere"]})
    assert [said(drawn, wire) for wire in drawn.wires if not wire.lot] == ["spin>sew"]


def test_steps_that_could_not_be_read_are_there_without_lots() -> None:
    drawn = layout(GARMENT, [make("sew", "", "g")], unread=[b"lost", b"sew"])
    assert names(drawn) == ["sew", "lost", "product"]
    assert drawn.rows[1].takes == drawn.rows[1].gives == ()


def test_a_circle_is_told_and_not_drawn() -> None:
    drawn = layout(GARMENT, [make("one", "x", "y"), make("two", "y", "x")])
    assert (drawn.circular, drawn.wires) == (True, ())
    assert names(drawn) == ["one", "two", "product"]


def test_a_transport_that_closes_a_circle_leads_nowhere_up() -> None:
    """One van carries the yarn and the garment that was made of it."""
    van = Step(b"van", False, ("y", GARMENT), ("y", GARMENT), 5)
    drawn = layout(GARMENT, [make("spin", "", "y", 1), van, make("sew", "y", "g", 3)])
    assert not drawn.circular
    assert is_downward(drawn)


def test_what_finds_no_lane_is_counted_and_still_told() -> None:
    lots = [f"lot-{number}" for number in range(20)]
    steps = [Step(lot.encode(), True, (), (lot,), 1) for lot in lots]
    sew = Step(b"sew", True, tuple(lots), (GARMENT,), 2)
    drawn = layout(GARMENT, [*steps, sew])
    assert drawn.undrawn == 20 - MOST_LANES
    assert drawn.width == MOST_LANES + 1
    assert len(next(row for row in drawn.rows if row.node.step == b"sew").takes) == 20


def test_thousands_of_makes_and_uses_of_one_lot_are_one_wire() -> None:
    makers = [Step(b"make %d" % number, True, (), ("y",), 1) for number in range(3_000)]
    users = [Step(b"use %d" % number, True, ("y",), (), 2) for number in range(3_000)]
    drawn = layout(GARMENT, [*makers, *users])
    assert (len(drawn.rows), len(drawn.wires), drawn.width) == (6_001, 1, 2)


# Whatever the steps

LOTS = st.sampled_from(["a", "b", "c", "d", "e", GARMENT])
SOME = st.lists(LOTS, max_size=3).map(tuple)


@st.composite
def any_steps(draw: st.DrawFn) -> list[Step]:
    """Steps as a hostile list has them: circles, repeated ids, any lots, any times."""
    steps = []
    for _ in range(draw(st.integers(0, 12))):
        name = b"%d" % draw(st.integers(0, 9))
        ends, is_make, at = draw(SOME), draw(st.booleans()), draw(st.integers(0, 5))
        steps.append(Step(name, is_make, draw(SOME) if is_make else ends, ends, at))
    return steps


@st.composite
def orderly_steps(draw: st.DrawFn) -> list[Step]:
    """Makes of lots of their own out of earlier ones, in the order of their making."""
    steps: list[Step] = []
    for number in range(draw(st.integers(1, 12))):
        earlier = [f"lot-{each}" for each in range(number)]
        inputs = draw(st.lists(st.sampled_from(earlier), max_size=4)) if earlier else []
        own = (f"lot-{number}", f"twin-{number}", f"lot-{draw(st.integers(0, 99))}'")
        steps.append(Step(b"%d" % number, True, tuple(inputs), own, number))
    return steps


GAPS = st.lists(st.tuples(LOTS, st.none() | st.sampled_from([b"0", b"1", b"2"])), max_size=4)


def is_downward(drawn: Timeline) -> bool:
    return all(
        wire.sources[0] < wire.targets[0] and wire.sources[-1] < wire.targets[-1]
        for wire in drawn.wires
    )


@given(any_steps(), GAPS)
def test_every_step_is_there_exactly_once(
    steps: list[Step], gaps: list[tuple[str, bytes | None]]
) -> None:
    drawn = layout(GARMENT, steps, gaps)
    found = [row.node.step for row in drawn.rows if row.node.kind == "step"]
    assert sorted(found) == sorted({step.id for step in steps})
    assert {row.node.lot for row in drawn.rows if row.node.kind == "gap"} == {
        lot for lot, _ in gaps
    }
    assert drawn.rows[-1].node.kind == "product"


@given(orderly_steps())
def test_every_edge_is_drawn(steps: list[Step]) -> None:
    drawn = layout(GARMENT, steps, most_lanes=MANY)
    row_of = {row.node.step: number for number, row in enumerate(drawn.rows)}
    flows = build(steps).flows
    edges = {(flow.product, row_of[flow.source], row_of[flow.target]) for flow in flows}
    found = {(w.lot, s, t) for w in drawn.wires for s in w.sources for t in w.targets if s < t}
    assert edges == found
    assert drawn.undrawn == 0


@given(any_steps(), GAPS, st.sampled_from([0, 1, 3, MANY]))
def test_nothing_stands_above_what_it_was_made_of(
    steps: list[Step], gaps: list[tuple[str, bytes | None]], most: int
) -> None:
    drawn = layout(GARMENT, steps, gaps, most_lanes=most)
    assert is_downward(drawn)
    assert drawn.width <= most + 1


@given(any_steps(), GAPS, st.sampled_from([1, 3, MANY]))
def test_lanes_never_collide(
    steps: list[Step], gaps: list[tuple[str, bytes | None]], most: int
) -> None:
    """From row to row each lane is one wire's, and a node stands in nobody's way."""
    drawn = layout(GARMENT, steps, gaps, most_lanes=most)
    for number, row in enumerate(drawn.rows):
        running = [
            (wire.lane, which)
            for which, wire in enumerate(drawn.wires)
            if wire.lane is not None and wire.sources[0] <= number < wire.targets[-1]
        ]
        assert len({lane for lane, _ in running}) == len(running)
        after = {*row.past, *row.below}
        assert {lane for lane, _ in running} == after
        if number + 1 < len(drawn.rows):
            following = drawn.rows[number + 1]
            assert after == {*following.past, *following.above}
        assert row.lane not in row.past


@given(any_steps(), GAPS, st.randoms())
def test_the_order_in_which_steps_are_given_changes_nothing(
    steps: list[Step], gaps: list[tuple[str, bytes | None]], random: Random
) -> None:
    once = list({step.id: step for step in steps}.values())
    drawn = layout(GARMENT, once, gaps)
    if drawn.circular:
        return
    shuffled = once[:]
    random.shuffle(shuffled)
    again = layout(GARMENT, shuffled, gaps)
    assert [row.node for row in drawn.rows] == [row.node for row in again.rows]
    assert {said(drawn, wire) for wire in drawn.wires} == {
        said(again, wire) for wire in again.wires
    }
