# SPDX-License-Identifier: Apache-2.0
"""A passport of many steps, on a server in memory, really signed and anchored."""

from __future__ import annotations

from dataclasses import dataclass, field

from filiera.model.base import Payload
from filiera.model.builders import self_declaration
from filiera.model.criteria import CriterionCode
from filiera.model.links import LinkType, link_payload, record_link
from filiera.model.named import Named
from filiera.proof.facts import Account
from filiera.proof.jws import record_id
from scripts.bench.district import Garment
from tests.support.server import Server
from tests.support.world import GARMENT


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
    server.services.acceptance.accept_many([*identities, *garment.jws, garment.claim])
    server.anchor()
    address = world.mill.signer.address
    server.ledger.accounts[address] = Account(address, None)
    return server
