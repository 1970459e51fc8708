# SPDX-License-Identifier: Apache-2.0
"""Finding what an address names, and a copy of it that is what its name says."""

from __future__ import annotations

from filiera.api.names import parse_digest
from filiera.api.views.records import StoredRecordView, stored_record_view
from filiera.errors import IntegrityError, NotFoundError
from filiera.model.ids import ni_uri
from filiera.model.records import statement_of
from filiera.ports.store import StoredRecord
from filiera.proof.jws import parse_jws, record_id
from filiera.services import Services


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


def stored_record(services: Services, record: StoredRecord) -> StoredRecordView:
    """The view of a stored record; raises `record-corrupt`."""
    jws = intact_copy(services, record)
    return stored_record_view(
        record,
        jws,
        statement_of(parse_jws(jws).payload),
        services.store.documents_of(record.id),
        services.store.batch(record.batch) if record.batch is not None else None,
    )
