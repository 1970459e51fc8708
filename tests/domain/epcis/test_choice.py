# SPDX-License-Identifier: Apache-2.0
"""Which product the passport is of."""

from __future__ import annotations

import pytest

from filiera.errors import InputError
from tests.domain.epcis.events import (
    Event,
    added,
    event,
    item,
    lot,
    moved,
    observed,
    plan,
    transformation,
)

PALLET = "https://id.gs1.org/00/952012345678912345"
ERROR = {"errorDeclaration": {"declarationTime": "2026-02-09T00:00:00Z"}}


def chosen(*events: Event, product: str | None = None) -> str:
    return plan(*events, product=product).product.product.product


def refusal(*events: Event, product: str | None = None) -> InputError:
    with pytest.raises(InputError) as caught:
        plan(*events, product=product)
    return caught.value


def test_it_is_the_latest_output_of_a_transformation_or_add() -> None:
    one, two = transformation([lot(1)], [item(2)], 5), added([item(3)], 4)
    assert chosen(one, two) == chosen(two, one) == item(2)
    assert chosen(one, added([item(3)], 6), moved([item(4)], 8), observed([item(5)], 9)) == item(3)


def test_instants_are_compared_in_utc() -> None:
    rome = added([item(1)], eventTime="2026-02-01T12:30:00+01:00")
    assert chosen(rome, added([item(2)], eventTime="2026-02-01T12:00:00Z")) == item(2)


def test_of_outputs_at_the_same_instant_it_is_the_first_in_file_order() -> None:
    assert chosen(added([item(1), item(2)]), added([item(3)])) == item(1)


def test_a_pallet_is_no_product_where_there_is_one() -> None:
    assert chosen(added([item(1)], 1), added([PALLET], 5)) == item(1)
    assert chosen(added([PALLET], 5)) == PALLET


def test_what_was_declared_in_error_counts_only_where_there_is_nothing_else() -> None:
    wrong = transformation([lot(1)], [item(2)], 9, **ERROR)
    assert chosen(wrong, added([item(3)], 1)) == item(3)
    planned = plan(wrong)
    assert planned.product.product.product == item(2)
    assert planned.product.steps == ()


def test_what_an_error_declaration_takes_back_is_in_error_too() -> None:
    first = transformation([lot(1)], [item(2)], 9, eventID="urn:uuid:1")
    assert chosen(first, first | ERROR, added([item(3)], 1)) == item(3)


def test_without_an_output_the_products_found_are_listed() -> None:
    error = refusal(observed([item(1)]), moved([lot(2)]))
    assert error.code == "usage"
    assert error.hint is not None
    assert item(1) in error.hint
    assert lot(2) in error.hint


def test_a_long_list_of_products_is_cut() -> None:
    error = refusal(observed([item(1, str(n)) for n in range(50)]))
    assert error.hint is not None
    assert error.hint.endswith("and 30 more.")


def test_no_product_at_all_is_said_so() -> None:
    sensor = event("ObjectEvent", action="OBSERVE", epcList=[])
    assert "no product at all" in str(refusal(sensor))
    assert "no product at all" in str(refusal())


@pytest.mark.parametrize(
    "spelling", [item(1), item(1).removeprefix("https://id.gs1.org/01/"), f"{lot(1)}/21/1"]
)
def test_a_person_may_name_any_product_in_any_spelling(spelling: str) -> None:
    assert chosen(observed([item(1)]), added([item(9)]), product=spelling) == item(1)


def test_a_batch_is_found_by_its_items_and_an_item_by_its_batch() -> None:
    assert chosen(added([f"{lot(1)}/21/5"]), product=lot(1)) == lot(1)
    planned = plan(transformation([lot(2)], [lot(1)]), product=f"{lot(1)}/21/5")
    assert len(planned.product.steps) == 1


def test_a_product_of_which_nothing_is_said_is_refused_with_those_found() -> None:
    error = refusal(added([item(1)]), product=item(2))
    assert error.code == "product-not-found"
    assert item(1) in (error.hint or "")


def test_a_wrong_check_digit_in_the_product_is_told() -> None:
    assert refusal(added([item(1)]), product="09521234000014").code == "gs1-check-digit"
