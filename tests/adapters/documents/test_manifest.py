# SPDX-License-Identifier: Apache-2.0
"""The manifest, read back by an independent implementation (dag-cbor, multiformats)."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from typing import Any

import dag_cbor
import pytest
from multiformats import CID, varint

from filiera.adapters.documents.cids import RAW, cid_bytes, cid_text
from filiera.adapters.documents.manifest import (
    MAX_BATCH_DOCUMENTS,
    MAX_MEDIA_TYPE,
    PART_LINKS,
    Block,
    Manifest,
    build_manifest,
    car,
)
from filiera.errors import InputError
from filiera.ports.documents import StoredDocument

MAX_BLOCK = 1_048_576


def ids(count: int) -> list[bytes]:
    return [hashlib.sha256(b"record %d" % n).digest() for n in range(count)]


def document(n: int, media_type: str = "application/pdf") -> StoredDocument:
    sha256 = hashlib.sha256(b"document %d" % n).digest()
    return StoredDocument(sha256, cid_text(cid_bytes(RAW, sha256)), 2**40 + n, media_type)


def decoded(block: Block) -> Any:
    """What a block says, its CID checked with foreign code."""
    cid = CID.decode(block.cid)
    assert cid.codec.name == "dag-cbor"
    assert cid.digest == b"\x12\x20" + hashlib.sha256(block.data).digest()
    return dag_cbor.decode(block.data)


def listed(manifest: Manifest) -> list[bytes]:
    """The record ids that a manifest lists, root to parts to links."""
    root = decoded(manifest.root)
    assert root["parts"] == [CID.decode(part.cid) for part in manifest.parts]
    links: list[CID] = [link for part in manifest.parts for link in decoded(part)]
    assert {(link.version, link.codec.name) for link in links} <= {(1, "raw")}
    return [link.digest[2:] for link in links]


@pytest.mark.parametrize("count", [0, 1, 23, 24, 255, 256, PART_LINKS + 1])
def test_a_manifest_lists_every_record_in_order(count: int) -> None:
    manifest = build_manifest(ids(count), [])
    assert listed(manifest) == ids(count)
    assert decoded(manifest.root)["count"] == count


@pytest.mark.parametrize(
    ("count", "lengths"),
    [
        (0, []),
        (1, [1]),
        (PART_LINKS, [PART_LINKS]),
        (PART_LINKS + 1, [PART_LINKS, 1]),
        (20_000, [PART_LINKS, PART_LINKS, 20_000 - 2 * PART_LINKS]),
    ],
)
def test_parts_are_filled_in_order(count: int, lengths: list[int]) -> None:
    all_ids, start = ids(count), 0
    parts = build_manifest(all_ids, []).parts
    assert len(parts) == len(lengths)
    for part, length in zip(parts, lengths, strict=True):
        assert (part,) == build_manifest(all_ids[start : start + length], []).parts
        start += length


@pytest.mark.parametrize("count", [0, 1, 24, 256])
def test_a_part_is_written_as_the_cbor_library_writes_it(count: int) -> None:
    written = dag_cbor.encode([CID.decode(cid_bytes(RAW, each)) for each in ids(count)])
    parts = build_manifest(ids(count), []).parts
    assert [part.data for part in parts] == ([written] if count else [])


def test_a_root_has_the_members_of_the_protocol() -> None:
    extra = cid_bytes(RAW, ids(1)[0])
    root = decoded(build_manifest(ids(2), [document(7)], [extra]).root)
    assert set(root) == {"version", "count", "parts", "documents", "extra"}
    assert root["version"] == 1
    said = document(7)
    assert root["documents"] == [[said.sha256, CID.decode(said.cid), said.size, said.media_type]]
    assert root["extra"] == [CID.decode(extra)]


def test_the_same_batch_has_the_same_manifest() -> None:
    assert build_manifest(ids(9), [document(1)]) == build_manifest(ids(9), [document(1)])


def test_another_order_is_another_manifest() -> None:
    one, other = build_manifest(ids(2), []), build_manifest(ids(2)[::-1], [])
    assert one.root.cid != other.root.cid


def test_no_block_of_the_largest_batch_exceeds_what_ipfs_takes() -> None:
    documents = [document(n, "x" * MAX_MEDIA_TYPE) for n in range(MAX_BATCH_DOCUMENTS)]
    manifest = build_manifest(ids(PART_LINKS + 1), documents)
    assert max(len(block.data) for block in (manifest.root, *manifest.parts)) <= MAX_BLOCK


def test_a_batch_of_too_many_documents_is_refused() -> None:
    with pytest.raises(InputError) as caught:
        build_manifest(ids(1), [document(0)] * (MAX_BATCH_DOCUMENTS + 1))
    assert caught.value.code == "batch-too-large"


def test_a_media_type_without_end_is_refused_by_name_of_its_document() -> None:
    with pytest.raises(InputError) as caught:
        build_manifest(ids(1), [document(0, "x" * (MAX_MEDIA_TYPE + 1))])
    assert caught.value.where == document(0).sha256.hex()


def sections(content: bytes) -> Iterator[bytes]:
    """The length-prefixed sections of a CAR file."""
    stream = io.BytesIO(content)
    while stream.tell() < len(content):
        yield stream.read(varint.decode(stream))


def test_a_car_file_carries_root_parts_and_records_each_under_its_cid() -> None:
    records = [b"record %d" % n for n in range(300)] + [b"", b"x" * 200_000]
    manifest = build_manifest([hashlib.sha256(each).digest() for each in records], [])
    header, *blocks = sections(b"".join(car(manifest, records)))
    assert dag_cbor.decode(header) == {"version": 1, "roots": [CID.decode(manifest.root.cid)]}
    cids = [each[:36] for each in blocks]
    assert cids[:2] == [manifest.root.cid, manifest.parts[0].cid]
    assert [each[36:] for each in blocks[2:]] == records
    for each in blocks:
        assert CID.decode(each[:36]).digest == b"\x12\x20" + hashlib.sha256(each[36:]).digest()
