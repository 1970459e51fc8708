# SPDX-License-Identifier: Apache-2.0
"""A product's QR code says its page's address to any reader (GS1, Digital Link QR codes)."""

from __future__ import annotations

import re

import pytest
import zxingcpp

from filiera.errors import InputError
from filiera.labels.symbol import QUIET, lines, png, svg, symbol
from filiera.model.addresses import page_url
from filiera.model.gs1 import product_id
from tests.labels.reading import read_png, read_svg

BASE = "https://passports.example"
ITEM = page_url(BASE, product_id("9521234000112/10/Y-88/21/0001"))


@pytest.mark.parametrize(("draw", "read"), [(png, read_png), (svg, read_svg)])
def test_a_foreign_reader_gets_the_digital_link_out_of_the_picture(draw, read):
    (code,) = read(draw(ITEM))
    assert code.text == f"{BASE}/01/09521234000112/10/Y-88/21/0001"
    assert code.format == zxingcpp.BarcodeFormat.QRCode


@pytest.mark.parametrize("lot", ["A/B", "50%", "1?=_", 'Q"<>&+'])
def test_reserved_characters_of_a_lot_survive(lot):
    wanted = product_id(f"(01)09521234000112(10){lot}")
    (code,) = read_png(png(page_url(BASE, wanted)))
    assert product_id(code.text) == wanted


def test_errors_are_corrected_at_level_m_or_better_and_the_quiet_zone_is_there():
    (code,) = read_png(png(ITEM))
    assert code.ec_level in ("M", "Q", "H")
    made = symbol(ITEM)
    modules = made.symbol_size(border=0)[0]
    assert made.symbol_size(border=QUIET)[0] == modules + 8


def test_the_svg_says_what_it_is_and_has_nothing_that_a_strict_page_refuses():
    text = svg(f"{BASE}/01/09521234000112/10/A%26B").decode()
    assert f"<title>{BASE}/01/09521234000112/10/A%26B</title>" in text
    assert not re.search(r"<script|<style| style=| on[a-z]+=|href", text)
    assert 'fill="#fff"' in text


def test_a_terminal_of_eighty_columns_shows_it_whole_or_not_at_all():
    shown = lines("http://192.168.178.123:8952/01/09521234000112/10/PRT-2026-03", 80)
    assert shown
    assert len(set(map(len, shown))) == 1
    assert len(shown[0]) <= 80
    for length in (600, 3000):
        assert lines(f"{BASE}/{'x' * length}", 80) == []


def test_an_address_too_long_for_a_label_is_refused_with_what_to_do():
    with pytest.raises(InputError) as refusal:
        symbol(BASE + "/" + "x" * 1000)
    assert "shorter" in (refusal.value.hint or "")
