# SPDX-License-Identifier: Apache-2.0
"""Reading request bodies: bounded while they arrive, JSON by our own parser.

The framework would read a body whole and JSON by rules of its own; an endpoint that takes
a body depends on one of these functions instead.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from fastapi import Request
from pydantic import BaseModel, ValidationError
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser

from filiera.errors import InputError
from filiera.proof.encoding import parse_object
from filiera.services.accept import File
from filiera.settings import Settings

JWS_TYPES: Final = ("application/vc+jwt", "application/jose")
JSON_TYPE: Final = "application/json"
FORM_TYPE: Final = "multipart/form-data"
M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Submission:
    """Records and files of one request; `single` when the answer is about one record."""

    records: list[bytes]
    files: list[File]
    single: bool


async def read_submission(request: Request) -> Submission:
    """The records of a submission, in any of its three forms.

    Raises `media-type`, `body-too-large`, `request-invalid` or what JSON parsing raises.
    """
    kind = content_type(request)
    if kind in JWS_TYPES:
        return Submission([await read_body(request)], [], single=True)
    if kind == JSON_TYPE:
        return Submission(_records(await _read_object(request)), [], single=False)
    if kind == FORM_TYPE:
        return await _read_form(request)
    raise _wrong_type(kind, *JWS_TYPES, JSON_TYPE, FORM_TYPE)


async def read_json(request: Request, model: type[M]) -> M:
    """A JSON body as `model`, whose members the error names; raises as `read_submission`."""
    if content_type(request) != JSON_TYPE:
        raise _wrong_type(content_type(request), JSON_TYPE)
    value = await _read_object(request)
    try:
        return model.model_validate(value, strict=True, by_alias=True, by_name=False)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"]) or "body"
        raise InputError("request-invalid", f"{first['msg']}.", where=where) from None


def content_type(request: Request) -> str:
    """The body's media type without parameters, in lower case."""
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


async def read_body(request: Request) -> bytes:
    """The whole body, at most `Settings.max_body` bytes of it."""
    return b"".join([chunk async for chunk in _stream(request)])


async def _stream(request: Request) -> AsyncGenerator[bytes, None]:
    """The body as it arrives; raises `body-too-large` at the first byte beyond the limit."""
    settings: Settings = request.app.state.settings
    limit, arrived = settings.max_body, 0
    announced = request.headers.get("content-length", "")
    if announced.isdecimal() and int(announced[:18]) > limit:
        raise _too_large(limit)
    async for chunk in request.stream():
        arrived += len(chunk)
        if arrived > limit:
            raise _too_large(limit)
        yield chunk


async def _read_object(request: Request) -> dict[str, Any]:
    return parse_object(await read_body(request), where="body")


def _records(body: dict[str, Any]) -> list[bytes]:
    records = body.get("records")
    if set(body) != {"records"} or not isinstance(records, list) or not records:
        raise InputError(
            "request-invalid",
            'The body must be {"records": […]} with at least one record.',
            where="records",
        )
    for index, record in enumerate(records):
        if not isinstance(record, str):
            raise InputError(
                "request-invalid", "A record is a string: its JWS.", where=f"records[{index}]"
            )
    return [record.encode() for record in records]


async def _read_form(request: Request) -> Submission:
    """Parts `record`, as text or file, and parts `document`, as files."""
    settings: Settings = request.app.state.settings
    limit = settings.max_records + 1
    parser = MultiPartParser(
        request.headers,
        _stream(request),
        max_files=2 * limit,
        max_fields=limit,
        max_part_size=settings.max_body,
    )
    try:
        form = await parser.parse()
    except MultiPartException as error:
        raise InputError("request-invalid", error.message, where="body") from None
    records: list[bytes] = []
    files: list[File] = []
    try:
        for name, part in form.multi_items():
            data = await part.read() if isinstance(part, UploadFile) else part.encode()
            if name == "record":
                records.append(data)
            elif name == "document" and isinstance(part, UploadFile):
                files.append(File(part.filename or "document", data))
            else:
                raise InputError(
                    "request-invalid",
                    "The parts of a form are `record` and, with a file name, `document`.",
                    where=name[:80],
                )
    finally:
        await form.close()
    if not records:
        raise InputError("request-invalid", "The form has no part `record`.", where="record")
    return Submission(records, files, single=len(records) == 1)


def _too_large(limit: int) -> InputError:
    return InputError("body-too-large", f"A request has at most {limit} bytes.")


def _wrong_type(given: str, *taken: str) -> InputError:
    return InputError(
        "media-type",
        f"A body of type {given[:80]!r} is not taken here.",
        where="header Content-Type",
        hint=f"Send {' or '.join(taken)}.",
    )
