# SPDX-License-Identifier: Apache-2.0
"""Making bundles: a passport with everything that proves it, as of one block (docs/proof.md 2).

The bundle of a stated block is a function of that block. The default one is as of a block of
ours: one that was made is given out again while the chain says the same of everything in it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from threading import Lock
from typing import Final, TypeAlias

from filiera.errors import UnavailableError
from filiera.ports.clock import Clock
from filiera.ports.ledger import Ledger
from filiera.proof.bundle import Bundle, check_bounds, dump_bundle
from filiera.proof.facts import Block, ChainFacts
from filiera.proof.reasons import Outcome
from filiera.proof.trust import TrustFile
from filiera.proof.verify import verify
from filiera.proof.wanted import needed, readable
from filiera.services.body import Body
from filiera.services.gathering import read_again
from filiera.services.keeping import Keep
from filiera.services.passports import Passports

KEEP: Final = 3600
"""Seconds for which a bundle is given out again, where blocks may become twice as old."""
MAX_KEPT: Final = 64
"""Bundles that are kept, compressed to less than 1 MiB; one counts 1 more for each it has."""
LOCKS: Final = 64
"""How many products at most are worked on at once; two may share a lock, and then take turns."""


@dataclass(frozen=True, slots=True)
class Made:
    """A bundle, and what it was made of: `own` is the id of the product's own record.

    `time` is the server's, in seconds since 1970 UTC. `settled` says that nothing in it was
    unknown: what was missing may be here by the next block.
    """

    body: Body
    time: int
    own: bytes
    facts: ChainFacts
    settled: bool


_Key: TypeAlias = tuple[str, bytes | None]
"""A product, and the hash of the stated block; None for the default bundle."""


def _weight(made: Made) -> int:
    return 1 + (len(made.body.data) >> 20)


@dataclass(slots=True)
class Bundles:
    """The use case. `trust` is what a reader of the bundles is to pin."""

    ledger: Ledger
    passports: Passports
    clock: Clock
    trust: TrustFile
    _shelf: Keep[_Key, Made] = field(default_factory=lambda: Keep(MAX_KEPT, _weight))
    _locks: tuple[Lock, ...] = field(default_factory=lambda: tuple(Lock() for _ in range(LOCKS)))

    def make(self, product: str, block: Block | None = None) -> bytes:
        """The bytes of `body`; raises as it does."""
        return self.body(product, block).plain

    def body(self, product: str, block: Block | None = None) -> Body:
        """The bundle of a product as of `block`: equal block, equal bytes.

        Without a block it is as of the newest that can be proven, or of an earlier one while
        nothing that the bundle proves has changed since, for at most `KEEP` seconds. Whoever
        asks for one that is being made waits for it. Raises `passport-not-found`,
        `bundle-too-large` when nobody could read it, and `UnavailableError` when the chain does
        not answer.
        """
        key = product, block.hash if block else None
        with self._locks[hash(product) % LOCKS]:
            at = block or self.ledger.provable(self.trust)
            made = self._shelf.get(key)
            if made is None or not self._holds(made, product, at):
                made = self._make(product, at)
                self._shelf.put(key, made)
            return made.body

    def _holds(self, made: Made, product: str, at: Block) -> bool:
        """Whether a bundle that was made is what would be made as of `at`, but for the block."""
        if self.clock.now() - made.time >= min(KEEP, self.trust.maximum_age // 2):
            return False
        then = made.facts.block
        if at.hash == then.hash:
            return True
        return (
            made.settled
            and at.number > then.number
            and self.ledger.block(then.number).hash == then.hash
            and self.passports.own_record(product, at) == made.own
            and self._same_facts(made.facts, at)
        )

    def _same_facts(self, facts: ChainFacts, at: Block) -> bool:
        """Whether the chain says the same at `at`: one message to the node, and no proof."""
        now = read_again(self.ledger, facts, at)
        return replace(now, block=facts.block) == facts

    def _make(self, product: str, block: Block) -> Made:
        evidence = self.passports.gather(product, block).evidence
        if evidence.facts is None:
            raise UnavailableError("chain-unreachable", "The chain did not answer.", part="chain")
        verdict = verify(evidence, self.passports.trust, product)
        asked = (evidence.records.get(record) for record in verdict.asked)
        records = tuple(record for record in asked if record is not None)
        # More was gathered than a verdict asks for: an auditor's identity, a thief's successor.
        facts = needed(readable(records).values(), evidence.facts)
        proof = self.ledger.prove(facts, self.trust)
        bundle = Bundle(
            headers=proof.headers,
            records=records,
            nodes=proof.nodes,
            operator_seal=proof.operator_seal,
        )
        data = dump_bundle(bundle)
        check_bounds(bundle, len(data))
        return Made(
            body=Body.of(data),
            time=self.clock.now(),
            own=evidence.own,
            facts=facts,
            settled=all(check.outcome is not Outcome.UNKNOWN for check in verdict.checks),
        )
