# SPDX-License-Identifier: Apache-2.0
"""On a network of several validators: the passport as its bundle proves it, up to the seals."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Final

from filiera.errors import UnavailableError
from filiera.proof.bundle import parse_bundle
from filiera.proof.offline import proven_facts, verify_bundle
from filiera.proof.verdict import with_ground
from filiera.services import Services
from filiera.services.gathering import Gathered
from filiera.services.passports import Passport

PATIENCE: Final = 90.0
"""Seconds to wait for enough blocks on the newest one: a block comes every second or so."""
POLL_EVERY: Final = 0.5


GROUND: Final = frozenset({"seal", "state", "age", "bundle"})
"""The checks of a verdict about a bundle that are about the bundle itself."""


def sealed_bundle(services: Services, product: str) -> bytes:
    """A bundle made as of now, once enough is built on it.

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
    return bundles.make(product)


def sealed_passport(services: Services, product: str, data: bytes, gathered: Gathered) -> Passport:
    """What was gathered, judged by the facts that a bundle of the product proves.

    Records, paths and documents are those that were gathered, altered or not.
    """
    trust, bundle = services.bundles.trust, parse_bundle(data)
    whole = verify_bundle(bundle, trust, services.clock.now())
    evidence = replace(gathered.evidence, facts=proven_facts(bundle, trust))
    passport = services.passports.judge(product, replace(gathered, evidence=evidence))
    ground = tuple(check for check in whole.checks if check.check in GROUND)
    return passport.under(with_ground(passport.verdict, ground, whole.seal))
