# SPDX-License-Identifier: Apache-2.0
"""A record as the API shows it: what was received, what it says, where it is anchored."""

from __future__ import annotations

from pydantic import Field

from filiera.api.names import document_path, record_path
from filiera.api.problems import Problem
from filiera.model.ids import b64url, ni_uri
from filiera.model.links import LinkType
from filiera.model.statement import Statement
from filiera.model.times import format_instant
from filiera.ports.documents import StoredDocument
from filiera.ports.store import Batch, StoredRecord
from filiera.services.view_parts import View


class ReceiptView(View):
    """The answer to a submission, the same however often the record is sent."""

    record: str
    id: str
    href: str
    type: str
    account: str
    participant: str
    received: str


class ResultView(View):
    """What became of one of several records: its receipt, or the problem with it."""

    status: int
    record: ReceiptView | None = None
    problem: Problem | None = None


class ResultsView(View):
    """One result a record, in the order of the request."""

    results: list[ResultView]


class BatchPlaceView(View):
    """The batch that anchored a record, and its leaf in it."""

    batch: int
    index: int
    anchorer: str
    root: str
    transaction: str


class RecordLinkView(View):
    """A record that this one links, and as what: step, claim or input."""

    kind: str
    record: str
    name: str


class NamedDocumentView(View):
    """A file that a record names; `stored` says whether its bytes came here."""

    sha256: str
    name: str
    media_type: str | None
    stored: bool
    href: str | None
    cid: str | None
    size: int | None


class StatementView(View):
    """What a record says, in short; its payload says it all."""

    name: str
    issuer_name: str = Field(description="As the issuer writes it: its own word.")
    subject: str
    products: list[str]
    valid_from: str
    valid_until: str | None
    stated_by: str | None
    predecessor: str | None
    links: list[RecordLinkView]


class StoredRecordView(ReceiptView):
    """A record stored here; `anchored` is null while it waits."""

    anchored: str | None
    anchor: BatchPlaceView | None
    statement: StatementView
    documents: list[NamedDocumentView]
    jws: str


def receipt_view(record: StoredRecord) -> ReceiptView:
    """The answer to a submission."""
    return ReceiptView(**_receipt(record))


def stored_record_view(
    record: StoredRecord,
    jws: bytes,
    statement: Statement,
    documents: list[StoredDocument],
    batch: Batch | None,
) -> StoredRecordView:
    """A record with `jws`, a copy that has its hash, and what it says."""
    receipt = batch.receipt if batch else None
    return StoredRecordView(
        **_receipt(record),
        anchored=format_instant(receipt.anchor.time) if receipt else None,
        anchor=_place(record, batch),
        statement=_statement(statement),
        documents=_documents(statement, documents),
        jws=jws.decode("ascii"),
    )


def _receipt(record: StoredRecord) -> dict[str, str]:
    return {
        "record": ni_uri(record.id),
        "id": b64url(record.id),
        "href": record_path(record.id),
        "type": record.type,
        "account": record.address,
        "participant": ni_uri(record.participant),
        "received": format_instant(record.received),
    }


def _place(record: StoredRecord, batch: Batch | None) -> BatchPlaceView | None:
    if batch is None or batch.receipt is None or record.index is None:
        return None
    return BatchPlaceView(
        batch=batch.number,
        index=record.index,
        anchorer=batch.anchorer,
        root="0x" + batch.root.hex(),
        transaction="0x" + batch.receipt.transaction.hex(),
    )


def _statement(statement: Statement) -> StatementView:
    stated_by, predecessor = statement.stated_by, statement.predecessor
    return StatementView(
        name=statement.name,
        issuer_name=statement.issuer_name,
        subject=statement.subject,
        products=list(statement.products),
        valid_from=statement.valid_from,
        valid_until=statement.valid_until,
        stated_by=(stated_by.name or stated_by.id) if stated_by else None,
        predecessor=ni_uri(predecessor) if predecessor else None,
        links=[
            RecordLinkView(kind=link.kind.value, record=ni_uri(link.digest), name=link.name)
            for link in statement.links
            if link.kind is not LinkType.DOCUMENT
        ],
    )


def _documents(statement: Statement, stored: list[StoredDocument]) -> list[NamedDocumentView]:
    here = {document.sha256: document for document in stored}
    views = []
    for link in statement.links:
        if link.kind is LinkType.DOCUMENT:
            document = here.get(link.digest)
            views.append(
                NamedDocumentView(
                    sha256="0x" + link.digest.hex(),
                    name=link.name,
                    media_type=link.media_type,
                    stored=document is not None,
                    href=document_path(link.digest) if document else None,
                    cid=document.cid if document else None,
                    size=document.size if document else None,
                )
            )
    return views
