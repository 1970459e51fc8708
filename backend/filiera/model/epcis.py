# SPDX-License-Identifier: Apache-2.0
"""Events as EPCIS 2.0 writes them in JSON (GS1 EPCIS 2.0: events in section 7.4, parts in 7.3).

A reading model: it checks what the import relies on, keeps values as they were written
and leaves every other member unread. Identifiers are checked as GS1's where they are.
docs/epcis.md says what is made of them.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Annotated, Any, Final

from pydantic import AfterValidator, Field, Strict

from filiera.errors import InputError
from filiera.model.base import Open
from filiera.model.gs1 import canonical_uri
from filiera.model.scalars import Instant, Line, NotNegative, Number, Uri, broken

_OFFSET = re.compile(r"[+-](?:(?:0[0-9]|1[0-3]):[0-5][0-9]|14:00)")
_VOCABULARY: Final = ("urn:epcglobal:cbv:", "https://ref.gs1.org/cbv/", "https://ns.gs1.org/cbv/")
"""What stands before a word of GS1's Core Business Vocabulary that is written as a URI."""


def _identifier(value: str) -> str:
    try:
        canonical_uri(value)
    except InputError as error:
        raise broken(error.code, f"is wrong: {error.message.rstrip('.')}") from None
    return value


def _offset(value: str) -> str:
    if not _OFFSET.fullmatch(value):
        raise broken("record-schema", "must be an offset from UTC such as +02:00")
    return value


def bare_word(value: str) -> str:
    """A word of GS1's Core Business Vocabulary without its prefix; other texts as they are.

    `commissioning`, `cbv:BizStep-commissioning`, `https://ref.gs1.org/cbv/BizStep-commissioning`
    and `urn:epcglobal:cbv:bizstep:commissioning` are the same word.
    """
    for prefix in _VOCABULARY:
        if value.startswith(prefix):
            return value.removeprefix(prefix).replace(":", "-").partition("-")[2] or value
    return value.partition("-")[2] if value.startswith("cbv:") and "-" in value else value


Identifier = Annotated[Uri, AfterValidator(_identifier)]
"""An absolute URI, well formed and with its check digit right if it is GS1's."""
Word = Annotated[Line, AfterValidator(bare_word)]
"""A bare word of the Core Business Vocabulary, or a URI of another vocabulary."""
Offset = Annotated[str, Strict(), AfterValidator(_offset)]
"""The local time at the event, `+02:00`."""


class Action(StrEnum):
    """What an event says of the objects' life or of their tie."""

    ADD = "ADD"
    OBSERVE = "OBSERVE"
    DELETE = "DELETE"


class QuantityElement(Open):
    """So much of a class of objects; without `uom`, `quantity` counts them."""

    epc_class: Identifier
    quantity: Annotated[Number, NotNegative] | None = None
    uom: Annotated[Line, Field(max_length=35)] | None = None


class Location(Open):
    """A read point or business location."""

    id: Identifier


class Source(Open):
    """Where, or from whom, a transfer comes."""

    type: Word
    source: Identifier


class Destination(Open):
    """Where, or to whom, a transfer goes."""

    type: Word
    destination: Identifier


class ErrorDeclaration(Open):
    """That the event with this eventID is declared to be in error."""

    declaration_time: Instant
    reason: Line | None = None
    corrective_event_ids: Annotated[tuple[Uri, ...], Field(alias="correctiveEventIDs")] = ()


Epcs = tuple[Identifier, ...]
Quantities = tuple[QuantityElement, ...]


class Event(Open):
    """What all events have, of the five types or of an extension's."""

    type: Line
    event_time: Instant
    event_time_zone_offset: Offset | None = None
    event_id: Annotated[Uri | None, Field(alias="eventID")] = None
    error_declaration: ErrorDeclaration | None = None
    biz_step: Word | None = None
    disposition: Word | None = None
    read_point: Location | None = None
    biz_location: Location | None = None
    source_list: tuple[Source, ...] = ()
    destination_list: tuple[Destination, ...] = ()
    ilmd: dict[str, Any] = Field(default_factory=dict)


class ObjectEvent(Event):
    """Something happened to objects."""

    action: Action
    epc_list: Epcs = ()
    quantity_list: Quantities = ()


class TransactionEvent(Event):
    """Objects were tied to business transactions."""

    action: Action
    parent_id: Annotated[Identifier | None, Field(alias="parentID")] = None
    epc_list: Epcs = ()
    quantity_list: Quantities = ()


class AggregationEvent(Event):
    """Objects were put together, or taken apart."""

    action: Action
    parent_id: Annotated[Identifier | None, Field(alias="parentID")] = None
    child_epcs: Annotated[Epcs, Field(alias="childEPCs")] = ()
    child_quantity_list: Quantities = ()


class AssociationEvent(AggregationEvent):
    """Objects were fixed to an object or place."""

    parent_id: Annotated[Identifier, Field(alias="parentID")]


class TransformationEvent(Event):
    """Inputs were used up and outputs made.

    Events that share a `transformation_id` are one transformation.
    """

    transformation_id: Annotated[Uri | None, Field(alias="transformationID")] = None
    input_epc_list: Annotated[Epcs, Field(alias="inputEPCList")] = ()
    input_quantity_list: Quantities = ()
    output_epc_list: Annotated[Epcs, Field(alias="outputEPCList")] = ()
    output_quantity_list: Quantities = ()


EVENTS: Final[dict[str, type[Event]]] = {
    "ObjectEvent": ObjectEvent,
    "AggregationEvent": AggregationEvent,
    "AssociationEvent": AssociationEvent,
    "TransactionEvent": TransactionEvent,
    "TransformationEvent": TransformationEvent,
}
"""The five types of event; every other type is an extension's, named by a URI."""
