# SPDX-License-Identifier: Apache-2.0
"""Steps: traceability events that make, move or modify goods (UNTP 0.7.0).

UNTP allows several events in one credential; Filiera exactly one, so that a step is a
record and a record's verdict is a step's.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any, Final

from pydantic import AfterValidator, Discriminator, Tag

from filiera.model.base import Closed, Open
from filiera.model.credential import Credential
from filiera.model.gs1 import Granularity
from filiera.model.links import Link
from filiera.model.measure import Measure, MetricRef, Quantity
from filiera.model.party import Classification, FacilityRef, PartyRole
from filiera.model.scalars import (
    Bounded,
    Instant,
    Latitude,
    Line,
    Longitude,
    Text,
    Types,
    Uri,
    broken,
    contains,
)


class Disposition(StrEnum):
    """What state goods are in after an event (UNTP's code list)."""

    NEW = "new"
    IN_TRANSIT = "inTransit"
    ACTIVE = "active"
    REPAIRED = "repaired"
    RECALLED = "recalled"
    EXPIRED = "expired"
    CONSUMED = "consumed"
    RECYCLED = "recycled"
    DISPOSED = "disposed"


class TracedProduct(Open):
    """The product that an event speaks of, by identifier and granularity."""

    type: Annotated[Types, contains("Product")] = ("Product",)
    id: Uri
    name: Line
    id_granularity: Granularity
    model_number: Line | None = None
    batch_number: Line | None = None
    item_number: Line | None = None


class EventProduct(Closed):
    """Goods in an event: which, how much, in what state after it (UNTP EventProduct)."""

    product: TracedProduct
    quantity: Quantity | None = None
    disposition: Disposition | None = None


class SensorRef(Open):
    """The instrument that took a reading."""

    type: Annotated[Types, contains("Product")] = ("Product",)
    id: Uri
    name: Line


class Coordinate(Closed):
    """Decimal degrees (UNTP Coordinate)."""

    latitude: Latitude
    longitude: Longitude


class SensorData(Closed):
    """Readings taken during an event (UNTP SensorData)."""

    metric: MetricRef
    measure: Annotated[tuple[Measure, ...], Bounded]
    raw_data: Annotated[tuple[Link, ...], Bounded] | None = None
    sensor: SensorRef | None = None
    geo_location: Coordinate | None = None


class LifecycleEvent(Open):
    """What the three kinds of event share (UNTP LifecycleEvent).

    `event_date` is the claimed time, the firm's own word. `related_document` lists input
    steps and documents.
    """

    type: Types
    id: Uri
    name: Line
    description: Text | None = None
    event_date: Instant
    sensor_data: Annotated[tuple[SensorData, ...], Bounded] | None = None
    related_document: Annotated[tuple[Link, ...], Bounded] | None = None
    activity_type: Classification
    related_party: Annotated[tuple[PartyRole, ...], Bounded] | None = None


class MakeEvent(LifecycleEvent):
    """Inputs become outputs at one facility."""

    type: Annotated[Types, contains("MakeEvent", "LifecycleEvent")]
    input_product: Annotated[tuple[EventProduct, ...], Bounded]
    output_product: Annotated[tuple[EventProduct, ...], Bounded]
    made_at_facility: FacilityRef


class MoveEvent(LifecycleEvent):
    """Goods go from one facility to another."""

    type: Annotated[Types, contains("MoveEvent", "LifecycleEvent")]
    moved_product: Annotated[tuple[EventProduct, ...], Bounded]
    from_facility: FacilityRef
    to_facility: FacilityRef
    consignment_id: Uri | None = None


class ModifyEvent(LifecycleEvent):
    """Something is done to goods that stay the same goods: a repair, a test, a relabelling."""

    type: Annotated[Types, contains("ModifyEvent", "LifecycleEvent")]
    modified_product: Annotated[tuple[EventProduct, ...], Bounded]
    modified_at_facility: FacilityRef


# The brackets keep a tag from being mistaken for a member in an error's path.
EVENT_TAGS: Final = {"MakeEvent": "<make>", "MoveEvent": "<move>", "ModifyEvent": "<modify>"}


def _event_tag(event: Any) -> str | None:
    """The tag of the one kind that the event's `type` names, None for none or several."""
    types = event.get("type") if isinstance(event, dict) else getattr(event, "type", None)
    if not isinstance(types, list | tuple):
        return None
    named = [tag for kind, tag in EVENT_TAGS.items() if kind in types]
    return named[0] if len(named) == 1 else None


Event = Annotated[
    Annotated[MakeEvent, Tag(EVENT_TAGS["MakeEvent"])]
    | Annotated[MoveEvent, Tag(EVENT_TAGS["MoveEvent"])]
    | Annotated[ModifyEvent, Tag(EVENT_TAGS["ModifyEvent"])],
    Discriminator(_event_tag),
]


def _exactly_one(events: tuple[Event, ...]) -> tuple[Event, ...]:
    if len(events) != 1:
        raise broken("record-schema", f"must hold exactly one event, not {len(events)}")
    return events


class DigitalTraceabilityEvent(Credential):
    """A step: one event, signed (UNTP DigitalTraceabilityEvent)."""

    type: Annotated[Types, contains("DigitalTraceabilityEvent", "VerifiableCredential")]
    credential_subject: Annotated[tuple[Event, ...], Bounded, AfterValidator(_exactly_one)]
