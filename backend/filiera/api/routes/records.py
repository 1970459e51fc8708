# SPDX-License-Identifier: Apache-2.0
"""Records: submitting them, reading one."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import JSONResponse

from filiera.api.bodies import JWS_TYPES, Submission, read_submission
from filiera.api.context import ServicesOf
from filiera.api.names import parse_digest
from filiera.api.problems import problem_of
from filiera.api.views.records import (
    ReceiptView,
    ResultsView,
    ResultView,
    StoredRecordView,
    receipt_view,
    stored_record_view,
)
from filiera.errors import FilieraError, IntegrityError, NotFoundError
from filiera.model.ids import ni_uri
from filiera.model.records import statement_of
from filiera.ports.store import StoredRecord
from filiera.proof.jws import parse_jws, record_id
from filiera.services import Services
from filiera.services.accept import Accepted, Result

router = APIRouter(prefix="/records", tags=["records"])


@router.post("", summary="Submit records", response_model=ReceiptView | ResultsView)
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


@router.get("/{record}", summary="One record", response_model=StoredRecordView)
def read(record: str, request: Request, services: ServicesOf) -> Response | StoredRecordView:
    """A record with what it says and where it is anchored; as it was signed, when asked for.

    `record` is the 43 base64url characters of its id, or its whole ni URI escaped.
    `Accept: application/vc+jwt` gets the JWS alone.
    """
    stored = find_record(services, record)
    jws = intact_copy(services, stored)
    if _wants_jws(request):
        return Response(jws, media_type=JWS_TYPES[0], headers={"Vary": "Accept"})
    view = stored_record_view(
        stored,
        jws,
        statement_of(parse_jws(jws).payload),
        services.store.documents_of(stored.id),
        services.store.batch(stored.batch) if stored.batch is not None else None,
    )
    return JSONResponse(view.model_dump(mode="json", by_alias=True), headers={"Vary": "Accept"})


def find_record(services: Services, name: str) -> StoredRecord:
    """The stored record of that name; raises `record-not-found` or what its name breaks."""
    digest = parse_digest(name, where="record")
    stored = services.store.get(digest)
    if stored is None:
        raise NotFoundError(
            "record-not-found", "No record of that id is stored here.", where=ni_uri(digest)
        )
    return stored


def intact_copy(services: Services, stored: StoredRecord) -> bytes:
    """A copy of the record that has its hash: the database's, else IPFS's.

    Raises `record-corrupt` when there is none.
    """
    if record_id(stored.jws) == stored.id:
        return stored.jws
    presented = services.gatherer.present(stored.id)
    if presented is None or record_id(presented.jws) != stored.id:
        raise IntegrityError(
            "record-corrupt",
            "No copy here has the hash that is the record's id.",
            where=ni_uri(stored.id),
        )
    return presented.jws


def _wants_jws(request: Request) -> bool:
    accepted = request.headers.get("accept", "")
    return any(each.partition(";")[0].strip().lower() in JWS_TYPES for each in accepted.split(","))
