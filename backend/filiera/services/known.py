# SPDX-License-Identifier: Apache-2.0
"""Records that were read: what a record's bytes say never changes, so each is read once."""

from __future__ import annotations

from typing import Final

from filiera.proof.evidence import Inclusion, Presented
from filiera.services.keeping import Keep

MAX_KNOWN: Final = 8 << 20
"""Bytes of all records at hand together; read, a record takes five times as much."""


class KnownRecords:
    """Records as they were presented last, by the id that their bytes have.

    What is presented is always what is at hand now: other bytes are another record, and
    another anchoring is read anew. Safe between threads.
    """

    def __init__(self) -> None:
        self._kept: Keep[bytes, Presented] = Keep(MAX_KNOWN, lambda presented: len(presented.jws))

    def presented(self, jws: bytes, inclusion: Inclusion | None) -> Presented:
        """These bytes, said to be anchored there; read before, if they were."""
        new = Presented(jws, inclusion)
        known = self._kept.get(new.id)
        if known is not None and known.inclusion == inclusion:
            return known
        self._kept.put(new.id, new)
        return new
