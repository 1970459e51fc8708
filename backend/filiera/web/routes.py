# SPDX-License-Identifier: Apache-2.0
"""The addresses of the site."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse

from filiera.api.context import ServicesOf
from filiera.api.encoded import accepts_gzip
from filiera.api.names import record_path
from filiera.api.routes import documents
from filiera.domain.search import RecordName, find_meant
from filiera.errors import NotFoundError
from filiera.model.gs1 import product_id
from filiera.services import Services
from filiera.web import addresses
from filiera.web.addresses import passport_address
from filiera.web.answers import FOR_EVER, PROGRAM, SAFE, kept_for
from filiera.web.assets import STATIC
from filiera.web.home import home
from filiera.web.language import reader_of
from filiera.web.passports import passport_page
from filiera.web.site import site_of

router = APIRouter(include_in_schema=False)
Text = Annotated[str, Query(max_length=2_000)]


@router.get(addresses.HOME)
def front(request: Request, services: ServicesOf) -> Response:
    """What Filiera is, a search field, and the products that have a passport."""
    site = site_of(request)
    caching = kept_for(site.page_age)
    return site.page(request, "home.html", caching=caching, home=home(services))


@router.get(addresses.PASSPORT)
def passport(request: Request, id: Text) -> Response:  # noqa: A002 - the parameter's name
    """The passport of a product by any spelling of it, GS1's or another absolute URI."""
    return passport_page(request, product_id(id.strip(), where="id").uri)


@router.get(addresses.SEARCH)
def search(request: Request, services: ServicesOf, q: Text) -> Response:
    """Lead to what was typed: the page of a product, a record, the Digital Link of a place."""
    return RedirectResponse(reader_of(request).link(_address_of(q, services)), 303, headers=SAFE)


def _address_of(text: str, services: Services) -> str:
    """A passport's own record leads to its page; what is no product is named at its own link."""
    meant = find_meant(text)
    if isinstance(meant, RecordName):
        record = services.store.get(meant.digest)
        if record is None:
            raise NotFoundError("record-not-found", "No record of that id is here.", where="q")
        return passport_address(record.own) if record.own else record_path(record.id)
    if meant.link is not None and not meant.is_product:
        return meant.link.path
    return passport_address(meant.uri)


@router.get(addresses.DOCUMENTS + "/{sha256}")
def document(sha256: str, services: ServicesOf) -> Response:
    """A document that came with a record, which can run nothing (`api.routes.documents`)."""
    response = documents.read(sha256, services)
    response.headers.update(SAFE)
    return response


@router.get(STATIC + "/{name}")
def static(name: str, request: Request) -> Response:
    """A static file under the name that holds its hash; a page is there to be kept, not opened."""
    asset = site_of(request).assets.find(name)
    headers = {
        **PROGRAM,
        "Content-Type": asset.media_type,
        "Cache-Control": FOR_EVER,
        "Vary": "Accept-Encoding",
    }
    if asset.media_type.startswith("text/html"):
        headers["Content-Disposition"] = f'attachment; filename="{asset.file}"'
    if accepts_gzip(request):
        return Response(asset.compressed, headers={**headers, "Content-Encoding": "gzip"})
    return Response(asset.body, headers=headers)
