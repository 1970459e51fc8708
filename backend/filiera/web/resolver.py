# SPDX-License-Identifier: Apache-2.0
"""The GS1-conformant resolver: Digital Links on this server, and what describes it.

What answers what is decided in `domain.resolver`; docs/resolver.md says it for people.
"""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import quote, unquote

from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse, RedirectResponse
from starlette.convertors import Convertor, register_url_convertor
from starlette.middleware.cors import CORSMiddleware
from starlette.routing import Match, Route
from starlette.types import Scope

from filiera.api.names import PREFIX
from filiera.domain.resolver.answers import Elsewhere, answer, leading_to, wants_page
from filiera.domain.resolver.links import GS1_TERMS, LINKSET_JSON, OUR_TERMS, absolute
from filiera.domain.resolver.requests import (
    LIKE_COMPRESSED,
    LINKSET,
    SERVED_KEYS,
    Asked,
    read_request,
)
from filiera.errors import NotFoundError
from filiera.model.addresses import page_path
from filiera.model.gs1 import product_id
from filiera.model.gs1_compressed import uncompressed
from filiera.model.gs1_keys import KEYS
from filiera.model.gs1_link import DigitalLink
from filiera.services import Services
from filiera.services.resolving import Resolving
from filiera.web.passports import passport_page

DESCRIPTION: Final = "/.well-known/gs1resolver"
METHODS: Final = ("GET", "HEAD", "OPTIONS")
CONTEXT: Final = "https://ref.gs1.org/standards/resolver/linkset-context"
"""What makes JSON-LD of a linkset; a name for programs, never fetched here."""
_SHARED: Final = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": ", ".join(METHODS),
    "Access-Control-Expose-Headers": "Link, Location, ETag",
}


class _LinkPath(Convertor[str]):
    """A path with a GS1 key and something behind it, whatever stands before.

    Or one that looks compressed. It is matched unescaped; a key is plain digits either way.
    """

    regex = rf"(?!{PREFIX[1:]}/)(?:[\s\S]+/)?(?:{'|'.join(KEYS)})/[\s\S]+|{LIKE_COMPRESSED}"

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


class _Canonical(_LinkPath):
    """A path that begins with a GS1 key, as every address of a page does."""

    regex = rf"(?:{'|'.join(KEYS)})/[\s\S]+"


class _Compressed(Route):
    """Whatever can be read as a compressed Digital Link, and nothing else.

    Most words are none: those are answered as they would be without this.
    """

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        ours = scope["type"] == "http" and not scope["path"].startswith(f"{PREFIX}/")
        if ours and uncompressed(_raw_path(scope), "") is not None:
            return super().matches(scope)
        return Match.NONE, {}


register_url_convertor("gs1link", _LinkPath())
register_url_convertor("gs1canonical", _Canonical())


def install(app: FastAPI) -> None:
    """Answer Digital Links on a site that is complete: what comes before keeps its addresses.

    Anybody's page may read what is public here, so the whole server shares its GET answers.
    """
    app.add_middleware(
        CORSMiddleware,
        allow_origins=("*",),
        allow_methods=METHODS,
        expose_headers=("Link", "Location", "ETag"),
    )
    # Asked for most, and nothing else begins so: not compared with every other route before.
    app.router.routes.insert(0, Route("/{link:gs1canonical}", resolve, methods=METHODS))
    app.router.routes += [
        Route(DESCRIPTION, describe, methods=METHODS),
        Route("/{link:gs1link}", resolve, methods=METHODS),
        _Compressed("/{link:path}", resolve, methods=METHODS),
    ]


def site_url(request: Request) -> str:
    """The address of this site without a slash at its end: its setting, else the request's."""
    return request.app.state.settings.public_url or str(request.base_url).rstrip("/")


def resolve(request: Request) -> Response:
    """What a Digital Link leads to.

    Raises `gs1-malformed`, `gs1-check-digit`, `gs1-compressed`, `gs1-key-not-served`,
    `link-type-not-found`, and what says that nothing is here; the site's error handlers answer
    those.
    """
    if request.method == "OPTIONS":
        return _options()
    sent = _raw_path(request.scope)
    path, query = uncompressed(sent, request.url.query) or (sent, request.url.query)
    # For the page of an error: as it was sent, in full, then as it was understood.
    request.state.asked = unquote(path).strip("/")
    asked = read_request(path, query)
    request.state.asked = asked.link.elements
    base = site_url(request)
    links = [_link_to_linkset(asked.link, base)]
    if path != sent:
        # An error that this ends in says it too.
        request.state.same_as = _link_to_uncompressed(asked, base)
        links.append(request.state.same_as)
    response = _answer(request, asked, base)
    response.headers.update(_SHARED)
    for link in links:
        response.headers.append("Link", link)
    response.headers["Vary"] = ", ".join(filter(None, (response.headers.get("vary"), "Accept")))
    return response


def _answer(request: Request, asked: Asked, base: str) -> Response:
    services: Services = request.app.state.services
    resolving = Resolving(services.store, services.passports)
    accept = request.headers.get("accept", "")
    if wants_page(asked, accept):
        return _page(request, asked, resolving, base)
    found = answer(asked, resolving.links(asked.link), accept, base)
    if isinstance(found, Elsewhere):
        return RedirectResponse(found.location, 307)
    context = f'<{CONTEXT}>; rel="http://www.w3.org/ns/json-ld#context"; type="application/ld+json"'
    headers = {"Link": context, "Cache-Control": "no-cache"}
    return JSONResponse(found.body, headers=headers, media_type=LINKSET_JSON)


def _page(request: Request, asked: Asked, resolving: Resolving, base: str) -> Response:
    """The page at this very address, else where the one of its batch or model is.

    The page is tried first: what was shown a moment ago is at hand without a question.
    """
    try:
        return passport_page(request, product_id(asked.link.uri).uri)
    except NotFoundError:
        nearest = resolving.nearest(asked.link)
    return RedirectResponse(leading_to(asked, page_path(nearest), base).location, 307)


def describe(request: Request) -> Response:
    """The resolver description file (GS1-Conformant Resolver 1.0)."""
    if request.method == "OPTIONS":
        return _options()
    said: dict[str, Any] = {
        "name": "Filiera",
        "resolverRoot": site_url(request),
        "supportedPrimaryKeys": list(SERVED_KEYS),
        "supportedLinkType": [
            {"namespace": GS1_TERMS, "prefix": "gs1:"},
            {"namespace": OUR_TERMS, "prefix": "filiera:"},
        ],
        "linkTypeDefaultCanBeLinkset": True,
        "supportsSemanticInterpretation": False,
        "validatesAIcombinations": True,
        "supportsLanguageVariants": True,
    }
    return JSONResponse(said, headers={**_SHARED, "Cache-Control": "no-cache"})


def _options() -> Response:
    return Response(status_code=204, headers={**_SHARED, "Allow": ", ".join(METHODS)})


def _raw_path(scope: Scope) -> str:
    """The path as it was sent: an escaped slash is part of a value."""
    raw = scope.get("raw_path")
    if raw is None:
        return quote(scope["path"])
    return bytes(raw).partition(b"?")[0].decode("latin-1")


def _link_to_linkset(link: DigitalLink, base: str) -> str:
    target = f"{absolute(base, link.path)}?linkType={LINKSET}"
    return f'<{target}>; rel="linkset"; type="{LINKSET_JSON}"; title="Everything known of it"'


def _link_to_uncompressed(asked: Asked, base: str) -> str:
    query = f"?{asked.query}" if asked.query else ""
    return f'<{absolute(base, asked.link.path)}{query}>; rel="owl:sameAs"'
