# SPDX-License-Identifier: Apache-2.0
"""Which of a passport's steps a claim bears on. Pure.

A claim names products, or places, or only the firm that it was issued to. It bears on the
steps that made those products; where none did, on those that touched or used them; without
products on the steps at those places; without either on the steps that the firm signed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from filiera.model.statement import Claim, Step, StepKind
from filiera.proof.verdict import RecordVerdict, Verdict

_GS1: Final = "https://id.gs1.org/01/"


def wholes(product: str) -> Iterator[str]:
    """The product, then the batch and the model that it is of, as its own id says."""
    yield product
    if product.startswith(_GS1):
        for part in ("/21/", "/10/"):
            whole, found, _ = product.partition(part)
            if found:
                yield whole


Index = dict[str, dict[bytes, RecordVerdict]]


def _index() -> Index:
    return defaultdict(dict)


@dataclass(slots=True)
class Bearing:
    """A passport's readable steps, to be found by lot, place and firm.

    A lot is found under itself and under the batch and the model that it is of.
    """

    subject: str
    vouched_by: str | None
    _makers: Index = field(default_factory=_index)
    _touchers: Index = field(default_factory=_index)
    _users: Index = field(default_factory=_index)
    _places: Index = field(default_factory=_index)
    _firms: Index = field(default_factory=_index)

    @classmethod
    def of(cls, verdict: Verdict) -> Bearing:
        """The steps of a verdict."""
        own = verdict.records[verdict.own].statement
        bearing = cls(verdict.subject, own.issuer if own else None)
        for record in verdict.of("step"):
            if record.statement and isinstance(record.statement.said, Step):
                bearing._firms[record.statement.issuer][record.id] = record
                bearing._take(record, record.statement.said)
        return bearing

    def _take(self, record: RecordVerdict, step: Step) -> None:
        made = self._makers if step.kind is StepKind.MAKE else self._touchers
        for index, goods in ((made, step.outputs), (self._users, step.inputs)):
            for whole in (each for lot in goods for each in wholes(lot.product)):
                index[whole][record.id] = record
        for place in (step.place, step.origin, step.destination):
            if place is not None:
                self._places[place.id][record.id] = record

    def steps(self, claim: Claim) -> tuple[RecordVerdict, ...] | None:
        """The steps that a claim bears on; None if it is about something else altogether.

        Empty for one that is about the product itself or the firm that vouches for it, where
        no listed step says how that came to be.
        """
        if claim.products:
            return self._of_products([each.id for each in claim.products])
        if claim.facilities:
            return _found(self._places, (each.id for each in claim.facilities)) or None
        found = _found(self._firms, [claim.party.id])
        return found or (() if claim.party.id == self.vouched_by else None)

    def _of_products(self, named: list[str]) -> tuple[RecordVerdict, ...] | None:
        own = list(wholes(self.subject))
        about_it = any(each in own for each in named)
        lots = dict.fromkeys([*named, *(own if about_it else ())])
        for index in (self._makers, self._touchers, self._users):
            if found := _found(index, lots):
                return found
        return () if about_it else None


def _found(index: Index, keys: Iterable[str]) -> tuple[RecordVerdict, ...]:
    found: dict[bytes, RecordVerdict] = {}
    for key in keys:
        found |= index.get(key, {})
    return tuple(found.values())
