# SPDX-License-Identifier: Apache-2.0
"""The JSON Schema of a bundle: its shape and bounds, as `parse_bundle` reads them.

What a schema cannot say is left to `parse_bundle`: the one spelling, base64url that re-encodes
to itself, and everything that a verdict is made of.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final

from filiera.proof.bundle import (
    MAX_HEADER,
    MAX_HEADERS,
    MAX_NODE,
    MAX_NODES,
    MAX_PATH,
    MAX_RECORDS,
    NODES_A_RECORD,
    SPARE_NODES,
    VERSION,
)
from filiera.proof.encoding import MAX_INTEGER
from filiera.proof.jws import MAX_JWS

SCHEMA_ID: Final = "https://filiera.example/schemas/bundle-v1.json"
_B64URL: Final = "^[A-Za-z0-9_-]+$"
_HASH: Final = "^[A-Za-z0-9_-]{43}$"


def bundle_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of a bundle."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA_ID,
        "title": "Bundle",
        "description": "A passport's records and proofs in one self-contained file, version 1.",
        **_object(
            {
                "filieraBundle": {"const": VERSION},
                "headers": _blobs("Block headers as RLP.", MAX_HEADERS, MAX_HEADER, least=1),
                "operatorSeal": {
                    "description": "r, s and v of the operator's signature, 65 bytes.",
                    "type": "string",
                    "pattern": "^[A-Za-z0-9_-]{87}$",
                },
                "records": _list("#/$defs/Record", MAX_RECORDS, least=1),
                "nodes": _blobs(
                    f"Trie nodes as RLP: at most {SPARE_NODES:,} and {NODES_A_RECORD} a record.",
                    MAX_NODES,
                    MAX_NODE,
                ),
            },
            optional=["operatorSeal"],
        ),
        "$defs": {"Record": _record(), "Anchor": _anchor()},
    }


def _record() -> dict[str, Any]:
    return {
        "title": "Record",
        "description": "A compact JWS, and where it is anchored if it is.",
        **_object(
            {
                "jws": {"type": "string", "pattern": "^[\\x00-\\x7f]*$", "maxLength": MAX_JWS},
                "anchor": {"$ref": "#/$defs/Anchor"},
            },
            optional=["anchor"],
        ),
    }


def _anchor() -> dict[str, Any]:
    return {
        "title": "Anchor",
        "description": "The anchoring account, the root, the leaf's index and its path.",
        **_object(
            {
                "anchorer": {"type": "string", "pattern": "^0x[0-9a-f]{40}$"},
                "root": {"type": "string", "pattern": _HASH},
                "index": {"type": "integer", "minimum": 0, "maximum": MAX_INTEGER},
                "path": {
                    "type": "array",
                    "items": {"type": "string", "pattern": _HASH},
                    "maxItems": MAX_PATH,
                },
            }
        ),
    }


def _object(members: dict[str, Any], *, optional: Collection[str] = ()) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": members,
        "required": [name for name in members if name not in optional],
        "additionalProperties": False,
    }


def _blobs(what: str, most: int, size: int, *, least: int = 0) -> dict[str, Any]:
    item = {"type": "string", "pattern": _B64URL, "maxLength": -(-size * 4 // 3)}
    return {
        "description": what,
        "type": "array",
        "items": item,
        "minItems": least,
        "maxItems": most,
    }


def _list(item: str, most: int, *, least: int) -> dict[str, Any]:
    return {"type": "array", "items": {"$ref": item}, "minItems": least, "maxItems": most}
