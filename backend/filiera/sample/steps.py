# SPDX-License-Identifier: Apache-2.0
"""The sample's steps as a table, and the payload of each.

From fibre to shop. The ecru yarn is split: one part is dyed, another goes to the knitter
as it is, who joins both again, and a third becomes scarves. The buttons have no step.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from filiera.model.activities import activity
from filiera.model.base import Payload
from filiera.model.builders import make_event, modify_event, move_event
from filiera.model.links import LinkType, RecordLink
from filiera.model.statement import Goods, PartyInRole, Place, StepKind
from filiera.sample.goods import BUTTONS, CARDIGAN, ECRU, FIBRE, GREEN, PANELS, SCARF, SHOP
from filiera.sample.participants import participant
from filiera.sample.plan import Context


@dataclass(frozen=True, slots=True)
class StepPlan:
    """One step: when and where (its signer's place unless said), what goes in and comes out.

    A move or modify has its goods in `outputs` alone. `after` are the keys of the steps
    that made what goes in.
    """

    key: str
    signer: str
    kind: StepKind
    name: str
    activity: str
    days_ago: int
    hour: int
    outputs: tuple[Goods, ...]
    anchor_round: int
    inputs: tuple[Goods, ...] = ()
    after: tuple[str, ...] = ()
    at: Place | None = None
    to: Place | None = None
    parties: tuple[tuple[str, str], ...] = ()
    description: str | None = None

    @property
    def place(self) -> Place:
        """Where it happens; of a move, where it begins."""
        return self.at or participant(self.signer).place


STEPS: Final = (
    StepPlan(
        key="fibre",
        signer="fibre",
        kind=StepKind.MAKE,
        name="Recycling of wool into fibre",
        activity="fibre-production",
        days_ago=25,
        hour=10,
        outputs=(FIBRE.amount("80.000"),),
        anchor_round=3,
        parties=(("manufacturer", "fibre"),),
        description="Sorted knitwear offcuts are opened and blended with 20% merino wool.",
    ),
    StepPlan(
        key="spinning",
        signer="spinner",
        kind=StepKind.MAKE,
        name="Spinning of the ecru yarn",
        activity="spinning",
        days_ago=21,
        hour=15,
        inputs=(FIBRE.amount("80.000"),),
        outputs=(ECRU.amount("73.500"),),
        after=("fibre",),
        anchor_round=3,
        parties=(("manufacturer", "spinner"),),
        description="Woollen spinning and twisting, Nm 2/14.",
    ),
    StepPlan(
        key="dyeing",
        signer="dyer",
        kind=StepKind.MAKE,
        name="Dyeing of the yarn for the body",
        activity="dyeing",
        days_ago=17,
        hour=11,
        inputs=(ECRU.amount("60.000"),),
        outputs=(GREEN.amount("59.000"),),
        after=("spinning",),
        anchor_round=4,
        parties=(("processor", "dyer"), ("owner", "brand")),
        description="Hank dyeing, bottle green, in a closed water circuit.",
    ),
    StepPlan(
        key="knitting",
        signer="knitter",
        kind=StepKind.MAKE,
        name="Knitting of the panels",
        activity="knitting",
        days_ago=12,
        hour=17,
        inputs=(GREEN.amount("59.000"), ECRU.amount("8.500")),
        outputs=(PANELS.amount("65.200"),),
        after=("dyeing", "spinning"),
        anchor_round=4,
        parties=(("processor", "knitter"), ("owner", "brand")),
        description="Fully fashioned, gauge 7; green body, ecru borders.",
    ),
    StepPlan(
        key="scarf-knitting",
        signer="knitter",
        kind=StepKind.MAKE,
        name="Knitting of the scarves",
        activity="knitting",
        days_ago=11,
        hour=16,
        inputs=(ECRU.amount("4.600"),),
        outputs=(SCARF.amount("20"),),
        after=("spinning",),
        anchor_round=4,
        parties=(("processor", "knitter"), ("brandOwner", "brand")),
        description="Half cardigan stitch, 30 x 180 cm, knitted to size.",
    ),
    StepPlan(
        key="making-up",
        signer="workshop",
        kind=StepKind.MAKE,
        name="Linking and making-up",
        activity="making-up",
        days_ago=7,
        hour=16,
        inputs=(PANELS.amount("65.200"), BUTTONS.amount("900")),
        outputs=(CARDIGAN.amount("150"),),
        after=("knitting",),
        anchor_round=5,
        parties=(("manufacturer", "workshop"), ("brandOwner", "brand")),
        description="Panels linked loop by loop, six buttons a piece, washed and pressed.",
    ),
    StepPlan(
        key="inspection",
        signer="brand",
        kind=StepKind.MODIFY,
        name="Inspection and labelling",
        activity="inspection",
        days_ago=5,
        hour=10,
        outputs=(CARDIGAN.amount("150"),),
        after=("making-up",),
        at=participant("workshop").place,
        anchor_round=5,
        parties=(("inspector", "brand"),),
        description="Every piece measured and labelled at the workshop; two pieces held back.",
    ),
    StepPlan(
        key="transport",
        signer="carrier",
        kind=StepKind.MOVE,
        name="Transport to the shop",
        activity="transport",
        days_ago=3,
        hour=8,
        outputs=(CARDIGAN.amount("148"),),
        after=("inspection",),
        at=participant("workshop").place,
        to=SHOP,
        anchor_round=5,
        parties=(("consignor", "workshop"), ("carrier", "carrier"), ("consignee", "brand")),
        description="Van, 12 km.",
    ),
    StepPlan(
        key="scarf-transport",
        signer="carrier",
        kind=StepKind.MOVE,
        name="Transport of the scarves to the shop",
        activity="transport",
        days_ago=9,
        hour=8,
        outputs=(SCARF.amount("20"),),
        after=("scarf-knitting",),
        at=participant("knitter").place,
        to=SHOP,
        anchor_round=5,
        parties=(("consignor", "knitter"), ("carrier", "carrier"), ("consignee", "brand")),
    ),
)
"""In the order of signing: what a step links comes before it."""

_BY_KEY: Final = {plan.key: plan for plan in STEPS}


def step(key: str) -> StepPlan:
    """The step of that key; raises KeyError."""
    return _BY_KEY[key]


def step_payload(plan: StepPlan, context: Context, documents: Sequence[RecordLink]) -> Payload:
    """The step's record, linked to the steps before it and to its documents."""
    date = context.dates.instant(plan.days_ago, plan.hour)
    envelope = context.envelope(plan.key, plan.signer, plan.name, date)
    before = [context.link(key, LinkType.INPUT, step(key).name) for key in plan.after]
    common: dict[str, Any] = {
        "date": date,
        "activity": activity(plan.activity),
        "links": [*before, *documents],
        "parties": [PartyInRole(role, participant(key).party) for role, key in plan.parties],
        "description": plan.description,
    }
    if plan.kind is StepKind.MAKE:
        return make_event(
            envelope, inputs=plan.inputs, outputs=plan.outputs, place=plan.place, **common
        )
    if plan.kind is StepKind.MODIFY:
        return modify_event(envelope, goods=plan.outputs, place=plan.place, **common)
    if plan.to is None:
        raise ValueError(f"the move {plan.key} has no destination")
    return move_event(
        envelope, goods=plan.outputs, origin=plan.place, destination=plan.to, **common
    )
