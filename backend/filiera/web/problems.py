# SPDX-License-Identifier: Apache-2.0
"""Errors of the site as pages; those of the API stay what they are, problem details."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, Final

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from filiera.api import docs_page, openapi
from filiera.api.names import PREFIX
from filiera.api.problems import RETRY_AFTER, status_of
from filiera.api.routes import PLAIN
from filiera.errors import FilieraError, UnavailableError
from filiera.web.answers import NEVER_KEPT
from filiera.web.faults import fault
from filiera.web.site import site_of

Handler = Callable[[Request, Exception], Awaitable[Response]]
_CODES: Final = {404: "not-found", 405: "method-not-allowed", 500: "internal"}
_KINDS: Final[tuple[type[Exception], ...]] = (
    FilieraError,
    RequestValidationError,
    HTTPException,
    Exception,
)


def install(app: FastAPI) -> None:
    """Show errors as pages, but for what lies below an address of the API."""
    of_the_api = [PREFIX, docs_page.ADDRESS, openapi.ADDRESS]
    of_the_api += [getattr(route, "path", "") for router in PLAIN for route in router.routes]
    reserved = frozenset(map(_first_segment, of_the_api))
    for kind in _KINDS:
        app.add_exception_handler(kind, _page_or(_handler(app, kind), reserved))


def _handler(app: FastAPI, kind: type[Exception]) -> Handler:
    found: Any = app.exception_handlers[kind]
    handler: Handler = found
    return handler


def _page_or(of_the_api: Handler, reserved: frozenset[str]) -> Handler:
    async def handle(request: Request, error: Exception) -> Response:
        # The API's own handler logs, and knows the status.
        answer = await of_the_api(request, error)
        if _first_segment(request.url.path) in reserved:
            return answer
        if wants_page(request):
            answer = error_page(request, *_code_and_status(error, answer.status_code), error)
        else:
            answer.headers["Vary"] = "Accept"
        if same_as := getattr(request.state, "same_as", None):
            answer.headers["Link"] = same_as  # what a compressed Digital Link is in full
        return answer

    return handle


def _first_segment(path: str) -> str:
    return path.strip("/").partition("/")[0]


def wants_page(request: Request) -> bool:
    """Whether a person asks; a program that takes JSON and no HTML gets a problem."""
    accept = request.headers.get("accept", "*/*")
    return "html" in accept or "json" not in accept


def _code_and_status(error: Exception, status: int) -> tuple[str, int]:
    if isinstance(error, FilieraError):
        return error.code, status_of(error)
    return _CODES.get(status, "request-invalid"), status


def _asked(request: Request) -> str:
    """What was looked for: a parameter, or what an endpoint made out of its address."""
    typed = request.query_params.get("id") or request.query_params.get("q")
    return typed or str(getattr(request.state, "asked", ""))


def error_page(
    request: Request, code: str, status: int, error: Exception | None = None
) -> Response:
    """The page of an error."""
    retry = isinstance(error, UnavailableError)
    response = site_of(request).page(
        request,
        "problem.html",
        status=status,
        caching=NEVER_KEPT,
        state=fault(code, status),
        code=code,
        asked=_asked(request),
    )
    response.headers["Vary"] += ", Accept"
    if retry:
        response.headers["Retry-After"] = RETRY_AFTER
    return response
