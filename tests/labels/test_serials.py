# SPDX-License-Identifier: Apache-2.0
"""Serial numbers of a batch, as a range or a list."""

from __future__ import annotations

import pytest

from filiera.errors import InputError
from filiera.labels.serials import MOST, items, serial_list, serial_range
from filiera.model.gs1 import product_id

LOT = product_id("9521234000112/Y-88")


@pytest.mark.parametrize(
    ("text", "first", "last", "count"),
    [
        ("1-3", "1", "3", 3),
        ("0001-0250", "0001", "0250", 250),
        ("0001..0250", "0001", "0250", 250),
        ("008-011", "008", "011", 4),
        ("98-101", "98", "101", 4),
        ("S001-S010", "S001", "S010", 10),
        ("S-001-S-010", "S-001", "S-010", 10),
        ("S-001..010", "S-001", "S-010", 10),
        ("7-7", "7", "7", 1),
        (f"1-{MOST}", "1", str(MOST), MOST),
    ],
)
def test_a_range_has_both_ends_and_keeps_its_zeros(text, first, last, count):
    serials = serial_range(text)
    assert (serials[0], serials[-1], len(serials)) == (first, last, count)


@pytest.mark.parametrize(
    "text", ["", "5", "A-B", "9-1", f"1-{MOST + 1}", "1-999999999999", "1-2-x"]
)
def test_what_is_no_range_or_too_long_a_one_is_refused(text):
    with pytest.raises(InputError) as refusal:
        serial_range(text)
    assert "0001-0250" in (refusal.value.hint or "")


def test_a_list_has_one_a_line_and_nothing_twice():
    assert serial_list("A1\r\n\n  B2 \nC3") == ["A1", "B2", "C3"]
    for text in ("", "\n \n", "A\nB\nA", "\n".join(map(str, range(MOST + 1)))):
        with pytest.raises(InputError):
            serial_list(text)


def test_the_items_of_a_lot_and_of_a_model_are_named():
    assert [each.uri for each in items(LOT, ["1"])] == [f"{LOT.uri}/21/1"]
    assert items(product_id("9521234000112"), ["a/b"])[0].serial == "a/b"


@pytest.mark.parametrize("product", ["9521234000112/21/7", "https://maker.example/coat"])
def test_what_has_no_serial_numbers_under_it_is_refused(product):
    with pytest.raises(InputError):
        items(product_id(product), ["1"])


def test_a_serial_number_that_gs1_does_not_allow_is_refused():
    with pytest.raises(InputError) as refusal:
        items(LOT, ["x" * 21])
    assert refusal.value.code == "gs1-malformed"
