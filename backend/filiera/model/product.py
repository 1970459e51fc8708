# SPDX-License-Identifier: Apache-2.0
"""A product and its passport record (UNTP DigitalProductPassport, ProductStatement).

A ProductStatement is ours: the same members, of which only identifier and name are
required, for a product whose data lacks what a UNTP passport must have. Nothing is
invented to satisfy a schema.
"""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from filiera.model.also_said import AlsoSaid
from filiera.model.base import Open
from filiera.model.claim import PerformanceClaim
from filiera.model.credential import Credential
from filiera.model.gs1 import Granularity
from filiera.model.links import Link
from filiera.model.measure import Dimension, Image, Measure
from filiera.model.party import (
    Classification,
    Country,
    FacilityRef,
    IdentifierScheme,
    PartyRole,
)
from filiera.model.scalars import (
    Bounded,
    Day,
    Flag,
    Fraction,
    Line,
    Text,
    Types,
    Uri,
    Whole,
    contains,
)


class Material(Open):
    """A material, its origin and its share by mass, 0 to 1 (UNTP Material)."""

    name: Line
    origin_country: Country
    material_type: Classification
    mass_fraction: Fraction
    mass: Measure | None = None
    recycled_mass_fraction: Fraction | None = None
    hazardous: Flag | None = None
    symbol: Image | None = None
    material_safety_information: Link | None = None


class Package(Open):
    """The packaging of a product (UNTP Package)."""

    description: Text
    dimensions: Dimension
    material_used: Annotated[tuple[Material, ...], Bounded]
    package_label: Annotated[tuple[Image, ...], Bounded] | None = None
    performance_claim: Annotated[tuple[PerformanceClaim, ...], Bounded] | None = None


class StatedProduct(Open):
    """What is known of a product: identifier and name, and whatever else was said.

    `related_document` lists the steps and claims that the record vouches for.
    """

    type: Annotated[Types, contains("Product")] = ("Product",)
    id: Uri
    name: Line
    description: Text | None = None
    id_scheme: IdentifierScheme | None = None
    model_number: Line | None = None
    batch_number: Line | None = None
    item_number: Line | None = None
    id_granularity: Granularity | None = None
    product_image: Link | None = None
    characteristics: Open | None = None
    product_category: Annotated[tuple[Classification, ...], Bounded] | None = None
    related_document: Annotated[tuple[Link, ...], Bounded] | None = None
    related_party: Annotated[tuple[PartyRole, ...], Bounded] | None = None
    produced_at_facility: FacilityRef | None = None
    production_date: Day | None = None
    expiry_date: Day | None = None
    country_of_production: Country | None = None
    dimensions: Dimension | None = None
    material_provenance: Annotated[tuple[Material, ...], Bounded] | None = None
    packaging: Package | None = None
    product_label: Annotated[tuple[Image, ...], Bounded] | None = None
    performance_claim: Annotated[tuple[PerformanceClaim, ...], Bounded] | None = None


class Product(StatedProduct):
    """A product as a UNTP passport requires it (UNTP Product)."""

    id_scheme: IdentifierScheme
    id_granularity: Granularity
    product_category: Annotated[tuple[Classification, ...], Bounded]
    produced_at_facility: FacilityRef
    country_of_production: Country


class DigitalProductPassport(Credential):
    """A product's own record, complete (UNTP DigitalProductPassport)."""

    type: Annotated[Types, contains("DigitalProductPassport", "VerifiableCredential")]
    credential_subject: Product


class ImportedProduct(StatedProduct):
    """A product with what else an import said of it (terms of ours).

    `also_said` may list fewer events than there are: `also_said_count` counts them all.
    """

    also_said: Annotated[tuple[AlsoSaid, ...], Bounded] | None = None
    also_said_count: Annotated[Whole, Field(ge=0)] | None = None


class ProductStatement(Credential):
    """A product's own record where a UNTP passport's data is not known (ours)."""

    own_type: ClassVar[bool] = True

    type: Annotated[Types, contains("ProductStatement", "VerifiableCredential")]
    credential_subject: ImportedProduct
