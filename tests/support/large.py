# SPDX-License-Identifier: Apache-2.0
"""A passport of many steps, on a server in memory, really signed and anchored."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from filiera.model.base import Payload
from filiera.model.builders import self_declaration
from filiera.model.criteria import CriterionCode
from filiera.model.links import LinkType, link_payload, record_link
from filiera.model.named import Named
from filiera.model.scalars import LINE_LIMIT, LIST_LIMIT, TEXT_LIMIT
from filiera.proof.facts import Account
from filiera.proof.jws import record_id
from scripts.bench.district import Garment
from tests.support.server import Server
from tests.support.world import GARMENT, Firm, World


@dataclass
class LongWay(Garment):
    """The world's garment, made in many steps; with a claim about a lot in their midst."""

    claim: bytes = field(init=False)

    def lot(self, at: int) -> str:
        """The id of the lot that step `at` makes; the last is the garment."""
        return GARMENT if at == self.steps - 1 else super().lot(at)

    def _own(self) -> Payload:
        brand = self.world.brand
        claim = self_declaration(
            brand.envelope("Short chain"),
            criteria=[CriterionCode.SHORT_SUPPLY_CHAIN],
            products=[Named(self.lot(self.steps // 2), "Lot")],
            assessed_on="2026-09-01",
        )
        self.claim = self.world.sign(brand, claim)
        payload = super()._own()
        link = record_link(record_id(self.claim), LinkType.CLAIM, "claim")
        payload["credentialSubject"]["relatedDocument"].append(link_payload(link))
        return payload


def large(steps: int) -> Server:
    """The garment in so many steps, every other one signed by an account that is nobody's."""
    server = Server()
    world = server.world
    garment = LongWay(world, steps)
    identities = [world.jws[firm.name] for firm in world.firms]
    jws = [*identities, *garment.jws, garment.claim]
    for first in range(0, len(jws), 500):
        server.services.acceptance.accept_many(jws[first : first + 500])
    server.anchor()
    address = world.mill.signer.address
    server.ledger.accounts[address] = Account(address, None)
    return server


WIDE = "W" * LINE_LIMIT
"""The longest name that a record may give, without a place to break it."""
LONG = "T" * TEXT_LIMIT
"""The longest text."""


class CrowdedWorld(World):
    """Everybody writes as much as a record may hold, in words without a space."""

    def sign(self, firm: Firm, payload: dict[str, Any]) -> bytes:
        subject = payload["credentialSubject"]
        if isinstance(subject, list):
            payload = payload | {"name": WIDE, "credentialSubject": [_crowded_step(subject[0])]}
        elif "idGranularity" in subject:
            payload = payload | {"credentialSubject": _crowded_product(subject)}
        return super().sign(firm, payload)


def _crowded_step(step: dict[str, Any]) -> dict[str, Any]:
    """A step of a thousand inputs, most of which nobody states the origin of."""
    inputs = list(step.get("inputProduct", []))
    if inputs:
        inputs += [_input(number) for number in range(LIST_LIMIT - len(inputs))]
    links = [
        {**link, "linkName": WIDE} if "mimeType" in link else link
        for link in step.get("relatedDocument", [])
    ]
    return step | {"name": WIDE, "inputProduct": inputs, "relatedDocument": links}


def _input(number: int) -> dict[str, Any]:
    product = {
        "type": ["Product"],
        "id": f"urn:example:{number:04d}-{'i' * 200}",
        "name": f"{number:04d}{WIDE}"[:300],
        "idGranularity": "batch",
    }
    return {"product": product, "quantity": {"value": 1, "unit": "KGM"}}


def _crowded_product(product: dict[str, Any]) -> dict[str, Any]:
    """A product of five hundred materials, and every text as long as it may be."""
    materials = [
        {
            "name": f"{number:03d}{WIDE}"[:LINE_LIMIT],
            "originCountry": {"countryCode": "IT"},
            "materialType": {
                "code": "wool",
                "name": "Wool",
                "schemeId": "https://example.org/materials",
                "schemeName": "Materials",
            },
            "massFraction": Decimal("0.002"),
        }
        for number in range(500)
    ]
    return product | {
        "name": WIDE,
        "materialProvenance": materials,
        "characteristics": {"type": ["Characteristics"], "care": LONG, "repair": LONG},
    }


def crowded() -> Server:
    """A passport whose issuers wrote all that they may, really signed and anchored."""
    server = Server(CrowdedWorld())
    server.services.acceptance.accept_many(list(server.world.jws.values()))
    server.anchor()
    return server
