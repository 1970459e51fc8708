# SPDX-License-Identifier: Apache-2.0
"""The block that a read is as of, and lists in parts."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query

from filiera.ports.ledger import Ledger
from filiera.proof.facts import Block
from filiera.services import Services

BlockNumber = Annotated[
    int | None,
    Query(ge=0, le=2**53 - 1, description="Read as of this block; the newest without."),
]
Limit = Annotated[int, Query(ge=1, le=1_000, description="At most so many.")]
Offset = Annotated[int, Query(ge=0, le=2**31, description="After so many.")]


def block_at(services: Services, number: int | None) -> Block:
    """The block that was asked for; raises `block-not-found` or `chain-unreachable`."""
    ledger: Ledger = services.ledger
    return ledger.head() if number is None else ledger.block(number)


def chosen_block(services: Services, number: int | None) -> Block | None:
    """Like `block_at`, and None for the newest, which the service itself will ask for."""
    return None if number is None else services.ledger.block(number)
