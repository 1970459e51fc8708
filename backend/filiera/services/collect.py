# SPDX-License-Identifier: Apache-2.0
"""Collecting what leads to a product, for its issuer to look at and vouch for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from filiera.domain import graph
from filiera.errors import ConflictError, IntegrityError
from filiera.model.ids import ni_uri
from filiera.model.records import statement_of
from filiera.model.scalars import LIST_LIMIT
from filiera.model.statement import Claim, Statement, Step
from filiera.ports.store import RecordStore, StoredRecord
from filiera.proof.jws import parse_jws, record_id
from filiera.services.passports import graph_step

MOST: Final = LIST_LIMIT
"""Steps, and claims, that are collected: a record cannot list more."""


@dataclass(frozen=True, slots=True)
class Upstream:
    """What a product's own record could list: the steps and claims upstream of it.

    Of more than `MOST` the steps nearest to the product and the newest claims; `left_out` says
    how many others there are.
    """

    steps: tuple[tuple[StoredRecord, Statement], ...]
    claims: tuple[tuple[StoredRecord, Statement], ...]
    left_out: int = 0


class Collector:
    """The use case behind `passport issue`: find what leads to a product."""

    def __init__(self, store: RecordStore) -> None:
        self._store = store

    def collect(self, product: str) -> Upstream:
        """Every stored step that `product` came through, and every claim about its lots.

        Whose words they are is shown to the issuer, who decides what to vouch for. Steps that
        form a circle come by claimed time: anybody's can close one, and is then to be left out.
        Raises IntegrityError (`record-corrupt`) when a stored copy is not what its id says.
        """
        lots, seen = {product}, set[str]()
        steps: dict[bytes, tuple[StoredRecord, Statement]] = {}
        claims: dict[bytes, tuple[StoredRecord, Statement]] = {}
        while fresh := lots - seen:
            seen |= fresh
            for record in self._store.about(sorted(fresh)):
                statement = _statement(record)
                said = statement.said
                if isinstance(said, Claim):
                    claims[record.id] = record, statement
                elif isinstance(said, Step) and fresh & {g.product for g in said.outputs}:
                    steps[record.id] = record, statement
                    lots.update(goods.product for goods in said.inputs)
        ordered, said_of_it = self._ordered(steps), tuple(claims.values())
        chosen = ordered[-MOST:], said_of_it[-MOST:]
        return Upstream(*chosen, len(ordered) + len(said_of_it) - sum(map(len, chosen)))

    def _ordered(
        self, steps: dict[bytes, tuple[StoredRecord, Statement]]
    ) -> tuple[tuple[StoredRecord, Statement], ...]:
        given = (graph_step(record.id, statement) for record, statement in steps.values())
        nodes = [node for node in given if node is not None]
        try:
            ordered = graph.build(nodes).steps
        except ConflictError:
            ordered = tuple(sorted(nodes, key=lambda node: (node.at, node.id)))
        return tuple(steps[node.id] for node in ordered)


def _statement(record: StoredRecord) -> Statement:
    if record_id(record.jws) != record.id:
        raise IntegrityError(
            "record-corrupt", "The stored copy was altered.", where=ni_uri(record.id)
        )
    return statement_of(parse_jws(record.jws).payload)
