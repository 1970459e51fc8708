# SPDX-License-Identifier: Apache-2.0
"""Which events are steps, and what becomes of the others."""

from __future__ import annotations

from typing import Any

import pytest

from filiera.domain.epcis import draft as drafts
from filiera.model.statement import StepKind
from tests.domain.epcis.events import (
    MILL,
    SHED,
    added,
    event,
    item,
    lot,
    made,
    model,
    moved,
    observed,
    plan,
    reasons,
    transformation,
)


def test_a_transformation_is_a_make_of_all_its_lists() -> None:
    planned = plan(
        transformation(
            [lot(1)],
            [item(3)],
            inputQuantityList=[{"epcClass": lot(2), "quantity": 2, "uom": "KGM"}],
            outputQuantityList=[{"epcClass": model(4), "quantity": 5}],
        )
    )
    assert made(planned) == [([lot(1), lot(2)], [item(3), model(4)])]
    assert planned.steps[0].step.kind is StepKind.MAKE
    assert reasons(planned) == []


def test_an_add_is_a_make_without_inputs() -> None:
    planned = plan(added([], quantityList=[{"epcClass": lot(1), "quantity": 3}]))
    assert made(planned) == [([], [lot(1)])]


@pytest.mark.parametrize("other", [item(1), "urn:epc:id:sgtin:952123.0000001.1", f"{lot(1)}/21/1"])
def test_an_add_of_what_a_transformation_outputs_is_also_said(other: str) -> None:
    planned = plan(added([other], 3), transformation([lot(2)], [item(1)], 1))
    assert len(planned.steps) == 1
    assert reasons(planned) == ["output-elsewhere"]


def test_of_two_adds_of_one_id_the_earlier_is_the_make() -> None:
    planned = plan(added([item(1)], 5), added([item(1)], 2))
    assert [each.sources for each in planned.steps] == [("events.json: eventList[1]",)]
    assert [(each.index, each.reason.value) for each in planned.also_said] == [
        (0, "output-elsewhere")
    ]


def test_an_add_that_is_output_elsewhere_in_part_is_a_make_of_the_rest() -> None:
    planned = plan(transformation([lot(2)], [item(1)]), added([item(1), item(1, "2")], 3))
    assert made(planned)[1] == ([], [item(1, "2")])
    assert planned.also_said[0].products == (item(1),)


def test_an_object_event_that_names_both_facilities_is_a_move() -> None:
    planned = plan(moved([item(1)]), product=item(1))
    (step,) = planned.steps
    assert step.step.kind is StepKind.MOVE
    assert step.step.origin is not None
    assert step.step.destination is not None
    assert (step.step.origin.id, step.step.destination.id) == (MILL, SHED)


def test_an_add_output_elsewhere_that_names_both_facilities_is_a_move() -> None:
    planned = plan(transformation([lot(2)], [item(1)]), moved([item(1)], 3, action="ADD"))
    assert [each.step.kind for each in planned.steps] == [StepKind.MAKE, StepKind.MOVE]
    assert reasons(planned) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"sourceList": None},
        {"destinationList": None},
        {"destinationList": [{"type": "owning_party", "destination": SHED}]},
        {"sourceList": None, "destinationList": None, "bizLocation": {"id": SHED}},
    ],
)
def test_one_facility_alone_moves_nothing(changes: dict[str, Any]) -> None:
    planned = plan(moved([item(1)], **changes), product=item(1))
    assert planned.steps == ()
    assert reasons(planned) == ["observed"]


def test_every_other_type_of_event_is_also_said_with_its_products() -> None:
    common = {"parentID": item(9), "action": "ADD"}
    planned = plan(
        observed([item(1)]),
        observed([item(1)], action="DELETE"),
        event("AggregationEvent", childEPCs=[item(1)], **common),
        event("AssociationEvent", childQuantityList=[{"epcClass": lot(2)}], **common),
        event("TransactionEvent", epcList=[item(1)], bizTransactionList=[], **common),
        event("https://example.org/Dye", epcList=[item(1)]),
        product=item(1),
    )
    assert planned.steps == ()
    assert [(each.reason.value, each.products) for each in planned.also_said] == [
        ("observed", (item(1),)),
        ("deleted", (item(1),)),
        ("aggregation", (item(9), item(1))),
        ("association", (item(9), lot(2))),
        ("transaction", (item(9), item(1))),
        ("extension", ()),
    ]
    assert [each.index for each in planned.product.also_said] == [0, 1, 2, 4]


def test_an_event_declared_in_error_is_also_said_and_so_is_what_it_repeats() -> None:
    wrong = transformation([lot(1)], [item(2)], eventID="urn:uuid:1")
    declaration = wrong | {"errorDeclaration": {"declarationTime": "2026-02-09T00:00:00Z"}}
    right = transformation([lot(1)], [item(2)], eventID="urn:uuid:2")
    planned = plan(wrong, declaration, right)
    assert [each.step.event for each in planned.steps] == ["urn:uuid:2"]
    assert reasons(planned) == ["declared-in-error", "declared-in-error"]


def test_the_same_event_twice_is_one_step() -> None:
    once = transformation([lot(1)], [item(2)], eventID="urn:uuid:1")
    planned = plan(once, once)
    assert len(planned.steps) == 1
    assert reasons(planned) == ["repeated"]


def test_events_without_an_id_are_each_one_of_their_own() -> None:
    planned = plan(transformation([lot(1)], [item(3)]), transformation([lot(2)], [item(3)]))
    assert len(planned.steps) == 2
    assert len({each.step.event for each in planned.steps}) == 2


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({"readPoint": None}, ("madeAtFacility",)),
        ({"bizStep": None}, ("activityType",)),
        ({"bizStep": None, "readPoint": None}, ("activityType", "madeAtFacility")),
        ({"inputEPCList": None}, ("inputProduct",)),
        (
            {"inputQuantityList": [{"epcClass": "https://example.org/class/7", "quantity": 1}]},
            ("inputProduct[1].product.idGranularity",),
        ),
    ],
)
def test_a_make_that_lacks_what_untp_requires_is_named_with_what_is_missing(
    changes: dict[str, Any], missing: tuple[str, ...]
) -> None:
    planned = plan(transformation([lot(1)], [item(2)], **changes), product=item(2))
    assert planned.steps == ()
    (said,) = planned.also_said
    assert (said.reason.value, said.missing) == ("incomplete", missing)


@pytest.mark.parametrize(
    ("said", "missing"),
    [
        (moved([item(1)], bizStep=None), ("activityType",)),
        (moved([], quantityList=[]), ("movedProduct",)),
        (added([item(1)], readPoint=None), ("madeAtFacility",)),
        (added([]), ("outputProduct",)),
    ],
)
def test_a_move_or_an_add_that_lacks_something_is_named_with_it(
    said: dict[str, Any], missing: tuple[str, ...]
) -> None:
    planned = plan(said, observed([item(1)]), product=item(1))
    assert planned.also_said[0].missing == missing


def test_an_object_in_an_epc_list_is_an_item_even_if_its_uri_does_not_tell() -> None:
    planned = plan(added(["https://example.org/jackets/7"]))
    assert planned.steps[0].step.outputs[0].granularity == "item"


def test_events_of_one_transformation_are_one_make() -> None:
    tid = {"transformationID": "urn:x:transformation"}
    planned = plan(
        transformation([lot(1)], [], 1, bizStep=None, readPoint=None, **tid),
        transformation([], [lot(5)], 4, **tid),
        transformation([lot(2)], [], 6, **tid),
        transformation([lot(3)], [], 6),
    )
    (step,) = planned.steps
    assert made(planned) == [([lot(1), lot(2)], [lot(5)])]
    assert (step.step.event, step.step.date) == ("urn:x:transformation", "2026-02-04T12:00:00Z")
    assert len(step.sources) == 3
    assert planned.also_said[0].missing == ("outputProduct",)


def test_a_make_of_one_of_its_own_inputs_is_no_step() -> None:
    planned = plan(
        transformation([lot(1)], [lot(2)], 1),
        transformation([lot(2), lot(3)], [lot(2)], 2),
        transformation([lot(2)], [item(4)], 3),
    )
    assert reasons(planned) == ["made-of-itself"]
    assert len(planned.steps) == len(planned.product.steps) == 2
    assert planned.product.also_said == planned.also_said


def test_an_event_with_more_products_than_a_record_holds_is_no_step(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    many = [item(1, str(number)) for number in range(1001)]
    assert reasons(plan(added(many))) == ["too-many-products"]
    assert reasons(plan(added(many[:1000]))) == []
    monkeypatch.setattr(drafts, "MAX_GOODS_BYTES", 1000)
    assert reasons(plan(added(many[:20]))) == ["too-many-products"]
