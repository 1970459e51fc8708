# SPDX-License-Identifier: Apache-2.0
"""Batches: anchoring at once, and what was anchored."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

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
    if _is_foreign_page(request) or not _is_loopback(host):
        raise RefusedError(
            "operator-only",
            "Anchoring at once is for the operator, from the machine itself.",
            hint="Wait: what was accepted is anchored by itself.",
        )


def _is_foreign_page(request: Request) -> bool:
    """Whether a browser asks for a page from elsewhere.

    Over plain HTTP it does not say `Sec-Fetch-Site`, and a name of the page's own may have come
    to mean this machine: then only `Origin`, which every POST of a page has, tells them apart.
    """
    if request.headers.get("sec-fetch-site", "none") not in ("none", "same-origin"):
        return True
    origin = request.headers.get("origin")
    return origin is not None and not _is_loopback(_host_of(origin))


def _host_of(origin: str) -> str:
    """The host of an origin (RFC 6454 section 6.2), empty where there is none."""
    try:
        host = urlsplit(origin).hostname or ""
    except ValueError:
        return ""
    return "127.0.0.1" if host == "localhost" else host


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
