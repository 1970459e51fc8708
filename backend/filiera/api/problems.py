# SPDX-License-Identifier: Apache-2.0
"""Errors as problem details (RFC 9457): the one table from an error's family to a status."""

from __future__ import annotations

from typing import Any, Final

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

from filiera.api.logs import get_log
from filiera.errors import (
    CODES,
    ConflictError,
    FilieraError,
    InputError,
    IntegrityError,
    NotFoundError,
    RefusedError,
    SetupError,
    UnavailableError,
)

PROBLEM_JSON: Final = "application/problem+json"
PROBLEM_BASE: Final = "https://filiera.example/problems/"
RETRY_AFTER: Final = "5"
"""Seconds after which a client may ask again when a part did not answer."""

STATUS: Final[dict[type[FilieraError], int]] = {
    InputError: 400,
    RefusedError: 403,
    NotFoundError: 404,
    ConflictError: 409,
    SetupError: 500,
    IntegrityError: 502,
    UnavailableError: 503,
}
# Codes for which HTTP has a status of its own.
_STATUS_OF_CODE: Final[dict[str, int]] = {
    "record-too-large": 413,
    "document-too-large": 413,
    "body-too-large": 413,
    "media-type": 415,
}
_log = get_log("api")


class Problem(BaseModel):
    """What went wrong, for a program (`code`) and for a person (`detail`, `hint`)."""

    type: str = Field(description="A permanent URI of the code; never fetched.")
    title: str = Field(description="What the code means, the same every time.")
    status: int
    detail: str = Field(description="What was wrong this time.")
    instance: str | None = Field(default=None, description="The path that was asked for.")
    code: str = Field(description="The permanent code; docs/errors.md lists them all.")
    where: str | None = Field(default=None, description="The field, line, file or record.")
    hint: str | None = Field(default=None, description="What to do.")
    part: str | None = Field(
        default=None, description="The part that did not answer: chain, ipfs or store."
    )


def problem_of(error: FilieraError, instance: str | None = None) -> Problem:
    """The problem that an error is."""
    return _problem(
        error.code,
        status_of(error),
        error.message,
        instance=instance,
        where=error.where,
        hint=error.hint,
        part=error.part if isinstance(error, UnavailableError) else None,
    )


def status_of(error: FilieraError) -> int:
    """The HTTP status of an error: its code's own, else its family's."""
    family = next((status for kind, status in STATUS.items() if isinstance(error, kind)), 500)
    return _STATUS_OF_CODE.get(error.code, family)


def _problem(code: str, status: int, detail: str, **more: str | None) -> Problem:
    return Problem.model_validate(
        {
            "type": PROBLEM_BASE + code,
            "title": CODES[code],
            "status": status,
            "detail": detail,
            "code": code,
            **more,
        }
    )


def install(app: FastAPI) -> None:
    """Answer every error of `app` with a problem, and no error with a stack trace."""
    app.add_exception_handler(FilieraError, _on_filiera_error)
    app.add_exception_handler(RequestValidationError, _on_validation_error)
    app.add_exception_handler(HTTPException, _on_http_exception)
    app.add_exception_handler(Exception, _on_exception)


def _respond(
    request: Request, problem: Problem, headers: dict[str, str] | None = None
) -> JSONResponse:
    placed = problem.model_copy(update={"instance": request.url.path})
    body = placed.model_dump(exclude_none=True)
    # A 404 may be kept by caches that are told nothing, and the thing may be there a moment later.
    told = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", **(headers or {})}
    return JSONResponse(body, problem.status, headers=told, media_type=PROBLEM_JSON)


async def _on_filiera_error(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, FilieraError)
    problem = problem_of(error)
    if problem.status >= 500:
        _log.warning("not answered", path=request.url.path, code=error.code, error=str(error))
    retry = {"Retry-After": RETRY_AFTER} if isinstance(error, UnavailableError) else None
    return _respond(request, problem, retry)


async def _on_validation_error(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    first: Any = error.errors()[0]
    where = ".".join(str(part) for part in first["loc"])
    return _respond(request, _problem("request-invalid", 400, f"{first['msg']}.", where=where))


async def _on_http_exception(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    codes = {404: "not-found", 405: "method-not-allowed"}
    code = codes.get(error.status_code, "request-invalid")
    headers = dict(error.headers or {})
    return _respond(request, _problem(code, error.status_code, CODES[code]), headers)


async def _on_exception(request: Request, error: Exception) -> JSONResponse:
    _log.error("unexpected error", path=request.url.path, exc_info=error)
    return _respond(request, _problem("internal", 500, CODES["internal"]))
