# SPDX-License-Identifier: Apache-2.0
"""Batches: placing records in them, their receipts, reading them back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, bindparam, func, insert, select, update

from filiera.adapters.store.rows import new_key, row_of
from filiera.adapters.store.tables import batches, records
from filiera.errors import ConflictError, FilieraError, NotFoundError
from filiera.model.ids import ni_uri
from filiera.ports.documents import StoredBatch
from filiera.ports.ledger import AnchorReceipt
from filiera.ports.store import Batch
from filiera.proof.facts import Anchor, Block


def insert_batch(
    connection: Connection,
    anchorer: str,
    root: bytes,
    manifest: StoredBatch,
    leaves: Sequence[bytes],
) -> int:
    """Insert a batch and give each of `leaves` its place in it; the batch's number.

    Raises `batch-conflict` or `record-not-found`; ValueError when a leaf is there twice or
    none at all.
    """
    if not leaves:
        raise ValueError("a batch has at least one record")
    same = (batches.c.anchorer == anchorer) & (batches.c.root == root)
    earlier = connection.scalar(select(batches.c.number).where(same))
    if earlier is not None:
        raise ConflictError("batch-conflict", f"Batch {earlier} has the same root.")
    values = {
        "anchorer": anchorer,
        "root": root,
        "manifest_cid": manifest.cid,
        "manifest_sha256": manifest.sha256,
    }
    number = new_key(connection, insert(batches).values(values))
    place = update(records).where(records.c.id == bindparam("record"), records.c.batch.is_(None))
    connection.execute(
        place.values(batch=number, leaf=bindparam("at")),
        [{"record": leaf, "at": at} for at, leaf in enumerate(leaves)],
    )
    count = select(func.count()).select_from(records).where(records.c.batch == number)
    if connection.scalar(count) != len(leaves):
        raise _misplaced(connection, number, leaves)
    return number


def _misplaced(connection: Connection, number: int, leaves: Sequence[bytes]) -> Exception:
    """Why not every leaf found its place."""
    for leaf in leaves:
        row = row_of(connection, leaf)
        if row is None:
            return NotFoundError(
                "record-not-found", "A record of the batch is not stored.", where=ni_uri(leaf)
            )
        if row.batch != number:
            return ConflictError(
                "batch-conflict",
                f"The record is already in batch {row.batch}.",
                where=ni_uri(leaf),
            )
    return ValueError("a record occurs twice in one batch")


def note_receipt(connection: Connection, number: int, receipt: AnchorReceipt) -> None:
    """Write a batch's receipt unless the same is there (port: `confirm_batch`)."""
    found = load_batches(connection, batches.c.number == number)
    if not found:
        raise NotFoundError("batch-not-found", f"There is no batch {number}.")
    batch, anchor = found[0], receipt.anchor
    if batch.receipt == receipt:
        return
    slot = (anchor.anchorer, anchor.root, anchor.count)
    if slot != (batch.anchorer, batch.root, len(batch.records)):
        raise _receipt_conflict(number, "is of another batch")
    if batch.receipt is not None:
        raise _receipt_conflict(number, "differs from the one noted before")
    values = {
        "anchored_at": anchor.time,
        "anchor_sequence": anchor.sequence,
        "transaction_hash": receipt.transaction,
        "block_number": receipt.block.number,
        "block_hash": receipt.block.hash,
        "block_time": receipt.block.time,
    }
    connection.execute(update(batches).where(batches.c.number == number).values(values))


def _receipt_conflict(number: int, what: str) -> FilieraError:
    return ConflictError("receipt-conflict", f"The receipt {what}.", where=f"batch {number}")


def load_batches(connection: Connection, *where: ColumnElement[bool]) -> list[Batch]:
    """The batches that `where` selects, by number, each with its leaves."""
    rows = connection.execute(select(batches).where(*where).order_by(batches.c.number)).all()
    chosen = select(batches.c.number).where(*where)
    query = select(records.c.batch, records.c.id).where(records.c.batch.in_(chosen))
    leaves: dict[int, list[bytes]] = defaultdict(list)
    for number, leaf in connection.execute(query.order_by(records.c.batch, records.c.leaf)):
        leaves[number].append(leaf)
    return [_batch(row, tuple(leaves[row.number])) for row in rows]


def _batch(row: Row[Any], leaves: tuple[bytes, ...]) -> Batch:
    manifest = StoredBatch(row.manifest_cid, row.manifest_sha256)
    receipt = None
    if row.transaction_hash is not None:
        slot = Anchor(row.anchorer, row.root, row.anchored_at, len(leaves), row.anchor_sequence)
        block = Block(row.block_number, row.block_hash, row.block_time)
        receipt = AnchorReceipt(slot, row.transaction_hash, block)
    return Batch(row.number, row.anchorer, row.root, manifest, leaves, receipt)
