# SPDX-License-Identifier: Apache-2.0
"""The records that an import signs."""

from __future__ import annotations

from typing import Any

import pytest
from jsonschema import Draft202012Validator

from filiera.domain.epcis import payload as payload_module
from filiera.domain.epcis import plan_import, to_payload
from filiera.model.base import Payload
from filiera.model.ids import ni_uri
from filiera.model.links import LinkType
from filiera.model.records import parse_record, statement_of
from filiera.model.statement import Capacity, OwnProduct, RecordType, Step
from filiera.proof.encoding import dump_json, parse_json
from tests.domain.epcis.events import (
    IMPORTER,
    MILL,
    NOW,
    SHED,
    added,
    file,
    item,
    lot,
    moved,
    observed,
    payloads,
    plan,
    transformation,
)
from tests.model.test_context import expand
from tests.standards import standard_json

CHAIN = (
    transformation([lot(1)], [lot(2)], 1, eventID="urn:uuid:1"),
    moved([lot(2)], 2, eventID="urn:uuid:2"),
    transformation(
        [], [item(3)], 3, inputQuantityList=[{"epcClass": lot(2), "quantity": 1.25, "uom": "KGM"}]
    ),
    observed([item(3)], 4, disposition="active"),
    transformation([lot(3)], [lot(2)], 2, readPoint=None),
)


def test_every_record_can_be_signed_read_back_and_accepted() -> None:
    for payload in payloads(plan(*CHAIN)):
        read = parse_json(dump_json(payload))
        assert read == payload
        parse_record(read)
        statement = statement_of(read)
        assert statement.capacity is Capacity.IMPORTER
        assert statement.stated_by is not None
        assert statement.stated_by.id == MILL


def test_steps_are_valid_against_untps_schema() -> None:
    schema = standard_json("untp-0.7.0/schemas/DigitalTraceabilityEvent.json")
    validator = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    make, move, last, _ = payloads(plan(*CHAIN))
    for payload in (make, move, last):
        assert list(validator.iter_errors(plain(payload))) == []


def plain(value: Any) -> Any:
    """With floats for decimals, which is what the JSON Schema library knows."""
    if isinstance(value, dict):
        return {name: plain(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [plain(inner) for inner in value]
    return value if isinstance(value, str | int | bool) else float(value)


def test_no_member_is_meaningless_to_a_json_ld_processor() -> None:
    for payload in payloads(plan(*CHAIN)):
        assert expand(payload)[1] == []


def test_a_step_links_its_file_and_the_steps_upstream() -> None:
    said = file(*CHAIN)
    make, move, last, _ = payloads(plan_import([said]))
    assert linked(make) == [(LinkType.DOCUMENT, said.sha256)]
    kinds = [kind for kind, _ in linked(last)]
    assert kinds == [LinkType.INPUT, LinkType.INPUT, LinkType.DOCUMENT]
    assert [link.media_type for link in statement_of(make).links] == ["application/json"]
    step = statement_of(move).said
    assert isinstance(step, Step)
    assert step.origin is not None
    assert step.destination is not None
    assert (step.origin.id, step.destination.id) == (MILL, SHED)


def linked(payload: Payload) -> list[tuple[LinkType, bytes]]:
    return [(link.kind, link.digest) for link in statement_of(payload).links]


def test_a_step_keeps_the_events_id_instant_and_quantities() -> None:
    _, _, last, _ = payloads(plan(*CHAIN))
    (event,) = last["credentialSubject"]
    assert event["eventDate"] == "2026-02-03T12:00:00Z"
    assert str(event["inputProduct"][0]["quantity"]["value"]) == "1.25"
    assert event["activityType"]["code"] == "commissioning"
    assert event["id"].startswith("ni:///sha-256;")
    assert "eventList[2]" in event["description"]
    assert payloads(plan(*CHAIN))[0]["credentialSubject"][0]["id"] == "urn:uuid:1"


def test_the_products_record_lists_its_steps_its_files_and_what_was_also_said() -> None:
    said = file(*CHAIN)
    planned = plan_import([said])
    statement = payloads(planned)[-1]
    read = statement_of(statement)
    assert read.type is RecordType.PRODUCT_STATEMENT
    assert isinstance(read.said, OwnProduct)
    assert read.said.product == item(3)
    assert [link.kind for link in read.links] == [LinkType.STEP] * 3 + [LinkType.DOCUMENT]
    subject = statement["credentialSubject"]
    assert subject["alsoSaidCount"] == 2
    assert subject["alsoSaid"][0] == {
        "source": ni_uri(said.sha256),
        "eventIndex": 3,
        "event": f"{ni_uri(said.sha256)}#event-3",
        "eventType": "ObjectEvent",
        "action": "OBSERVE",
        "businessStep": "inspecting",
        "eventTime": "2026-02-04T12:00:00Z",
        "aboutProduct": [item(3)],
        "reason": "observed",
        "statedBy": {"id": MILL},
    }
    assert subject["alsoSaid"][1]["missing"] == ["madeAtFacility"]


def test_a_product_of_which_nothing_else_was_said_says_nothing_of_it() -> None:
    assert "alsoSaid" not in payloads(plan(added([item(1)])))[-1]["credentialSubject"]


def test_a_long_list_of_what_was_also_said_is_cut_and_counted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    events = [added([item(1)]), *(observed([item(1)], 2) for _ in range(300))]
    subject = payloads(plan(*events))[-1]["credentialSubject"]
    assert (len(subject["alsoSaid"]), subject["alsoSaidCount"]) == (200, 300)
    monkeypatch.setattr(payload_module, "MAX_ALSO_SAID_BYTES", 1000)
    subject = payloads(plan(*events))[-1]["credentialSubject"]
    assert (len(subject["alsoSaid"]), subject["alsoSaidCount"]) == (2, 300)


def test_equal_input_gives_equal_records() -> None:
    assert payloads(plan(*CHAIN)) == payloads(plan(*CHAIN))


def test_a_step_is_not_made_before_those_upstream_have_ids() -> None:
    with pytest.raises(KeyError):
        to_payload(plan(*CHAIN).steps[1], IMPORTER, NOW, {})


def test_identifiers_and_names_of_any_length_fit_a_record() -> None:
    long = "https://example.org/" + "x" * 2000
    planned = plan(
        transformation([lot(1)], [long], readPoint={"id": f"{long}1"}, bizStep=f"x:{'y' * 490}"),
        observed([long], 2),
    )
    assert len(payloads(planned)) == 2
