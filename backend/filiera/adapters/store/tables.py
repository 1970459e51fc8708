# SPDX-License-Identifier: Apache-2.0
"""The tables of a record store: rows are added, never rewritten.

Two things are filled in later and once: a record's place in a batch, and a batch's
receipt. `seq` is the order of arrival. Digests and ids are 32 raw bytes, instants whole
seconds since 1970 UTC.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

SCHEMA_VERSION: Final = 1
"""Rises by one whenever a table changes."""

metadata = MetaData()

meta = Table(
    "filiera_meta",
    metadata,
    Column("name", String(80), primary_key=True),
    Column("value", Text, nullable=False),
)
"""The schema's version and the chain that the database is tied to."""

batches = Table(
    "batches",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("anchorer", String(42), nullable=False),
    Column("root", LargeBinary(32), nullable=False),
    Column("manifest_cid", Text, nullable=False),
    Column("manifest_sha256", LargeBinary(32), nullable=False),
    # The receipt: all null until the batch is anchored.
    Column("anchored_at", BigInteger),
    Column("anchor_sequence", BigInteger),
    Column("transaction_hash", LargeBinary(32)),
    Column("block_number", BigInteger),
    Column("block_hash", LargeBinary(32)),
    Column("block_time", BigInteger),
    UniqueConstraint("anchorer", "root"),
)

records = Table(
    "records",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("id", LargeBinary(32), nullable=False, unique=True),
    Column("jws", LargeBinary, nullable=False),
    Column("type", String(80), nullable=False),
    Column("address", String(42), nullable=False),
    Column("participant", LargeBinary(32), nullable=False),
    Column("own", Text, index=True),
    Column("received", BigInteger, nullable=False),
    Column("batch", Integer, ForeignKey("batches.number")),
    Column("leaf", Integer),
    UniqueConstraint("batch", "leaf"),
)
# Those without a batch in the order of arrival, without sorting a backlog.
Index("records_by_batch", records.c.batch, records.c.seq)
Index("records_by_type", records.c.type, records.c.seq)

record_products = Table(
    "record_products",
    metadata,
    Column("product", Text, primary_key=True),
    Column("record", Integer, ForeignKey("records.seq"), primary_key=True),
)
"""Which records speak of a product: as their subject, an input or an output."""

documents = Table(
    "documents",
    metadata,
    Column("sha256", LargeBinary(32), primary_key=True),
    Column("cid", Text, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("media_type", Text, nullable=False),
)

record_documents = Table(
    "record_documents",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("record", Integer, ForeignKey("records.seq"), nullable=False),
    Column("sha256", LargeBinary(32), ForeignKey("documents.sha256"), nullable=False),
    # As this record calls it: the first to store a file does not name it for the others.
    Column("media_type", Text, nullable=False),
    UniqueConstraint("record", "sha256"),
)
