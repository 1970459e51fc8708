# SPDX-License-Identifier: Apache-2.0
"""The use cases, and the one bundle of them that api and cli are handed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from filiera.ports.clock import Clock
    from filiera.ports.documents import DocumentStore
    from filiera.ports.ledger import Ledger
    from filiera.ports.store import RecordStore
    from filiera.services.accept import Acceptance
    from filiera.services.anchor import Anchoring
    from filiera.services.bundles import Bundles
    from filiera.services.collect import Collector
    from filiera.services.gather import Gatherer
    from filiera.services.passports import Passports


@dataclass(frozen=True, slots=True)
class Services:
    """Everything a front end may use; `wiring.py` makes it."""

    ledger: Ledger
    store: RecordStore
    documents: DocumentStore
    clock: Clock
    acceptance: Acceptance
    anchoring: Anchoring
    gatherer: Gatherer
    passports: Passports
    collector: Collector
    bundles: Bundles
