# SPDX-License-Identifier: Apache-2.0
"""The JSON Schemas of what proofs consist of: bundle, trust file, verdict."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from fastapi import APIRouter, Response

from filiera.api.described import problems
from filiera.errors import NotFoundError

router = APIRouter(prefix="/schemas", tags=["schemas"])


@router.get(
    "/{name}",
    summary="One JSON Schema",
    response_class=Response,
    responses={
        200: {"content": {"application/schema+json": {}}, "description": "The schema."},
        **problems(404),
    },
)
def read(name: str) -> Response:
    """A JSON Schema (2020-12): `bundle-v1.json`, `trust-v1.json` or `verdict-v1.json`.

    A version is never changed; what comes after it has another name.
    """
    schema = _schemas().get(name)
    if schema is None:
        known = ", ".join(sorted(_schemas()))
        raise NotFoundError("not-found", f"No schema has that name: {known}.", where=name)
    return Response(schema, media_type="application/schema+json")


@cache
def _schemas() -> dict[str, bytes]:
    folder = files("filiera.proof") / "schemas"
    return {each.name: each.read_bytes() for each in folder.iterdir()}
