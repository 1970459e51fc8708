# SPDX-License-Identifier: Apache-2.0
"""Examples that work on this very server: at /docs, what is tried out is found."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from filiera.errors import FilieraError
from filiera.model.ids import b64url
from filiera.services import Services


def with_local_examples(document: dict[str, Any], services: Services) -> dict[str, Any]:
    """The OpenAPI document, its examples of names replaced by such as are stored here.

    As it is where nothing is stored, or the database does not answer.
    """
    try:
        names = _names(services)
    except FilieraError:
        return document
    if not names:
        return document
    found = deepcopy(document)
    for methods in found["paths"].values():
        for operation in methods.values():
            for parameter in operation.get("parameters", []):
                if parameter["in"] == "path" and parameter["name"] in names:
                    parameter["example"] = names[parameter["name"]]
    body = found["paths"]["/v1/verify"]["post"]["requestBody"]
    body["content"]["application/json"]["example"] = {"product": names["product"]}
    return found


def _names(services: Services) -> dict[str, Any]:
    """By parameter, a name that is stored here; empty while there is no passport."""
    products = services.store.products()[:1]
    if not products:
        return {}
    own = services.store.own_records(products[0])[0]
    names = {
        "product": products[0],
        "record": b64url(own.id),
        "participant": b64url(own.participant),
        "address": own.address,
        "number": own.batch,
        "sha256": _document(services, products),
    }
    return {name: value for name, value in names.items() if value is not None}


def _document(services: Services, products: list[str]) -> str | None:
    for record in services.store.about(products):
        for document in services.store.documents_of(record.id):
            return b64url(document.sha256)
    return None
