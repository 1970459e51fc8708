# SPDX-License-Identifier: Apache-2.0
"""Altering a block in the repository of a local Kubo, for demonstrations and tests.

Kubo keeps each block in a file of its own and, with `Datastore.HashOnRead` false (its
default), serves what the file says without looking at the hash. Whoever can write on
that disk can alter a document or a record; this does it on purpose, to show that a
verification notices.
"""

from __future__ import annotations

from pathlib import Path

from filiera.adapters.documents.cids import block_key
from filiera.errors import NotFoundError


def block_file(ipfs_path: Path, digest: bytes) -> Path:
    """The file of the block of that SHA-256 (flatfs, next-to-last/2).

    Raises `NotFoundError` (`document-not-found`) when the repository has no such block.
    """
    key = block_key(digest)
    path = ipfs_path / "blocks" / key[-3:-1] / f"{key}.data"
    if not path.is_file():
        raise NotFoundError(
            "document-not-found", "The IPFS repository has no such block.", where=str(path)
        )
    return path


def overwrite_block(ipfs_path: Path, digest: bytes, data: bytes) -> None:
    """Let the node serve `data` where a block of that SHA-256 was stored."""
    path = block_file(ipfs_path, digest)
    draft = path.with_suffix(".altered")
    draft.write_bytes(data)
    draft.replace(path)
