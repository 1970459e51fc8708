# SPDX-License-Identifier: Apache-2.0
"""Steps from plain values: make, move and modify events."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from filiera.model.base import Payload
from filiera.model.builders.envelope import Envelope, record
from filiera.model.builders.parts import classification, event_product, facility, present
from filiera.model.builders.parts import links as link_objects
from filiera.model.builders.parts import parties as party_objects
from filiera.model.links import RecordLink
from filiera.model.named import Classified
from filiera.model.statement import Goods, PartyInRole, Place, RecordType


def make_event(
    envelope: Envelope,
    *,
    date: str,
    activity: Classified,
    inputs: Sequence[Goods],
    outputs: Sequence[Goods],
    place: Place,
    links: Sequence[RecordLink] = (),
    parties: Sequence[PartyInRole] = (),
    description: str | None = None,
) -> Payload:
    """A step that turns inputs into outputs at one place.

    `date` is the claimed instant, RFC 3339; `links` are input steps and documents; every
    `Goods` needs its granularity, for UNTP requires it.
    """
    subject = {
        "inputProduct": [event_product(item) for item in inputs],
        "outputProduct": [event_product(item) for item in outputs],
        "madeAtFacility": facility(place),
    }
    return _event(envelope, "MakeEvent", date, activity, links, parties, description, subject)


def move_event(
    envelope: Envelope,
    *,
    date: str,
    activity: Classified,
    goods: Sequence[Goods],
    origin: Place,
    destination: Place,
    links: Sequence[RecordLink] = (),
    parties: Sequence[PartyInRole] = (),
    description: str | None = None,
    consignment: str | None = None,
) -> Payload:
    """A step that brings goods from one place to another; `consignment` is a URI.

    The rest as in `make_event`.
    """
    subject = {
        "movedProduct": [event_product(item) for item in goods],
        "fromFacility": facility(origin),
        "toFacility": facility(destination),
        "consignmentId": consignment,
    }
    return _event(envelope, "MoveEvent", date, activity, links, parties, description, subject)


def modify_event(
    envelope: Envelope,
    *,
    date: str,
    activity: Classified,
    goods: Sequence[Goods],
    place: Place,
    links: Sequence[RecordLink] = (),
    parties: Sequence[PartyInRole] = (),
    description: str | None = None,
) -> Payload:
    """A step that does something to goods that stay the same goods; as `make_event`."""
    subject = {
        "modifiedProduct": [event_product(item) for item in goods],
        "modifiedAtFacility": facility(place),
    }
    return _event(envelope, "ModifyEvent", date, activity, links, parties, description, subject)


def _event(
    envelope: Envelope,
    kind: str,
    date: str,
    activity: Classified,
    links: Sequence[RecordLink],
    parties: Sequence[PartyInRole],
    description: str | None,
    subject: Mapping[str, Any],
) -> Payload:
    event = {
        "type": [kind, "LifecycleEvent"],
        "id": envelope.subject_id("event"),
        "name": envelope.name,
        "description": description,
        "eventDate": date,
        "activityType": classification(activity),
        "relatedParty": party_objects(parties),
        "relatedDocument": link_objects(links),
        **subject,
    }
    return record(RecordType.DTE, envelope, [present(event)])
