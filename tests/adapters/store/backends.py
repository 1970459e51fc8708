# SPDX-License-Identifier: Apache-2.0
"""Every back end of the record store, and short records, documents and batches to put there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from filiera.adapters.store.sql import SqlRecordStore
from filiera.errors import FilieraError
from filiera.ports.documents import StoredBatch, StoredDocument
from filiera.ports.ledger import AnchorReceipt, ChainIdentity
from filiera.ports.store import NewRecord, RecordStore
from filiera.proof.facts import Anchor, Block

OPERATOR = "0x" + "0a" * 20
CHAIN = ChainIdentity(
    chain_id=952952,
    genesis_hash=bytes(32),
    contracts=(("AnchorRegistry", "0x" + "01" * 20), ("StatusRegistry", "0x" + "02" * 20)),
    founder=b"\x0f" * 32,
    operator=OPERATOR,
)
MANIFEST = StoredBatch("bafymanifest", b"\x11" * 32)
YARN = "https://id.gs1.org/01/09520000000011/10/Y1"
CLOTH = "https://id.gs1.org/01/09520000000028/10/C1"


def digest(name: str) -> bytes:
    return sha256(name.encode()).digest()


def record(name: str, *products: str, own: str | None = None, **more: object) -> NewRecord:
    plain = NewRecord(
        id=digest(name),
        jws=name.encode(),
        type="DigitalTraceabilityEvent",
        address="0x" + "0b" * 20,
        participant=digest("spinner"),
        own=own,
        products=products,
    )
    return replace(plain, **more)  # type: ignore[arg-type]  # fields by name


def document(name: str, media_type: str = "application/pdf") -> StoredDocument:
    return StoredDocument(digest(name), f"bafk{name}", len(name), media_type)


def receipt(root: bytes, count: int, sequence: int = 1) -> AnchorReceipt:
    slot = Anchor(OPERATOR, root, 1_700_000_000, count, sequence)
    return AnchorReceipt(slot, digest("transaction"), Block(7, digest("block"), 1_700_000_000))


@dataclass
class Backend:
    """A way to have stores: `open` one on the same database again, `failing` at a statement."""

    open: Callable[[], RecordStore]
    failing: Callable[[RecordStore, int], AbstractContextManager[None]]


@contextmanager
def _failing_sql(store: RecordStore, statement: int) -> Iterator[None]:
    """The database goes away just before the numbered statement."""
    assert isinstance(store, SqlRecordStore)
    count = 0

    def fail(*_: object) -> None:
        nonlocal count
        count += 1
        if count == statement:
            raise OperationalError("statement", {}, Exception("disk I/O error"))

    event.listen(store._engine, "before_cursor_execute", fail)
    try:
        yield
    finally:
        event.remove(store._engine, "before_cursor_execute", fail)


@pytest.fixture(params=["sqlite-file", "sqlite-memory"])
def backend(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Backend]:
    opened: list[SqlRecordStore] = []

    def open_store() -> RecordStore:
        if request.param == "sqlite-memory" and opened:
            return opened[0]
        url = "sqlite://"
        if request.param == "sqlite-file":
            url = f"sqlite:///{tmp_path}/a folder/filiera.db"
        opened.append(SqlRecordStore(url))
        return opened[-1]

    yield Backend(open_store, _failing_sql)
    for store in opened:
        store.close()


@pytest.fixture
def store(backend: Backend) -> RecordStore:
    opened = backend.open()
    opened.bind(CHAIN)
    return opened


def error_of(call: Callable[[], object]) -> FilieraError:
    with pytest.raises(FilieraError) as caught:
        call()
    return caught.value


def fill(store: RecordStore, *names: str) -> list[bytes]:
    return [each.id for each in store.add([record(name, YARN) for name in names], received=1)]
