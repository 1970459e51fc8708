# SPDX-License-Identifier: Apache-2.0
"""A stored passport: gathering its evidence and judging it, against its signatures.

The database is in memory, as are the chain's facts and IPFS; no document is at hand.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from filiera.proof.reasons import Outcome
from filiera.services.anchor import Anchoring, BatchPolicy
from filiera.services.passports import Passports
from scripts.bench.district import Garment, records
from scripts.bench.harness import Report, cost, race, ratio, ready
from scripts.bench.yardsticks import bare_verifications, signatures
from tests.support.server import Server

AT_ONCE = 500


def measure(steps: Sequence[int], others: int, rounds: int) -> Report:
    """Assemble passports of so many steps each, anchored in one batch with `others` records."""
    server = Server()
    garments = [Garment(server.world, count) for count in steps]
    identities = [server.world.jws[firm.name] for firm in server.world.firms]
    signed = {each.name: [*each.jws, *identities] for each in garments}
    jwss = [*identities, *(jws for each in garments for jws in each.jws)]
    anchor(server, [*jwss, *records(server.world, others)])
    passports = server.services.passports
    runs = {each.name: _assembling(passports, each.product) for each in garments}
    yardsticks = {signatures(jwss): bare_verifications(jwss) for jwss in signed.values()}
    times = race(rounds, {name: ready(run) for name, run in (runs | yardsticks).items()})
    return Report(
        "assemble",
        f"one batch, {others:,} records in it of other garments, {rounds} rounds, CPU time",
        (
            *(ratio(times, name, signatures(jwss)) for name, jwss in signed.items()),
            *(cost(times, name, len(jwss), "record") for name, jwss in signed.items()),
        ),
    )


def anchor(server: Server, jwss: Sequence[bytes]) -> None:
    """Accept records and anchor them in one batch."""
    for start in range(0, len(jwss), AT_ONCE):
        server.services.acceptance.accept_many(jwss[start : start + AT_ONCE])
    parts = (server.ledger, server.store, server.documents, server.clock)
    [batch] = Anchoring(*parts, BatchPolicy(size=len(jwss))).anchor_now()
    if len(batch.records) != len(jwss):
        raise ValueError("what is measured must be anchored")


def _assembling(passports: Passports, product: str) -> Callable[[], None]:
    def run() -> None:
        if passports.assemble(product).verdict.outcome is not Outcome.PROVEN:
            raise ValueError("what is measured must be proven")

    return run
