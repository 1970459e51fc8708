# SPDX-License-Identifier: Apache-2.0
"""Planned records as payloads to sign."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Final
from uuid import NAMESPACE_URL, uuid5

from filiera.domain.epcis.plan import AlsoSaid, PlannedProduct, PlannedStep, StepRef
from filiera.model.base import Payload
from filiera.model.base import to_payload as as_payload
from filiera.model.builders.envelope import Envelope
from filiera.model.builders.parts import present
from filiera.model.builders.products import product_statement
from filiera.model.builders.steps import make_event, move_event
from filiera.model.ids import ni_uri
from filiera.model.links import RECORD_MEDIA_TYPE, LinkType, RecordLink
from filiera.model.named import Named
from filiera.model.records import parse_record
from filiera.model.statement import StatedBy, Step, StepKind
from filiera.proof.encoding import dump_json

MAX_ALSO_SAID: Final = 200
MAX_ALSO_SAID_BYTES: Final = 250_000
"""Bounds of the events that a product statement lists; `alsoSaidCount` counts them all."""
MAX_PRODUCTS: Final = 20
"""Products that a listed event names."""


def to_payload(
    planned: PlannedStep | PlannedProduct,
    issuer: Named,
    valid_from: str,
    step_ids: Mapping[int, bytes],
) -> Payload:
    """The record to sign: a traceability event, or the product's own statement.

    `issuer` is the importer's account (did:pkh) and name, `valid_from` RFC 3339;
    `step_ids` maps the numbers of the steps signed so far to their record ids, and must
    hold every step that `planned` refers to (KeyError). Raises InputError if the record
    breaks a rule of its type.
    """
    if isinstance(planned, PlannedStep):
        return _step(planned, issuer, valid_from, step_ids)
    return _product(planned, issuer, valid_from, step_ids)


def _step(
    planned: PlannedStep, issuer: Named, valid_from: str, step_ids: Mapping[int, bytes]
) -> Payload:
    step = planned.step
    envelope = _envelope(step.event, step.name, issuer, valid_from, planned.stated_by)
    links = [*_records(planned.upstream, LinkType.INPUT, step_ids), *planned.documents]
    if step.kind is StepKind.MOVE:
        return _move(envelope, step, links)
    assert step.place is not None  # sorting keeps no make without it
    return make_event(
        envelope,
        date=step.date,
        activity=step.activity,
        inputs=step.inputs,
        outputs=step.outputs,
        place=step.place,
        links=links,
        description=step.description,
    )


def _move(envelope: Envelope, step: Step, links: list[RecordLink]) -> Payload:
    assert step.origin is not None  # nor a move without its ends
    assert step.destination is not None
    return move_event(
        envelope,
        date=step.date,
        activity=step.activity,
        goods=step.outputs,
        origin=step.origin,
        destination=step.destination,
        links=links,
        description=step.description,
    )


def _product(
    planned: PlannedProduct, issuer: Named, valid_from: str, step_ids: Mapping[int, bytes]
) -> Payload:
    product = planned.product
    envelope = _envelope(product.product, product.name, issuer, valid_from, planned.stated_by)
    links = [*_records(planned.steps, LinkType.STEP, step_ids), *planned.documents]
    payload = product_statement(envelope, product, links=links)
    if planned.also_said:
        payload["credentialSubject"] |= {
            "alsoSaid": list(_fitting(map(_also_said, planned.also_said))),
            "alsoSaidCount": len(planned.also_said),
        }
    return as_payload(parse_record(payload))


def _envelope(
    subject: str, name: str, issuer: Named, valid_from: str, stated_by: StatedBy
) -> Envelope:
    return Envelope(
        id=f"urn:uuid:{uuid5(NAMESPACE_URL, f'{issuer.id} {valid_from} {subject}')}",
        issuer=issuer,
        name=name,
        valid_from=valid_from,
        subject=subject,
        stated_by=stated_by,
    )


def _records(
    refs: Iterable[StepRef], kind: LinkType, step_ids: Mapping[int, bytes]
) -> list[RecordLink]:
    return [RecordLink(kind, step_ids[ref.number], ref.name, RECORD_MEDIA_TYPE) for ref in refs]


def _fitting(entries: Iterable[Payload]) -> Iterator[Payload]:
    size = 0
    for entry in islice(entries, MAX_ALSO_SAID):
        size += len(dump_json(entry))
        if size > MAX_ALSO_SAID_BYTES:
            return
        yield entry


def _also_said(said: AlsoSaid) -> Payload:
    return present(
        {
            "source": ni_uri(said.file),
            "eventIndex": said.index,
            "event": said.event,
            "eventType": said.type,
            "action": said.action,
            "businessStep": said.business_step,
            "eventTime": said.time,
            "aboutProduct": list(said.products[:MAX_PRODUCTS]) or None,
            "reason": said.reason.value,
            "missing": list(said.missing[:MAX_PRODUCTS]) or None,
            "statedBy": present({"id": said.stated_by.id, "name": said.stated_by.name}),
        }
    )
