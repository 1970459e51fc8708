# SPDX-License-Identifier: Apache-2.0
"""A product's own record from plain values: a UNTP passport, or a product statement."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from filiera.model.base import Payload
from filiera.model.builders.envelope import Envelope, record
from filiera.model.builders.parts import (
    classification,
    country,
    facility,
    parties,
    present,
    reference,
)
from filiera.model.builders.parts import links as link_objects
from filiera.model.links import RecordLink
from filiera.model.statement import Ingredient, OwnProduct, RecordType

# Beyond identifier and name, what a UNTP passport must say.
_REQUIRED: Final = (
    "idScheme",
    "idGranularity",
    "productCategory",
    "producedAtFacility",
    "countryOfProduction",
)


def passport(
    envelope: Envelope, product: OwnProduct, *, links: Sequence[RecordLink] = ()
) -> Payload:
    """A UNTP passport; `links` are the steps, claims and documents that it vouches for.

    Raises `record-schema` if `missing_for_passport` names anything.
    """
    return record(RecordType.DPP, envelope, _subject(product, links))


def product_statement(
    envelope: Envelope, product: OwnProduct, *, links: Sequence[RecordLink] = ()
) -> Payload:
    """What is known of a product whose data does not make a UNTP passport."""
    return record(RecordType.PRODUCT_STATEMENT, envelope, _subject(product, links))


def missing_for_passport(product: OwnProduct) -> tuple[str, ...]:
    """UNTP's names of what a passport of this product would lack, empty if nothing."""
    members = _subject(product, ())
    return tuple(name for name in _REQUIRED if name not in members)


def _subject(product: OwnProduct, links: Sequence[RecordLink]) -> Payload:
    return present(
        {
            "type": ["Product"],
            "id": product.product,
            "name": product.name,
            "description": product.description,
            "idScheme": reference("IdentifierScheme", product.scheme),
            "modelNumber": product.model_number,
            "batchNumber": product.batch_number,
            "itemNumber": product.item_number,
            "idGranularity": product.granularity,
            "productCategory": [classification(item) for item in product.categories] or None,
            "relatedDocument": link_objects(links),
            "relatedParty": parties(product.parties),
            "producedAtFacility": facility(product.place) if product.place else None,
            "productionDate": product.production_date,
            "countryOfProduction": country(product.country),
            "materialProvenance": [_material(item) for item in product.materials] or None,
        }
    )


def _material(item: Ingredient) -> Payload:
    return present(
        {
            "name": item.name,
            "originCountry": country(item.country),
            "materialType": classification(item.kind),
            "massFraction": item.share,
            "recycledMassFraction": item.recycled,
        }
    )
