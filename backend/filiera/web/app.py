# SPDX-License-Identifier: Apache-2.0
"""The whole server: the API, and the public pages over it."""

from __future__ import annotations

from fastapi import FastAPI

from filiera.api.app import create_app
from filiera.services import Services
from filiera.settings import Settings
from filiera.web import problems, resolver, routes
from filiera.web.audit import routes as audit
from filiera.web.site import Site


def create_site(services: Services, *, settings: Settings, background: bool = True) -> FastAPI:
    """The API and the pages over `services`; `background` as in `create_app`."""
    app = create_app(services, settings=settings, background=background)
    install(app)
    return app


def install(app: FastAPI, *, docs: bool = True) -> None:
    """Add the pages to an API that is complete: what comes after is taken for the site's.

    With `docs` they lead to the API's own page.
    """
    app.state.site = Site.of(app.state.services, app.state.settings, docs=docs)
    problems.install(app)
    app.include_router(routes.router)
    app.include_router(audit.router)
    resolver.install(app)
