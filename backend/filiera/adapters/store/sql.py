# SPDX-License-Identifier: Apache-2.0
"""RecordStore over SQLAlchemy Core: SQLite now, and nothing that PostgreSQL would refuse."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Final

from sqlalchemy import Connection, Row, Select, bindparam, func, select

from filiera.adapters.store import batching, binding
from filiera.adapters.store.engine import open_engine, transaction
from filiera.adapters.store.rows import (
    insert_documents,
    insert_records,
    parts,
    row_of,
    rows_of,
    stored,
)
from filiera.adapters.store.tables import (
    batches,
    documents,
    record_documents,
    record_products,
    records,
)
from filiera.ports.documents import StoredBatch, StoredDocument
from filiera.ports.ledger import AnchorReceipt, ChainIdentity
from filiera.ports.store import Batch, Mention, NewRecord, StoredRecord

# Made once: SQLAlchemy remembers what it has compiled by the statement itself.
_OF_PRODUCTS: Final = record_products.c.product.in_(bindparam("products", expanding=True))
_ABOUT: Final = select(records).join(record_products).where(_OF_PRODUCTS)
_MENTIONS: Final = _ABOUT.with_only_columns(
    records.c.seq, records.c.id, records.c.participant, maintain_column_froms=True
)
_OWN: Final = select(records).where(records.c.own == bindparam("product")).order_by(records.c.seq)
_DOCUMENTS: Final = select(documents).where(
    documents.c.sha256.in_(bindparam("digests", expanding=True))
)


class SqlRecordStore:
    """The port `RecordStore` on one database, safe to share between threads.

    `url` is SQLAlchemy's: `sqlite:///folder/filiera.db`, or `sqlite://` for memory.
    `bind` comes first: it makes the tables. Raises SetupError (`setting-invalid`) when the
    URL is of no database that can be used.
    """

    def __init__(self, url: str) -> None:
        self._engine = open_engine(url)

    def close(self) -> None:
        """Close the idle connections; a later call opens new ones."""
        self._engine.dispose()

    def bind(self, chain: ChainIdentity) -> None:
        """Tie the database to `chain`, or check that it is (port).

        Makes the tables; raises SetupError (`store-version`) for those of another version.
        """
        with transaction(self._engine, writes=True) as connection:
            binding.bind(connection, chain)

    def add(self, records: Sequence[NewRecord], received: int) -> list[StoredRecord]:
        """Store records once; documents that come later are added to them (port)."""
        with self._writing() as connection:
            rows = rows_of(connection, (record.id for record in records))
            new = {record.id: record for record in records if record.id not in rows}
            rows |= insert_records(connection, list(new.values()), received)
            for record in records:
                insert_documents(connection, rows[record.id].seq, record.documents)
        return [stored(rows[record.id]) for record in records]

    def get(self, record_id: bytes) -> StoredRecord | None:
        """The record of that id (port)."""
        with self._reading() as connection:
            row = row_of(connection, record_id)
        return stored(row) if row is not None else None

    def get_all(self, record_ids: Iterable[bytes]) -> dict[bytes, StoredRecord]:
        """Those records of these ids that are stored, by id (port)."""
        with self._reading() as connection:
            rows = rows_of(connection, record_ids)
        return {record_id: stored(row) for record_id, row in rows.items()}

    def about(self, products: Iterable[str]) -> list[StoredRecord]:
        """Every record of one of these products, each once (port)."""
        return [stored(row) for row in self._speaking(_ABOUT, products)]

    def mentions(self, products: Iterable[str]) -> list[Mention]:
        """The same records, each by its id and participant alone (port)."""
        return [Mention(row.id, row.participant) for row in self._speaking(_MENTIONS, products)]

    def own_records(self, product: str) -> list[StoredRecord]:
        """The product's own records (port)."""
        return self._records(_OWN, {"product": product})

    def of_type(self, record_type: str) -> list[StoredRecord]:
        """Every record of one type (port)."""
        query = select(records).where(records.c.type == record_type)
        return self._records(query.order_by(records.c.seq))

    def products(self) -> list[str]:
        """The products that have an own record (port)."""
        query = select(records.c.own).where(records.c.own.is_not(None)).group_by(records.c.own)
        with self._reading() as connection:
            return list(connection.scalars(query.order_by(func.min(records.c.seq))))

    def documents_of(self, record_id: bytes) -> list[StoredDocument]:
        """The record's documents, each with the media type that came with this record (port)."""
        file = documents.c
        query = (
            select(file.sha256, file.cid, file.size, record_documents.c.media_type)
            .select_from(records.join(record_documents).join(documents))
            .where(records.c.id == record_id)
            .order_by(record_documents.c.seq)
        )
        with self._reading() as connection:
            return [StoredDocument(*row) for row in connection.execute(query)]

    def document(self, sha256: bytes) -> StoredDocument | None:
        """The document of that SHA-256, with the media type it first came with (port)."""
        with self._reading() as connection:
            query = select(documents).where(documents.c.sha256 == sha256)
            row = connection.execute(query).one_or_none()
        return StoredDocument(*row) if row is not None else None

    def get_documents(self, digests: Iterable[bytes]) -> dict[bytes, StoredDocument]:
        """Those documents of these SHA-256 that are stored (port)."""
        with self._reading() as connection:
            return {
                row.sha256: StoredDocument(*row)
                for part in parts(digests)
                for row in connection.execute(_DOCUMENTS, {"digests": part})
            }

    def pending(self, limit: int) -> list[StoredRecord]:
        """The oldest records that are in no batch (port)."""
        query = select(records).where(records.c.batch.is_(None)).limit(limit)
        return self._records(query.order_by(records.c.seq))

    def prepare_batch(
        self, anchorer: str, root: bytes, manifest: StoredBatch, records: Sequence[bytes]
    ) -> Batch:
        """Fix a batch and its leaves (port).

        Besides raises NotFoundError (`record-not-found`) for an id that is not stored, and
        ValueError for an empty batch or a record that is in it twice.
        """
        with self._writing() as connection:
            number = batching.insert_batch(connection, anchorer, root, manifest, records)
        return Batch(number, anchorer, root, manifest, tuple(records))

    def open_batches(self) -> list[Batch]:
        """Batches not known to be anchored (port)."""
        with self._reading() as connection:
            return batching.load_batches(connection, batches.c.transaction_hash.is_(None))

    def confirm_batch(self, number: int, receipt: AnchorReceipt) -> Batch:
        """Note the batch's receipt (port).

        Raises NotFoundError (`batch-not-found`), and ConflictError (`receipt-conflict`) for
        the receipt of another batch, or another than the one noted.
        """
        with self._writing() as connection:
            batching.note_receipt(connection, number, receipt)
            return batching.load_batches(connection, batches.c.number == number)[0]

    def batch(self, number: int) -> Batch | None:
        """One batch with its leaves (port)."""
        with self._reading() as connection:
            found = batching.load_batches(connection, batches.c.number == number)
        return found[0] if found else None

    def batches(self) -> list[Batch]:
        """All batches, newest last (port)."""
        with self._reading() as connection:
            return batching.load_batches(connection)

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with transaction(self._engine, writes=False) as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with transaction(self._engine, writes=True) as connection:
            binding.wait_for_writers(connection)
            yield connection

    def _records(
        self, query: Select[Any], given: Mapping[str, object] | None = None
    ) -> list[StoredRecord]:
        with self._reading() as connection:
            return [stored(row) for row in connection.execute(query, given)]

    def _speaking(self, query: Select[Any], products: Iterable[str]) -> list[Row[Any]]:
        """What `query` says of the records of these products, each once, in their order."""
        found: dict[int, Row[Any]] = {}
        with self._reading() as connection:
            for part in parts(products):
                found |= {row[0]: row for row in connection.execute(query, {"products": part})}
        return [found[seq] for seq in sorted(found)]
