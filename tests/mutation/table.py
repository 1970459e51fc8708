# SPDX-License-Identifier: Apache-2.0
"""The table of mutators by name, and the seeded driver that runs them.

    for mutant in mutants(good("qbft"), 20): ...

Another mutator is a function and a line in its module's table.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from tests.mutation import anchors, headers, nodes, records, shapes
from tests.mutation.bending import Mutator, by_value
from tests.mutation.goods import Good
from tests.mutation.spellings import RESPELLINGS, Respell

SEED = 20_261_123
TRIES = 3
"""Draws for each mutant that is asked for: some of them change nothing, or were made before."""

OFTENER = 5
"""Where two languages' parsers meet, a mutant costs least and tells most."""


@dataclass(frozen=True)
class Mutant:
    """Bytes that are not the good bundle's, and which mutator made them."""

    mutator: str
    number: int
    data: bytes

    @property
    def name(self) -> str:
        return f"{self.mutator} ({self.number})"


def mutators(kind: str) -> dict[str, Mutator]:
    """The mutators that bundles of a kind of seal have."""
    bends = {
        **headers.BENDS,
        **headers.OF_KIND[kind],
        **records.BENDS,
        **anchors.BENDS,
        **nodes.BENDS,
        **shapes.BENDS,
    }
    spelled = {name: _of_text(respell) for name, respell in RESPELLINGS.items()}
    return {name: by_value(bend) for name, bend in bends.items()} | spelled


def _of_text(respell: Respell) -> Mutator:
    return lambda chance, given: respell(chance, given.bundle)


def mutants(given: Good, each: int) -> Iterator[Mutant]:
    """Up to `each` mutants by every mutator, each another one, the same in every run.

    Of those that mostly end at the parser five times as many.
    """
    for name, mutator in mutators(given.kind).items():
        count = each * OFTENER if name in shapes.BENDS or name in RESPELLINGS else each
        drawn = _drawn(mutator, Random(f"{SEED} {given.kind} {name}"), given, count)
        yield from (Mutant(name, number, data) for number, data in enumerate(drawn))


def _drawn(mutator: Mutator, chance: Random, given: Good, each: int) -> Iterator[bytes]:
    seen = {given.bundle}
    for _ in range(TRIES * each):
        data = mutator(chance, given)
        if data not in seen:
            seen.add(data)
            yield data
        if len(seen) > each:
            return
