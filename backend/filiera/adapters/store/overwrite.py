# SPDX-License-Identifier: Apache-2.0
"""Altering a stored record behind the store's back, as whoever owns the disk can.

For demonstrations and tests of what a verification notices; nothing else calls it.
"""

from __future__ import annotations

from sqlalchemy import update

from filiera.adapters.store.engine import open_engine, transaction
from filiera.adapters.store.tables import records
from filiera.errors import NotFoundError


def overwrite_record(url: str, record_id: bytes, jws: bytes) -> None:
    """Let the database at `url` give `jws` as the record of that id.

    Raises NotFoundError (`record-not-found`) when it has no such record.
    """
    engine = open_engine(url)
    try:
        with transaction(engine, writes=True) as connection:
            done = connection.execute(
                update(records).where(records.c.id == record_id).values(jws=jws)
            )
            if done.rowcount != 1:
                raise NotFoundError("record-not-found", "No record of that id is stored here.")
    finally:
        engine.dispose()
