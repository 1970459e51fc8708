# SPDX-License-Identifier: Apache-2.0
"""Who and where: UNTP's parties, facilities, addresses and the short references to them.

UNTP repeats a party, facility or product inside other objects in a short form (id, name
and a little more). Those short forms are the `…Ref` classes; they are open, so a sender
may say more.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from filiera.model.base import Closed, Open
from filiera.model.scalars import Bounded, CountryCode, Line, Text, Types, Uri, contains


class IdentifierScheme(Open):
    """The scheme or register that an identifier belongs to (UNTP IdentifierScheme)."""

    type: Annotated[Types, contains("IdentifierScheme")] = ("IdentifierScheme",)
    id: Uri
    name: Line


class Country(Closed):
    """A country by its ISO 3166-1 alpha-2 code; whether the code is assigned is not checked."""

    country_code: CountryCode
    country_name: Line | None = None


class Address(Closed):
    """A postal address (UNTP Address): all of it, or none."""

    street_address: Line
    postal_code: Line
    address_locality: Line
    address_region: Line
    address_country: Country


class Classification(Closed):
    """A code of a published scheme, with its name (UNTP Classification)."""

    code: Line
    name: Line
    definition: Text | None = None
    scheme_id: Uri
    scheme_name: Line


class PartyRef(Open):
    """A party in short: its identifier and its name."""

    type: Annotated[Types, contains("Party")] = ("Party",)
    id: Uri
    name: Line
    registered_id: Line | None = None


class Party(PartyRef):
    """An organisation (UNTP Party)."""

    description: Text | None = None
    id_scheme: IdentifierScheme | None = None
    registration_country: Country | None = None
    party_address: Address | None = None
    organisation_website: Uri | None = None
    industry_category: Annotated[tuple[Classification, ...], Bounded] | None = None
    party_also_known_as: Annotated[tuple[PartyRef, ...], Bounded] | None = None


class PartyRoleCode(StrEnum):
    """What a party is to a product or an event (UNTP's code list)."""

    OWNER = "owner"
    PRODUCER = "producer"
    MANUFACTURER = "manufacturer"
    PROCESSOR = "processor"
    REMANUFACTURER = "remanufacturer"
    RECYCLER = "recycler"
    OPERATOR = "operator"
    SERVICE_PROVIDER = "serviceProvider"
    INSPECTOR = "inspector"
    CERTIFIER = "certifier"
    LOGISTICS_PROVIDER = "logisticsProvider"
    CARRIER = "carrier"
    CONSIGNOR = "consignor"
    CONSIGNEE = "consignee"
    IMPORTER = "importer"
    EXPORTER = "exporter"
    DISTRIBUTOR = "distributor"
    RETAILER = "retailer"
    BRAND_OWNER = "brandOwner"
    REGULATOR = "regulator"


class PartyRole(Closed):
    """A party and what it is to the product or event (UNTP PartyRole)."""

    role: PartyRoleCode
    party: Party


class FacilityRef(Open):
    """A place where something happens: identifier, name, and its address if the sender says it.

    `country_of_operation` and `address` are members of UNTP's facility record; the events
    that refer to a facility leave them open.
    """

    type: Annotated[Types, contains("Facility")] = ("Facility",)
    id: Uri
    name: Line
    registered_id: Line | None = None
    country_of_operation: Country | None = None
    address: Address | None = None


class CredentialIssuer(Open):
    """Who signs a record: `id` is the did:pkh of the signing account."""

    type: Annotated[Types, contains("CredentialIssuer")] = ("CredentialIssuer",)
    id: Uri
    name: Line
    issuer_also_known_as: Annotated[tuple[PartyRef, ...], Bounded] | None = None
