# SPDX-License-Identifier: Apache-2.0
"""What one event says, in the words of a step: goods, places, activity, whose word it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from decimal import Decimal
from typing import Final

from filiera.domain.epcis.files import Occurrence
from filiera.errors import InputError
from filiera.model.activities import business_step
from filiera.model.epcis import (
    AggregationEvent,
    Event,
    Location,
    ObjectEvent,
    QuantityElement,
    TransactionEvent,
    TransformationEvent,
)
from filiera.model.gs1 import Granularity, ProductId, canonical_uri, gln_uri, levels, product_id
from filiera.model.gs1_link import digital_link
from filiera.model.ids import ni_uri
from filiera.model.named import Classified, Named
from filiera.model.scalars import LINE_LIMIT
from filiera.model.statement import Amount, Goods, Place, StatedBy

COUNT_UNIT: Final = "C62"
"""UNECE Recommendation 20 "one": EPCIS says that a quantity without `uom` is a count."""
_PRIVATE_STEPS: Final = Named("https://ref.gs1.org/epcis/bizStep", "GS1 EPCIS business step")
_RECEIVING: Final = frozenset({"accepting", "arriving", "receiving"})
"""Business steps that the destination's party does; all others are the source's."""
_LOT_ATTRIBUTE: Final = re.compile("(?:.*[:#/])?lotNumber")

Names = Mapping[str, str]
"""Canonical URI -> name, from master data."""


def inputs(event: Event, names: Names) -> tuple[Goods, ...]:
    """What a transformation uses up."""
    if not isinstance(event, TransformationEvent):
        return ()
    return _goods(event.input_epc_list, event.input_quantity_list, names)


def outputs(event: Event, names: Names) -> tuple[Goods, ...]:
    """What a transformation makes, or what an ObjectEvent is about."""
    if isinstance(event, TransformationEvent):
        return _goods(event.output_epc_list, event.output_quantity_list, names)
    if isinstance(event, ObjectEvent):
        return _goods(event.epc_list, event.quantity_list, names)
    return ()


def products(event: Event, names: Names) -> tuple[str, ...]:
    """The canonical ids of everything that an event of any type speaks of."""
    goods = [*inputs(event, names), *outputs(event, names)]
    if isinstance(event, TransactionEvent | AggregationEvent):
        parent = [event.parent_id] if event.parent_id else []
        if isinstance(event, TransactionEvent):
            listed = _goods([*parent, *event.epc_list], event.quantity_list, names)
        else:
            listed = _goods([*parent, *event.child_epcs], event.child_quantity_list, names)
        goods.extend(listed)
    return tuple(dict.fromkeys(item.product for item in goods))


def _goods(
    epcs: Iterable[str], quantities: Sequence[QuantityElement], names: Names
) -> tuple[Goods, ...]:
    """Each product once, or once for each quantity that is stated of it."""
    counted = [_counted(element, names) for element in quantities]
    told = {goods.product for goods in counted}
    bare = (_instance(epc, names) for epc in epcs)
    return tuple(dict.fromkeys([*(g for g in bare if g.product not in told), *counted]))


def _instance(epc: str, names: Names) -> Goods:
    product = product_id(epc)
    # EPCIS section 7.3.3.1: what stands in a list of EPCs is one object.
    return Goods(product.uri, name_of(product, names), product.granularity or Granularity.ITEM)


def _counted(element: QuantityElement, names: Names) -> Goods:
    product = product_id(element.epc_class)
    amount = None
    if element.quantity is not None:
        amount = Amount(Decimal(element.quantity), element.uom or COUNT_UNIT)
    return Goods(product.uri, name_of(product, names), product.granularity, amount)


def name_of(product: ProductId, names: Names) -> str:
    """The name in the master data of the product, its batch or its model, else its id."""
    wider = (names.get(level.uri) for level in levels(product)) if names else iter(())
    return next(filter(None, wider), None) or product.uri[:LINE_LIMIT]


def batches(event: Event) -> Iterator[tuple[str, ProductId]]:
    """(identity of an item, its batch), where instance master data states the lot."""
    lot = next((v for k, v in event.ilmd.items() if _LOT_ATTRIBUTE.fullmatch(k)), None)
    if not isinstance(lot, str):
        return
    for goods in outputs(event, {}):
        item = product_id(goods.product)
        if item.gtin and item.granularity is Granularity.ITEM and item.lot is None:
            with suppress(InputError):  # a text that GS1 allows in no lot names none
                yield item.identity, product_id(digital_link("01", item.gtin, ("10", lot)).uri)


def place(location: Location | None, names: Names) -> Place | None:
    """A facility by its one spelling; a name that is not known is its identifier."""
    return _place(location.id, names) if location else None


def _place(identifier: str, names: Names) -> Place:
    uri = canonical_uri(identifier)
    return Place(uri, names.get(uri) or uri[:LINE_LIMIT])


def facility(event: Event, names: Names) -> Place | None:
    """Where goods are made: the business location, else the read point."""
    return place(event.biz_location or event.read_point, names)


def facilities(event: Event, names: Names) -> tuple[Place, Place] | None:
    """From where to where, if the event names both: a source and a destination location."""
    origin = next((s.source for s in event.source_list if s.type == "location"), None)
    target = next((d.destination for d in event.destination_list if d.type == "location"), None)
    if origin is None or target is None:
        return None
    return _place(origin, names), _place(target, names)


def activity(event: Event) -> Classified | None:
    """The business step: of GS1's vocabulary if it is a bare word, of another if a URI."""
    word = event.biz_step
    if word is None:
        return None
    return Classified(word, word, _PRIVATE_STEPS) if ":" in word else business_step(word)


def stated_by(occurrence: Occurrence, names: Names) -> StatedBy:
    """Whose word an event is: the party's, else the place's, else the file (PROTOCOL 2).

    Of several parties the one on the side that does the business step, and there the one
    in possession before the owner.
    """
    event = occurrence.event
    for party in _parties(event):
        uri = gln_uri(party) or canonical_uri(party)
        return StatedBy(uri, names.get(uri))
    for location in (event.biz_location, event.read_point):
        # A coordinate is nobody.
        if location is not None and not location.id.startswith("geo:"):
            uri = gln_uri(location.id) or canonical_uri(location.id)
            return StatedBy(uri, names.get(uri))
    return StatedBy(ni_uri(occurrence.file.sha256), occurrence.file.name)


def _parties(event: Event) -> Iterator[str]:
    sources = {each.type: each.source for each in reversed(event.source_list)}
    targets = {each.type: each.destination for each in reversed(event.destination_list)}
    sides = [targets, sources] if event.biz_step in _RECEIVING else [sources, targets]
    for side in sides:
        for kind in ("possessing_party", "owning_party"):
            if kind in side:
                yield side[kind]
