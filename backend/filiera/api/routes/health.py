# SPDX-License-Identifier: Apache-2.0
"""Whether the process lives, and whether what it needs answers."""

from __future__ import annotations

from fastapi import APIRouter, Response

from filiera.api.context import ServicesOf
from filiera.api.problems import RETRY_AFTER, problem_of
from filiera.api.views.health import AliveView, PartView, ReadyView
from filiera.errors import FilieraError
from filiera.services import readiness

router = APIRouter(tags=["health"])


@router.get("/healthz", summary="Whether the process is up")
def alive() -> AliveView:
    """Answers as long as the process does; says nothing about the parts behind it."""
    return AliveView(status="ok")


@router.get(
    "/readyz",
    summary="Whether every part answers",
    responses={503: {"model": ReadyView, "description": "A part does not answer."}},
)
def ready(response: Response, services: ServicesOf) -> ReadyView:
    """Asks the chain, IPFS and the database; 503 unless all of them answer."""
    parts = {name: _part(trouble) for name, trouble in readiness.parts(services).items()}
    if not all(part.ready for part in parts.values()):
        response.status_code = 503
        response.headers["Retry-After"] = RETRY_AFTER
    return ReadyView(ready=response.status_code != 503, parts=parts)


def _part(trouble: FilieraError | None) -> PartView:
    return PartView(ready=trouble is None, problem=problem_of(trouble) if trouble else None)
