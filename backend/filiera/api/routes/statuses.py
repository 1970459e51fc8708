# SPDX-License-Identifier: Apache-2.0
"""Statuses: relaying a signed instruction, reading a record's history."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request

from filiera.api.blocks import BlockNumber, chosen_block
from filiera.api.bodies import read_json
from filiera.api.context import ServicesOf
from filiera.api.described import json_body, problems
from filiera.api.finding import find_record
from filiera.api.views.statuses import (
    InstructionBody,
    RelayedView,
    StatusesView,
    statuses_view,
)
from filiera.services import Services
from filiera.services.statuses import Statuses
from filiera.services.view_parts import block_view

router = APIRouter(tags=["statuses"])


async def _read_instruction(request: Request) -> InstructionBody:
    return await read_json(request, InstructionBody)


@router.post(
    "/statuses",
    status_code=201,
    summary="Relay a status instruction",
    openapi_extra=json_body(InstructionBody),
    responses=problems(400, 403, 404, 409, 413, 415, 503),
)
def relay(
    body: Annotated[InstructionBody, Depends(_read_instruction)], services: ServicesOf
) -> RelayedView:
    """Send a participant's signed instruction to the chain, at the operator's expense.

    The contract checks the signature, the account's scope and what may follow what. An
    instruction is good once: sent again, its nonce is used up.
    """
    block = _statuses(services).relay(body.instruction())
    return RelayedView(record=body.record, kind=body.kind, block=block_view(block))


@router.get(
    "/records/{record}/statuses",
    summary="A record's standing and its history",
    responses=problems(400, 404, 503),
)
def history(record: str, services: ServicesOf, block: BlockNumber = None) -> StatusesView:
    """What its own participant said about a record since, as the chain has it."""
    stored = find_record(services, record)
    return statuses_view(_statuses(services).history(stored, chosen_block(services, block)))


def _statuses(services: Services) -> Statuses:
    return Statuses(services.ledger, services.store)
