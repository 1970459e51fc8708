# SPDX-License-Identifier: Apache-2.0
"""How steps hang together: which lots meet, in which order, and what cannot be."""

from __future__ import annotations

import pytest

from filiera.domain.epcis import ImportPlan, plan_import
from filiera.domain.epcis import lots as lots_module
from filiera.errors import InputError
from tests.domain.epcis.events import (
    Event,
    added,
    file,
    item,
    links,
    listed,
    lot,
    made,
    model,
    moved,
    observed,
    plan,
    transformation,
)


def gaps(planned: ImportPlan) -> list[str]:
    return [gap.product for gap in planned.gaps]


def test_joins_splits_and_diamonds_are_ordinary() -> None:
    planned = plan(
        transformation([lot(4), lot(5)], [item(6)], 5),
        transformation([lot(1), lot(2)], [lot(3)], 1),
        transformation([lot(3)], [lot(4)], 2),
        transformation([lot(3)], [lot(5)], 3),
        transformation([lot(5)], [item(7)], 4),
    )
    assert [outputs for _, outputs in made(planned)] == [
        [lot(3)],
        [lot(4)],
        [lot(5)],
        [item(7)],
        [item(6)],
    ]
    assert links(planned) == [[], [0], [0], [2], [1, 2]]
    assert listed(planned) == [0, 1, 2, 4]
    assert gaps(planned) == [lot(1), lot(2)]


def test_a_step_comes_after_what_is_upstream_even_if_its_clock_was_wrong() -> None:
    planned = plan(
        transformation([lot(2)], [lot(3)], 1),
        transformation([lot(1)], [lot(2)], 9),
    )
    assert made(planned) == [([lot(1)], [lot(2)]), ([lot(2)], [lot(3)])]
    assert links(planned) == [[], [0]]


def test_a_lot_that_was_made_again_later_is_not_what_went_in_before() -> None:
    planned = plan(
        transformation([lot(1)], [lot(2)], 1),
        transformation([lot(2)], [item(3)], 2),
        transformation([lot(4)], [lot(2)], 3),
        product=item(3),
    )
    assert listed(planned) == [0, 1]


def test_the_same_lot_in_any_spelling_is_the_same_lot() -> None:
    planned = plan(
        transformation([], [], 1, outputQuantityList=[{"epcClass": lot(1), "quantity": 9}])
        | {"inputEPCList": [lot(8)]},
        transformation(
            ["urn:epc:class:lgtin:952123.0000001.A"],
            ["https://brand.example/01/" + item(3).rpartition("/01/")[2]],
            2,
        ),
    )
    assert links(planned) == [[], [0]]
    assert planned.product.product.product == item(3)


def test_an_item_with_and_without_its_lot_has_one_identifier_in_all_records() -> None:
    full = f"{lot(2)}/21/7"
    planned = plan(
        transformation([lot(1)], [item(2, "7")], 1),
        transformation([full], [item(3)], 2),
        observed([item(2, "7")], 3),
    )
    assert made(planned) == [([lot(1)], [full]), ([full], [item(3)])]
    assert planned.also_said[0].products == (full,)


def test_an_item_comes_from_the_batch_that_its_identifier_names() -> None:
    planned = plan(
        transformation([lot(1)], [lot(2)], 1),
        added([f"{lot(2)}/21/7"], 2),
        transformation([f"{lot(2)}/21/7"], [item(3)], 3),
    )
    assert links(planned) == [[], [], [0, 1]]
    assert listed(planned) == [0, 1, 2]


def test_an_item_comes_from_the_batch_that_its_master_data_names() -> None:
    planned = plan(
        transformation([lot(1)], [lot(2)], 1),
        added([item(2, "7")], 2, ilmd={"cbvmda:lotNumber": "A"}),
    )
    assert listed(planned) == [0, 1]
    bare = plan(transformation([lot(1)], [lot(2)], 1), added([item(2, "7")], 2))
    assert listed(bare) == [1]


@pytest.mark.parametrize("stated", ["", "\N{SNOWMAN}", "x" * 21, 5, None])
def test_a_lot_number_that_is_none_is_passed_over(stated: object) -> None:
    planned = plan(added([item(2)], ilmd={"cbvmda:lotNumber": stated}))
    assert listed(planned) == [0]


def test_a_batch_is_what_was_made_as_its_items() -> None:
    planned = plan(
        added([f"{lot(2)}/21/1"], 1),
        added([f"{lot(2)}/21/2"], 2),
        transformation([lot(2)], [item(3)], 3),
    )
    assert links(planned) == [[], [], [0, 1]]
    assert gaps(planned) == []


def test_items_made_out_of_their_own_batch_do_not_make_it() -> None:
    planned = plan(
        transformation([lot(2)], [f"{lot(2)}/21/1"], 1),
        transformation([lot(2)], [f"{lot(2)}/21/2"], 1),
    )
    assert links(planned) == [[], []]
    assert gaps(planned) == [lot(2)]


def test_a_model_meets_only_itself() -> None:
    model_used = transformation([], [item(3)], 2, inputQuantityList=[{"epcClass": model(1)}])
    assert gaps(plan(added([lot(1)], 1), model_used)) == [model(1)]
    made_as_model = added([], 1, quantityList=[{"epcClass": model(1), "quantity": 5}])
    assert gaps(plan(made_as_model, model_used)) == []


def test_a_move_stands_between_the_make_and_the_use_of_its_lot() -> None:
    planned = plan(
        moved([lot(2)], 2),
        transformation([lot(1)], [lot(2)], 1),
        transformation([lot(2)], [item(3)], 3),
        moved([lot(2)], 4),
        moved([item(3)], 5),
        observed([item(3)], 6),
    )
    kinds = [each.step.kind.value for each in planned.steps]
    assert kinds == ["make", "move", "make", "move", "move"]
    assert links(planned) == [[], [0], [0, 1], [0], [2]]
    assert listed(planned) == [0, 1, 2, 4]


def test_a_move_is_no_make_so_its_lot_stays_a_gap() -> None:
    assert gaps(plan(moved([lot(1)], 1), transformation([lot(1)], [item(2)], 2))) == [lot(1)]


@pytest.mark.parametrize(
    ("events", "places"),
    [
        (
            [transformation([lot(1)], [lot(2)], 1), transformation([lot(2)], [lot(1)], 2)],
            {"0", "1"},
        ),
        (
            [
                added([lot(9)], 1),
                transformation([lot(1), lot(9)], [lot(2)], 1),
                transformation([lot(2)], [lot(3)], 2),
                transformation([lot(3)], [lot(1)], 3),
            ],
            {"1", "2", "3"},
        ),
    ],
)
def test_a_lot_made_out_of_itself_is_refused_naming_the_events(
    events: list[Event], places: set[str]
) -> None:
    with pytest.raises(InputError) as refusal:
        plan(*events)
    assert refusal.value.code == "cycle"
    named = (refusal.value.where or "").split(", ")
    assert {each.removeprefix("events.json: eventList[").rstrip("]") for each in named} == places


def test_a_move_of_goods_that_claim_to_be_made_later_is_linked_to_nothing() -> None:
    planned = plan(
        moved([lot(1), lot(2)], 5),
        transformation([lot(0)], [lot(1)], 9),
        transformation([lot(1)], [lot(2)], 6),
    )
    assert links(planned) == [[], [], [0, 1]]


def test_a_circle_through_a_move_is_refused_and_no_crash() -> None:
    with pytest.raises(InputError) as refusal:
        plan(
            transformation([lot(1)], [lot(2)], 6),
            transformation([lot(2)], [lot(3)], 1),
            moved([lot(1), lot(3)], 5),
        )
    assert refusal.value.code == "cycle"


def test_too_many_steps_into_one_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lots_module, "MAX_UPSTREAM", 2)
    events = [
        *(transformation([lot(9, str(n))], [lot(1)], n) for n in (1, 2, 3)),
        transformation([lot(1)], [item(2)], 4),
    ]
    with pytest.raises(InputError) as refusal:
        plan(*events)
    assert refusal.value.code == "epcis-too-large"


def test_a_long_chain_is_planned_in_order() -> None:
    chain = [transformation([lot(n)], [lot(n + 1)], 1) for n in range(300)]
    planned = plan(*reversed(chain))
    assert links(planned) == [[], *([n] for n in range(299))]
    assert planned.product.product.product == lot(300)


def test_a_product_with_more_steps_than_its_record_can_list_lists_the_last(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("filiera.domain.epcis.planning.MAX_UPSTREAM", 2)
    planned = plan(
        *(transformation([lot(n)], [lot(n + 1)], n + 1) for n in range(3)), product=lot(3)
    )
    assert listed(planned) == [2]
    assert len(planned.gaps) == 1


def test_files_are_read_as_one() -> None:
    one, two = (
        file(transformation([lot(1)], [lot(2)]), name="a.json"),
        file(transformation([lot(2)], [item(3)], 2), name="b.json"),
    )
    planned = plan_import([two, one, two])
    assert [each.sources for each in planned.steps] == [
        ("a.json: eventList[0]",),
        ("b.json: eventList[0]",),
    ]
    assert links(planned) == [[], [0]]
    assert [document.name for document in planned.product.documents] == ["b.json", "a.json"]
