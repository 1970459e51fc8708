# SPDX-License-Identifier: Apache-2.0
"""Verifying: the verdict about a product, or about one record that is handed in."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request

from filiera.api.blocks import chosen_block
from filiera.api.bodies import read_json
from filiera.api.context import ServicesOf
from filiera.api.described import json_body, problems
from filiera.api.views.verify import VerifiedView, VerifyBody, record_verdict_view
from filiera.model.gs1 import product_id
from filiera.proof.jws import parse_jws
from filiera.proof.verify import verify_record
from filiera.services import Services
from filiera.services.passport_view import verdict_view

router = APIRouter(tags=["verify"])


async def _read_body(request: Request) -> VerifyBody:
    return await read_json(request, VerifyBody)


@router.post(
    "/verify",
    summary="Verify",
    response_model_exclude_unset=True,
    openapi_extra=json_body(VerifyBody),
    responses=problems(400, 404, 413, 415, 503),
)
def verify(body: Annotated[VerifyBody, Depends(_read_body)], services: ServicesOf) -> VerifiedView:
    """Check a product's passport, or one record as it was signed, whether stored here or not.

    The answer is 200 whatever the verdict: proven, disproven or unknown. It takes this
    server's word for what the chain says; who does not want to takes facts from a node of
    their own.
    """
    if body.record is not None:
        return _verify_record(services, body.record.encode(), body.block)
    product = product_id(body.product or "", where="product").uri
    passport = services.passports.assemble(product, chosen_block(services, body.block))
    return VerifiedView(
        product=product,
        verdict=verdict_view(passport.verdict),
        unavailable=list(passport.unavailable),
    )


def _verify_record(services: Services, jws: bytes, block: int | None) -> VerifiedView:
    parse_jws(jws)
    gathered = services.gatherer.gather_record(jws, chosen_block(services, block))
    found = verify_record(gathered.evidence, services.passports.trust)
    return VerifiedView(
        record=record_verdict_view(found, gathered.evidence),
        unavailable=list(gathered.unavailable),
    )
