# SPDX-License-Identifier: Apache-2.0
"""The accept path in one process, against coincurve's verification of the signatures.

Everything is real but the chain's facts and IPFS, which are in memory: parsing, the
signature, validation, who may say it, and SQLite in a file, written through to the disk.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from filiera.adapters.documents.memory import MemoryDocumentStore
from filiera.adapters.store.sql import SqlRecordStore
from filiera.errors import FilieraError
from filiera.model.records import check_event_date, checked_statement, statement_of
from filiera.ports.store import NewRecord
from filiera.proof.jws import parse_jws, signature_holds
from filiera.services.accept import Acceptance, Limits
from scripts.bench import district
from scripts.bench.harness import WALL, Contender, Report, cost, race, rate, ratio, ready
from scripts.bench.yardsticks import bare_verifications
from tests.support.fake_ledger import FakeLedger
from tests.support.world import ANCHORED, CHAIN, GENESIS, World

BARE = "coincurve verify"
PART = "of that, "


@dataclass(frozen=True)
class Bench:
    """A district and a folder for databases, each used once."""

    world: World
    folder: Path

    def ledger(self) -> FakeLedger:
        """A chain that knows the district's firms."""
        world = self.world
        ledger = FakeLedger(CHAIN, GENESIS, world.association.id, world.operator, ANCHORED)
        for firm in world.firms:
            ledger.accounts[firm.signer.address] = world.account(firm)
            ledger.participants[firm.id] = world.participant(firm)
        return ledger

    def store(self, ledger: FakeLedger) -> SqlRecordStore:
        """An empty database in a file."""
        store = SqlRecordStore(f"sqlite:///{tempfile.mkdtemp(dir=self.folder)}/filiera.db")
        store.bind(ledger.identity())
        return store

    def accepting(self, count: int, at_once: int) -> Callable[[], None]:
        """Ready to accept `count` new records, `at_once` in a call, into a new database."""
        records, ledger = district.records(self.world, count), self.ledger()
        store, documents = self.store(ledger), MemoryDocumentStore()
        acceptance = Acceptance(ledger, store, documents, Clock(), Limits(records=at_once))

        def run() -> None:
            for start in range(0, count, at_once):
                for result in acceptance.accept_many(records[start : start + at_once]):
                    if isinstance(result, FilieraError):
                        raise result

        return run

    def checking(self, count: int) -> Callable[[], None]:
        """Ready to hold `count` new records to the rules of their types."""
        payloads = [parse_jws(jws).payload for jws in district.records(self.world, count)]

        def run() -> None:
            for payload in payloads:
                checked_statement(payload)
                check_event_date(payload, ANCHORED)

        return run

    def storing(self, records: Sequence[NewRecord], at_once: int) -> Callable[[], None]:
        """Ready to look for the records and store them, `at_once` in a call."""
        store = self.store(self.ledger())

        def run() -> None:
            for start in range(0, len(records), at_once):
                part = records[start : start + at_once]
                store.get_all(record.id for record in part)
                store.add(part, ANCHORED)

        return run


class Clock:
    """A clock that stands still while the district's records are new."""

    def now(self) -> int:
        """Seconds since 1970."""
        return ANCHORED


@contextmanager
def opened() -> Iterator[Bench]:
    """A bench in a temporary folder (TMPDIR decides on which disk)."""
    with tempfile.TemporaryDirectory() as folder:
        yield Bench(World(), Path(folder))


def measure(size: int, rounds: int, sizes: Sequence[int]) -> Report:
    """Accept `size` records in calls of each of `sizes`, and do the parts of that one by one."""
    with opened() as bench:
        jwss = district.records(bench.world, size)
        wholes = {_name(at_once): _accepting(bench, size, at_once) for at_once in sizes}
        yardstick = {BARE: ready(bare_verifications(jwss))}
        times = race(rounds, yardstick | wholes | _parts(bench, jwss, sizes), WALL)
    return Report(
        "accept",
        f"{size:,} records of garments of nine steps, {rounds} rounds, time by the clock",
        (
            *(ratio(times, name, BARE) for name in wholes),
            *(rate(times, name, size, "record") for name in (BARE, *wholes)),
            *(cost(times, name, size, "record") for name in times),
        ),
    )


def _parts(bench: Bench, jwss: Sequence[bytes], sizes: Sequence[int]) -> dict[str, Contender]:
    """The stages of the path, each by itself over as many records."""
    signed = [parse_jws(jws) for jws in jwss]
    new = [_new_record(jws) for jws in jwss]
    return {
        f"{PART}parsing": ready(lambda: [parse_jws(jws) for jws in jwss]),
        f"{PART}the signature": ready(lambda: [signature_holds(each) for each in signed]),
        f"{PART}the rules of its type": lambda: bench.checking(len(jwss)),
        **{f"{PART}the database, {n} a call": _storing(bench, new, n) for n in sizes},
    }


def _name(at_once: int) -> str:
    return f"accept, {at_once} a call"


def _accepting(bench: Bench, size: int, at_once: int) -> Contender:
    return lambda: bench.accepting(size, at_once)


def _storing(bench: Bench, new: Sequence[NewRecord], at_once: int) -> Contender:
    return lambda: bench.storing(new, at_once)


def _new_record(jws: bytes) -> NewRecord:
    signed = parse_jws(jws)
    statement = statement_of(signed.payload)
    return NewRecord(
        id=signed.id,
        jws=jws,
        type=statement.type.value,
        address=signed.address,
        participant=bytes(32),
        own=None,
        products=statement.products,
    )
