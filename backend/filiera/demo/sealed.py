# SPDX-License-Identifier: Apache-2.0
"""On a network of several validators: the passport as its bundle proves it, up to the seals."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Final

from filiera.errors import UnavailableError
from filiera.services import Services
from filiera.services.bundle_file import passport_from_bundle
from filiera.services.passports import Passport

PATIENCE: Final = 90.0
"""Seconds to wait for enough blocks on the newest one: a block comes every second or so."""
POLL_EVERY: Final = 0.5


def sealed_passport(services: Services, product: str, documents: Mapping[bytes, bytes]) -> Passport:
    """The passport out of a bundle made as of now, once enough is built on it.

    Raises `UnavailableError` when the network stands still.
    """
    bundles, ledger = services.bundles, services.ledger
    wanted = ledger.head().number
    deadline = time.monotonic() + PATIENCE
    while ledger.provable(bundles.trust).number < wanted:
        if time.monotonic() > deadline:
            raise UnavailableError(
                "chain-unreachable", "The network makes no blocks.", part="chain"
            )
        time.sleep(POLL_EVERY)
    data = bundles.make(product)
    now = services.clock.now()
    return passport_from_bundle(data, bundles.trust, now, documents=documents)
