# SPDX-License-Identifier: Apache-2.0
"""Whether the process lives, and whether what it needs answers."""

from __future__ import annotations

from fastapi import APIRouter

router = APIRouter(tags=["health"])


@router.get("/healthz", summary="Whether the process is up")
def alive() -> dict[str, str]:
    """Answers as long as the process does; says nothing about the parts behind it."""
    return {"status": "ok"}
