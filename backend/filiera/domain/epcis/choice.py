# SPDX-License-Identifier: Apache-2.0
"""Which product the passport is of."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Final

from filiera.domain.epcis.files import Occurrence
from filiera.domain.epcis.goods import Glossary, outputs
from filiera.errors import InputError
from filiera.model.epcis import Action, Event, ObjectEvent, TransformationEvent
from filiera.model.gs1 import ProductId, brings_forth, product_id

_LISTED: Final = 20


def chosen(
    wanted: str | None,
    events: Sequence[Occurrence],
    wrong: Collection[int],
    found: Sequence[str],
    words: Glossary,
) -> ProductId:
    """The product asked for, else the latest output of a transformation or ADD.

    Of outputs at the same instant the first in file order. Pallets, places and events in
    error (`wrong` holds their orders) come into it only where there is nothing else.
    Raises InputError: `product-not-found` or `usage`, with the products `found`, or a GS1
    code.
    """
    if wanted is not None:
        return _asked_for(wanted, found)
    makes = [
        (each, product_id(goods.product))
        for each in events
        if _makes(each.event)
        for goods in outputs(each.event, words)
    ]
    for candidates in _preferred(makes, wrong):
        latest = max((each.at for each, _ in candidates), default=None)
        for each, product in candidates:
            if each.at == latest:
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


def _preferred(
    makes: Sequence[tuple[Occurrence, ProductId]], wrong: Collection[int]
) -> Iterator[list[tuple[Occurrence, ProductId]]]:
    """Outputs in file order: the better candidates first."""
    for product_only, in_error in ((True, False), (True, True), (False, False), (False, True)):
        yield [
            (each, product)
            for each, product in makes
            if product.is_product is product_only and (each.order in wrong) is in_error
        ]


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
