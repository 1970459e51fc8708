# SPDX-License-Identifier: Apache-2.0
"""Documents are read many by one question, and come to what each would by itself."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

import pytest

from filiera.adapters.documents.memory import MemoryDocumentStore
from filiera.errors import IntegrityError, NotFoundError, UnavailableError
from filiera.ports.documents import StoredDocument
from filiera.services.at_hand import ALTERED, MAX_TOGETHER, TOGETHER, read_all


class Asked(MemoryDocumentStore):
    """Notes how many documents each question was for."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[int] = []

    def get(self, document: StoredDocument) -> bytes:
        self.asked.append(1)
        return super().get(document)

    def get_all(self, documents: Sequence[StoredDocument]) -> list[bytes]:
        self.asked.append(len(documents))
        return super().get_all(documents)


@pytest.fixture
def store() -> Asked:
    return Asked()


def kept(store: Asked, count: int) -> list[StoredDocument]:
    return [store.add(b"report %04d" % number, "text/plain") for number in range(count)]


def test_many_documents_are_asked_for_by_few_questions(store: Asked) -> None:
    documents = kept(store, 2 * TOGETHER + 1)
    expected = [(each.sha256, each.sha256) for each in documents]
    assert list(read_all(store, documents)) == expected
    assert sorted(store.asked) == [1, TOGETHER, TOGETHER]


def test_large_documents_are_not_held_in_memory_together(store: Asked) -> None:
    sizes = [MAX_TOGETHER + 1, 1, MAX_TOGETHER - 1, 1, MAX_TOGETHER]
    documents = [store.add(bytes([at]) * size, "text/plain") for at, size in enumerate(sizes)]
    expected = [(each.sha256, each.sha256) for each in documents]
    assert list(read_all(store, documents)) == expected
    assert sorted(store.asked) == [1, 1, 1, 2]


@pytest.mark.parametrize(
    "blocks",
    [
        pytest.param({1: b"another 001"}, id="one of the same length"),
        pytest.param({1: b"longer than it was"}, id="one of another length"),
        pytest.param({1: b"r", 3: b"report 0003report 000"}, id="two whose lengths make up for it"),
        pytest.param({2: None}, id="one that is missing"),
        pytest.param({0: None, 4: b"altered"}, id="one of each"),
    ],
)
def test_what_is_wrong_with_one_document_is_not_laid_to_another(
    store: Asked, blocks: dict[int, bytes | None]
) -> None:
    documents = kept(store, 5)
    expected = {each.sha256: each.sha256 for each in documents}
    for at, data in blocks.items():
        del store.blocks[documents[at].cid], expected[documents[at].sha256]
        if data is not None:
            store.blocks[documents[at].cid] = data
            longer = len(data) > documents[at].size
            expected[documents[at].sha256] = ALTERED if longer else sha256(data).digest()
    assert dict(read_all(store, documents)) == expected


def test_a_document_out_of_which_no_file_comes_is_altered(store: Asked) -> None:
    documents = kept(store, 3)
    real = store.get

    def get(document: StoredDocument) -> bytes:
        if document is documents[1]:
            raise IntegrityError("document-hash-mismatch", "The stored file was altered.")
        return real(document)

    def get_all(part: Sequence[StoredDocument]) -> list[bytes]:
        raise NotFoundError("document-not-found", "One of them.")

    store.get, store.get_all = get, get_all  # type: ignore[method-assign]  # a fault
    assert [actual for _, actual in read_all(store, documents)] == [
        documents[0].sha256,
        ALTERED,
        documents[2].sha256,
    ]


def test_what_was_read_before_an_outage_stands(store: Asked) -> None:
    documents = kept(store, 3 * TOGETHER)
    real = store.get_all

    def get_all(part: Sequence[StoredDocument]) -> list[bytes]:
        if part[0] is documents[2 * TOGETHER]:
            raise UnavailableError("ipfs-unreachable", "The node went away.", part="ipfs")
        return real(part)

    store.get_all = get_all  # type: ignore[method-assign]  # a fault
    found = []
    with pytest.raises(UnavailableError):
        found.extend(digest for digest, _ in read_all(store, documents))
    assert found == [each.sha256 for each in documents[: 2 * TOGETHER]]


def test_nothing_is_asked_where_nothing_is_named(store: Asked) -> None:
    store.down = True
    assert list(read_all(store, [])) == []
