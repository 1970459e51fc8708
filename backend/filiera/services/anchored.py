# SPDX-License-Identifier: Apache-2.0
"""Anchored batches and their trees, kept at hand: once anchored, they never change."""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Lock
from typing import Final

from filiera.ports.store import Batch, RecordStore
from filiera.proof.merkle import Tree

MAX_LEAVES: Final = 1_000_000
"""Leaves of all trees at hand together; one tree is kept whatever its size."""


@dataclass(slots=True)
class AnchoredBatches:
    """Batches by number, read and hashed once for all records in them. Safe between threads."""

    store: RecordStore
    _kept: dict[int, tuple[Batch, Tree]] = field(default_factory=dict)
    _leaves: int = 0
    _lock: Lock = field(default_factory=Lock)

    def get(self, number: int) -> tuple[Batch, Tree] | None:
        """The batch and its tree; None if there is none of that number, or no receipt yet."""
        kept = self._kept.get(number)
        if kept is None:
            batch = self.store.batch(number)
            if batch is None or batch.receipt is None:
                return None
            kept = batch, Tree(batch.records)
            self._keep(number, kept)
        return kept

    def _keep(self, number: int, kept: tuple[Batch, Tree]) -> None:
        with self._lock:
            if number in self._kept:
                return
            self._kept[number] = kept
            self._leaves += kept[1].size
            while self._leaves > MAX_LEAVES and len(self._kept) > 1:
                oldest = next(iter(self._kept))
                self._leaves -= self._kept.pop(oldest)[1].size
