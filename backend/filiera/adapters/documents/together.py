# SPDX-License-Identifier: Apache-2.0
"""What every store makes of what came: files apart, and too much of one or of a record."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise

from filiera.errors import IntegrityError, NotFoundError
from filiera.ports.documents import StoredDocument


def apart(data: bytes, documents: Sequence[StoredDocument]) -> list[bytes]:
    """The files that `data` is one after the other.

    Raises NotFoundError (`document-not-found`) when it is longer or shorter than all of them.
    """
    ends = [0, *accumulate(each.size for each in documents)]
    if len(data) != ends[-1]:
        raise not_together(documents)
    return [data[begin:end] for begin, end in pairwise(ends)]


def not_together(documents: Sequence[StoredDocument]) -> NotFoundError:
    """What is raised for files of which one, nobody knows which, is missing or altered."""
    return NotFoundError(
        "document-not-found",
        f"One of {len(documents)} files is not there as it was stored.",
        where=documents[0].cid,
    )


def longer(document: StoredDocument) -> IntegrityError:
    """What is raised for a file that goes on beyond its size: whatever follows, it is another."""
    return IntegrityError(
        "document-hash-mismatch",
        f"What is stored goes on after the {document.size} bytes that the file has.",
        where=document.cid,
    )


def no_record(cid: str) -> NotFoundError:
    """What is raised where there is nothing, or more than a record may be."""
    return NotFoundError("record-not-found", "The store has no such record.", where=cid)
