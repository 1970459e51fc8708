# SPDX-License-Identifier: Apache-2.0
"""Identifiers inside a record: GS1's in their one canonical spelling, check digits right.

The graph joins what one firm makes to what the next one uses by comparing identifiers,
and a wrong digit would join the wrong things, or none
(docs/decisions/0041-things-in-one-spelling.md).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from filiera.errors import InputError
from filiera.model.base import Payload
from filiera.model.gs1 import canonical_uri, product_id
from filiera.model.statement import Claim, Identity, OwnProduct, Statement, Step


def check_identifiers(payload: Payload, statement: Statement) -> None:
    """Check every identifier of a product, place or party that the statement names.

    Raises `gs1-check-digit`, or `gs1-malformed` for a GS1 identifier that is malformed or
    spelled otherwise than canonically, with the first place where it stands.
    """
    try:
        for uri in statement.products:
            _check(uri, product_id(uri).uri)
        for uri in _others(statement):
            _check(uri, canonical_uri(uri))
    except InputError as error:
        where = _find(payload, uri, "")
        raise InputError(error.code, error.message, where=where, hint=error.hint) from None


def _check(uri: str, canonical: str) -> None:
    if uri != canonical:
        raise InputError(
            "gs1-malformed",
            f"{uri[:200]} is not spelled canonically.",
            hint=f"Write {canonical[:200]}.",
        )


def _others(statement: Statement) -> Iterator[str]:
    """The identifiers of places and parties, which may be dids or URIs of any kind."""
    if statement.stated_by:
        yield statement.stated_by.id
    match statement.said:
        case Step() as step:
            places = (step.place, step.origin, step.destination)
            yield from (place.id for place in places if place)
            yield from (item.party.id for item in step.parties)
        case Claim() as claim:
            yield claim.party.id
            yield from (facility.id for facility in claim.facilities)
        case OwnProduct() as product:
            yield from (place.id for place in (product.place,) if place)
            yield from (item.party.id for item in product.parties)
        case Identity():
            return


def _find(value: Any, uri: str, path: str) -> str | None:
    """The path of the first text that is `uri`."""
    if isinstance(value, dict | list):
        for key, item in value.items() if isinstance(value, dict) else enumerate(value):
            name = f"[{key}]" if isinstance(key, int) else f".{key}" if path else key
            found = _find(item, uri, f"{path}{name}")
            if found:
                return found
    return path if value == uri else None
