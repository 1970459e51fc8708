# SPDX-License-Identifier: Apache-2.0
"""Records: submitting them, reading one."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import JSONResponse

from filiera.api.bodies import JWS_TYPES, Submission, read_submission
from filiera.api.context import ServicesOf
from filiera.api.described import SUBMISSION, problems
from filiera.api.finding import find_record, intact_copy, stored_record
from filiera.api.problems import problem_of
from filiera.api.views.records import (
    ReceiptView,
    ResultsView,
    ResultView,
    StoredRecordView,
    receipt_view,
)
from filiera.errors import FilieraError
from filiera.services.accept import Accepted, Result

router = APIRouter(prefix="/records", tags=["records"])


@router.post(
    "",
    summary="Submit records",
    status_code=201,
    response_model=ReceiptView,
    response_description="The record's receipt.",
    openapi_extra=SUBMISSION,
    responses={
        200: {
            "model": ReceiptView | ResultsView,
            "description": "The receipt of a record that was here before; or one result each.",
        },
        **problems(400, 403, 413, 415, 503),
    },
)
def submit(
    submission: Annotated[Submission, Depends(read_submission)], services: ServicesOf
) -> Response:
    """Check records whole and store them once; each record's signature is the permission.

    One record is sent as it is (`application/vc+jwt`), several as JSON, records with their
    files as a form. One record is answered with its receipt, 201 the first time and 200
    again with the same body; several with one result each, in order.
    """
    results = services.acceptance.accept_many(submission.records, submission.files)
    if not submission.single:
        views = ResultsView(results=[_result(result) for result in results])
        return JSONResponse(views.model_dump(mode="json", by_alias=True, exclude_none=True))
    result = results[0]
    if isinstance(result, FilieraError):
        raise result
    receipt = receipt_view(result.record)
    return JSONResponse(
        receipt.model_dump(mode="json", by_alias=True),
        _status(result),
        headers={"Location": receipt.href},
    )


def _status(result: Accepted) -> int:
    return 201 if result.new else 200


def _result(result: Result) -> ResultView:
    if isinstance(result, FilieraError):
        problem = problem_of(result)
        return ResultView(status=problem.status, problem=problem)
    return ResultView(status=_status(result), record=receipt_view(result.record))


@router.get(
    "/{record}",
    summary="One record",
    response_model=StoredRecordView,
    responses={200: {"content": {JWS_TYPES[0]: {}}}, **problems(400, 404, 502, 503)},
)
def read(record: str, request: Request, services: ServicesOf) -> Response:
    """A record with what it says and where it is anchored; as it was signed, when asked for.

    `record` is the 43 base64url characters of its id, or its whole ni URI escaped.
    `Accept: application/vc+jwt` gets the JWS alone.
    """
    stored = find_record(services, record)
    headers = {"Vary": "Accept"}
    if _wants_jws(request):
        jws = intact_copy(services, stored)
        return Response(jws, media_type=JWS_TYPES[0], headers=headers)
    view = stored_record(services, stored)
    return JSONResponse(view.model_dump(mode="json", by_alias=True), headers=headers)


def _wants_jws(request: Request) -> bool:
    accepted = request.headers.get("accept", "")
    return any(each.partition(";")[0].strip().lower() in JWS_TYPES for each in accepted.split(","))
