# SPDX-License-Identifier: Apache-2.0
"""Identifiers inside a record: GS1's must be right, products' in their one spelling.

Whoever looks for a product finds every record that names it only if all name it alike
(docs/decisions/0041-products-in-one-spelling.md).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from filiera.errors import InputError
from filiera.model.base import Payload
from filiera.model.gs1 import canonical_uri, product_id

_THINGS = frozenset({"Facility", "Party"})


def check_spelling(payload: Payload) -> None:
    """Refuse a wrong GS1 identifier anywhere in the credentialSubject.

    `payload` is one that `parse_record` took. Raises `gs1-check-digit`, or `gs1-malformed`
    for a malformed one and for a product that is not named by its canonical URI.
    """
    for path, node in _objects(payload.get("credentialSubject"), "credentialSubject"):
        identifier, types = node.get("id"), node.get("type")
        if not isinstance(identifier, str) or not isinstance(types, list):
            continue
        if "Product" in types:
            _check_product(identifier, f"{path}.id")
        elif not _THINGS.isdisjoint(types):
            canonical_uri(identifier, where=f"{path}.id")


def _check_product(identifier: str, where: str) -> None:
    canonical = product_id(identifier, where=where).uri
    if canonical != identifier:
        raise InputError(
            "gs1-malformed",
            f"{identifier[:80]!r} is not the canonical spelling of this product.",
            where=where,
            hint=f"Write it as {canonical}.",
        )


def _objects(value: Any, path: str) -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(value, dict):
        yield path, value
        for name, item in value.items():
            yield from _objects(item, f"{path}.{name}")
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _objects(item, f"{path}[{index}]")
