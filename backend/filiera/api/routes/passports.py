# SPDX-License-Identifier: Apache-2.0
"""Passports: the products here, one product's passport, what leads up to it."""

from __future__ import annotations

from fastapi import APIRouter

from filiera.api.context import ServicesOf
from filiera.api.names import parse_product
from filiera.services.passport_view import PassportView, passport_view

router = APIRouter(prefix="/passports", tags=["passports"])


@router.get("/{product:path}", summary="One passport", response_model=PassportView)
def read(product: str, services: ServicesOf) -> PassportView:
    """The assembled passport of a product, judged by facts of the newest block."""
    return passport_view(services.passports.assemble(parse_product(product).uri))
