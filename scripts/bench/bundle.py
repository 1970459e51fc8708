# SPDX-License-Identifier: Apache-2.0
"""A bundle's whole verification, as a multiple of coincurve's work on the same signatures.

From the bytes of the bundle to the verdict: JSON, tries, header and seal, records and paths.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from coincurve import PublicKey

from filiera.proof.bundle import Bundle, parse_bundle
from filiera.proof.header import parse_header
from filiera.proof.offline import verify_bundle
from filiera.proof.operator import operator_digest
from filiera.proof.reasons import Outcome
from filiera.proof.trust import TrustFile, parse_trust
from scripts.bench.browser_subjects import subjects
from scripts.bench.harness import Report, cost, race, ratio, ready
from scripts.bench.yardsticks import bare_verifications
from tests.support.proven import Proven


def measure(steps: Sequence[int], others: int, rounds: int, least: int) -> Report:
    """Verify bundles of so many steps, on a chain with `others` batches.

    Each as often in one run as it takes to check `least` signatures.
    """
    given = subjects(steps, others)
    counts = {name: len(parse_bundle(each.bundle).records) + 1 for name, each in given.items()}
    again = {name: -(-least // count) for name, count in counts.items()}
    floors = {name: f"its {count} signatures by coincurve" for name, count in counts.items()}
    times = race(
        rounds,
        {
            contender: ready(run)
            for name, each in given.items()
            for contender, run in (
                (floors[name], bare_signatures(each, again[name])),
                (name, verifying(each, again[name])),
            )
        },
    )
    per_bundle = {name: [each / again[name] for each in times[name]] for name in given}
    return Report(
        "bundle",
        f"from bytes to verdict, {others:,} other batches on the chain, {rounds} rounds, CPU time",
        (
            *(ratio(times, name, floors[name]) for name in given),
            *(ratio(per_bundle, more, less) for less, more in pairwise(given)),
            *(cost(per_bundle, name, counts[name], "signature") for name in given),
        ),
    )


def verifying(subject: Proven, times: int) -> Callable[[], None]:
    """Ready to verify a bundle so many times, from its bytes on; it has to be proven."""
    trust = parse_trust(subject.trust)

    def run() -> None:
        for _ in range(times):
            verdict = verify_bundle(parse_bundle(subject.bundle), trust, subject.now)
            if verdict.outcome is not Outcome.PROVEN:
                raise ValueError("what is measured must be proven")

    return run


def bare_signatures(subject: Proven, times: int) -> Callable[[], None]:
    """Every record's signature, and the recovery of the operator's seal, so many times."""
    bundle = parse_bundle(subject.bundle)
    records = bare_verifications([each.jws for each in bundle.records] * times)
    seal, digest = _seal(bundle, parse_trust(subject.trust))

    def run() -> None:
        records()
        for _ in range(times):
            PublicKey.from_signature_and_message(seal, digest, hasher=None)

    return run


def _seal(bundle: Bundle, trust: TrustFile) -> tuple[bytes, bytes]:
    header = parse_header(bundle.headers[0])
    genesis = bytes.fromhex(trust.genesis_hash[2:])
    if bundle.operator_seal is None:
        raise ValueError("what is measured is sealed by an operator")
    digest = operator_digest(trust.chain_id, genesis, header.number, header.hash)
    return bundle.operator_seal, digest
