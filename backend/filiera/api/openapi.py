# SPDX-License-Identifier: Apache-2.0
"""/openapi.json: what FastAPI derives, put right, with an example of every endpoint.

The examples are real requests and answers (`examples.json`); the tests send them again.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any, Final

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.responses import JSONResponse

import filiera.api
from filiera.api.local_examples import with_local_examples
from filiera.proof.encoding import parse_object

ADDRESS: Final = "/openapi.json"
TAGS: Final[list[dict[str, Any]]] = [
    {"name": "passports", "description": "Products, proven step by step."},
    {"name": "verify", "description": "Verdicts."},
    {"name": "records", "description": "Signed statements: submitting and reading them."},
    {"name": "statuses", "description": "What became of a record since."},
    {"name": "documents", "description": "Files that records name by their hash."},
    {"name": "directory", "description": "Who is who on the chain."},
    {"name": "batches", "description": "What was anchored together."},
    {"name": "health", "description": "Whether this server and its parts work."},
    {"name": "namespace", "description": "What our own terms mean."},
]


@cache
def examples() -> dict[str, dict[str, Any]]:
    """By operation (`GET /v1/records/{record}`): `parameters`, `request`, `responses`.

    `request` and each of `responses` (by status) are by media type.
    """
    text = files(filiera.api).joinpath("examples.json").read_bytes()
    found: dict[str, dict[str, Any]] = parse_object(text)
    return found


def install(app: FastAPI) -> None:
    """Make `app` describe itself by `describe`; what it serves names what is stored here."""

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = describe(app)
        return app.openapi_schema

    def served() -> JSONResponse:
        return JSONResponse(with_local_examples(openapi(), app.state.services))

    # FastAPI's own way of replacing the document.
    app.openapi = openapi  # type: ignore[method-assign]
    app.add_api_route(ADDRESS, served, include_in_schema=False)


def describe(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI document of `app`."""
    document = get_openapi(
        title=app.title,
        version=app.version,
        description=app.description,
        routes=app.routes,
        tags=TAGS,
    )
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            # A malformed request is a problem of ours, 400.
            operation["responses"].pop("422", None)
            _add_examples(operation, examples().get(f"{method.upper()} {path}", {}))
    for name in ("HTTPValidationError", "ValidationError"):
        document["components"]["schemas"].pop(name, None)
    return document


def _add_examples(operation: dict[str, Any], given: dict[str, Any]) -> None:
    for parameter in operation.get("parameters", []):
        if parameter["name"] in given.get("parameters", {}):
            parameter["example"] = given["parameters"][parameter["name"]]
    _fill(operation.get("requestBody", {}), given.get("request", {}))
    for status, response in given.get("responses", {}).items():
        _fill(operation["responses"][status], response)


def _fill(part: dict[str, Any], given: dict[str, Any]) -> None:
    for media_type, example in given.items():
        part["content"][media_type]["example"] = example
