# SPDX-License-Identifier: Apache-2.0
"""The product graph: steps joined by the lots that pass from one to the next. Pure.

A *make* turns input lots into output lots; a *move* or *modify* touches lots and leaves
their ids as they are. For each lot the makes that bring it forth come first, then what
touched it by claimed time, then the makes that use it up. Joins (one make, many inputs),
splits (one lot, many users) and diamonds are ordinary; a lot made out of itself is not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from heapq import heappop, heappush
from itertools import pairwise

from filiera.errors import ConflictError


@dataclass(frozen=True, slots=True)
class Step:
    """A step as the graph sees it; `inputs` and `outputs` are product ids.

    `make` is False for a move or modify, whose inputs and outputs are the touched lots.
    `at` is the claimed instant in seconds since 1970.
    """

    id: bytes
    make: bool
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    at: int


@dataclass(frozen=True, slots=True)
class Flow:
    """A lot that passes from one step to another."""

    product: str
    source: bytes
    target: bytes


@dataclass(frozen=True, slots=True)
class Graph:
    """Steps from fibre to shop, and the lots that flow between them."""

    steps: tuple[Step, ...]
    flows: tuple[Flow, ...]


def build(steps: Iterable[Step]) -> Graph:
    """Order the steps, earliest claimed first among those that do not depend on each other.

    Raises ConflictError (`cycle`) when a lot would be made out of itself.
    """
    by_id = {step.id: step for step in steps}
    flows = tuple(_flows(by_id.values()))
    try:
        order = _by_time(by_id, flows)
    except CycleError:
        order = _order_of_makes(by_id)
    return Graph(tuple(by_id[each] for each in order), flows)


def _order_of_makes(by_id: Mapping[bytes, Step]) -> list[bytes]:
    """The order where one transport carries a lot and what was made of it.

    Then nothing waits for a transport; and a circle that is left is one of makes alone.
    """
    makers = _index((s, s.outputs) for s in by_id.values() if s.make)
    flows = [
        Flow(lot, maker.id, step.id)
        for step in by_id.values()
        for lot in step.inputs
        for maker in makers.get(lot, ())
    ]
    try:
        return _by_time(by_id, flows)
    except CycleError:
        raise ConflictError(
            "cycle", "The steps form a circle: a lot would be made out of itself."
        ) from None


def _flows(steps: Iterable[Step]) -> Iterator[Flow]:
    """For each lot: from its makes through what touched it to its uses."""
    everything = list(steps)
    makers = _index((s, s.outputs) for s in everything if s.make)
    touchers = _index((s, s.outputs) for s in everything if not s.make)
    users = _index((s, s.inputs) for s in everything if s.make)
    for lot in dict.fromkeys([*makers, *touchers, *users]):
        chain = sorted(touchers.get(lot, ()), key=lambda step: (step.at, step.id))
        stages = [makers.get(lot, []), *([each] for each in chain), users.get(lot, [])]
        stages = [stage for stage in stages if stage]
        for sources, targets in pairwise(stages):
            for source in sources:
                yield from (Flow(lot, source.id, target.id) for target in targets)


def _index(pairs: Iterable[tuple[Step, tuple[str, ...]]]) -> dict[str, list[Step]]:
    index: dict[str, list[Step]] = defaultdict(list)
    for step, lots in pairs:
        for lot in dict.fromkeys(lots):
            index[lot].append(step)
    return dict(index)


def _by_time(by_id: Mapping[bytes, Step], flows: Iterable[Flow]) -> list[bytes]:
    """The steps along `flows`, what is free to come first by claimed time.

    Raises CycleError.
    """
    sorter: TopologicalSorter[bytes] = TopologicalSorter(dict.fromkeys(by_id, ()))
    for flow in flows:
        sorter.add(flow.target, flow.source)
    sorter.prepare()
    ready: list[tuple[int, bytes]] = []
    order = []
    while sorter.is_active():
        for each in sorter.get_ready():
            heappush(ready, (by_id[each].at, each))
        _, each = heappop(ready)
        order.append(each)
        sorter.done(each)
    return order
