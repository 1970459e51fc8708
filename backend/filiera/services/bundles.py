# SPDX-License-Identifier: Apache-2.0
"""Making bundles: a passport with everything that proves it, as of one block (PROTOCOL 8)."""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Lock
from typing import Final

from filiera.errors import UnavailableError
from filiera.ports.clock import Clock
from filiera.ports.ledger import Ledger
from filiera.proof.bundle import Bundle, dump_bundle
from filiera.proof.facts import Block
from filiera.proof.trust import TrustFile
from filiera.proof.verify import verify
from filiera.services.passports import Passports

KEEP: Final = 3600
"""Seconds for which a bundle that was made is given out again."""
MAX_KEPT: Final = 64


@dataclass(slots=True)
class Bundles:
    """The use case. `trust` is what a reader of the bundles is to pin."""

    ledger: Ledger
    passports: Passports
    clock: Clock
    trust: TrustFile
    _kept: dict[tuple[str, bytes], tuple[int, bytes]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def make(self, product: str, block: Block | None = None) -> bytes:
        """The bundle of a product as of `block`, by default the newest that can be proven.

        Equal block, equal bytes. Raises `passport-not-found`, and `UnavailableError` when the
        chain does not answer.
        """
        at = block or self.ledger.provable(self.trust)
        key, now = (product, at.hash), self.clock.now()
        with self._lock:
            made, data = self._kept.get(key, (0, b""))
            if data and now - made < KEEP:
                return data
        data = self._make(product, at)
        with self._lock:
            self._kept[key] = now, data
            while len(self._kept) > MAX_KEPT:
                del self._kept[next(iter(self._kept))]
        return data

    def _make(self, product: str, block: Block) -> bytes:
        evidence = self.passports.gather(product, block).evidence
        if evidence.facts is None:
            raise UnavailableError("chain-unreachable", "The chain did not answer.", part="chain")
        asked = verify(evidence, self.passports.trust, product).asked
        proof = self.ledger.prove(evidence.facts, self.trust)
        return dump_bundle(
            Bundle(
                headers=proof.headers,
                records=tuple(
                    evidence.records[record] for record in asked if record in evidence.records
                ),
                nodes=proof.nodes,
                operator_seal=proof.operator_seal,
            )
        )
