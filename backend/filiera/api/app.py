# SPDX-License-Identifier: Apache-2.0
"""The application: routers, errors, the anchoring thread."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from fastapi.routing import APIRoute

from filiera.api import docs_page, openapi, problems
from filiera.api.background import AnchoringThread
from filiera.api.head import HeadAsGet
from filiera.api.names import PREFIX, EscapedPaths
from filiera.api.routes import PLAIN, VERSIONED
from filiera.services import Services
from filiera.settings import Settings


def create_app(services: Services, *, settings: Settings, background: bool = True) -> FastAPI:
    """The API over `services`; `web.app.create_site` adds the pages for people.

    With `background`, its lifespan runs the thread that anchors what is due; without, only
    `POST /v1/batches` anchors.
    """
    app = FastAPI(
        title="Filiera",
        version="1",
        description=_DESCRIPTION,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        generate_unique_id_function=_operation_id,
        lifespan=_lifespan if background else None,
    )
    app.state.services = services
    app.state.settings = settings
    problems.install(app)
    docs_page.install(app)
    openapi.install(app)
    app.add_middleware(EscapedPaths)
    app.add_middleware(HeadAsGet)
    for router in VERSIONED:
        app.include_router(router, prefix=PREFIX)
    for router in PLAIN:
        app.include_router(router)
    return app


_DESCRIPTION = """Passports of fashion products, proven step by step against a chain.

To look around, begin with **GET /v1/passports**: open it, press *Try it out*, then *Execute*.
Records are signed where the key is and submitted here; anyone may read. Errors are problem
details (RFC 9457) with permanent codes."""


def _operation_id(route: APIRoute) -> str:
    """`records-submit`: what generated clients name their functions by."""
    return "-".join((*map(str, route.tags[:1]), route.name))


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    services: Services = app.state.services
    thread = AnchoringThread(services.anchoring)
    thread.start()
    try:
        yield
    finally:
        thread.stop()
