# SPDX-License-Identifier: Apache-2.0
"""What a record store is told is kept whole or not at all, whoever else writes (ports/store.py)."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest

from filiera.errors import ConflictError, UnavailableError
from filiera.ports.store import RecordStore
from tests.adapters.store.backends import (
    CLOTH,
    MANIFEST,
    OPERATOR,
    YARN,
    Backend,
    digest,
    document,
    fill,
    receipt,
    record,
)

# Whole or not at all


@pytest.mark.parametrize("what", ["add", "prepare", "confirm"])
def test_a_failure_at_any_statement_leaves_everything_as_it_was(
    store: RecordStore, backend: Backend, what: str
) -> None:
    ids = fill(store, "a", "b")
    batch = store.prepare_batch(OPERATOR, digest("one"), MANIFEST, ids[:1])
    new = record("new", YARN, CLOTH, own=CLOTH, documents=(document("x"), document("y")))
    calls: dict[str, Callable[[], object]] = {
        "add": lambda: store.add([new, record("newer", YARN)], received=1),
        "prepare": lambda: store.prepare_batch(OPERATOR, digest("two"), MANIFEST, ids[1:]),
        "confirm": lambda: store.confirm_batch(batch.number, receipt(batch.root, 1)),
    }

    def everything() -> tuple[object, ...]:
        return (
            store.about([YARN, CLOTH]),
            store.products(),
            store.document(digest("x")),
            store.documents_of(new.id),
            store.batches(),
            store.pending(10),
        )

    before, statement = everything(), 0
    while True:
        statement += 1
        try:
            with backend.failing(store, statement):
                calls[what]()
            break
        except UnavailableError:
            assert everything() == before
    assert statement > 3
    assert everything() != before


def test_a_silent_database_is_unavailable_for_reads_too(
    store: RecordStore, backend: Backend
) -> None:
    reads: list[Callable[[], object]] = [
        lambda: store.get(digest("a")),
        lambda: store.get_all([digest("a")]),
        lambda: store.about([YARN]),
        lambda: store.mentions([YARN]),
        store.products,
        lambda: store.documents_of(digest("a")),
        lambda: store.document(digest("a")),
        lambda: store.get_documents([digest("a")]),
        lambda: store.pending(1),
        store.batches,
    ]
    for read in reads:
        with (
            pytest.raises(UnavailableError, match="disk I/O error") as caught,
            backend.failing(store, 1),
        ):
            read()
        assert (caught.value.code, caught.value.part) == ("store-unreachable", "store")


# Threads


def test_threads_that_add_one_record_store_it_once_and_get_one_answer(store: RecordStore) -> None:
    threads = 8
    together = threading.Barrier(threads)

    def add(n: int) -> object:
        together.wait()
        return store.add([record("same", YARN, documents=(document(str(n)),))], received=n)

    with ThreadPoolExecutor(threads) as pool:
        answers = list(pool.map(add, range(threads)))
    assert all(answer == answers[0] for answer in answers)
    assert len(store.about([YARN])) == 1
    assert len(store.documents_of(digest("same"))) == threads


def test_records_added_by_threads_while_batches_are_made_end_in_exactly_one(
    store: RecordStore,
) -> None:
    def add(n: int) -> None:
        for m in range(10):
            store.add([record(f"{n}/{m}", YARN)], received=1)

    def batch(n: int) -> None:
        for m in range(5):
            waiting = [found.id for found in store.pending(7)]
            if waiting:
                with suppress(ConflictError):  # the other thread took one of them
                    store.prepare_batch(OPERATOR, digest(f"root {n}/{m}"), MANIFEST, waiting)

    with ThreadPoolExecutor(6) as pool:
        for done in [pool.submit(add, n) for n in range(4)] + [
            pool.submit(batch, n) for n in range(2)
        ]:
            done.result()
    placed = [leaf for made in store.batches() for leaf in made.records]
    waiting = [found.id for found in store.pending(100)]
    assert sorted(placed + waiting) == sorted(
        digest(f"{n}/{m}") for n in range(4) for m in range(10)
    )
