# SPDX-License-Identifier: Apache-2.0
"""Sheets of labels: every code is read back off the page, no number is cut."""

from __future__ import annotations

import pytest

from filiera.errors import InputError
from filiera.labels.serials import items, serial_range
from filiera.labels.sheet import COLUMNS, HEIGHT, PER_PAGE, ROWS, WIDTH, sheet
from filiera.model.addresses import page_url
from filiera.model.gs1 import product_id
from tests.labels.reading import draw, read_pdf, text_of

BASE = "https://passports.example"
LOT = product_id("9521234000112/Y-88")
LONG = product_id(
    "(01)09521234000112(22)ABCDEFGHIJKLMNOPQRST(10)WWWWWWWWWWWWWWWWWWWW(21)%%%%%%%%%%%%%%%%%%%%"
)


def test_every_label_of_every_page_is_read_back():
    products = items(LOT, serial_range(f"01-{PER_PAGE + 2}"))
    pages = read_pdf(sheet(products, BASE))
    assert [len(page) for page in pages] == [PER_PAGE, 2]
    assert {code for page in pages for code in page} == {page_url(BASE, each) for each in products}


def test_the_human_readable_line_has_the_elements_of_the_code():
    text = text_of(sheet(items(LOT, ["0007"]), BASE))
    assert text.split() == ["(01)09521234000112(10)Y-88", "(21)0007"]


@pytest.mark.parametrize(
    "product", [LONG, product_id(f"https://maker.example/{'x' * 90}")], ids=["gs1", "uri"]
)
def test_a_long_identifier_is_made_smaller_and_broken_but_never_cut(product):
    data = sheet([product], BASE)
    said = product.link.elements if product.link else product.uri
    assert "".join(text_of(data).split()) == said
    assert read_pdf(data) == [[page_url(BASE, product)]]


def test_nothing_is_printed_beyond_the_edge_of_a_label():
    (page,) = draw(sheet([LONG], BASE))
    millimetre = page.width / 210
    left, top = (210 - COLUMNS * WIDTH) / 2, (297 - ROWS * HEIGHT) / 2

    def ink(x: float, y: float, width: float, height: float) -> bool:
        box = (x, y, x + width, y + height)
        lowest, _ = page.crop([round(edge * millimetre) for edge in box]).getextrema()
        return lowest < 250

    assert ink(left, top, WIDTH, HEIGHT)
    assert not ink(left + WIDTH, top, WIDTH, HEIGHT)
    assert not ink(left, top + HEIGHT, WIDTH, HEIGHT)
    # A strip inside the cut stays white, for no printer and no knife is exact.
    assert not ink(left, top, 1.5, HEIGHT)
    assert not ink(left, top + HEIGHT - 1.5, WIDTH, 1.5)


def test_crop_marks_stand_at_both_ends_of_every_cut_and_outside_the_labels():
    (page,) = draw(sheet([LOT], BASE))
    millimetre = page.width / 210
    left, top = (210 - COLUMNS * WIDTH) / 2, (297 - ROWS * HEIGHT) / 2

    def marked(x: float, y: float) -> bool:
        near = [round(edge * millimetre) for edge in (x - 0.5, y - 0.5, x + 0.5, y + 0.5)]
        return bool(page.crop(near).getextrema()[0] < 200)

    for column in range(COLUMNS + 1):
        assert marked(left + column * WIDTH, top - 4)
        assert marked(left + column * WIDTH, 297 - top + 4)
    for row in range(ROWS + 1):
        assert marked(left - 4, top + row * HEIGHT)
        assert marked(210 - left + 4, top + row * HEIGHT)
    assert not marked(left + WIDTH, top + 3)


def test_it_is_a4():
    (page,) = draw(sheet([LOT], BASE), 254)
    assert [round(side / 10) for side in page.size] == [210, 297]


def test_a_code_too_fine_for_a_shops_scanner_is_refused():
    with pytest.raises(InputError) as refusal:
        sheet([LOT], "https://" + "x" * 400 + ".example")
    assert "shorter" in (refusal.value.hint or "")
