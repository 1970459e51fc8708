# SPDX-License-Identifier: Apache-2.0
"""From EPCIS events to what will be signed: the whole mapping, docs/epcis.md in code."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from filiera.domain.epcis import saying
from filiera.domain.epcis.choice import chosen
from filiera.domain.epcis.draft import Draft
from filiera.domain.epcis.files import EpcisFile, occurrences
from filiera.domain.epcis.goods import Glossary, batches, glossary, products
from filiera.domain.epcis.lots import MAX_UPSTREAM, Lots, in_order
from filiera.domain.epcis.plan import (
    AlsoSaid,
    Gap,
    ImportPlan,
    PlannedProduct,
    PlannedStep,
    Reason,
    StepRef,
)
from filiera.domain.epcis.sorting import Aside, sort_events
from filiera.errors import InputError
from filiera.model.gs1 import ProductId, levels, product_id
from filiera.model.ids import ni_uri
from filiera.model.links import RecordLink
from filiera.model.statement import Goods, OwnProduct, StatedBy, Step, StepKind

_TITLE_LIMIT: Final = 200


def plan_import(
    files: Sequence[EpcisFile], product: str | None = None, *, now: int | None = None
) -> ImportPlan:
    """Sort everything that the files say, and choose the product of the passport.

    `product` is any spelling of its id. With `now` (seconds since 1970 UTC) a step that
    claims to happen later is refused. Raises InputError: `usage` and `product-not-found`
    (listing the products found), `cycle`, `date-in-future`, `epcis-too-large`.
    """
    events = list(occurrences(files))
    words = glossary(files, events)
    found = tuple(dict.fromkeys(p for each in events for p in products(each.event, words)))
    all_sorted = sort_events(events, words)
    wrong = {a.occurrence.order for a in all_sorted.asides if a.reason is Reason.IN_ERROR}
    target = chosen(product, events, wrong, found, words)
    _refuse_future(all_sorted.drafts, now)
    stated = {item: batch for each in events for item, batch in batches(each.event)}
    lots = Lots(all_sorted.drafts, stated)
    order = in_order(lots)
    position = {number: place for place, number in enumerate(order)}
    titles = [_title(draft) for draft in lots.drafts]
    return _Planning(tuple(files), words, lots, order, position, titles).plan(
        target, all_sorted.asides, found
    )


def _refuse_future(drafts: Iterable[Draft], now: int | None) -> None:
    for draft in drafts:
        if now is not None and draft.key.at > datetime.fromtimestamp(now, UTC):
            raise InputError(
                "date-in-future",
                f"{draft.key.event.event_time} lies in the future.",
                where=f"{draft.key.where}.eventTime",
            )


@dataclass(frozen=True, slots=True)
class _Planning:
    """`order` holds the numbers of the drafts in `lots` in the order of signing.

    `position` is its inverse; `titles` are by number too.
    """

    files: tuple[EpcisFile, ...]
    words: Glossary
    lots: Lots
    order: list[int]
    position: dict[int, int]
    titles: list[str]

    def plan(
        self, target: ProductId, asides: Sequence[Aside], found: tuple[str, ...]
    ) -> ImportPlan:
        also_said = tuple(self._also_said(aside) for aside in asides)
        listed = self._listed(target)
        return ImportPlan(
            self.files,
            tuple(self._step(position) for position in range(len(self.order))),
            self._product(target, listed, also_said),
            also_said,
            tuple(self._gaps(listed)),
            found,
        )

    def _draft(self, position: int) -> Draft:
        return self.lots.drafts[self.order[position]]

    def _refs(self, numbers: Collection[int]) -> tuple[StepRef, ...]:
        """Drafts as planned steps, in the order of signing."""
        ordered = sorted(numbers, key=self.position.__getitem__)
        return tuple(StepRef(self.position[number], self.titles[number]) for number in ordered)

    def _step(self, position: int) -> PlannedStep:
        draft = self._draft(position)
        key = draft.key.event
        assert draft.activity is not None  # sorting keeps no draft without it
        step = Step(
            event=_event_uri(draft),
            kind=draft.kind,
            name=self.titles[self.order[position]],
            date=key.event_time,
            activity=draft.activity,
            inputs=draft.inputs,
            outputs=draft.outputs,
            place=draft.place,
            origin=draft.origin,
            destination=draft.destination,
            description=_description(draft),
        )
        return PlannedStep(
            number=position,
            step=step,
            stated_by=saying.stated_by(draft.key, self.words),
            documents=_documents(each.file for each in draft.events),
            sources=tuple(each.where for each in draft.events),
            upstream=self._refs(self.lots.upstream(self.order[position])),
            time_zone=key.event_time_zone_offset,
        )

    def _listed(self, target: ProductId) -> set[int]:
        """The drafts that the product came through: those of its own, and all upstream."""
        waiting, listed = self._own(target), set[int]()
        while waiting:
            number = waiting.pop()
            if number not in listed:
                listed.add(number)
                waiting.extend(self.lots.upstream(number))
        return listed

    def _own(self, target: ProductId) -> list[int]:
        return [*self.lots.makes(target.uri), *self.lots.moves(target.uri)]

    def _product(
        self, target: ProductId, listed: set[int], also_said: Sequence[AlsoSaid]
    ) -> PlannedProduct:
        about = self._about(target, listed)
        said = tuple(
            each for each in also_said if any(about & self.lots.same(p) for p in each.products)
        )
        # What a step lists is vouched for with it, so the last ones alone say the same.
        steps = self._refs(listed if len(listed) <= MAX_UPSTREAM else set(self._own(target)))
        if len(steps) > MAX_UPSTREAM:
            raise InputError(
                "epcis-too-large", f"More than {MAX_UPSTREAM} steps are of {target.uri}."
            )
        return PlannedProduct(
            product=self._own_product(target),
            stated_by=self._word_on(target, said),
            steps=steps,
            documents=_documents(self.files),
            also_said=said,
        )

    def _about(self, target: ProductId, listed: set[int]) -> set[str]:
        """The identities of the product, its batch and model, and of every lot upstream."""
        drafts = (self.lots.drafts[number] for number in listed)
        lots = (goods.product for draft in drafts for goods in (*draft.inputs, *draft.outputs))
        wider = {level.identity for level in levels(target)}
        return wider.union(*(self.lots.same(product) for product in (target.uri, *lots)))

    def _last_make(self, target: ProductId) -> Draft | None:
        makes = set(self.lots.makes(target.uri))
        return next((self.lots.drafts[n] for n in reversed(self.order) if n in makes), None)

    def _own_product(self, target: ProductId) -> OwnProduct:
        made = self._last_make(target)
        stated = [g.granularity for g in made.outputs if g.product == target.uri] if made else []
        return OwnProduct(
            product=target.uri,
            name=self.words.name_of(target),
            granularity=next(iter(stated), target.granularity),
            place=made.place if made else None,
            batch_number=target.lot,
            item_number=target.serial,
        )

    def _word_on(self, target: ProductId, said: Sequence[AlsoSaid]) -> StatedBy:
        """Who says that the product is: its maker, its mover, or the first that spoke of it."""
        own = [self._last_make(target), *(self.lots.drafts[n] for n in self._own(target))]
        for draft in filter(None, own):
            return saying.stated_by(draft.key, self.words)
        if said:
            return said[0].stated_by
        return StatedBy(ni_uri(self.files[0].sha256), self.files[0].name)

    def _also_said(self, aside: Aside) -> AlsoSaid:
        each, event = aside.occurrence, aside.occurrence.event
        action = getattr(event, "action", None)
        return AlsoSaid(
            file=each.file.sha256,
            file_name=each.file.name,
            index=each.index,
            event=each.uri,
            type=event.type,
            action=str(action) if action else None,
            business_step=event.biz_step,
            time=event.event_time,
            products=aside.products,
            reason=aside.reason,
            stated_by=saying.stated_by(each, self.words),
            missing=aside.missing,
        )

    def _gaps(self, listed: set[int]) -> Iterable[Gap]:
        for position, number in enumerate(self.order):
            draft = self.lots.drafts[number]
            if number in listed and draft.kind is StepKind.MAKE:
                for product, name in dict.fromkeys((g.product, g.name) for g in draft.inputs):
                    if not set(self.lots.makes(product)) - {number}:
                        yield Gap(product, name, position)


def _documents(files: Iterable[EpcisFile]) -> tuple[RecordLink, ...]:
    return tuple({file.sha256: file.link for file in files}.values())


def _event_uri(draft: Draft) -> str:
    """The event's id; of a transformation in several events, its transformationID."""
    transformation = getattr(draft.key.event, "transformation_id", None)
    return transformation if transformation and len(draft.events) > 1 else draft.key.uri


def _title(draft: Draft) -> str:
    """What was done to what, in the events' own words: EPCIS events have no names."""
    assert draft.activity is not None
    goods = draft.outputs
    more = f" and {len(goods) - 1} more" if len(goods) > 1 else ""
    title = f"{draft.activity.name}: {_label(goods[0])}"
    return f"{title[:_TITLE_LIMIT]}{more}"


def _label(goods: Goods) -> str:
    label = product_id(goods.product).label
    return label if goods.name == goods.product else f"{goods.name} ({label})"


def _description(draft: Draft) -> str:
    places = ", ".join(each.where for each in draft.events[:20])
    zone = draft.key.event.event_time_zone_offset
    local = f" The local time is UTC{zone}." if zone else ""
    return f"{draft.key.event.type} of {places}.{local}"
