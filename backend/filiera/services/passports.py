# SPDX-License-Identifier: Apache-2.0
"""Assembling passports: choose the product's own record, gather, verify."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, Literal

from filiera.domain import graph
from filiera.domain.criteria_states import CriteriaStates
from filiera.domain.support import Accreditations, criteria_states
from filiera.errors import ConflictError, InputError, NotFoundError
from filiera.model.records import statement_of
from filiera.model.statement import OwnProduct, Statement, Step, StepKind
from filiera.ports.store import Mention, RecordStore, StoredRecord
from filiera.proof.checks import claimed_at
from filiera.proof.evidence import Evidence, Trust
from filiera.proof.facts import Block
from filiera.proof.jws import parse_jws, record_id
from filiera.proof.reasons import Outcome
from filiera.proof.verdict import RecordVerdict, StandingState, Verdict
from filiera.proof.verify import verify, verify_record
from filiera.services.gather import Gatherer
from filiera.services.gathering import Gathered

Relation = Literal["replaced", "added-since", "said-by-others"]
"""What a record is to a passport that does not list it."""


@dataclass(frozen=True, slots=True)
class Other:
    """A record about the same product or lots that the passport does not list.

    `relation` is "replaced" for an earlier own record that the present one names as its
    predecessor, "added-since" for others of the same issuer, "said-by-others" else. It is
    shown apart, never counted, and not part of the verdict; `found` is what can be said of
    it alone, None while the chain is away.
    """

    record: StoredRecord
    statement: Statement
    relation: Relation
    anchored: int | None
    found: RecordVerdict | None = None


MAX_OTHERS: Final = 100
"""Records beside a passport that are shown and judged; anybody may add to them."""


@dataclass(frozen=True, slots=True)
class Passport:
    """The assembled view of a product: evidence, verdict, the order of steps, the rest.

    `flows` are the lots that pass between steps; empty, like the order, where the steps
    form a circle (the verdict then says so). `unavailable` names the parts that were down.
    `others_left_out` says how many more `others` there are than `MAX_OTHERS`.
    `accreditations` are those of the certifiers, as far as they were read.
    """

    product: str
    evidence: Evidence
    verdict: Verdict
    steps: tuple[RecordVerdict, ...]
    flows: tuple[graph.Flow, ...]
    others: tuple[Other, ...]
    unavailable: tuple[str, ...]
    accreditations: Accreditations = field(default_factory=dict)
    others_left_out: int = 0

    @property
    def own(self) -> RecordVerdict:
        """The product's own record."""
        return self.verdict.records[self.verdict.own]

    def under(self, verdict: Verdict) -> Passport:
        """The same passport under another verdict of its records."""
        steps = tuple(verdict.records[step.id] for step in self.steps)
        return replace(self, verdict=verdict, steps=steps)

    def criteria(self, now: int | None = None) -> CriteriaStates:
        """How well each criterion is supported at `now`; None is the time of the block."""
        down = "ipfs" in self.unavailable
        return criteria_states(self.verdict, self.accreditations, now=now, documents_down=down)

    @property
    def summary(self) -> OwnProduct | None:
        """What the own record says of the product, None if it could not be read."""
        said = self.own.statement.said if self.own.statement else None
        return said if isinstance(said, OwnProduct) else None


class Passports:
    """The use case."""

    def __init__(self, store: RecordStore, gatherer: Gatherer, trust: Trust) -> None:
        self._store = store
        self._gatherer = gatherer
        self.trust = trust

    def gather(self, product: str, block: Block | None = None) -> Gathered:
        """The evidence about a product, and the parts that did not answer.

        Raises `passport-not-found` when no own record of the product is stored here.
        """
        candidates = self._candidates(product)
        return self._gatherer.gather(self.choose(candidates, block), block, candidates)

    def assemble(self, product: str, block: Block | None = None) -> Passport:
        """The passport of `product` as of `block` (the newest when None)."""
        return self.judge(product, self.gather(product, block))

    def judge(self, product: str, gathered: Gathered) -> Passport:
        """The passport that gathered evidence makes: the verdict, and the view around it."""
        verdict = verify(gathered.evidence, self.trust, product)
        steps, flows = in_order(verdict.of("step"))
        about = self._about(verdict, product)
        beside = [each for each in about.values() if each.id not in verdict.records]
        chosen = newest_of_each(beside, MAX_OTHERS)
        others = tuple(self._others(verdict, chosen, about.get(verdict.own)))
        return Passport(
            product,
            gathered.evidence,
            verdict,
            steps,
            flows,
            others,
            gathered.unavailable,
            self._gatherer.accreditations(gathered.evidence.facts, verdict),
            len(beside) - len(chosen),
        )

    def own_record(self, product: str, block: Block | None = None) -> bytes:
        """The own record of a product that `choose` chooses.

        Raises `passport-not-found` when none is stored here.
        """
        return self.choose(self._candidates(product), block)

    def choose(self, candidates: Sequence[StoredRecord], block: Block | None = None) -> bytes:
        """The newest anchored, not superseded own record by the participant that was first.

        Nobody is first by a record that came from a stolen account, or from one without the
        role for it; nor is such a record the newest. One that is not anchored yet counts only
        where none is. While the chain is away, nothing is held against any of them.
        """
        placed = self._placed(candidates, block)
        if len(placed) < 2:
            return (placed or candidates)[0].id
        for participant in dict.fromkeys(record.participant for record in placed):
            own = [record.id for record in placed if record.participant == participant]
            verdicts = self._alone(own, block)
            entitled = [record for record in own if not _is_void(verdicts[record])]
            current = [record for record in entitled if not _is_superseded(verdicts[record])]
            if entitled:
                return (current or entitled)[-1]
        return placed[0].id

    def _candidates(self, product: str) -> list[StoredRecord]:
        found = self._store.own_records(product)
        if not found:
            raise NotFoundError(
                "passport-not-found", "No passport of this product is here.", where=product
            )
        return found

    def _placed(self, records: Iterable[StoredRecord], block: Block | None) -> list[StoredRecord]:
        """Those that are anchored, in the order of everything: by sequence and leaf."""
        places = {}
        for record in records:
            batch = self._gatherer.anchored(record, block)
            if batch is not None and batch.receipt is not None:
                places[batch.receipt.anchor.sequence, record.index] = record
        return [places[place] for place in sorted(places)]

    def _alone(self, records: Sequence[bytes], block: Block | None) -> dict[bytes, RecordVerdict]:
        evidence = self._gatherer.gather_alone(records, block).evidence
        return {
            record: verify_record(replace(evidence, own=record), self.trust) for record in records
        }

    def _about(self, verdict: Verdict, product: str) -> dict[bytes, Mention]:
        """Everything stored about the product, and about what the listed records name."""
        products = {product}
        for listed in verdict.records.values():
            if listed.statement is not None:
                products.update(listed.statement.products)
        return {each.id: each for each in self._store.mentions(sorted(products))}

    def _others(
        self, verdict: Verdict, chosen: Sequence[Mention], own: Mention | None
    ) -> Iterable[Other]:
        if not chosen:
            return
        stored = self._store.get_all(each.id for each in chosen)
        beside = {
            each.id: (stored[each.id], statement)
            for each in chosen
            if each.id in stored and (statement := _statement(stored[each.id])) is not None
        }
        replaced = self._replaced(verdict.records[verdict.own].statement)
        found = self._alone(list(beside), verdict.block) if beside and verdict.block else {}
        for record, statement in beside.values():
            batch = self._gatherer.anchored(record, verdict.block)
            same = own is not None and record.participant == own.participant
            relation: Relation = "added-since" if same else "said-by-others"
            # Naming another one's record as a predecessor replaces nothing of it.
            if same and record.own == verdict.subject and record.id in replaced:
                relation = "replaced"
            yield Other(
                record,
                statement,
                relation,
                batch.receipt.anchor.time if batch and batch.receipt else None,
                found.get(record.id),
            )

    def _replaced(self, statement: Statement | None) -> set[bytes]:
        """The own records that came before, each named by the one after it."""
        found: set[bytes] = set()
        while statement and statement.predecessor and statement.predecessor not in found:
            found.add(statement.predecessor)
            stored = self._store.get(statement.predecessor)
            statement = _statement(stored) if stored else None
        return found


def newest_of_each(records: Sequence[Mention], most: int) -> list[Mention]:
    """At most so many of the records, in their order: of every participant the newest first.

    So nobody can crowd out what others say, the issuer of a passport no more than the rest.
    """
    said: Counter[bytes] = Counter()
    ranked = []
    for number, record in reversed(list(enumerate(records))):
        ranked.append((said[record.participant], -number))
        said[record.participant] += 1
    return [
        records[-place] for place in sorted((p for _, p in sorted(ranked)[:most]), reverse=True)
    ]


def _statement(record: StoredRecord) -> Statement | None:
    """What a stored record says, None if its copy is altered or cannot be read."""
    if record_id(record.jws) != record.id:
        return None
    try:
        return statement_of(parse_jws(record.jws).payload)
    except InputError:
        return None


def _is_void(found: RecordVerdict) -> bool:
    """Whether the chain says that its signer could not say it; never that a copy is altered."""
    return any(
        check.check in ("account", "role") and check.outcome is Outcome.DISPROVEN
        for check in found.checks
    )


def _is_superseded(found: RecordVerdict) -> bool:
    """Whether a successor is there that really is one."""
    clear = all(c.outcome is Outcome.PROVEN for c in found.checks if c.check == "standing")
    return clear and found.standing.state is StandingState.SUPERSEDED


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
    ordered = {node.id: given[node.id] for node in made.steps}
    return tuple((ordered | given).values()), made.flows


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
