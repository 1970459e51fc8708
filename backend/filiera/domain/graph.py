# SPDX-License-Identifier: Apache-2.0
"""The product graph: steps joined by the lots that pass from one to the next. Pure.

A *make* turns input lots into output lots; a *move* or *modify* touches lots and leaves
their ids as they are. For each lot the makes that bring it forth come first, then what
touched it by claimed time, then the makes that use it up. Joins (one make, many inputs),
splits (one lot, many users) and diamonds are ordinary; a lot made out of itself is not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from graphlib import CycleError
from heapq import heapify, heappop, heappush
from itertools import islice, pairwise
from typing import Final

from filiera.errors import ConflictError

MAX_FLOWS: Final = 20_000
"""Flows that are told one by one: of many makes and uses of many lots, each pair is one."""


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
class Passage:
    """A lot that passes from every one of some steps to every one of others."""

    lot: str
    sources: list[Step]
    targets: list[Step]


@dataclass(frozen=True, slots=True)
class Graph:
    """Steps from fibre to shop, and the lots that pass between them."""

    steps: tuple[Step, ...]
    passages: tuple[Passage, ...]

    @property
    def flows(self) -> tuple[Flow, ...]:
        """The passages pair by pair, at most `MAX_FLOWS`."""
        return tuple(islice(_flows(self.passages), MAX_FLOWS))


def build(steps: Iterable[Step]) -> Graph:
    """Order the steps, earliest claimed first among those that do not depend on each other.

    Raises ConflictError (`cycle`) when a lot would be made out of itself.
    """
    by_id = {step.id: step for step in steps}
    passages = tuple(_passages(by_id.values()))
    try:
        order = _by_time(by_id, passages)
    except CycleError:
        order = _order_of_makes(by_id)
    return Graph(tuple(by_id[each] for each in order), passages)


def _order_of_makes(by_id: Mapping[bytes, Step]) -> list[bytes]:
    """The order where one transport carries a lot and what was made of it.

    Then nothing waits for a transport; and a circle that is left is one of makes alone.
    """
    makers = _index((s, s.outputs) for s in by_id.values() if s.make)
    users = _index((s, s.inputs) for s in by_id.values())
    passages = (Passage(lot, makers[lot], users[lot]) for lot in makers.keys() & users.keys())
    try:
        return _by_time(by_id, passages)
    except CycleError:
        raise ConflictError(
            "cycle", "The steps form a circle: a lot would be made out of itself."
        ) from None


def _passages(steps: Collection[Step]) -> Iterator[Passage]:
    """For each lot: from its makes through what touched it, by claimed time, to its uses."""
    makers = _index((s, s.outputs) for s in steps if s.make)
    touchers = _index((s, s.outputs) for s in steps if not s.make)
    users = _index((s, s.inputs) for s in steps if s.make)
    for lot in dict.fromkeys([*makers, *touchers, *users]):
        chain = sorted(touchers.get(lot, ()), key=lambda step: (step.at, step.id))
        stages = [makers.get(lot, []), *([each] for each in chain), users.get(lot, [])]
        stages = [stage for stage in stages if stage]
        yield from (Passage(lot, *pair) for pair in pairwise(stages))


def _flows(passages: Iterable[Passage]) -> Iterator[Flow]:
    for passage in passages:
        for source in passage.sources:
            for target in passage.targets:
                yield Flow(passage.lot, source.id, target.id)


def _index(pairs: Iterable[tuple[Step, tuple[str, ...]]]) -> dict[str, list[Step]]:
    index: dict[str, list[Step]] = defaultdict(list)
    for step, lots in pairs:
        for lot in dict.fromkeys(lots):
            index[lot].append(step)
    return dict(index)


def _by_time(by_id: Mapping[bytes, Step], passages: Iterable[Passage]) -> list[bytes]:
    """The steps along `passages`, what is free to come first by claimed time.

    Raises CycleError.
    """
    # The passage is a node itself: sources plus targets are fewer than their pairs.
    through = list(passages)
    before = [len(passage.sources) for passage in through]
    waiting = dict.fromkeys(by_id, 0)
    leaving: dict[bytes, list[int]] = defaultdict(list)
    for number, passage in enumerate(through):
        for step in passage.sources:
            leaving[step.id].append(number)
        for step in passage.targets:
            waiting[step.id] += 1
    ready = [(by_id[each].at, each) for each, count in waiting.items() if not count]
    heapify(ready)
    order: list[bytes] = []
    while ready:
        _, first = heappop(ready)
        order.append(first)
        for number in leaving[first]:
            before[number] -= 1
            for step in through[number].targets if not before[number] else ():
                waiting[step.id] -= 1
                if not waiting[step.id]:
                    heappush(ready, (step.at, step.id))
    if len(order) < len(by_id):
        raise CycleError
    return order
