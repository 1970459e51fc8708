# SPDX-License-Identifier: Apache-2.0
"""The one table of record types: schema, meaning, and what each may link.

A new type of record is a file with its model and its reader, and a line in `RECORDS`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from pydantic import ValidationError

from filiera.errors import InputError
from filiera.model.base import Payload
from filiera.model.conformity import DigitalConformityCredential
from filiera.model.credential import Credential
from filiera.model.event import DigitalTraceabilityEvent
from filiera.model.extract import only_event, read_claim, read_identity, read_product, read_step
from filiera.model.faults import input_error
from filiera.model.identifiers import check_identifiers
from filiera.model.identity import DigitalIdentityAnchor
from filiera.model.links import LinkType, links_of, predecessor_of
from filiera.model.product import DigitalProductPassport, ProductStatement
from filiera.model.reading import Node
from filiera.model.refused import check_members
from filiera.model.statement import (
    Capacity,
    Claim,
    Identity,
    OwnProduct,
    RecordType,
    Said,
    StatedBy,
    Statement,
    Step,
)
from filiera.model.times import parse_instant

_PRODUCT_LINKS: Final = frozenset({LinkType.STEP, LinkType.CLAIM, LinkType.DOCUMENT})
_STEP_LINKS: Final = frozenset({LinkType.INPUT, LinkType.DOCUMENT})
_DOCUMENTS: Final = frozenset({LinkType.DOCUMENT})


@dataclass(frozen=True, slots=True)
class RecordKind:
    """One type of record.

    `model` enforces its schema, `read` says what it says, `links` are the kinds of link
    that it may hold, `capacity` is who makes it, `importable` whether an importer may
    make it as the words of others (`statedBy`).
    """

    model: type[Credential]
    read: Callable[[Node], Said]
    links: frozenset[LinkType]
    capacity: Capacity
    importable: bool = False


RECORDS: Final[dict[RecordType, RecordKind]] = {
    RecordType.DPP: RecordKind(
        DigitalProductPassport, read_product, _PRODUCT_LINKS, Capacity.PRODUCER
    ),
    RecordType.PRODUCT_STATEMENT: RecordKind(
        ProductStatement, read_product, _PRODUCT_LINKS, Capacity.PRODUCER, importable=True
    ),
    RecordType.DTE: RecordKind(
        DigitalTraceabilityEvent, read_step, _STEP_LINKS, Capacity.PRODUCER, importable=True
    ),
    # A self-declared one is the producer's own: see `_capacity`.
    RecordType.DCC: RecordKind(
        DigitalConformityCredential, read_claim, _DOCUMENTS, Capacity.CERTIFIER
    ),
    RecordType.DIA: RecordKind(
        DigitalIdentityAnchor, read_identity, _DOCUMENTS, Capacity.ASSOCIATION
    ),
}


def record_type(payload: Payload) -> RecordType:
    """The one known type that the payload's `type` names; raises `record-type`."""
    types = payload.get("type")
    names = types if isinstance(types, list) else []
    known = [kind for kind in RECORDS if kind in names]
    if len(known) != 1 or "VerifiableCredential" not in names:
        raise InputError(
            "record-type",
            f"type must name VerifiableCredential and exactly one of {', '.join(RecordType)}.",
            where="type",
        )
    return known[0]


def parse_record(payload: Payload) -> Credential:
    """The record as its model: every rule of its type enforced (docs/records.md).

    `payload` is the JWS payload as `proof.encoding.parse_json` gives it. Raises InputError:
    `record-type`, `record-member-refused`, `record-schema`, or the code of the value that
    is wrong (`instant-malformed`, `date-malformed`, `number-malformed`, `ni-malformed`,
    `link-digest-mismatch`, `gs1-malformed`, `gs1-check-digit`), with the field in `where`.
    """
    return _enforced(payload)[0]


def checked_statement(payload: Payload) -> Statement:
    """What the record says, every rule of its type enforced; raises as `parse_record`."""
    return _enforced(payload)[1]


def _enforced(payload: Payload) -> tuple[Credential, Statement]:
    kind = RECORDS[record_type(payload)]
    check_members(payload)
    try:
        record = kind.model.model_validate(payload, by_alias=True, by_name=False)
    except ValidationError as error:
        raise input_error(error) from None
    statement = statement_of(payload)
    _check_own_rules(statement, kind)
    check_identifiers(payload, statement)
    return record, statement


def _check_own_rules(statement: Statement, kind: RecordKind) -> None:
    if statement.stated_by is not None and not kind.importable:
        raise InputError(
            "record-schema",
            "statedBy is for steps and product statements: nothing else is imported.",
            where="statedBy",
        )
    foreign = {link.kind for link in statement.links} - kind.links
    if foreign:
        raise InputError(
            "record-schema",
            f"A record of this type has no links of type {', '.join(sorted(foreign))}.",
            where="credentialSubject",
        )


def check_event_date(payload: Payload, now: int) -> None:
    """Refuse a step that claims to happen after `now` (seconds since 1970 UTC), by any bit.

    Raises `date-in-future`. No slack is given here: a caller that knows its clock to be
    behind says so in `now`. Other records have no such date.
    """
    if record_type(payload) is not RecordType.DTE:
        return
    event = only_event(Node(payload))
    where = event.where("eventDate")
    claimed = event.text("eventDate")
    if parse_instant(claimed, where=where) > datetime.fromtimestamp(now, UTC):
        raise InputError("date-in-future", f"{claimed} lies in the future.", where=where)


def statement_of(payload: Payload) -> Statement:
    """What a signed payload says, whether or not `parse_record` would take it.

    Pure, and no more demanding than its result needs; raises InputError and nothing else.
    """
    kind = record_type(payload)
    root = Node(payload)
    said = RECORDS[kind].read(root)
    issuer, stated_by = root.node("issuer"), root.maybe_node("statedBy")
    return Statement(
        type=kind,
        id=root.text("id"),
        issuer=issuer.text("id"),
        issuer_name=issuer.text("name"),
        name=root.text("name"),
        valid_from=_instant(root, "validFrom"),
        valid_until=_instant(root, "validUntil") if "validUntil" in payload else None,
        capacity=_capacity(RECORDS[kind], said, imported=stated_by is not None),
        subject=_subject(said),
        products=_products(said),
        said=said,
        stated_by=StatedBy(stated_by.text("id"), stated_by.maybe_text("name"))
        if stated_by
        else None,
        predecessor=predecessor_of(payload),
        links=links_of(payload),
    )


def _instant(root: Node, name: str) -> str:
    text = root.text(name)
    parse_instant(text, where=name)
    return text


def _capacity(kind: RecordKind, said: Said, *, imported: bool) -> Capacity | None:
    """The role that may say such a thing, None if none may (docs/records.md, "Made by")."""
    if imported:
        return Capacity.IMPORTER if kind.importable else None
    if isinstance(said, Claim) and said.self_declared:
        return Capacity.PRODUCER
    return kind.capacity


def _subject(said: Said) -> str:
    match said:
        case Step():
            return said.event
        case Claim():
            return said.attestation
        case OwnProduct():
            return said.product
        case Identity():
            return said.did


def _products(said: Said) -> tuple[str, ...]:
    match said:
        case Step():
            goods = (*said.inputs, *said.outputs)
            return tuple(dict.fromkeys(item.product for item in goods))
        case Claim():
            return tuple(item.id for item in said.products)
        case OwnProduct():
            return (said.product,)
        case Identity():
            return ()
