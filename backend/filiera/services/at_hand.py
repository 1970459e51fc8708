# SPDX-License-Identifier: Apache-2.0
"""Reading the documents that records name: what is at hand under each name.

A question for each takes longer than all else about a passport together, so many are asked for
by one. Only if all that comes has the hashes that it should is that the answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from hashlib import sha256
from itertools import chain
from typing import Final

from filiera.errors import FilieraError, IntegrityError, NotFoundError, UnavailableError
from filiera.ports.documents import DocumentStore, StoredDocument
from filiera.services.results import in_order

ALTERED: Final = bytes(32)
"""Stands for the hash of a document that was altered so that no file comes out of it."""
TOGETHER: Final = 64
"""Documents that are asked for by one question."""
MAX_TOGETHER: Final = 1 << 20
"""Bytes of those; a larger one is asked for by itself."""
AT_ONCE: Final = 4
"""Such questions that are asked at once."""


def read_all(
    store: DocumentStore, documents: Iterable[StoredDocument]
) -> Iterator[tuple[bytes, bytes]]:
    """The SHA-256 of each document as it was stored, and of what is at hand under its name.

    What is not there is left out. Raises UnavailableError when the store does not answer:
    what came before stands.
    """
    parts = list(_parts(documents))
    if not parts:
        return
    read = in_order(parts, lambda part: _read_part(store, part), AT_ONCE)
    for document, actual in zip(chain(*parts), chain.from_iterable(read), strict=True):
        if actual is not None:
            yield document.sha256, actual


def _parts(documents: Iterable[StoredDocument]) -> Iterator[list[StoredDocument]]:
    """The documents in their order, in parts that are few and small enough for one question."""
    part: list[StoredDocument] = []
    room = MAX_TOGETHER
    for document in documents:
        if part and (len(part) == TOGETHER or document.size > room):
            yield part
            part, room = [], MAX_TOGETHER
        part.append(document)
        room -= document.size
    if part:
        yield part


def _read_part(store: DocumentStore, part: Sequence[StoredDocument]) -> list[bytes | None]:
    """What is at hand of each: together, if all are what they should be, else one by one."""
    named = [document.sha256 for document in part]
    if len(part) > 1:
        with suppress(NotFoundError):
            if [sha256(data).digest() for data in store.get_all(part)] == named:
                return [*named]
    return [_read(store, document) for document in part]


def _read(store: DocumentStore, document: StoredDocument) -> bytes | None:
    try:
        return sha256(store.get(document)).digest()
    except UnavailableError:
        raise
    except IntegrityError:
        return ALTERED
    except FilieraError:
        return None
