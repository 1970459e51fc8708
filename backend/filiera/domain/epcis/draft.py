# SPDX-License-Identifier: Apache-2.0
"""A step in the making, and whether it says all that UNTP requires of one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from filiera.domain.epcis.files import Occurrence
from filiera.domain.epcis.plan import Reason
from filiera.model.epcis import TransformationEvent
from filiera.model.gs1 import product_id
from filiera.model.named import Classified
from filiera.model.scalars import LIST_LIMIT
from filiera.model.statement import Goods, Place, StepKind

MAX_GOODS_BYTES: Final = 400_000
"""What the goods of one step may take up, so that the record stays below its limit."""
_GOODS_BYTES: Final = 150  # what is written around a product's id and name


@dataclass(frozen=True, slots=True)
class Draft:
    """A step in the making: what its events say, as far as they say it.

    `events` begins with the one that gives the step its time; the others share its
    transformationID. In a move `outputs` are the goods moved.
    """

    kind: StepKind
    events: tuple[Occurrence, ...]
    inputs: tuple[Goods, ...]
    outputs: tuple[Goods, ...]
    activity: Classified | None
    place: Place | None = None
    origin: Place | None = None
    destination: Place | None = None

    @property
    def key(self) -> Occurrence:
        """The event that gives the step its time."""
        return self.events[0]


def missing(draft: Draft) -> Iterator[str]:
    """UNTP's names of what the step requires and its events do not say."""
    if draft.activity is None:
        yield "activityType"
    if draft.kind is StepKind.MOVE:
        yield from _missing_goods("movedProduct", draft.outputs)
        return
    if draft.place is None:
        yield "madeAtFacility"
    if draft.inputs or isinstance(draft.key.event, TransformationEvent):
        yield from _missing_goods("inputProduct", draft.inputs)
    yield from _missing_goods("outputProduct", draft.outputs)


def _missing_goods(name: str, goods: Sequence[Goods]) -> Iterator[str]:
    if not goods:
        yield name
    for index, item in enumerate(goods):
        if item.granularity is None:
            yield f"{name}[{index}].product.idGranularity"


def unfit(draft: Draft) -> Reason | None:
    """Why a complete draft cannot be a step all the same, None if it can."""
    goods = (*draft.inputs, *draft.outputs)
    size = sum(len(f"{item.product}{item.name}".encode()) + _GOODS_BYTES for item in goods)
    if max(len(draft.inputs), len(draft.outputs)) > LIST_LIMIT or size > MAX_GOODS_BYTES:
        return Reason.TOO_MANY
    made, used = (
        {product_id(g.product).identity for g in goods} for goods in (draft.outputs, draft.inputs)
    )
    if draft.kind is StepKind.MAKE and made & used:
        return Reason.MADE_OF_ITSELF
    return None
