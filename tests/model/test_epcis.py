# SPDX-License-Identifier: Apache-2.0
"""Reading EPCIS 2.0: GS1's own examples, and documents that are wrong."""

from __future__ import annotations

import copy
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from filiera.errors import InputError
from filiera.model import epcis_document
from filiera.model.epcis import (
    Action,
    AggregationEvent,
    AssociationEvent,
    ObjectEvent,
    TransactionEvent,
    TransformationEvent,
    bare_word,
)
from filiera.model.epcis_document import is_epcis, read_document
from filiera.proof.encoding import parse_json
from tests.standards import standard_files

EVENT: dict[str, Any] = {
    "type": "ObjectEvent",
    "eventTime": "2026-02-01T08:00:00.000+01:00",
    "eventTimeZoneOffset": "+01:00",
    "action": "OBSERVE",
    "epcList": ["https://id.gs1.org/01/09521234000013/21/S-1"],
    "quantityList": [
        {"epcClass": "urn:epc:class:lgtin:4012345.012345.998877", "quantity": Decimal("2.5")}
    ],
    "readPoint": {"id": "urn:epc:id:sgln:4012345.00001.0"},
    "example:own": {"kept": ["as", "it", "is"]},
}
# GS1's file names eventID twice in one object, which I-JSON forbids.
REFUSED = {"AssociationEvent-h.jsonld": "json-not-i-json"}


def document(*events: Any) -> dict[str, Any]:
    return {
        "@context": ["https://ref.gs1.org/standards/epcis/epcis-context.jsonld"],
        "type": "EPCISDocument",
        "schemaVersion": "2.0",
        "creationDate": "2026-02-01T09:00:00Z",
        "epcisBody": {"eventList": list(events)},
    }


def event(**changes: Any) -> dict[str, Any]:
    merged = copy.deepcopy(EVENT) | changes
    return {name: value for name, value in merged.items() if value is not ...}


def refusal(*events: Any) -> InputError:
    with pytest.raises(InputError) as caught:
        read_document(document(*events), "mill.json")
    return caught.value


@pytest.mark.parametrize("path", standard_files("gs1-epcis/examples/**/*.jsonld"))
def test_every_example_of_gs1_is_read_or_refused_for_a_stated_reason(path: Path) -> None:
    if path.name in REFUSED:
        with pytest.raises(InputError) as caught:
            parse_json(path.read_bytes())
        assert caught.value.code == REFUSED[path.name]
        return
    read = read_document(parse_json(path.read_bytes()), path.name)
    assert read.events
    assert len(read.events) == len(read.paths)


@pytest.mark.parametrize("path", standard_files("openepcis-dpp-ready/textile/epcis/*.jsonld"))
def test_the_winter_jacket_is_read(path: Path) -> None:
    (only,) = read_document(parse_json(path.read_bytes()), path.name).events
    assert isinstance(only, ObjectEvent | TransformationEvent)


def test_an_event_keeps_its_values_as_they_were_written() -> None:
    (read,) = read_document(document(EVENT), "mill.json").events
    assert isinstance(read, ObjectEvent)
    assert read.action is Action.OBSERVE
    assert read.event_time == EVENT["eventTime"]
    assert read.quantity_list[0].quantity == Decimal("2.5")
    assert read.model_extra == {"example:own": {"kept": ["as", "it", "is"]}}


def test_each_of_the_five_types_has_its_own_lists() -> None:
    common = {name: EVENT[name] for name in ("eventTime", "eventTimeZoneOffset")}
    item, lot = EVENT["epcList"], EVENT["quantityList"]
    parent = {"parentID": "urn:epc:id:sscc:0614141.1234567890", "action": "ADD"}
    children = {"childEPCs": item, "childQuantityList": lot}
    read = read_document(
        document(
            EVENT,
            common | parent | children | {"type": "AggregationEvent"},
            common | parent | children | {"type": "AssociationEvent"},
            common | parent | {"type": "TransactionEvent", "epcList": item},
            common
            | {
                "type": "TransformationEvent",
                "inputEPCList": item,
                "outputQuantityList": lot,
                "transformationID": "urn:x:t",
            },
        ),
        "mill.json",
    ).events
    assert [type(each) for each in read] == [
        ObjectEvent,
        AggregationEvent,
        AssociationEvent,
        TransactionEvent,
        TransformationEvent,
    ]
    aggregation, association, transaction, transformation = read[1:]
    assert isinstance(aggregation, AggregationEvent)
    assert aggregation.child_epcs == tuple(item)
    assert isinstance(association, AssociationEvent)
    assert association.child_quantity_list[0].epc_class == lot[0]["epcClass"]
    assert isinstance(transaction, TransactionEvent)
    assert transaction.parent_id == parent["parentID"]
    assert isinstance(transformation, TransformationEvent)
    assert transformation.input_epc_list == tuple(item)
    assert transformation.transformation_id == "urn:x:t"


def test_a_query_document_and_a_bare_event_are_read_too() -> None:
    results = {"queryName": "q", "resultsBody": {"eventList": [EVENT, EVENT]}}
    query = {"type": "EPCISQueryDocument", "epcisBody": {"queryResults": results}}
    assert len(read_document(query, "q.json").events) == 2
    assert len(read_document(EVENT, "e.json").events) == 1


def test_an_event_type_of_another_vocabulary_is_let_through_by_its_uri() -> None:
    (read,) = read_document(document(event(type="https://example.org/Dye")), "x").events
    assert read.type == "https://example.org/Dye"


@pytest.mark.parametrize(
    "spelling",
    [
        "commissioning",
        "cbv:BizStep-commissioning",
        "https://ref.gs1.org/cbv/BizStep-commissioning",
        "urn:epcglobal:cbv:bizstep:commissioning",
    ],
)
def test_a_word_of_gs1s_vocabulary_is_the_same_in_all_its_spellings(spelling: str) -> None:
    assert bare_word(spelling) == "commissioning"


def test_a_word_of_another_vocabulary_stays_a_uri() -> None:
    assert bare_word("https://example.org/steps/full-fashioning") == (
        "https://example.org/steps/full-fashioning"
    )


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"eventTime": "2026-02-01T08:00:00"}, "instant-malformed", "eventTime"),
        ({"eventTime": "2026-02-30T08:00:00Z"}, "instant-malformed", "eventTime"),
        ({"eventTime": 5}, "epcis-malformed", "eventTime"),
        ({"eventTime": ...}, "epcis-malformed", "eventTime"),
        ({"eventTimeZoneOffset": "+25:00"}, "epcis-malformed", "eventTimeZoneOffset"),
        ({"action": ...}, "epcis-malformed", "action"),
        ({"action": "CREATE"}, "epcis-malformed", "action"),
        ({"eventID": "no uri"}, "epcis-malformed", "eventID"),
        ({"type": "QuantityEvent"}, "epcis-malformed", "type"),
        ({"type": 7}, "epcis-malformed", "type"),
        ({"type": ...}, "epcis-malformed", "type"),
        ({"epcList": "urn:x:1"}, "epcis-malformed", "epcList"),
        (
            {"epcList": [*EVENT["epcList"], "https://id.gs1.org/01/09521234000014/21/S"]},
            "gs1-check-digit",
            "epcList[1]",
        ),
        ({"epcList": ["urn:epc:id:sgtin:0614141.1.1"]}, "gs1-malformed", "epcList[0]"),
        ({"epcList": ["09521234000013"]}, "epcis-malformed", "epcList[0]"),
        ({"bizLocation": {}}, "epcis-malformed", "bizLocation.id"),
        (
            {"readPoint": {"id": "https://id.gs1.org/414/9521234000021"}},
            "gs1-check-digit",
            "readPoint.id",
        ),
        (
            {"sourceList": [{"type": "location", "source": "urn:epc:id:sgln:1.2.3"}]},
            "gs1-malformed",
            "sourceList[0].source",
        ),
        (
            {"quantityList": [{"epcClass": "urn:x:lot", "quantity": -1}]},
            "epcis-malformed",
            "quantityList[0].quantity",
        ),
        (
            {"quantityList": [{"epcClass": "urn:x:lot", "quantity": "2"}]},
            "epcis-malformed",
            "quantityList[0].quantity",
        ),
        ({"quantityList": [{"quantity": 2}]}, "epcis-malformed", "quantityList[0].epcClass"),
        ({"bizStep": "x" * 501}, "epcis-malformed", "bizStep"),
        ({"bizStep": "a\x1b[31mb"}, "epcis-malformed", "bizStep"),
        ({"errorDeclaration": {"reason": "did_not_occur"}}, "epcis-malformed", "errorDeclaration"),
    ],
)
def test_a_wrong_event_is_refused_naming_file_event_and_field(
    changes: dict[str, Any], code: str, field: str
) -> None:
    error = refusal(EVENT, event(**changes))
    assert error.code == code
    assert error.where is not None
    assert error.where.startswith(f"mill.json: eventList[1].{field}")


def test_an_event_that_is_no_object_is_refused() -> None:
    assert refusal("event").where == "mill.json: eventList[0]"


@pytest.mark.parametrize(
    ("value", "where"),
    [
        ([], "x.json: type"),
        ({"type": "EPCISMasterDataDocument"}, "x.json: type"),
        ({"type": ["EPCISDocument"]}, "x.json: type"),
        ({"type": "EPCISDocument"}, "x.json: epcisBody"),
        ({"type": "EPCISDocument", "epcisBody": {}}, "x.json: epcisBody.eventList"),
        ({"type": "EPCISDocument", "epcisBody": []}, "x.json: epcisBody.eventList"),
        ({"type": "EPCISDocument", "epcisBody": {"eventList": {}}}, "x.json: epcisBody.eventList"),
        (document() | {"schemaVersion": "1.2"}, "x.json: schemaVersion"),
        (document() | {"schemaVersion": 2}, "x.json: schemaVersion"),
    ],
)
def test_what_is_no_epcis_document_is_refused(value: Any, where: str) -> None:
    with pytest.raises(InputError) as caught:
        read_document(value, "x.json")
    assert (caught.value.code, caught.value.where) == ("epcis-malformed", where)


def test_too_many_events_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(epcis_document, "MAX_EVENTS", 2)
    assert len(read_document(document(EVENT, EVENT), "x").events) == 2
    assert refusal(EVENT, EVENT, EVENT).code == "epcis-too-large"


def test_a_null_is_the_same_as_nothing() -> None:
    (read,) = read_document(document(event(bizLocation=None, sourceList=None)), "x").events
    assert read.biz_location is None
    assert read.source_list == ()


def test_only_what_calls_itself_epcis_is_epcis() -> None:
    assert is_epcis(document())
    assert is_epcis(EVENT)
    assert not is_epcis({"type": "Feature"})
    assert not is_epcis([document()])
    assert not is_epcis({"type": {}})


def test_names_are_read_from_master_data_under_the_canonical_identifier() -> None:
    def element(identifier: str, **attributes: Any) -> dict[str, Any]:
        return {
            "id": identifier,
            "attributes": [
                {"id": f"urn:epcglobal:cbv:mda#{name}", "attribute": value}
                for name, value in attributes.items()
            ],
        }

    vocabularies = [
        {
            "type": "urn:epcglobal:epcis:vtype:EPCClass",
            "vocabularyElementList": [
                element("urn:epc:idpat:sgtin:4012345.098765.*", descriptionShort="Yarn"),
                element("urn:epc:idpat:sgtin:4012345.0.*", descriptionShort="ill-formed id"),
                element("urn:x:1", descriptionShort={"not": "a text"}, name="Second choice"),
                element("urn:x:2", name="two\nlines"),
                "no object",
            ],
        },
        {"vocabularyElementList": [element("urn:epc:id:sgln:4012345.00001.0", name="Mill")]},
        {"vocabularyElementList": "no list"},
    ]
    header = {"epcisMasterData": {"vocabularyList": vocabularies}}
    assert read_document(document() | {"epcisHeader": header}, "x").names == {
        "https://id.gs1.org/01/04012345987652": "Yarn",
        "urn:x:1": "Second choice",
        "https://id.gs1.org/414/4012345000016": "Mill",
    }
