# SPDX-License-Identifier: Apache-2.0
"""Which events are steps, and why the others are not.

A TransformationEvent is a make. An ADD ObjectEvent is a make without inputs, unless
another event outputs the same id. An ObjectEvent that names both facilities is a move.
All others, and any that is declared in error, are also said.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from filiera.domain.epcis import goods as goods_of
from filiera.domain.epcis import saying
from filiera.domain.epcis.draft import Draft, missing, unfit
from filiera.domain.epcis.files import Occurrence
from filiera.domain.epcis.goods import Glossary
from filiera.domain.epcis.plan import Reason
from filiera.model.epcis import (
    Action,
    AggregationEvent,
    AssociationEvent,
    Event,
    ObjectEvent,
    TransactionEvent,
    TransformationEvent,
)
from filiera.model.gs1 import product_id
from filiera.model.statement import Goods, StepKind


@dataclass(frozen=True, slots=True)
class Aside:
    """An event that is no step, of the products that it says nothing more of, and why."""

    occurrence: Occurrence
    reason: Reason
    products: tuple[str, ...]
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sorted:
    """Drafts that have all that a step must have, and everything else."""

    drafts: tuple[Draft, ...]
    asides: tuple[Aside, ...]


def sort_events(events: Sequence[Occurrence], words: Glossary) -> Sorted:
    """Every event as part of a step or aside; a partly covered ADD is both."""
    return _Sorting(words).run(events)


_TYPE_REASONS: Final[dict[type[Event], Reason]] = {
    AssociationEvent: Reason.ASSOCIATION,
    AggregationEvent: Reason.AGGREGATION,
    TransactionEvent: Reason.TRANSACTION,
}


@dataclass(slots=True)
class _Sorting:
    words: Glossary
    drafts: list[Draft] = field(default_factory=list)
    asides: list[Aside] = field(default_factory=list)

    def run(self, events: Sequence[Occurrence]) -> Sorted:
        standing = list(self._standing(events))
        made = [each for each in standing if isinstance(each.event, TransformationEvent)]
        for group in _transformations(made):
            self._keep(self._transformation(group))
        taken = {
            product_id(goods.product).identity
            for each in made
            for goods in goods_of.outputs(each.event, self.words)
        }
        self._objects([each for each in standing if isinstance(each.event, ObjectEvent)], taken)
        for each in standing:
            if not isinstance(each.event, ObjectEvent | TransformationEvent):
                self._aside(each, _TYPE_REASONS.get(type(each.event), Reason.EXTENSION))
        return Sorted(
            tuple(sorted(self.drafts, key=lambda draft: draft.key.order)),
            tuple(sorted(self.asides, key=lambda aside: aside.occurrence.order)),
        )

    def _standing(self, events: Sequence[Occurrence]) -> Iterator[Occurrence]:
        """Events neither declared in error nor said before.

        An error declaration repeats the event with its eventID (EPCIS section 7.4), so
        it takes back the first one too.
        """
        wrong = {e.event.event_id for e in events if e.event.error_declaration} - {None}
        seen = set[str]()
        for each in events:
            identifier = each.event.event_id
            if each.event.error_declaration or identifier in wrong:
                self._aside(each, Reason.IN_ERROR)
            elif identifier in seen:
                self._aside(each, Reason.REPEATED)
            else:
                yield each
            if identifier is not None:
                seen.add(identifier)

    def _transformation(self, group: Sequence[Occurrence]) -> Draft:
        """One make of all events of a transformation: the last with outputs says when."""
        latest = sorted(group, key=lambda each: (each.at, each.order), reverse=True)
        key = next((e for e in latest if goods_of.outputs(e.event, self.words)), latest[0])
        ordered = [key, *(each for each in group if each is not key)]
        places = (saying.facility(each.event, self.words) for each in ordered)
        steps = (saying.activity(each.event) for each in ordered)
        return Draft(
            StepKind.MAKE,
            tuple(ordered),
            _distinct(g for each in group for g in goods_of.inputs(each.event, self.words)),
            _distinct(g for each in group for g in goods_of.outputs(each.event, self.words)),
            next(filter(None, steps), None),
            next(filter(None, places), None),
        )

    def _objects(self, events: Sequence[Occurrence], taken: set[str]) -> None:
        for each in sorted(events, key=lambda each: (each.at, each.order)):
            if _action(each) is Action.ADD:
                self._added(each, taken)
            else:
                self._moved(each)

    def _added(self, each: Occurrence, taken: set[str]) -> None:
        goods = goods_of.outputs(each.event, self.words)
        identities = {g.product: product_id(g.product).identity for g in goods}
        new = tuple(g for g in goods if identities[g.product] not in taken)
        old = tuple(product for product, identity in identities.items() if identity in taken)
        taken.update(identities.values())
        if goods and not new:
            self._moved(each)
            return
        if old:
            self.asides.append(Aside(each, Reason.OUTPUT_ELSEWHERE, old))
        self._keep(
            Draft(
                StepKind.MAKE,
                (each,),
                (),
                new,
                saying.activity(each.event),
                saying.facility(each.event, self.words),
            )
        )

    def _moved(self, each: Occurrence) -> None:
        ends = saying.facilities(each.event, self.words)
        if ends is None:
            self._aside(each, _OBJECT_REASONS[_action(each)])
            return
        goods = goods_of.outputs(each.event, self.words)
        self._keep(
            Draft(
                StepKind.MOVE,
                (each,),
                goods,
                goods,
                saying.activity(each.event),
                origin=ends[0],
                destination=ends[1],
            )
        )

    def _keep(self, draft: Draft) -> None:
        """Take a draft as a step if it says all that UNTP requires of one."""
        lacking = tuple(missing(draft))
        reason = Reason.INCOMPLETE if lacking else unfit(draft)
        if reason is None:
            self.drafts.append(draft)
            return
        for each in draft.events:
            self._aside(each, reason, lacking)

    def _aside(self, each: Occurrence, reason: Reason, missing: tuple[str, ...] = ()) -> None:
        products = goods_of.products(each.event, self.words)
        self.asides.append(Aside(each, reason, products, missing))


_OBJECT_REASONS: Final = {
    Action.ADD: Reason.OUTPUT_ELSEWHERE,
    Action.OBSERVE: Reason.OBSERVED,
    Action.DELETE: Reason.DELETED,
}


def _action(each: Occurrence) -> Action:
    assert isinstance(each.event, ObjectEvent)
    return each.event.action


def _transformations(events: Iterable[Occurrence]) -> list[list[Occurrence]]:
    groups: dict[str | int, list[Occurrence]] = {}
    for each in events:
        assert isinstance(each.event, TransformationEvent)
        groups.setdefault(each.event.transformation_id or each.order, []).append(each)
    return list(groups.values())


def _distinct(goods: Iterable[Goods]) -> tuple[Goods, ...]:
    return tuple(dict.fromkeys(goods))
