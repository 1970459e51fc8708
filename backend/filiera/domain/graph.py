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
    sorter: TopologicalSorter[bytes] = TopologicalSorter(dict.fromkeys(by_id, ()))
    for flow in flows:
        sorter.add(flow.target, flow.source)
    try:
        sorter.prepare()
    except CycleError:
        raise ConflictError(
            "cycle", "The steps form a circle: a lot would be made out of itself."
        ) from None
    return Graph(tuple(by_id[each] for each in _by_time(sorter, by_id)), flows)


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


def _by_time(sorter: TopologicalSorter[bytes], by_id: Mapping[bytes, Step]) -> Iterator[bytes]:
    ready: list[tuple[int, bytes]] = []
    while sorter.is_active():
        for each in sorter.get_ready():
            heappush(ready, (by_id[each].at, each))
        _, each = heappop(ready)
        yield each
        sorter.done(each)
