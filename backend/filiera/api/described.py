# SPDX-License-Identifier: Apache-2.0
"""What the OpenAPI document says beyond what the code says by itself: bodies, problems."""

from __future__ import annotations

from typing import Any, Final

from pydantic import BaseModel

from filiera.api.bodies import FORM_TYPE, JSON_TYPE, JWS_TYPES
from filiera.api.problems import PROBLEM_JSON

Responses = dict[int | str, dict[str, Any]]

_MEANINGS: Final[dict[int, str]] = {
    400: "Malformed: `code` says how, `where` says where.",
    403: "Well formed, but the one who asks may not.",
    404: "Nothing of that name is known here.",
    409: "It contradicts what is stored or on the chain.",
    413: "Larger than the limit.",
    415: "A body of a type that is not taken here.",
    502: "The stored copy is not what its hash says; it was altered.",
    503: "A part did not answer, `part` says which. Nothing was decided: a retry is safe.",
}


def problems(*statuses: int) -> Responses:
    """The problem details that an endpoint may answer with."""
    content = {PROBLEM_JSON: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {status: {"description": _MEANINGS[status], "content": content} for status in statuses}


def json_body(model: type[BaseModel]) -> dict[str, Any]:
    """A JSON body that our own parser reads, described as `model`."""
    schema = model.model_json_schema(by_alias=True)
    return {"requestBody": {"required": True, "content": {JSON_TYPE: {"schema": schema}}}}


def _submission() -> dict[str, Any]:
    jws: dict[str, Any] = {"type": "string", "description": "A compact JWS (docs/records.md)."}
    records: dict[str, Any] = {"type": "array", "items": jws, "minItems": 1}
    form = {
        "type": "object",
        "required": ["record"],
        "properties": {
            "record": records,
            "document": {"type": "array", "items": {"type": "string", "format": "binary"}},
        },
    }
    several = {"type": "object", "required": ["records"], "properties": {"records": records}}
    content = {kind: {"schema": jws} for kind in JWS_TYPES}
    content |= {JSON_TYPE: {"schema": several}, FORM_TYPE: {"schema": form}}
    return {"requestBody": {"required": True, "content": content}}


SUBMISSION: Final = _submission()
"""The three forms of a submission."""
