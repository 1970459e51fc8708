# SPDX-License-Identifier: Apache-2.0
"""Assembling passports: choose the product's own record, gather, verify (PROTOCOL 3)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from filiera.domain import graph
from filiera.errors import ConflictError, InputError, NotFoundError, UnavailableError
from filiera.model.records import statement_of
from filiera.model.statement import OwnProduct, Statement, Step, StepKind
from filiera.ports.ledger import Ledger
from filiera.ports.store import Batch, RecordStore, StoredRecord
from filiera.proof.checks import claimed_at
from filiera.proof.evidence import Evidence, Trust
from filiera.proof.facts import Block
from filiera.proof.jws import parse_jws
from filiera.proof.standing import standing_of
from filiera.proof.verdict import RecordVerdict, StandingState, Verdict
from filiera.proof.verify import verify
from filiera.services.gather import Gatherer
from filiera.services.gathering import Gathered


@dataclass(frozen=True, slots=True)
class Other:
    """A record about the same product or lots that the passport does not list.

    `relation` is "added-since" for the passport's own issuer, "said-by-others" else. It is
    shown apart, never counted, and not part of the verdict.
    """

    record: StoredRecord
    statement: Statement
    relation: Literal["added-since", "said-by-others"]
    anchored: int | None


@dataclass(frozen=True, slots=True)
class Passport:
    """The assembled view of a product: evidence, verdict, the order of steps, the rest.

    `flows` are the lots that pass between steps; empty, like the order, where the steps
    form a circle (the verdict then says so). `unavailable` names the parts that were down.
    """

    product: str
    evidence: Evidence
    verdict: Verdict
    steps: tuple[RecordVerdict, ...]
    flows: tuple[graph.Flow, ...]
    others: tuple[Other, ...]
    unavailable: tuple[str, ...]

    @property
    def own(self) -> RecordVerdict:
        """The product's own record."""
        return self.verdict.records[self.verdict.own]

    @property
    def summary(self) -> OwnProduct | None:
        """What the own record says of the product, None if it could not be read."""
        said = self.own.statement.said if self.own.statement else None
        return said if isinstance(said, OwnProduct) else None


class Passports:
    """The use case."""

    def __init__(
        self, ledger: Ledger, store: RecordStore, gatherer: Gatherer, trust: Trust
    ) -> None:
        self._ledger = ledger
        self._store = store
        self._gatherer = gatherer
        self.trust = trust

    def gather(self, product: str, block: Block | None = None) -> Gathered:
        """The evidence about a product, and the parts that did not answer.

        Raises `passport-not-found` when no own record of the product is stored here.
        """
        return self._gatherer.gather(self.own_record(product), block)

    def assemble(self, product: str, block: Block | None = None) -> Passport:
        """The passport of `product` as of `block` (the newest when None)."""
        return self.judge(product, self.gather(product, block))

    def judge(self, product: str, gathered: Gathered) -> Passport:
        """The passport that gathered evidence makes: the verdict, and the view around it."""
        verdict = verify(gathered.evidence, self.trust, product)
        steps, flows = in_order(verdict.of("step"))
        others = tuple(self._others(verdict, product))
        return Passport(
            product, gathered.evidence, verdict, steps, flows, others, gathered.unavailable
        )

    def own_record(self, product: str) -> bytes:
        """The newest anchored, not superseded own record by the participant that was first.

        A record that is not anchored yet counts only where none is.
        """
        candidates = self._store.own_records(product)
        if not candidates:
            raise NotFoundError(
                "passport-not-found", "No passport of this product is here.", where=product
            )
        placed = sorted(
            ((place, record) for record in candidates if (place := self._place(record))),
            key=lambda each: each[0],
        )
        if not placed:
            return candidates[0].id
        first = placed[0][1].participant
        own = [record for _, record in placed if record.participant == first]
        return next((r.id for r in reversed(own) if not self._superseded(r, len(own))), own[-1].id)

    def _place(self, record: StoredRecord) -> tuple[int, int] | None:
        """(sequence, leaf index): the order of everything."""
        batch = self._batch(record)
        if batch is None or batch.receipt is None or record.index is None:
            return None
        return batch.receipt.anchor.sequence, record.index

    def _batch(self, record: StoredRecord) -> Batch | None:
        return self._store.batch(record.batch) if record.batch is not None else None

    def _superseded(self, record: StoredRecord, candidates: int) -> bool:
        if candidates == 1:
            return False
        try:
            key = (record.participant, record.id)
            facts = self._ledger.read(self._ledger.head(), statuses=[key])
        except UnavailableError:
            return False
        standing = standing_of(record.participant, record.id, facts)
        return standing.state is StandingState.SUPERSEDED

    def _others(self, verdict: Verdict, product: str) -> Iterable[Other]:
        products = {product}
        for listed in verdict.records.values():
            if listed.statement is not None:
                products.update(listed.statement.products)
        owner = verdict.records[verdict.own].participant
        for record in self._store.about(sorted(products)):
            if record.id in verdict.records:
                continue
            try:
                statement = statement_of(parse_jws(record.jws).payload)
            except InputError:
                continue
            batch = self._batch(record)
            yield Other(
                record,
                statement,
                "added-since" if record.participant == owner else "said-by-others",
                batch.receipt.anchor.time if batch and batch.receipt else None,
            )


def in_order(
    steps: Iterable[RecordVerdict],
) -> tuple[tuple[RecordVerdict, ...], tuple[graph.Flow, ...]]:
    """Steps from fibre to shop, what could not be read last, and the lots between them."""
    given = {step.id: step for step in steps}
    readable = [node for step in given.values() if (node := graph_step(step.id, step.statement))]
    try:
        made = graph.build(readable)
    except ConflictError:
        return tuple(given.values()), ()
    ordered = [given[node.id] for node in made.steps]
    unread = [step for step in given.values() if step not in ordered]
    return (*ordered, *unread), made.flows


def graph_step(record: bytes, statement: Statement | None) -> graph.Step | None:
    """A statement as a node of the product graph, None if it is no step."""
    said = statement.said if statement else None
    if statement is None or not isinstance(said, Step):
        return None
    return graph.Step(
        id=record,
        make=said.kind is StepKind.MAKE,
        inputs=tuple(goods.product for goods in said.inputs),
        outputs=tuple(goods.product for goods in said.outputs),
        at=claimed_at(statement) or 0,
    )
