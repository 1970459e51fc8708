# SPDX-License-Identifier: Apache-2.0
"""Where a product's page stands."""

from __future__ import annotations

import pytest

from filiera.errors import SetupError
from filiera.model.addresses import page_path, page_url, site_base
from filiera.model.gs1 import product_id


def test_a_product_with_a_gtin_has_its_page_at_its_digital_link():
    assert page_path(product_id("9521234000112/A b".replace(" ", "%2F"))) == (
        "/01/09521234000112/10/A%2Fb"
    )


def test_any_other_product_has_its_page_by_its_id():
    other = product_id("urn:uuid:7c9d5a0e-1c1b-4f0e-9a57-3f8f3f3b0001")
    assert page_url("https://x.example", other).startswith("https://x.example/passport?id=urn%3A")


@pytest.mark.parametrize(
    ("typed", "base"),
    [
        ("https://passports.example/", "https://passports.example"),
        (" http://192.168.1.20:8952 ", "http://192.168.1.20:8952"),
        ("http://[2001:db8::1]:80", "http://[2001:db8::1]:80"),
        ("https://brand.example/it/dpp/", "https://brand.example/it/dpp"),
    ],
)
def test_the_address_of_a_site_has_one_spelling(typed, base):
    assert site_base(typed, where="--base") == base


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "passports.example",
        "ftp://passports.example",
        "https://",
        "https://x.example?a=b",
        "https://x.example/#a",
        "https://user@x.example",
        "https://x.example:99999",
        "https://x.example/a b",
        "https://[x",
        "https://" + "x" * 200,
    ],
)
def test_what_is_no_address_of_a_site_is_refused(typed):
    with pytest.raises(SetupError) as refusal:
        site_base(typed, where="--base")
    assert (refusal.value.code, refusal.value.where) == ("setting-invalid", "--base")
