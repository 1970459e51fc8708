# SPDX-License-Identifier: Apache-2.0
"""Records and their documents, between rows and the port's values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final, TypeVar

from sqlalchemy import Connection, Insert, Row, bindparam, insert, select

from filiera.adapters.store.tables import documents, record_documents, record_products, records
from filiera.ports.documents import StoredDocument
from filiera.ports.store import NewRecord, StoredRecord

T = TypeVar("T")

_AT_ONCE: Final = 500
"""Values in one IN list: every database takes that many."""
# Made once: SQLAlchemy remembers what it has compiled by the statement itself.
_BY_ID: Final = select(records).where(records.c.id == bindparam("id"))
_BY_IDS: Final = select(records).where(records.c.id.in_(bindparam("ids", expanding=True)))


def parts(values: Iterable[T]) -> Iterator[list[T]]:
    """The values, each once, in lists that fit into one statement."""
    distinct = list(dict.fromkeys(values))
    for start in range(0, len(distinct), _AT_ONCE):
        yield distinct[start : start + _AT_ONCE]


def row_of(connection: Connection, record_id: bytes) -> Row[Any] | None:
    """The row of a record id."""
    return connection.execute(_BY_ID, {"id": record_id}).one_or_none()


def rows_of(connection: Connection, record_ids: Iterable[bytes]) -> dict[bytes, Row[Any]]:
    """The rows of those record ids that are there, by id."""
    return {
        row.id: row
        for part in parts(record_ids)
        for row in connection.execute(_BY_IDS, {"ids": part})
    }


def stored(row: Row[Any]) -> StoredRecord:
    """The record of a whole row: behind `seq` its columns are the record's fields, in order."""
    fields: tuple[Any, ...] = row[1:]
    return StoredRecord(*fields)


def new_key(connection: Connection, statement: Insert) -> int:
    """Insert one row and return its integer key."""
    key = connection.execute(statement).inserted_primary_key
    assert key is not None
    return int(key[0])


def insert_records(
    connection: Connection, new: Sequence[NewRecord], received: int
) -> dict[bytes, Row[Any]]:
    """Insert records in order, and the products they speak of; their rows by id."""
    if not new:
        return {}
    connection.execute(insert(records), [_values(record, received) for record in new])
    rows = rows_of(connection, (record.id for record in new))
    products = [
        {"product": product, "record": rows[record.id].seq}
        for record in new
        for product in dict.fromkeys(record.products)
    ]
    if products:
        connection.execute(insert(record_products), products)
    return rows


def _values(record: NewRecord, received: int) -> dict[str, Any]:
    return {
        "id": record.id,
        "jws": record.jws,
        "type": record.type,
        "address": record.address,
        "participant": record.participant,
        "own": record.own,
        "received": received,
    }


def insert_documents(connection: Connection, seq: int, named: Sequence[StoredDocument]) -> None:
    """Add to the record `seq` those of its documents that it has not yet."""
    for document in named:
        digest = document.sha256
        if not _exists(connection, documents.c.sha256 == digest):
            values = {"cid": document.cid, "size": document.size, "sha256": digest}
            connection.execute(insert(documents).values(media_type=document.media_type, **values))
        link = (record_documents.c.record == seq) & (record_documents.c.sha256 == digest)
        if not _exists(connection, link):
            values = {"record": seq, "sha256": digest, "media_type": document.media_type}
            connection.execute(insert(record_documents).values(values))


def _exists(connection: Connection, condition: Any) -> bool:
    return connection.execute(select(1).where(condition).limit(1)).first() is not None
