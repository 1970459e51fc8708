# SPDX-License-Identifier: Apache-2.0
"""What is particular to the SQL store: URLs, files, versions, portability."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex, CreateTable

from filiera.adapters.store.sql import SqlRecordStore
from filiera.adapters.store.tables import metadata
from filiera.errors import SetupError, UnavailableError
from filiera.ports.ledger import ChainIdentity

CHAIN = ChainIdentity(952952, bytes(32), (), bytes(32), "0x" + "0a" * 20)


@pytest.mark.parametrize("url", ["", "filiera.db", "nosuchdb://x", "sqlite:////dev/null/x/y.db"])
def test_a_url_of_no_usable_database_is_a_setting_to_correct(url: str) -> None:
    with pytest.raises(SetupError) as caught:
        SqlRecordStore(url)
    assert caught.value.code == "setting-invalid"
    assert "sqlite:///" in (caught.value.hint or "")


def test_a_file_that_is_no_database_is_not_overwritten(tmp_path: Path) -> None:
    file = tmp_path / "letter.txt"
    file.write_text("Dear Sir or Madam, " * 100)
    before = file.read_bytes()
    with pytest.raises(UnavailableError, match="not a database"):
        SqlRecordStore(f"sqlite:///{file}").bind(CHAIN)
    assert file.read_bytes() == before


def test_tables_of_a_newer_version_are_refused_in_words(tmp_path: Path) -> None:
    file = tmp_path / "filiera.db"
    SqlRecordStore(f"sqlite:///{file}").bind(CHAIN)
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE filiera_meta SET value = '2' WHERE name = 'schema-version'")
    with pytest.raises(SetupError, match="version 2") as caught:
        SqlRecordStore(f"sqlite:///{file}").bind(CHAIN)
    assert caught.value.code == "store-version"


def test_a_locked_database_is_unavailable_and_nothing_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("filiera.adapters.store.engine.BUSY_SECONDS", 0)
    file = tmp_path / "filiera.db"
    store = SqlRecordStore(f"sqlite:///{file}")
    store.bind(CHAIN)
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(UnavailableError, match="locked"):
        store.bind(CHAIN)
    assert store.batches() == [], "readers go on beside a writer"
    other.rollback()
    other.close()
    store.bind(CHAIN)


def test_the_file_keeps_a_write_ahead_log_and_its_foreign_keys(tmp_path: Path) -> None:
    store = SqlRecordStore(f"sqlite:///{tmp_path}/filiera.db")
    with store._reading() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
        # 2 is FULL: an accepted record survives a power cut.
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2


def test_the_tables_can_be_said_in_the_dialect_of_postgresql() -> None:
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]
    said = [str(CreateTable(table).compile(dialect=dialect)) for table in metadata.sorted_tables]
    said += [
        str(CreateIndex(index).compile(dialect=dialect))
        for table in metadata.sorted_tables
        for index in table.indexes
    ]
    assert any("BYTEA" in statement for statement in said)


def test_the_oldest_waiting_records_are_found_without_sorting_a_backlog(tmp_path: Path) -> None:
    store = SqlRecordStore(f"sqlite:///{tmp_path}/filiera.db")
    store.bind(CHAIN)
    with store._reading() as connection:
        plan = connection.exec_driver_sql(
            "EXPLAIN QUERY PLAN SELECT * FROM records WHERE batch IS NULL ORDER BY seq LIMIT 5"
        )
        steps = [row.detail for row in plan]
    assert not any("SCAN" in step or "TEMP" in step for step in steps), steps
