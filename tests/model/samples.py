# SPDX-License-Identifier: Apache-2.0
"""One valid record of every kind that the builders make, for the tests of this folder."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from filiera.model import builders
from filiera.model.activities import activity, business_step
from filiera.model.base import Payload
from filiera.model.builders import Envelope
from filiera.model.criteria import CriterionCode
from filiera.model.links import LinkType, document_link, record_link
from filiera.model.named import Classified, Named
from filiera.model.statement import (
    Amount,
    Goods,
    Identity,
    Ingredient,
    OwnProduct,
    PartyInRole,
    Place,
    StatedBy,
)

ISSUER = Named("did:pkh:eip155:952952:0x" + "ab" * 20, "Filatura Campione")
RECORD = bytes(range(32))
FILE = bytes(range(32, 64))
GLN = "https://id.gs1.org/414/9520000000004"
WOOL = Goods(
    "https://id.gs1.org/01/09520000000011/10/L1", "Wool", "batch", Amount(Decimal(14), "KGM")
)
YARN = Goods(
    "https://id.gs1.org/01/09520000000028/10/Y1", "Yarn", "batch", Amount(Decimal("12.50"), "KGM")
)
MILL = Place(GLN, "Filatura", "IT", "Via della Lana 1", "40121", "Bologna", "Emilia-Romagna")
SHOP = Place("https://id.gs1.org/414/9520000000011", "Bottega", "IT")
GTIN = Named("https://id.gs1.org/01", "GS1 GTIN")
KNITWEAR = Classified("611011", "Jerseys of wool", Named("https://example.org/hs", "HS 2022"))
SWEATER = OwnProduct(
    product="https://id.gs1.org/01/09520000000035/10/S1",
    name="Sweater",
    granularity="batch",
    scheme=GTIN,
    categories=(KNITWEAR,),
    place=MILL,
    country="IT",
    description="Knitted\nin Bologna.",
    model_number="09520000000035",
    batch_number="S1",
    production_date="2026-02-27",
    materials=(Ingredient("Wool", "IT", KNITWEAR, Decimal("0.95"), Decimal(0)),),
    parties=(PartyInRole("brandOwner", Named(GLN, "Marca")),),
)


def envelope(**changes: object) -> Envelope:
    """An envelope of the sample issuer, with changes."""
    members: dict[str, object] = {
        "id": "urn:uuid:7b5c1a2e-7c1d-4b6e-9f00-0123456789ab",
        "issuer": ISSUER,
        "name": "A sample record",
        "valid_from": "2026-03-01T08:00:00+01:00",
    }
    return Envelope(**{**members, **changes})  # type: ignore[arg-type]


def make(**changes: object) -> Payload:
    """A make: wool into yarn."""
    return builders.make_event(
        envelope(**changes),
        date="2026-02-28T17:30:00.250+01:00",
        activity=activity("spinning"),
        inputs=[WOOL],
        outputs=[YARN],
        place=MILL,
        links=[
            record_link(RECORD, LinkType.INPUT, "Shearing"),
            document_link(FILE, "Test report", "application/pdf"),
        ],
        parties=[PartyInRole("manufacturer", Named(GLN, "Filatura Campione"))],
        description="Ring spinning.",
    )


def move() -> Payload:
    """A move of yarn."""
    return builders.move_event(
        envelope(),
        date="2026-03-01T06:00:00Z",
        activity=business_step("shipping"),
        goods=[YARN],
        origin=MILL,
        destination=SHOP,
        consignment="urn:example:ddt:12",
    )


def modify() -> Payload:
    """A modification of yarn, stated by somebody else."""
    return builders.modify_event(
        envelope(stated_by=StatedBy(GLN, "Filatura Campione")),
        date="2026-03-01T06:00:00Z",
        activity=activity("inspection"),
        goods=[YARN],
        place=MILL,
    )


def passport() -> Payload:
    """A complete passport that lists a step and a claim."""
    links = [
        record_link(RECORD, LinkType.STEP, "Spinning"),
        record_link(FILE, LinkType.CLAIM, "Chemical test"),
    ]
    return builders.passport(envelope(valid_until="2036-03-01T00:00:00Z"), SWEATER, links=links)


def product_statement() -> Payload:
    """A product of which only identifier and name are known, reissued."""
    product = OwnProduct("urn:example:jacket", "urn:example:jacket")
    return builders.product_statement(
        envelope(predecessor=RECORD, stated_by=StatedBy(GLN)), product
    )


def self_declaration() -> Payload:
    """A firm's own word under Filiera's list."""
    return builders.self_declaration(
        envelope(),
        criteria=[CriterionCode.SHORT_SUPPLY_CHAIN, CriterionCode.QUALITY_OF_WORK],
        products=[Named(YARN.product, "Yarn")],
        assessed_on="2026-02-28",
        evidence=[document_link(FILE, "Photo", "image/jpeg")],
    )


def certificate() -> Payload:
    """A certifier's certificate of a firm, its place and its product."""
    return builders.certificate(
        envelope(valid_until="2027-03-01T00:00:00+01:00"),
        number="CERT-2026-0007",
        scheme=Named("https://example.org/scheme", "Sample Scheme"),
        party=Named("did:pkh:eip155:952952:0x" + "cd" * 20, "Tintoria Campione"),
        criteria=[CriterionCode.CHEMICAL_EVIDENCE],
        products=[Named(YARN.product, "Yarn")],
        facilities=[Named(GLN, "Filatura")],
        assessed_on="2026-02-20",
        certificate=document_link(FILE, "Certificate", "application/pdf"),
        evidence=[document_link(RECORD, "Report", "application/pdf")],
        description="Tested by lot.",
    )


def identity() -> Payload:
    """An identity record of the sample issuer."""
    return builders.identity_anchor(
        envelope(),
        Identity(
            did="did:pkh:eip155:952952:0x" + "ef" * 20,
            registered_name="Filatura Campione",
            registered_id="BO-000001",
            scheme=Named("https://example.org/rea", "Registro sample"),
            register_type="business",
        ),
        registered_on="1987-05-04",
        registrar=Named("https://example.org/registrar", "Sample registrar"),
        public_information="https://example.org/firms/1",
        scope=["https://example.org/scope/textile"],
    )


BUILT: dict[str, Callable[[], Payload]] = {
    "make": make,
    "move": move,
    "modify": modify,
    "passport": passport,
    "product statement": product_statement,
    "self-declaration": self_declaration,
    "certificate": certificate,
    "identity": identity,
}
