# SPDX-License-Identifier: Apache-2.0
"""Inclusion proofs: what shows that a record is anchored."""

from __future__ import annotations

from fastapi import APIRouter

from filiera.api.blocks import BlockNumber, block_at
from filiera.api.context import ServicesOf
from filiera.api.described import problems
from filiera.api.finding import find_record
from filiera.api.views.batches import ProofView, proof_view
from filiera.errors import UnavailableError
from filiera.proof.evidence import Inclusion
from filiera.proof.facts import Anchor, Block
from filiera.services import Services
from filiera.services.view_parts import block_view

router = APIRouter(prefix="/records", tags=["records"])


@router.get(
    "/{record}/proof", summary="A record's inclusion proof", responses=problems(400, 404, 503)
)
def proof(record: str, services: ServicesOf, block: BlockNumber = None) -> ProofView:
    """The Merkle path from a record to its anchored root, and the anchor's slot on the chain.

    The path is this server's word until it is checked: it must lead to the root, in a tree
    of the size that the slot states. While the chain is down, the slot is null.
    """
    stored = find_record(services, record)
    presented = services.gatherer.present(stored.id)
    inclusion = presented.inclusion if presented else None
    try:
        at, slot = _slot(services, inclusion, block)
    except UnavailableError as error:
        return proof_view(stored.id, inclusion, None, block=None, unavailable=[error.part])
    return proof_view(stored.id, inclusion, slot, block=block_view(at), unavailable=[])


def _slot(
    services: Services, inclusion: Inclusion | None, number: int | None
) -> tuple[Block, Anchor | None]:
    at = block_at(services, number)
    if inclusion is None:
        return at, None
    key = (inclusion.anchorer, inclusion.root)
    return at, services.ledger.read(at, anchors=[key]).anchors[key]
