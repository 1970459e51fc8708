# SPDX-License-Identifier: Apache-2.0
"""What every DocumentStore promises, kept by each of them alike."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from dataclasses import replace

import pytest

from filiera.adapters.documents.cids import DAG_CBOR, RAW, cid_bytes, cid_text, parse_cid
from filiera.adapters.documents.flatfs import overwrite_block
from filiera.adapters.documents.memory import MemoryDocumentStore
from filiera.errors import IntegrityError, NotFoundError
from filiera.ports.documents import DocumentStore, StoredDocument
from filiera.proof.jws import MAX_JWS

Alter = Callable[[bytes, bytes], None]
ABSENT = hashlib.sha256(b"a record that nobody stores").digest()


@pytest.fixture(params=["memory", pytest.param("kubo", marks=pytest.mark.stack)])
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def memory() -> MemoryDocumentStore:
    return MemoryDocumentStore()


@pytest.fixture
def store(kind: str, memory: MemoryDocumentStore, request: pytest.FixtureRequest) -> DocumentStore:
    return memory if kind == "memory" else request.getfixturevalue("ipfs").store()


@pytest.fixture
def alter(kind: str, memory: MemoryDocumentStore, request: pytest.FixtureRequest) -> Alter:
    """Puts other bytes where a block of that digest is stored."""
    if kind == "memory":
        return lambda digest, data: memory.blocks.update({cid_text(cid_bytes(RAW, digest)): data})
    repo = request.getfixturevalue("ipfs").repo
    return lambda digest, data: overwrite_block(repo, digest, data)


def records(count: int) -> list[bytes]:
    """Records that no other test stores."""
    return [b"%s.record.%d" % (os.urandom(8).hex().encode(), n) for n in range(count)]


def digest(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


@pytest.mark.parametrize("size", [1, 262_144, 262_145, 1_000_000])
def test_a_file_comes_back_as_it_went_in(store: DocumentStore, size: int) -> None:
    data = os.urandom(size)
    stored = store.add(data, "application/pdf")
    assert (stored.sha256, stored.size) == (digest(data), size)
    assert stored.media_type == "application/pdf"
    assert store.get(stored) == data


@pytest.mark.parametrize("size", [1, 262_144])
def test_the_cid_of_a_file_of_one_chunk_names_its_sha256(store: DocumentStore, size: int) -> None:
    stored = store.add(os.urandom(size), "image/png")
    assert stored.cid == cid_text(cid_bytes(RAW, stored.sha256))


def test_storing_the_same_file_again_changes_nothing(store: DocumentStore) -> None:
    data = os.urandom(300_000)
    assert store.add(data, "image/png") == store.add(data, "image/png")


def test_a_file_that_nobody_stored_is_not_found(store: DocumentStore) -> None:
    absent = StoredDocument(ABSENT, cid_text(cid_bytes(RAW, ABSENT)), 3, "text/plain")
    with pytest.raises(NotFoundError) as caught:
        store.get(absent)
    assert caught.value.code == "document-not-found"


def test_an_altered_file_is_returned_as_it_now_is(store: DocumentStore, alter: Alter) -> None:
    stored = store.add(os.urandom(2_000), "application/pdf")
    alter(stored.sha256, b"another certificate")
    assert store.get(stored) == b"another certificate"


def test_a_file_that_now_goes_on_beyond_its_size_is_said_to_be_altered(
    store: DocumentStore, alter: Alter
) -> None:
    stored = store.add(os.urandom(2_000), "application/pdf")
    alter(stored.sha256, bytes(2_001))
    with pytest.raises(IntegrityError) as caught:
        store.get(stored)
    assert caught.value.code == "document-hash-mismatch"
    with pytest.raises(NotFoundError) as together:
        store.get_all([stored, stored])
    assert together.value.code == "document-not-found"


def test_files_come_together_as_each_went_in(store: DocumentStore) -> None:
    files = [os.urandom(size) for size in (1, 262_144, 9, 262_145, 2_000)]
    stored = [store.add(data, "application/pdf") for data in files]
    assert store.get_all(stored) == files
    assert store.get_all(stored[:1]) == files[:1]


def test_files_of_which_one_is_missing_do_not_come_together(store: DocumentStore) -> None:
    there = [store.add(os.urandom(9), "text/plain") for _ in range(2)]
    absent = StoredDocument(ABSENT, cid_text(cid_bytes(RAW, ABSENT)), 3, "text/plain")
    with pytest.raises(NotFoundError) as caught:
        store.get_all([there[0], absent, there[1]])
    assert caught.value.code == "document-not-found"


def test_a_file_that_was_altered_comes_so_with_others_or_none_comes(
    store: DocumentStore, alter: Alter
) -> None:
    files = [os.urandom(2_000) for _ in range(3)]
    stored = [store.add(data, "application/pdf") for data in files]
    alter(stored[1].sha256, bytes(2_000))
    assert store.get_all(stored) == [files[0], bytes(2_000), files[2]]
    alter(stored[1].sha256, bytes(1_999))
    with pytest.raises(NotFoundError) as caught:
        store.get_all(stored)
    assert caught.value.code == "document-not-found"


def test_every_record_of_a_batch_can_be_read_by_its_id(store: DocumentStore) -> None:
    batch = records(3)
    store.add_batch(batch, [])
    assert [store.get_record(digest(record)) for record in batch] == batch


def test_a_record_that_nobody_stored_is_not_found(store: DocumentStore) -> None:
    with pytest.raises(NotFoundError) as caught:
        store.get_record(ABSENT)
    assert caught.value.code == "record-not-found"


def test_an_altered_record_is_returned_as_it_now_is(store: DocumentStore, alter: Alter) -> None:
    batch = records(2)
    store.add_batch(batch, [])
    alter(digest(batch[1]), b"another record")
    assert store.get_record(digest(batch[0])) == batch[0]
    assert store.get_record(digest(batch[1])) == b"another record"


@pytest.mark.parametrize("size", [0, MAX_JWS, MAX_JWS + 1])
def test_what_is_larger_than_a_record_may_be_is_none(
    store: DocumentStore, alter: Alter, size: int
) -> None:
    (record,) = records(1)
    store.add_batch([record], [])
    alter(digest(record), bytes(size))
    if size <= MAX_JWS:
        assert store.get_record(digest(record)) == bytes(size)
    else:
        with pytest.raises(NotFoundError) as caught:
            store.get_record(digest(record))
        assert caught.value.code == "record-not-found"


def test_a_batch_is_named_by_its_manifest(store: DocumentStore) -> None:
    stored = store.add_batch(records(2), [store.add(os.urandom(9), "text/plain")])
    assert parse_cid(stored.cid) == cid_bytes(DAG_CBOR, stored.sha256)


def test_storing_the_same_batch_again_changes_nothing(store: DocumentStore) -> None:
    batch = records(5)
    document = store.add(os.urandom(9), "text/plain")
    assert store.add_batch(batch, [document]) == store.add_batch(batch, [document])


def test_a_batch_with_a_document_that_is_not_there_is_refused(store: DocumentStore) -> None:
    there = store.add(os.urandom(9), "text/plain")
    absent = replace(there, sha256=ABSENT, cid=cid_text(cid_bytes(RAW, ABSENT)))
    with pytest.raises(NotFoundError) as caught:
        store.add_batch(records(1), [there, absent])
    assert caught.value.code == "document-not-found"
