# SPDX-License-Identifier: Apache-2.0
"""A passport of many steps, on a server in memory, really signed and anchored."""

from __future__ import annotations

from dataclasses import dataclass, field

from filiera.model.base import Payload
from filiera.model.builders import self_declaration
from filiera.model.criteria import CriterionCode
from filiera.model.gs1 import product_id
from filiera.model.links import LinkType, link_payload, record_link
from filiera.model.named import Named
from filiera.proof.facts import Account, Status, StatusKind
from filiera.proof.jws import record_id
from filiera.web.addresses import audit_address, passport_address
from scripts.bench.district import Garment
from tests.support.server import Server


@dataclass
class LongWay(Garment):
    """A garment whose passport also lists a claim about a lot in the midst of its way."""

    claim: bytes = field(init=False)

    @property
    def page(self) -> str:
        """The address of its page."""
        return passport_address(product_id(self.product).uri)

    @property
    def audit(self) -> str:
        """The address of its auditor's view."""
        return audit_address(product_id(self.product).uri)

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
        subject = payload["credentialSubject"]
        subject["relatedDocument"].append(link_payload(link))
        return payload


def large(steps: int, *, stolen: bool = False) -> tuple[Server, LongWay]:
    """A garment of so many steps; with `stolen` every other one is by nobody's account.

    The step in the midst has been revoked since.
    """
    server = Server()
    world = server.world
    garment = LongWay(world, steps)
    identities = [world.jws[firm.name] for firm in world.firms]
    signed = [*identities, *garment.jws, garment.claim]
    server.services.acceptance.accept_many(signed)
    server.anchor()
    if stolen:
        address = world.mill.signer.address
        server.ledger.accounts[address] = Account(address, None)
    at, brand = steps // 2 | 1, world.brand
    entry = Status(
        StatusKind.REVOKED, 1, server.ledger.time, server.ledger.time, brand.signer.address
    )
    server.ledger.statuses[brand.id, record_id(garment.jws[at])] = (entry,)
    return server, garment
