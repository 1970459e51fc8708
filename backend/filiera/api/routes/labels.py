# SPDX-License-Identifier: Apache-2.0
"""Labels: the QR code of a product's page. Its own record is not needed: labels come first."""

from __future__ import annotations

from typing import Any, Final

from fastapi import APIRouter, Request, Response

from filiera.api.described import problems
from filiera.api.names import parse_product
from filiera.errors import InputError
from filiera.labels.symbol import png, svg
from filiera.model.addresses import page_url

router = APIRouter(prefix="/passports", tags=["labels"])
_KEPT: Final = {"Cache-Control": "public, max-age=3600"}
_GUESSED: Final = {"Cache-Control": "no-store"}
"""Of a code that leads where the request says that it came: nobody else is to be given it."""


def _image(media_type: str) -> dict[int | str, dict[str, Any]]:
    answer = {"content": {media_type: {}}, "description": "The picture."}
    return {200: answer, **problems(400)}


@router.get(
    "/{product:path}/qr.svg",
    summary="A product's QR code, to scale",
    response_class=Response,
    responses=_image("image/svg+xml"),
)
def qr_svg(product: str, request: Request) -> Response:
    """The address of the product's page as a QR code, in SVG.

    A product with a GTIN has its Digital Link in it, on the site of `FILIERA_PUBLIC_URL`, else
    on the one that the request came to.
    """
    code = svg(_url(product, request))
    return Response(code, media_type="image/svg+xml", headers=_caching(request))


@router.get(
    "/{product:path}/qr.png",
    summary="A product's QR code, as a picture",
    response_class=Response,
    responses=_image("image/png"),
)
def qr_png(product: str, request: Request) -> Response:
    """The same in PNG, at 600 dots an inch."""
    code = png(_url(product, request))
    return Response(code, media_type="image/png", headers=_caching(request))


def _caching(request: Request) -> dict[str, str]:
    return _KEPT if request.app.state.settings.public_url else _GUESSED


def _url(product: str, request: Request) -> str:
    found = parse_product(product)
    if not found.is_product:
        raise InputError("gs1-malformed", "This names a place or a party.", where="product")
    base = request.app.state.settings.public_url or str(request.base_url).rstrip("/")
    return page_url(base, found)
