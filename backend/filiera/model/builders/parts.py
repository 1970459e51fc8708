# SPDX-License-Identifier: Apache-2.0
"""The JSON objects that several kinds of record share, from plain values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from filiera.model.base import Payload
from filiera.model.extract import ADDRESS
from filiera.model.links import RecordLink, link_payload
from filiera.model.named import Classified, Named
from filiera.model.statement import Goods, PartyInRole, Place


def present(members: Mapping[str, Any]) -> Payload:
    """The members that say something: None is left out, an empty list is kept."""
    return {name: value for name, value in members.items() if value is not None}


def reference(kind: str, named: Named | None) -> Payload | None:
    """UNTP's short form of a party, product, facility, scheme or criterion."""
    return {"type": [kind], "id": named.id, "name": named.name} if named else None


def classification(item: Classified) -> Payload:
    """UNTP Classification."""
    scheme = {"schemeId": item.scheme.id, "schemeName": item.scheme.name}
    return {"code": item.code, "name": item.name, **scheme}


def country(code: str | None) -> Payload | None:
    """UNTP Country by its two capitals."""
    return {"countryCode": code} if code else None


def facility(place: Place) -> Payload:
    """A facility in short; its address only if all that UNTP's Address requires is known."""
    parts = {member: getattr(place, name) for name, member in ADDRESS.items()}
    address = {**parts, "addressCountry": country(place.country)}
    return present(
        {
            "type": ["Facility"],
            "id": place.id,
            "name": place.name,
            "countryOfOperation": country(place.country),
            "address": address if all(address.values()) else None,
        }
    )


def event_product(goods: Goods) -> Payload:
    """UNTP EventProduct."""
    amount = goods.quantity
    product = {
        "type": ["Product"],
        "id": goods.product,
        "name": goods.name,
        "idGranularity": goods.granularity,
    }
    return present(
        {
            "product": present(product),
            "quantity": {"value": amount.value, "unit": amount.unit} if amount else None,
        }
    )


def parties(items: Sequence[PartyInRole]) -> list[Payload] | None:
    """UNTP PartyRole objects, None if there are none."""
    listed = [{"role": item.role, "party": reference("Party", item.party)} for item in items]
    return listed or None


def links(items: Sequence[RecordLink]) -> list[Payload] | None:
    """UNTP Link objects, None if there are none."""
    return [link_payload(item) for item in items] or None
