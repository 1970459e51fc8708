# SPDX-License-Identifier: Apache-2.0
"""The pages alone, for everybody in a network: nothing here takes anything in.

What is not in the table is not there: no submission, no statuses, no batches, no docs.
"""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter, FastAPI
from fastapi.routing import APIRoute

from filiera.api import problems
from filiera.api.head import HeadAsGet
from filiera.api.names import PREFIX, EscapedPaths
from filiera.api.routes import VERSIONED
from filiera.services import Services
from filiera.settings import Settings
from filiera.web.app import install

READ: Final = (
    "/passports/{product:path}",
    "/passports/{product:path}/bundle",
    "/passports/{product:path}/qr.svg",
    "/passports/{product:path}/qr.png",
    "/records/{record}",
    "/documents/{sha256}",
    "/trust",
)
"""What of the API a page leads to; it can be read, nothing else."""


def create_public_site(services: Services, *, settings: Settings) -> FastAPI:
    """The pages over `services`, the resolver, and what of the API they need."""
    app = FastAPI(
        title="Filiera", openapi_url=None, docs_url=None, redoc_url=None, redirect_slashes=False
    )
    app.state.services = services
    app.state.settings = settings
    problems.install(app)
    app.add_middleware(EscapedPaths)
    app.add_middleware(HeadAsGet)
    app.include_router(_reading(), prefix=PREFIX)
    install(app, docs=False)
    return app


def _reading() -> APIRouter:
    """Those endpoints of the API that are in the table, in the API's order."""
    chosen = APIRouter(include_in_schema=False)
    chosen.routes += [
        route
        for router in VERSIONED
        for route in router.routes
        if isinstance(route, APIRoute) and route.path in READ and route.methods == {"GET"}
    ]
    return chosen
