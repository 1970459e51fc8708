# SPDX-License-Identifier: Apache-2.0
"""The page of a product, as an answer. What resolves an address to a product calls this."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from filiera.web.page import build_page
from filiera.web.site import site_of


def passport_page(request: Request, product: str) -> Response:
    """The page of the passport of `product`, a canonical id (`ProductId.uri`).

    Raises `passport-not-found`, and `UnavailableError` when the database does not answer;
    the site's error handlers make pages of both. It waits for chain and database: call it
    from a thread (an endpoint that is no coroutine).
    """
    site = site_of(request)
    shown = site.shelf.shown(product)
    return site.page_of(request, shown, "passport.html", lambda: {"page": build_page(shown)})
