# SPDX-License-Identifier: Apache-2.0
"""Connections and transactions: the one place that knows which database it is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import (
    ArgumentError,
    DataError,
    DBAPIError,
    IntegrityError,
    NoSuchModuleError,
    ProgrammingError,
)
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.pool import QueuePool

from filiera.errors import SetupError, UnavailableError

BUSY_SECONDS: Final = 15
"""How long a write waits for another one before it gives up."""
_WRITES: Final = "filiera_writes"


def open_engine(url: str) -> Engine:
    """An engine for `url`; connects to nothing yet. SQLite's folder is made if need be.

    Raises SetupError (`setting-invalid`) when the URL names no database that can be used.
    """
    try:
        parsed = make_url(url)
        if parsed.get_backend_name() == "sqlite":
            return _open_sqlite(parsed)
        return create_engine(parsed, pool_pre_ping=True)
    except (ArgumentError, NoSuchModuleError, ImportError, OSError) as error:
        raise SetupError(
            "setting-invalid",
            f"The database cannot be opened: {error}.",
            hint="Give a URL such as sqlite:///folder/filiera.db.",
        ) from error


@contextmanager
def transaction(engine: Engine, *, writes: bool) -> Iterator[Connection]:
    """One transaction: committed at the end, undone by any exception.

    Raises UnavailableError (`store-unreachable`) when the database does not answer.
    """
    try:
        with (_for_writing(engine) if writes else engine).begin() as connection:
            yield connection
    except (IntegrityError, ProgrammingError, DataError):
        raise  # our own mistake, not the database's silence
    except (DBAPIError, PoolTimeoutError) as error:
        reason = error.orig if isinstance(error, DBAPIError) else "all connections are busy"
        raise UnavailableError(
            "store-unreachable", f"The database did not answer: {reason}.", part="store"
        ) from error


def _for_writing(engine: Engine) -> Engine:
    return engine.execution_options(**{_WRITES: True})


def _open_sqlite(url: URL) -> Engine:
    """SQLite in a file, or in memory: there one connection is the whole database."""
    options: dict[str, Any] = {"connect_args": {"timeout": BUSY_SECONDS}}
    if url.database in (None, "", ":memory:"):
        options |= {"poolclass": QueuePool, "pool_size": 1, "max_overflow": 0}
        options["connect_args"]["check_same_thread"] = False
    elif not str(url.database).startswith("file:"):
        Path(str(url.database)).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, **options)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # The driver would begin transactions by itself, too late and never IMMEDIATE.
    connection.isolation_level = None
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA foreign_keys = ON")


def _begin_sqlite(connection: Connection) -> None:
    # A deferred transaction that turns to writing can fail; one that begins so waits.
    writes = connection.get_execution_options().get(_WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
