# SPDX-License-Identifier: Apache-2.0
"""The JSON-LD context of our own terms, as it is pinned in every record that uses them."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from fastapi import APIRouter, Response

import filiera.model
from filiera.model.context import CONTEXT_FILE

router = APIRouter(tags=["namespace"])


@router.get(
    "/ns/v1",
    summary="Filiera's JSON-LD context",
    response_class=Response,
    responses={200: {"content": {"application/ld+json": {}}, "description": "The context."}},
)
def context() -> Response:
    """What our own terms mean; the same bytes in every version of Filiera."""
    return Response(_document(), media_type="application/ld+json")


@cache
def _document() -> bytes:
    return files(filiera.model).joinpath(CONTEXT_FILE).read_bytes()
