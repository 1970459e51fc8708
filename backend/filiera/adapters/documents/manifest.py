# SPDX-License-Identifier: Apache-2.0
"""A batch's manifest: which records, in which order, with which documents.

The root is a dag-cbor map

    {version: 1, count, parts: [link], documents: [[sha256, link, size, media type]],
     extra: [link]}

`parts` are links to dag-cbor lists of at most 8,192 links to the records, in leaf
order, each record a raw block. A link is CBOR tag 42 over 0x00 and the CID's bytes; a
record's is always 41 bytes, so a part is written without a CBOR library.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import dag_cbor
from multiformats import CID

from filiera.adapters.documents.cids import DAG_CBOR, RAW, cid_bytes, parse_cid
from filiera.errors import InputError
from filiera.ports.documents import MAX_BATCH_DOCUMENTS, MAX_MEDIA_TYPE, StoredDocument

VERSION: Final = 1
PART_LINKS: Final = 8192

_LINK: Final = b"\xd8\x2a\x58\x25\x00"


@dataclass(frozen=True, slots=True)
class Block:
    """A block and its CID in bytes."""

    cid: bytes
    data: bytes


@dataclass(frozen=True, slots=True)
class Manifest:
    """The blocks of a manifest; its digest is the SHA-256 of `root.data`."""

    root: Block
    parts: tuple[Block, ...]


def build_manifest(
    record_ids: Sequence[bytes],
    documents: Sequence[StoredDocument],
    extra: Sequence[bytes] = (),
) -> Manifest:
    """The manifest of a batch; the same arguments give the same bytes.

    `record_ids` are SHA-256 digests in leaf order, `extra` CIDs in bytes. Raises
    `InputError` (`batch-too-large`) above 4,096 documents, so that the root stays
    under the 1 MiB that IPFS nodes take for a block.
    """
    _require_fitting(documents)
    parts = tuple(
        _dag_cbor_block(_part(record_ids[start : start + PART_LINKS]))
        for start in range(0, len(record_ids), PART_LINKS)
    )
    root: dict[str, Any] = {
        "version": VERSION,
        "count": len(record_ids),
        "parts": [CID.decode(part.cid) for part in parts],
        "documents": [_document(each) for each in documents],
        "extra": [CID.decode(cid) for cid in extra],
    }
    return Manifest(_dag_cbor_block(dag_cbor.encode(root)), parts)


def car(manifest: Manifest, records: Sequence[bytes]) -> Iterator[bytes]:
    """The batch as one CAR file (CARv1), piece by piece: root, parts, records in leaf order."""
    header: dict[str, Any] = {"version": 1, "roots": [CID.decode(manifest.root.cid)]}
    yield _section(dag_cbor.encode(header))
    for block in (manifest.root, *manifest.parts):
        yield _section(block.cid + block.data)
    for record in records:
        yield _section(cid_bytes(RAW, hashlib.sha256(record).digest()) + record)


def _require_fitting(documents: Sequence[StoredDocument]) -> None:
    if len(documents) > MAX_BATCH_DOCUMENTS:
        raise InputError(
            "batch-too-large",
            f"A batch names at most {MAX_BATCH_DOCUMENTS} documents, this one {len(documents)}.",
            hint="Anchor in smaller batches.",
        )
    for each in documents:
        if len(each.media_type.encode()) > MAX_MEDIA_TYPE:
            raise InputError(
                "batch-too-large",
                f"A media type has at most {MAX_MEDIA_TYPE} characters.",
                where=each.sha256.hex(),
            )


def _part(record_ids: Sequence[bytes]) -> bytes:
    """A CBOR list of links to raw blocks."""
    prefix = _LINK + cid_bytes(RAW, b"")
    return _list_head(len(record_ids)) + b"".join(prefix + digest for digest in record_ids)


def _list_head(length: int) -> bytes:
    """The shortest CBOR head of a list (RFC 8949, 3): dag-cbor allows no other."""
    if length < 24:
        return bytes((0x80 | length,))
    if length < 256:
        return bytes((0x98, length))
    return b"\x99" + length.to_bytes(2, "big")


def _document(stored: StoredDocument) -> list[Any]:
    link = CID.decode(parse_cid(stored.cid))
    return [stored.sha256, link, stored.size, stored.media_type]


def _dag_cbor_block(data: bytes) -> Block:
    return Block(cid_bytes(DAG_CBOR, hashlib.sha256(data).digest()), data)


def _section(content: bytes) -> bytes:
    """Content after its length as an unsigned LEB128 varint (CARv1)."""
    length, head = len(content), bytearray()
    while length > 0x7F:
        head.append(length & 0x7F | 0x80)
        length >>= 7
    head.append(length)
    return bytes(head) + content
