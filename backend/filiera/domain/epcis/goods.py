# SPDX-License-Identifier: Apache-2.0
"""The goods that an event speaks of: which, how much, under which name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from filiera.domain.epcis.files import EpcisFile, Occurrence
from filiera.errors import InputError
from filiera.model.epcis import (
    AggregationEvent,
    Event,
    ObjectEvent,
    QuantityElement,
    TransactionEvent,
    TransformationEvent,
)
from filiera.model.gs1 import Granularity, ProductId, levels, product_id
from filiera.model.gs1_link import digital_link
from filiera.model.scalars import LINE_LIMIT
from filiera.model.statement import Amount, Goods

COUNT_UNIT: Final = "C62"
"""UNECE Recommendation 20 "one": EPCIS says that a quantity without `uom` is a count."""
_LOT_ATTRIBUTE: Final = re.compile("(?:.*[:#/])?lotNumber")


@dataclass(frozen=True, slots=True)
class Glossary:
    """How the files of an import call things.

    `names` maps canonical URIs to the names in master data; `spellings` an identity to the
    fullest of its identifiers, where an item is written with and without its lot: records
    are compared by text, so one thing has one identifier in all of them.
    """

    names: Mapping[str, str] = field(default_factory=dict)
    spellings: Mapping[str, ProductId] = field(default_factory=dict)

    def product(self, text: str) -> ProductId:
        """The product that an identifier names, spelled as in the whole import."""
        product = product_id(text)
        return self.spellings.get(product.identity, product)

    def name_of(self, product: ProductId) -> str:
        """The name of the product, its batch or its model, else its identifier."""
        wider = (self.names.get(level.uri) for level in levels(product)) if self.names else ()
        return next(filter(None, wider), None) or product.uri[:LINE_LIMIT]

    def name_at(self, uri: str) -> str:
        """The name of a place or party, else its identifier."""
        return self.names.get(uri) or uri[:LINE_LIMIT]


PLAIN: Final = Glossary()
"""Without master data, each identifier in its own canonical spelling."""


def glossary(files: Iterable[EpcisFile], events: Iterable[Occurrence]) -> Glossary:
    """The names and spellings of an import: of two names, the first file's is believed."""
    names: dict[str, str] = {}
    for file in files:
        names = {**file.document.names, **names}
    spellings: dict[str, ProductId] = {}
    for uri in dict.fromkeys(p for each in events for p in products(each.event, PLAIN)):
        product = product_id(uri)
        known = spellings.get(product.identity)
        if known is None or len(known.uri) < len(uri):
            spellings[product.identity] = product
    return Glossary(names, spellings)


def inputs(event: Event, words: Glossary) -> tuple[Goods, ...]:
    """What a transformation uses up."""
    if not isinstance(event, TransformationEvent):
        return ()
    return _goods(event.input_epc_list, event.input_quantity_list, words)


def outputs(event: Event, words: Glossary) -> tuple[Goods, ...]:
    """What a transformation makes, or what an ObjectEvent is about."""
    if isinstance(event, TransformationEvent):
        return _goods(event.output_epc_list, event.output_quantity_list, words)
    if isinstance(event, ObjectEvent):
        return _goods(event.epc_list, event.quantity_list, words)
    return ()


def products(event: Event, words: Glossary) -> tuple[str, ...]:
    """The canonical ids of everything that an event of any type speaks of."""
    goods = [*inputs(event, words), *outputs(event, words)]
    if isinstance(event, TransactionEvent | AggregationEvent):
        parent = [event.parent_id] if event.parent_id else []
        if isinstance(event, TransactionEvent):
            listed = _goods([*parent, *event.epc_list], event.quantity_list, words)
        else:
            listed = _goods([*parent, *event.child_epcs], event.child_quantity_list, words)
        goods.extend(listed)
    return tuple(dict.fromkeys(item.product for item in goods))


def _goods(
    epcs: Iterable[str], quantities: Sequence[QuantityElement], words: Glossary
) -> tuple[Goods, ...]:
    """Each product once, or once for each quantity that is stated of it."""
    counted = [_counted(element, words) for element in quantities]
    told = {goods.product for goods in counted}
    bare = (_instance(epc, words) for epc in epcs)
    return tuple(dict.fromkeys([*(g for g in bare if g.product not in told), *counted]))


def _instance(epc: str, words: Glossary) -> Goods:
    product = words.product(epc)
    # EPCIS section 7.3: what stands in a list of EPCs is one object.
    return Goods(product.uri, words.name_of(product), product.granularity or Granularity.ITEM)


def _counted(element: QuantityElement, words: Glossary) -> Goods:
    product = words.product(element.epc_class)
    amount = None
    if element.quantity is not None:
        amount = Amount(Decimal(element.quantity), element.uom or COUNT_UNIT)
    return Goods(product.uri, words.name_of(product), product.granularity, amount)


def batches(event: Event) -> Iterator[tuple[str, ProductId]]:
    """(identity of an item, its batch), where instance master data states the lot."""
    lot = next((v for k, v in event.ilmd.items() if _LOT_ATTRIBUTE.fullmatch(k)), None)
    if not isinstance(lot, str):
        return
    for goods in outputs(event, PLAIN):
        item = product_id(goods.product)
        if item.gtin and item.granularity is Granularity.ITEM and item.lot is None:
            with suppress(InputError):  # a text that GS1 allows in no lot names none
                yield item.identity, product_id(digital_link("01", item.gtin, ("10", lot)).uri)
