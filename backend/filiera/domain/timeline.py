# SPDX-License-Identifier: Apache-2.0
"""The product graph laid out to be drawn, from fibre to shop, one row a node. Pure.

Steps, gaps and last the product stand one under the other, nothing above what it was made
of. A lot that passes from some of them to others is a *wire*, which runs down one *lane*
from the first that brings it forth to the last that takes it: several that bring it forth
join it, several that take it split it. So a drawing has as many wires as lots, however many
pairs there are, and the work is linear in steps and lots.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from typing import Final, Literal

from filiera.domain.bearing import wholes
from filiera.domain.graph import Graph, Step, build
from filiera.errors import ConflictError

MOST_LANES: Final = 6
"""Wires side by side that a phone's width has room for; the rest is told in words alone."""
_PRODUCT: Final = b"product"
_LAST: Final = 1 << 63


@dataclass(frozen=True, slots=True)
class Node:
    """What a row is about: a step by its record, or a gap or the product by its lot."""

    kind: Literal["step", "gap", "product"]
    step: bytes = b""
    lot: str = ""


@dataclass(frozen=True, slots=True)
class Wire:
    """A lot on its way: the rows that bring it forth and those that take it, both ascending.

    `lot` is empty where a step names another one as its input, and they share no lot. `lane`
    is None for one that is not drawn.
    """

    lot: str
    sources: tuple[int, ...]
    targets: tuple[int, ...]
    lane: int | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A node in its lane, and the lanes of the wires around it.

    `above` enter it, `below` leave it, `past` go by, those included that it only taps or
    joins. `takes` and `gives` are the numbers of all wires, drawn or not.
    """

    node: Node
    lane: int
    above: tuple[int, ...] = ()
    below: tuple[int, ...] = ()
    past: tuple[int, ...] = ()
    takes: tuple[int, ...] = ()
    gives: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Timeline:
    """The drawing: `width` lanes. `circular` is True where the steps form a circle.

    Then nothing can be above what it was made of: rows are as they were given, without wires.
    """

    rows: tuple[Row, ...]
    wires: tuple[Wire, ...]
    width: int
    circular: bool = False

    @property
    def undrawn(self) -> int:
        """How many wires found no lane."""
        return sum(wire.lane is None for wire in self.wires)


def layout(
    product: str,
    steps: Iterable[Step],
    gaps: Iterable[tuple[str, bytes | None]] = (),
    *,
    unread: Iterable[bytes] = (),
    named: Mapping[bytes, Sequence[bytes]] | None = None,
    most_lanes: int = MOST_LANES,
) -> Timeline:
    """Lay out the way of `product`.

    `gaps` are lots that no step makes, each with a step that uses it (None: the product
    itself); `unread` the steps of which nothing is known; `named` the steps that a step
    names as those which made its inputs. Of a step that is given twice the last one counts.
    """
    given = {step.id: step for step in steps}
    missing = _missing(gaps, given)
    lots = {lot for step in given.values() for lot in (*step.outputs, product)}
    end = Step(_PRODUCT, True, tuple(sorted(_parts(product, lots))), (), _LAST)
    nodes = {
        **{step.id: Node("step", step.id) for step in given.values()},
        **{step.id: Node("gap", lot=step.outputs[0]) for step in missing},
        **{each: Node("step", each) for each in unread if each not in given},
        _PRODUCT: Node("product", lot=product),
    }
    everything = [*missing, *given.values(), end]
    try:
        made = build(everything)
    except ConflictError:
        made = None
    order = [step.id for step in (made.steps if made else everything) if step is not end]
    order = list(dict.fromkeys([*order, *(each for each in nodes if each != _PRODUCT), _PRODUCT]))
    row_of = {each: number for number, each in enumerate(order)}
    wires = list(_wires(made, named or {}, row_of)) if made else []
    return _drawn([nodes[each] for each in order], wires, most_lanes, circular=made is None)


def _parts(product: str, lots: Iterable[str]) -> Iterator[str]:
    """The lots that are the product, a part of it, or the whole that it is part of."""
    own = {*wholes(product)}
    return (lot for lot in lots if lot in own or product in wholes(lot))


def _missing(
    gaps: Iterable[tuple[str, bytes | None]], steps: Mapping[bytes, Step]
) -> Sequence[Step]:
    """Each lot that nobody makes as a make of it alone, just before its first use."""
    uses: dict[str, int] = {}
    for lot, user in gaps:
        at = steps[user].at if user is not None and user in steps else _LAST
        uses[lot] = min(at, uses.get(lot, at))
    # Shorter than any record's id, so never the id of one.
    return [
        Step(b"gap %d" % number, True, (), (lot,), at - 1)
        for number, (lot, at) in enumerate(uses.items())
    ]


def _wires(
    made: Graph, named: Mapping[bytes, Sequence[bytes]], row_of: Mapping[bytes, int]
) -> Iterator[Wire]:
    for passage in made.passages:
        sources = {row_of[step.id] for step in passage.sources}
        targets = {row_of[step.id] for step in passage.targets}
        yield from _downward(passage.lot, sources, targets)
    by_id = {step.id: step for step in made.steps}
    for user, makers in named.items():
        for maker in dict.fromkeys(makers):
            if maker in by_id and user in by_id and not _share(by_id[maker], by_id[user]):
                yield from _downward("", {row_of[maker]}, {row_of[user]})


def _share(maker: Step, user: Step) -> bool:
    return not {*maker.outputs}.isdisjoint(user.inputs)


def _downward(lot: str, sources: set[int], targets: set[int]) -> Iterator[Wire]:
    """The wire, without the ends that only lead upward: a transport that closes a circle."""
    down = sorted(each for each in sources if each < max(targets))
    reached = sorted(each for each in targets if each > min(sources))
    if down and reached:
        yield Wire(lot, tuple(down), tuple(reached))


def _drawn(
    nodes: Sequence[Node], wires: Sequence[Wire], most_lanes: int, *, circular: bool
) -> Timeline:
    lanes = _Lanes(wires, most_lanes)
    rows = tuple(lanes.row(number, node) for number, node in enumerate(nodes))
    drawn = tuple(
        Wire(wire.lot, wire.sources, wire.targets, lanes.given.get(number))
        for number, wire in enumerate(wires)
    )
    width = 1 + max((lane for row in rows for lane in (row.lane, *row.below)), default=0)
    return Timeline(rows, drawn, width, circular)


class _Lanes:
    """Lanes as they are taken and freed, row after row. `given` says which wire got which."""

    def __init__(self, wires: Sequence[Wire], most: int) -> None:
        self.wires = wires
        self.given: dict[int, int] = {}
        self._free = list(range(most))
        self._beside = most
        self._running: dict[int, int] = {}
        self._takes: dict[int, list[int]] = defaultdict(list)
        self._gives: dict[int, list[int]] = defaultdict(list)
        for number, wire in enumerate(wires):
            for row in wire.targets:
                self._takes[row].append(number)
            for row in wire.sources:
                self._gives[row].append(number)
        heapify(self._free)

    def row(self, number: int, node: Node) -> Row:
        """The next row: what ends in it frees its lane before what begins takes one."""
        takes, gives = self._takes[number], self._gives[number]
        above = sorted(self._running[wire] for wire in takes if wire in self._running)
        for wire in takes:
            if self.wires[wire].targets[-1] == number and wire in self._running:
                heappush(self._free, self._running.pop(wire))
        past = tuple(sorted(self._running.values()))
        lane = self._place(above, past)
        for wire in sorted(gives, key=lambda each: (self.wires[each].targets[-1], each)):
            if self.wires[wire].sources[0] == number and self._free:
                self.given[wire] = self._running[wire] = self._take(lane)
        below = sorted(self._running[wire] for wire in gives if wire in self._running)
        return Row(node, lane, tuple(above), tuple(below), past, tuple(takes), tuple(gives))

    def _place(self, above: Sequence[int], past: Sequence[int]) -> int:
        """Where the node stands: under what ends in it, else where nothing goes by."""
        ending = [lane for lane in above if lane not in past]
        return min(ending, default=self._free[0] if self._free else self._beside)

    def _take(self, wanted: int) -> int:
        """A free lane, the wanted one if it is free."""
        if wanted in self._free:
            self._free.remove(wanted)
            heapify(self._free)
            return wanted
        return heappop(self._free)
