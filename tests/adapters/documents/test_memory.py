# SPDX-License-Identifier: Apache-2.0
"""The faults that the in-memory store is there for."""

from __future__ import annotations

import pytest

from filiera.adapters.documents.memory import MemoryDocumentStore
from filiera.errors import NotFoundError, UnavailableError


def test_a_store_that_is_down_answers_nothing_and_keeps_what_it_has() -> None:
    store = MemoryDocumentStore()
    stored = store.add(b"data", "text/plain")
    store.down = True
    for call in (
        lambda: store.add(b"data", "text/plain"),
        lambda: store.get(stored),
        lambda: store.get_all([stored]),
        lambda: store.add_batch([b"record"], []),
        lambda: store.get_record(stored.sha256),
    ):
        with pytest.raises(UnavailableError) as caught:
            call()
        assert caught.value.part == "ipfs"
    store.down = False
    assert store.get(stored) == b"data"


def test_a_lost_file_is_not_found() -> None:
    store = MemoryDocumentStore()
    stored = store.add(b"data", "text/plain")
    del store.blocks[stored.cid]
    with pytest.raises(NotFoundError):
        store.get(stored)
