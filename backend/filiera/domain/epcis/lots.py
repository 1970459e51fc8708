# SPDX-License-Identifier: Apache-2.0
"""Which steps brought a lot forth and which moved it: how planned steps are linked.

Two identifiers meet if they name the same thing, or an item and the batch that it says it
is of. A model meets only itself: "220 pieces of that GTIN" does not say which lots.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from graphlib import CycleError, TopologicalSorter
from heapq import heappop, heappush
from typing import Final

from filiera.domain.epcis.draft import Draft
from filiera.errors import InputError
from filiera.model.gs1 import Granularity, ProductId, product_id
from filiera.model.statement import StepKind

MAX_UPSTREAM: Final = 800
"""Steps that one record links: with its documents they must fit a record's lists."""


@dataclass(slots=True)
class _Index:
    """Drafts by the identity of their goods, and by the batch of these."""

    exact: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    of_batch: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))


class Lots:
    """The drafts of an import, found by what they make or move.

    `stated` maps an item's identity to its batch where master data names it. Drafts are
    known by their position in `drafts`.
    """

    def __init__(self, drafts: Sequence[Draft], stated: Mapping[str, ProductId]) -> None:
        self.drafts = drafts
        self._stated = stated
        self._makes, self._moves = _Index(), _Index()
        for number, draft in enumerate(drafts):
            index = self._makes if draft.kind is StepKind.MAKE else self._moves
            for identity in dict.fromkeys(product_id(g.product).identity for g in draft.outputs):
                index.exact[identity].append(number)
            # Items made out of their own batch do not bring it forth.
            used = {product_id(g.product).identity for g in draft.inputs}
            for batch in dict.fromkeys(filter(None, map(self._batch_of, _ids(draft)))):
                if draft.kind is not StepKind.MAKE or batch not in used:
                    index.of_batch[batch].append(number)

    def makes(self, product: str) -> list[int]:
        """The drafts that brought `product` forth."""
        return self._find(self._makes, product)

    def moves(self, product: str) -> list[int]:
        """The drafts that moved `product`."""
        return self._find(self._moves, product)

    def same(self, product: str) -> set[str]:
        """The identities under which `product` is spoken of: its own, and its batch's."""
        found = product_id(product)
        return {found.identity, self._batch_of(found) or found.identity}

    def _batch_of(self, product: ProductId) -> str | None:
        if product.granularity is not Granularity.ITEM:
            return None
        batch = product.batch or self._stated.get(product.identity)
        return batch.identity if batch else None

    def _find(self, index: _Index, product: str) -> list[int]:
        found: dict[int, None] = {}
        for identity in sorted(self.same(product)):
            found.update(dict.fromkeys(index.exact.get(identity, ())))
        found.update(dict.fromkeys(index.of_batch.get(product_id(product).identity, ())))
        return sorted(found)

    def upstream(self, number: int) -> list[int]:
        """The drafts that a draft's own goods come from.

        For a make, those that made its inputs not later than itself by their own word (if
        all claim to be later, a clock is wrong and all count), and those that moved them
        before it. For a move, those that had made its goods by then.
        """
        draft = self.drafts[number]
        found: dict[int, None] = {}
        for goods in draft.inputs:
            makers = [each for each in self.makes(goods.product) if each != number]
            timely = [each for each in makers if self._at(each) <= self._at(number)]
            found.update(dict.fromkeys(timely))
            if draft.kind is StepKind.MAKE:
                found.update(dict.fromkeys([] if timely else makers))
                moves = self.moves(goods.product)
                found.update((each, None) for each in moves if self._at(each) < self._at(number))
        if len(found) > MAX_UPSTREAM:
            raise InputError(
                "epcis-too-large",
                f"More than {MAX_UPSTREAM} steps lead into one.",
                where=draft.key.where,
            )
        return sorted(found)

    def _at(self, number: int) -> datetime:
        return self.drafts[number].key.at


def _ids(draft: Draft) -> Iterator[ProductId]:
    return (product_id(goods.product) for goods in draft.outputs)


def in_order(lots: Lots) -> list[int]:
    """Every draft after all those upstream of it, else by time, else as they came.

    Raises InputError (`cycle`) when a lot would be made out of itself, naming the events.
    """
    everything = range(len(lots.drafts))
    _refuse_cycle(lots, {n: _makers(lots, n) for n in everything})
    sorter = _refuse_cycle(lots, {n: lots.upstream(n) for n in everything})
    ready: list[tuple[datetime, int, int]] = []
    ordered: list[int] = []
    while sorter.is_active():
        for number in sorter.get_ready():
            key = lots.drafts[number].key
            heappush(ready, (key.at, key.order, number))
        _, _, number = heappop(ready)
        ordered.append(number)
        sorter.done(number)
    return ordered


def _makers(lots: Lots, number: int) -> Iterable[int]:
    """Whatever the times say: two lots cannot each be made of the other."""
    draft = lots.drafts[number]
    if draft.kind is not StepKind.MAKE:
        return ()
    return {m for goods in draft.inputs for m in lots.makes(goods.product) if m != number}


def _refuse_cycle(lots: Lots, graph: Mapping[int, Iterable[int]]) -> TopologicalSorter[int]:
    sorter = TopologicalSorter(graph)
    try:
        sorter.prepare()
    except CycleError as error:
        events = dict.fromkeys(lots.drafts[number].key.where for number in error.args[1])
        raise InputError(
            "cycle",
            "The events form a circle: a lot would be made, or moved, before itself.",
            where=", ".join(events),
            hint="One of them names a wrong lot, or a lot number was used twice.",
        ) from None
    return sorter
