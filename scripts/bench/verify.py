# SPDX-License-Identifier: Apache-2.0
"""A verdict, as a multiple of coincurve's verification of the same signatures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from filiera.proof.evidence import Evidence, Presented
from filiera.proof.jws import record_id
from filiera.proof.reasons import Outcome
from filiera.proof.verify import verify, verify_record
from scripts.bench.district import BATCH, Garment
from scripts.bench.harness import Report, cost, race, ratio, ready
from scripts.bench.yardsticks import bare_verifications, signatures
from tests.support.world import World


@dataclass(frozen=True)
class Subject:
    """What is verified: the records whose signatures count, and the verdict to reach."""

    name: str
    jwss: Sequence[bytes]
    verdict: Callable[[], Outcome]

    @property
    def yardstick(self) -> str:
        """The name of the bare verification of its signatures."""
        return signatures(self.jwss)


def passport(world: World, steps: int) -> Subject:
    """A garment's passport, with its issuers' identity records."""
    garment, trust = Garment(world, steps), world.trust()
    evidence, product = garment.evidence(), garment.product
    jwss = [evidence.records[record].jws for record in verify(evidence, trust, product).records]
    return Subject(garment.name, jwss, lambda: verify(unread(evidence), trust, product).outcome)


def one_step(world: World) -> Subject:
    """A step by itself: its own signature, its issuer's identity record and the founder's."""
    garment, trust = Garment(world, 1), world.trust()
    step = garment.jws[0]
    evidence = replace(garment.evidence(), own=record_id(step))
    identities = [world.jws[firm.name] for firm in (world.mill, world.association)]
    return Subject(
        "one step alone",
        [step, *identities],
        lambda: verify_record(unread(evidence), trust).outcome,
    )


def unread(evidence: Evidence) -> Evidence:
    """The same evidence, of which no record has been read yet."""
    records = {
        record: Presented(each.jws, each.inclusion) for record, each in evidence.records.items()
    }
    return replace(evidence, records=records)


def measure(sizes: Sequence[int], rounds: int, least: int) -> Report:
    """Verify one step, and passports of as many steps as `sizes` says.

    Each as often in one run as it takes to verify `least` signatures.
    """
    world = World()
    subjects = [one_step(world), *(passport(world, steps) for steps in sizes)]
    again = {each.name: -(-least // len(each.jwss)) for each in subjects}
    times = race(
        rounds,
        {
            name: ready(run)
            for each in subjects
            for name, run in (
                (each.yardstick, bare_verifications([*each.jwss] * again[each.name])),
                (each.name, proven(each, again[each.name])),
            )
        },
    )
    return Report(
        "verify",
        f"records of batches of {BATCH:,}, a document each step, {rounds} rounds, CPU time",
        (
            *(ratio(times, each.name, each.yardstick) for each in subjects),
            *(
                cost(times, each.name, len(each.jwss) * again[each.name], "record")
                for each in subjects
            ),
        ),
    )


def proven(subject: Subject, times: int) -> Callable[[], None]:
    """Ready to reach the verdict so many times, which has to be a yes."""

    def run() -> None:
        for _ in range(times):
            if subject.verdict() is not Outcome.PROVEN:
                raise ValueError("what is measured must be proven")

    return run
