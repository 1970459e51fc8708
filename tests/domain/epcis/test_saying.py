# SPDX-License-Identifier: Apache-2.0
"""What is taken from an event: names, quantities, places, whose word it is."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from filiera.domain.epcis import plan_import
from filiera.model.ids import ni_uri
from filiera.model.statement import Amount, Goods, StatedBy, Step
from tests.domain.epcis.events import (
    BUYER,
    MAKER,
    MILL,
    SHED,
    added,
    file,
    item,
    lot,
    model,
    moved,
    plan,
    transformation,
)

UNKNOWN = "https://example.org/plants/7"


def parties(source: str | None, destination: str | None, kind: str = "owning_party") -> Any:
    lists: dict[str, Any] = {}
    if source:
        lists["sourceList"] = [{"type": kind, "source": source}]
    if destination:
        lists["destinationList"] = [{"type": kind, "destination": destination}]
    return lists


def step(**members: Any) -> Step:
    return plan(transformation([lot(1)], [item(2)], **members)).steps[0].step


def stated_by(**members: Any) -> StatedBy:
    return plan(transformation([lot(1)], [item(2)], **members)).steps[0].stated_by


@pytest.mark.parametrize(
    ("members", "who"),
    [
        (parties(MAKER, BUYER), MAKER),
        (parties(None, BUYER), BUYER),
        (parties(MAKER, BUYER) | {"bizStep": "receiving"}, BUYER),
        (parties(MAKER, None) | {"bizStep": "receiving"}, MAKER),
        (parties("urn:epc:id:pgln:952123.400000", None), "https://id.gs1.org/417/9521234000006"),
        (parties("urn:epc:id:sgln:952123.400000.7", None), "https://id.gs1.org/414/9521234000006"),
        (parties("https://example.org/firm", None), "https://example.org/firm"),
        (parties(SHED, None, "location"), MILL),
        ({"bizLocation": {"id": SHED}}, SHED),
        ({"bizLocation": {"id": f"{SHED}/254/dock-1"}}, SHED),
        ({"bizLocation": {"id": UNKNOWN}}, UNKNOWN),
        ({"bizLocation": {"id": "geo:44.49,11.34"}}, MILL),
    ],
)
def test_it_is_the_word_of_the_party_else_of_the_place(members: dict[str, Any], who: str) -> None:
    assert stated_by(**members) == StatedBy(who)


def test_the_party_in_possession_comes_before_the_owner() -> None:
    sources = [
        {"type": "owning_party", "source": BUYER},
        {"type": "possessing_party", "source": MAKER},
    ]
    assert stated_by(sourceList=sources) == StatedBy(MAKER)


def test_without_party_and_place_it_is_the_files_word() -> None:
    said = file(added([item(1)], readPoint=None))
    planned = plan_import([said])
    assert planned.product.stated_by == StatedBy(ni_uri(said.sha256), "events.json")


def test_a_make_is_at_the_business_location_else_at_the_read_point() -> None:
    place = step(bizLocation={"id": SHED}).place
    assert place is not None
    assert place.id == SHED
    place = step().place
    assert place is not None
    assert (place.id, place.name) == (MILL, MILL)


def test_quantities_keep_their_unit_and_without_one_they_count() -> None:
    counted = [
        {"epcClass": lot(1), "quantity": 2.5, "uom": "KGM"},
        {"epcClass": lot(3), "quantity": 12},
        {"epcClass": model(4)},
    ]
    goods = step(inputEPCList=[lot(1), lot(5)], inputQuantityList=counted).inputs
    assert [(each.product, each.quantity) for each in goods] == [
        (lot(5), None),
        (lot(1), Amount(Decimal("2.5"), "KGM")),
        (lot(3), Amount(Decimal(12), "C62")),
        (model(4), None),
    ]


def test_a_name_that_is_unknown_is_the_identifier() -> None:
    assert step().outputs == (Goods(item(2), item(2), "item"),)


def test_names_come_from_master_data_also_for_items_of_a_model() -> None:
    def element(identifier: str, name: str) -> dict[str, Any]:
        attribute = {"id": "cbvmda:descriptionShort", "attribute": name}
        return {"id": identifier, "attributes": [attribute]}

    names = [element(model(2), "Jacket"), element(MILL, "Mill"), element(MAKER, "Maker")]
    header = {"epcisMasterData": {"vocabularyList": [{"vocabularyElementList": names}]}}
    said = file(transformation([lot(1)], [item(2)], **parties(MAKER, None)), epcisHeader=header)
    planned = plan_import([said])
    first = planned.steps[0]
    assert first.step.outputs[0].name == planned.product.product.name == "Jacket"
    assert first.step.place is not None
    assert first.step.place.name == "Mill"
    assert first.stated_by == StatedBy(MAKER, "Maker")
    assert first.step.name.startswith("Commissioning: Jacket (")


def test_the_business_step_is_the_activity() -> None:
    activity = step(bizStep="urn:epcglobal:cbv:bizstep:creating_class_instance").activity
    assert (activity.code, activity.name) == ("creating_class_instance", "Creating class instance")
    private = step(bizStep="https://example.org/steps/fulling").activity
    assert private.code == private.name == "https://example.org/steps/fulling"
    assert private.scheme != activity.scheme


def test_the_instant_is_kept_as_written_and_the_local_offset_is_shown() -> None:
    time = "2026-02-01T08:00:00.000000+01:00"
    planned = plan(added([item(1)], eventTime=time, eventTimeZoneOffset="-05:00")).steps[0]
    assert (planned.step.date, planned.time_zone) == (time, "-05:00")
    assert "UTC-05:00" in (planned.step.description or "")


def test_an_event_without_an_id_is_named_by_its_file_and_place_in_it() -> None:
    said = file(added([item(1)]), added([item(2)]))
    events = [each.step.event for each in plan_import([said]).steps]
    assert events == [f"{ni_uri(said.sha256)}#event-0", f"{ni_uri(said.sha256)}#event-1"]


def test_a_move_is_stated_by_the_sender_unless_it_is_a_receipt() -> None:
    ends = parties(MAKER, BUYER, "possessing_party")
    both = {
        name: [*moved([item(1)])[name], *ends[name]] for name in ("sourceList", "destinationList")
    }
    planned = plan(
        moved([item(1)], **both), moved([item(1)], 2, bizStep="receiving", **both), product=item(1)
    )
    assert [each.stated_by.id for each in planned.steps] == [MAKER, BUYER]
