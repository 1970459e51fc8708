# SPDX-License-Identifier: Apache-2.0
"""Batches: anchoring at once, and what was anchored."""

from __future__ import annotations

import ipaddress

from fastapi import APIRouter, Request

from filiera.api.blocks import Limit, Offset
from filiera.api.context import ServicesOf
from filiera.api.described import problems
from filiera.api.views.batches import BatchesView, BatchView, batch_summary_view, batch_view
from filiera.errors import NotFoundError, RefusedError

router = APIRouter(prefix="/batches", tags=["batches"])


@router.post("", summary="Anchor now", responses=problems(403, 503))
def anchor(request: Request, services: ServicesOf) -> BatchesView:
    """Anchor everything that waits, without waiting for a batch to be due.

    An action of the operator: only from the machine itself. The answer lists the batches
    that were finished; none when nothing waited.
    """
    _require_operator(request)
    done = services.anchoring.anchor_now()
    return BatchesView(total=len(done), batches=[batch_summary_view(batch) for batch in done])


@router.get("", summary="Batches", responses=problems(400, 503))
def batches(services: ServicesOf, limit: Limit = 100, offset: Offset = 0) -> BatchesView:
    """The batches made here, oldest first."""
    every = services.store.batches()
    chosen = every[offset : offset + limit]
    return BatchesView(total=len(every), batches=[batch_summary_view(batch) for batch in chosen])


@router.get("/{number}", summary="One batch", responses=problems(400, 404, 503))
def batch(number: int, services: ServicesOf) -> BatchView:
    """A batch with its records, in the order of its leaves."""
    found = services.store.batch(number) if 0 <= number < 2**31 else None
    if found is None:
        raise NotFoundError("batch-not-found", f"There is no batch {number}.")
    return batch_view(found)


def _require_operator(request: Request) -> None:
    """Refuse a client elsewhere, and a page elsewhere that makes a browser here ask."""
    host = request.client.host if request.client else ""
    foreign = request.headers.get("sec-fetch-site", "none") not in ("none", "same-origin")
    if foreign or not _is_loopback(host):
        raise RefusedError(
            "operator-only",
            "Anchoring at once is for the operator, from the machine itself.",
            hint="Wait: what was accepted is anchored by itself.",
        )


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
