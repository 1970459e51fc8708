# SPDX-License-Identifier: Apache-2.0
"""Passports: the products here, one product's passport, what leads up to it."""

from __future__ import annotations

from typing import Any, Final

from fastapi import APIRouter, Request, Response

from filiera.api.blocks import BlockNumber, Limit, Offset, chosen_block
from filiera.api.context import ServicesOf
from filiera.api.described import problems
from filiera.api.encoded import validated
from filiera.api.finding import stored_record
from filiera.api.names import parse_product, passport_path
from filiera.api.views.passports import (
    ProductEntryView,
    ProductsView,
    UpstreamRecordView,
    UpstreamView,
)
from filiera.errors import InputError, NotFoundError
from filiera.model.gs1 import product_id
from filiera.model.ids import ni_uri
from filiera.ports.store import StoredRecord
from filiera.services import Services
from filiera.services.passport_view import PassportView, passport_view
from filiera.services.statuses import Statuses

router = APIRouter(prefix="/passports", tags=["passports"])
JSON_BYTES: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "content": {"application/json": {"schema": {"type": "object"}}},
        "description": "The bundle, in the one spelling that it has.",
    }
}


@router.get("", summary="Products with a passport", responses=problems(400, 503))
def products(services: ServicesOf, limit: Limit = 100, offset: Offset = 0) -> ProductsView:
    """The products whose own record is stored here, first stored first."""
    every = services.store.products()
    chosen = every[offset : offset + limit]
    return ProductsView(total=len(every), passports=[_entry(product) for product in chosen])


@router.get(
    "/{product:path}/upstream",
    summary="What leads up to a product",
    responses=problems(400, 409, 502, 503),
)
def upstream(product: str, services: ServicesOf) -> UpstreamView:
    """The stored steps and claims upstream of a product, for its issuer to vouch for."""
    uri = parse_product(product).uri
    found = services.collector.collect(uri)
    steps = [record for record, _ in found.steps]
    claims = [record for record, _ in found.claims]
    standings = Statuses(services.ledger, services.store).standings([*steps, *claims])

    def view(record: StoredRecord) -> UpstreamRecordView:
        stored = stored_record(services, record).model_dump()
        return UpstreamRecordView(**stored, standing=standings[record.id].state)

    return UpstreamView(
        product=uri,
        own=_own(services, uri),
        steps=[view(record) for record in steps],
        claims=[view(record) for record in claims],
        left_out=found.left_out,
    )


@router.get(
    "/{product:path}/bundle",
    summary="One passport as a bundle",
    response_class=Response,
    responses={**JSON_BYTES, **problems(400, 404, 409, 503)},
)
def bundle(
    product: str, services: ServicesOf, request: Request, block: BlockNumber = None
) -> Response:
    """The passport with everything that proves it to a holder of the trust file (docs/proof.md).

    With `block` the same bytes for the same block. Without it, as of the newest block that can
    be proven; one that was made is given out again until it is an hour old, or what the chain
    says of a listed record, its issuer or the product has changed. Its entity tag is of its
    bytes; it is compressed on the way for those who take gzip.
    """
    body = services.bundles.body(parse_product(product).uri, chosen_block(services, block))
    headers = {
        "Content-Type": "application/json",
        "Content-Disposition": 'attachment; filename="bundle.json"',
        "Cache-Control": "no-cache",
        "Vary": "Accept-Encoding",
    }
    return validated(request, body, headers)


@router.get("/{product:path}", summary="One passport", responses=problems(400, 404, 503))
def read(product: str, services: ServicesOf, block: BlockNumber = None) -> PassportView:
    """The assembled passport of a product, with the verdict about it.

    `product` is its id escaped as one segment, or the path of its Digital Link as it
    stands (`01/<GTIN>/10/<lot>`). The facts are the chain's at one block, which the verdict
    names; while the chain is down, the verdict is "could not check".
    """
    uri = parse_product(product).uri
    passport = services.passports.assemble(uri, chosen_block(services, block))
    return passport_view(passport)


def _own(services: Services, product: str) -> str | None:
    try:
        return ni_uri(services.passports.own_record(product))
    except NotFoundError:
        return None


def _entry(product: str) -> ProductEntryView:
    try:
        label = product_id(product).label
    except InputError:
        label = product
    return ProductEntryView(product=product, label=label, href=passport_path(product))
