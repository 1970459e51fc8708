# SPDX-License-Identifier: Apache-2.0
"""Which product the passport is of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from filiera.domain.epcis import saying
from filiera.domain.epcis.files import Occurrence
from filiera.errors import InputError
from filiera.model.epcis import Action, Event, ObjectEvent, TransformationEvent
from filiera.model.gs1 import ProductId, brings_forth, product_id

_LISTED: Final = 20


def chosen(wanted: str | None, events: Sequence[Occurrence], found: Sequence[str]) -> ProductId:
    """The product asked for, else the latest output of a transformation or ADD.

    Of outputs at the same instant the first in file order. Pallets, places and events in
    error come into it only where there is nothing else. Raises InputError:
    `product-not-found` or `usage`, with the products `found`, or a GS1 code.
    """
    if wanted is not None:
        return _asked_for(wanted, found)
    for outputs in _preferred(events):
        latest = max((at for at, _ in outputs), default=None)
        for at, product in outputs:
            if at == latest:
                return product
    raise InputError(
        "usage",
        "No event makes a product, so there is none to make a passport of.",
        hint=f"Name one with PRODUCT=. {_listing(found)}",
    )


def _asked_for(wanted: str, found: Sequence[str]) -> ProductId:
    product = product_id(wanted, where="PRODUCT")
    for uri in found:
        if product_id(uri).identity == product.identity:
            return product_id(uri)
    if any(brings_forth(uri, product.uri) for uri in found):
        return product
    raise InputError(
        "product-not-found",
        f"No event speaks of {product.uri}.",
        where="PRODUCT",
        hint=_listing(found),
    )


def _preferred(events: Sequence[Occurrence]) -> Iterable[list[tuple[datetime, ProductId]]]:
    """Outputs with their instants in file order: the better candidates first."""
    makes = [each for each in events if _makes(each.event)]
    stands = [(each, each.event.error_declaration is None) for each in makes]
    for product_only, in_error in ((True, False), (True, True), (False, False), (False, True)):
        yield [
            (each.at, product)
            for each, standing in stands
            if standing is not in_error
            for product in map(product_id, _outputs(each.event))
            if product.is_product is product_only
        ]


def _outputs(event: Event) -> Iterable[str]:
    return (goods.product for goods in saying.outputs(event, {}))


def _makes(event: Event) -> bool:
    return isinstance(event, TransformationEvent) or (
        isinstance(event, ObjectEvent) and event.action is Action.ADD
    )


def _listing(found: Sequence[str]) -> str:
    if not found:
        return "The events speak of no product at all."
    shown = ", ".join(found[:_LISTED])
    more = f" and {len(found) - _LISTED} more" if len(found) > _LISTED else ""
    return f"The products found are {shown}{more}."
