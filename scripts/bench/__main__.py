# SPDX-License-Identifier: Apache-2.0
"""`python -m scripts.bench [NAME …]`: the benchmarks of `BENCHES`, all of them by default.

Figures go to stdout, as text or (`--json`) as one JSON object; none of them is judged.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from scripts.bench import (
    accept,
    assemble,
    browser,
    bundle,
    bundle_size,
    merkle,
    pages,
    profiling,
    self_check,
    verify,
)
from scripts.bench.harness import WALL, Report, as_json, as_text
from tests.support.world import World


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much is measured, and how often.

    `leaves` of the tree, `records` accepted in a run, `at_once` in a call, `steps` of
    passports, `signatures` at least in a run of verifying, `others` in a passport's batch.
    Sizes are of bundles of a `garment` of so many steps, among so many `anchors`; pages too
    are of such a garment, each asked for by so many `calls`.
    """

    rounds: int = 7
    leaves: int = 1_000_000
    records: int = 1_000
    at_once: tuple[int, ...] = (1, 500)
    steps: tuple[int, ...] = (1, 10, 100)
    signatures: int = 1_000
    others: int = 3_000
    garment: int = 10
    anchors: int = 100_000
    calls: int = 20


TINY = Sizes(2, 1_000, 10, (1, 5), (1, 3), 10, 10, 2, 10, 2)
"""Enough to see that everything runs; the figures say nothing."""


def run_merkle(sizes: Sizes) -> list[Report]:
    """The Merkle tree."""
    return [merkle.measure(sizes.leaves, sizes.rounds)]


def run_accept(sizes: Sizes) -> list[Report]:
    """The accept path."""
    return [accept.measure(sizes.records, sizes.rounds, sizes.at_once)]


def run_verify(sizes: Sizes) -> list[Report]:
    """Verdicts over evidence at hand."""
    return [verify.measure(sizes.steps, sizes.rounds, sizes.signatures)]


def run_assemble(sizes: Sizes) -> list[Report]:
    """Passports out of the stores."""
    return [assemble.measure(sizes.steps, sizes.others, sizes.rounds)]


def run_bundle(sizes: Sizes) -> list[Report]:
    """Bundles, from their bytes to the verdict."""
    return [bundle.measure(sizes.steps, sizes.others, sizes.rounds, sizes.signatures)]


def run_bundle_size(sizes: Sizes) -> list[Report]:
    """How large bundles are on a chain with many anchors."""
    return [bundle_size.measure(sizes.garment, sizes.anchors)]


def run_pages(sizes: Sizes) -> list[Report]:
    """Pages, kept and rendered."""
    return [pages.measure(sizes.garment, sizes.others, sizes.calls, sizes.rounds)]


def run_browser(sizes: Sizes) -> list[Report]:
    """Bundles in the browser verifier, in Node and in Chromium."""
    return browser.measure(sizes.steps, sizes.garment, sizes.others, sizes.rounds)


def run_self_check(sizes: Sizes) -> list[Report]:
    """A page's own check in Chromium, against the verifier called alone."""
    return self_check.measure(sizes.garment, sizes.rounds)


def run_profile(sizes: Sizes) -> list[Report]:
    """Where accepting and verifying spend their time."""
    reports = []
    with accept.opened() as bench:
        for at_once in sizes.at_once:
            about = f"{sizes.records:,} records, {at_once} a call, time by the clock"
            run = bench.accepting(sizes.records, at_once)
            reports.append(profiling.profile("accept", about, run, WALL))
    subject = verify.passport(World(), sizes.steps[-1])
    run = verify.proven(subject, -(-sizes.signatures // len(subject.jwss)))
    reports.append(profiling.profile("verify", f"{subject.name}, CPU time", run))
    return reports


BENCHES: dict[str, Callable[[Sizes], list[Report]]] = {
    "merkle": run_merkle,
    "accept": run_accept,
    "verify": run_verify,
    "assemble": run_assemble,
    "bundle": run_bundle,
    "bundle-size": run_bundle_size,
    "pages": run_pages,
    "browser": run_browser,
    "self-check": run_self_check,
    "profile": run_profile,
}


def main(arguments: Sequence[str]) -> None:
    """Run the benchmarks that are named and print what they found."""
    parser = argparse.ArgumentParser(prog="python -m scripts.bench")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(BENCHES)}")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--tiny", action="store_true", help="only show that everything runs")
    parser.add_argument("--rounds", type=int, metavar="N", help=f"rounds ({Sizes().rounds})")
    given = parser.parse_args(arguments)
    unknown = [name for name in given.names if name not in BENCHES]
    if unknown:
        parser.error(f"there is no benchmark {', '.join(unknown)}")
    sizes = TINY if given.tiny else Sizes()
    sizes = replace(sizes, rounds=given.rounds) if given.rounds else sizes
    reports = [report for name in given.names or BENCHES for report in BENCHES[name](sizes)]
    print(as_json(reports) if given.json else as_text(reports))


if __name__ == "__main__":
    main(sys.argv[1:])
