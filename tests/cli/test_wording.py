# SPDX-License-Identifier: Apache-2.0
"""How identifiers, times and amounts read."""

from __future__ import annotations

from dataclasses import replace

import pytest

from filiera.cli.output import clean
from filiera.cli.typed import typed_instant, typed_until
from filiera.cli.wording import goods_label, one_line, party_label, product_label, two_lines
from filiera.errors import InputError
from filiera.services.passport_view import GoodsView


@pytest.mark.parametrize(
    ("product", "english", "italian"),
    [
        ("https://id.gs1.org/01/09520000000011/10/Y-1", "09520000000011 lot Y-1", "lotto Y-1"),
        ("https://id.gs1.org/01/09520000000011/21/7", "09520000000011 serial 7", "seriale 7"),
        ("https://id.gs1.org/01/09520000000011", "09520000000011", "09520000000011"),
        ("urn:example:jacket", "urn:example:jacket", "urn:example:jacket"),
        ("https://id.gs1.org/01/09520000000012", "https://id.gs1.org/01/09520000000012", "01/"),
    ],
)
def test_a_product_reads_as_the_numbers_on_its_label(
    product: str, english: str, italian: str
) -> None:
    assert product_label(product, "en") == english
    assert italian in product_label(product, "it")


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("https://id.gs1.org/414/9520000000004", "GLN 9520000000004"),
        ("https://id.gs1.org/417/9520000000004", "GLN 9520000000004"),
        ("https://id.gs1.org/414/9520000000004/254/B7", "GLN 9520000000004 (B7)"),
        ("Lanificio", "Lanificio"),
    ],
)
def test_a_party_known_by_its_gln_alone_reads_as_such(name: str, label: str) -> None:
    assert party_label(name) == label


def test_goods_read_with_their_amount_in_the_readers_words() -> None:
    goods = GoodsView(
        product="https://id.gs1.org/01/09520000000011/10/Y", name="Yarn", quantity="3", unit="H87"
    )
    assert goods_label(goods, "en") == "Yarn, 09520000000011 lot Y, 3 pcs"
    assert goods_label(goods, "it") == "Yarn, 09520000000011 lotto Y, 3 pz"
    assert goods_label(replace(goods, unit="XYZ"), "en").endswith("3 XYZ")


@pytest.mark.parametrize(
    ("instant", "lines"),
    [
        ("2026-11-02T17:30:00+01:00", ("2026-11-02", "17:30+01:00")),
        ("2026-11-02T17:30:00.250Z", ("2026-11-02", "17:30 UTC")),
        ("soon", ("soon", "")),
        (None, ("\N{EN DASH}", "")),
    ],
)
def test_an_instant_reads_as_it_was_stated(instant: str | None, lines: tuple[str, str]) -> None:
    assert two_lines(instant) == lines
    assert one_line(instant) == " ".join(part for part in lines if part)


def test_a_day_means_its_last_second_as_an_end_and_its_first_as_a_beginning() -> None:
    assert typed_until("2027-03-01", "x").startswith("2027-03-01T23:59:59")
    assert typed_instant("2027-03-01", "x").startswith("2027-03-01T00:00:00")
    assert typed_until("2027-03-01T10:00:00Z", "x") == "2027-03-01T10:00:00Z"
    with pytest.raises(InputError):
        typed_until("2027-03-01T10:00:00", "x")


@pytest.mark.parametrize(
    "bad", ["\x1b[31m", "\x00", "\x9b", "\u202e", "\u2066", "\ud800", "\n", "\u2028", "\u200f"]
)
def test_what_a_terminal_would_obey_is_replaced(bad: str) -> None:
    assert clean(f"a{bad}b") == "a" + bad.replace(bad[0], "\ufffd", 1) + "b"
