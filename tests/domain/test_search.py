# SPDX-License-Identifier: Apache-2.0
"""The search field takes what people have at hand, and says what it expected."""

from __future__ import annotations

import pytest

from filiera.domain.search import EXPECTED, RecordName, find_meant
from filiera.errors import InputError
from filiera.model.ids import b64url, ni_uri
from tests.support.compressing import compressed

GTIN = "https://id.gs1.org/01/09521234000112"
DIGEST = bytes(range(32))
LOT = ("10", "Y-88")
SHORT, SHORT_LOT = compressed([("01", "09521234000112"), LOT]), compressed([LOT])


@pytest.mark.parametrize(
    ("typed", "uri"),
    [
        ("09521234000112", GTIN),
        ("9521234000112", GTIN),
        ("  9 521234 000112 ", GTIN),
        ("9-521234-000112", GTIN),
        ("9\N{NO-BREAK SPACE}521234\N{EN DASH}000112", GTIN),
        ("\N{FULLWIDTH DIGIT NINE}521234000112", GTIN),
        ("\N{ZERO WIDTH SPACE}9521234000112", GTIN),
        ("96385074", "https://id.gs1.org/01/00000096385074"),
        ("614141123452", "https://id.gs1.org/01/00614141123452"),
        ("9521234000112/Y-88", f"{GTIN}/10/Y-88"),
        ("9 521234 000112 / Y-88", f"{GTIN}/10/Y-88"),
        ("9521234000112/10/Y-88/21/7", f"{GTIN}/10/Y-88/21/7"),
        ("(01)09521234000112(10)Y-88", f"{GTIN}/10/Y-88"),
        ("https://brand.example/it/01/09521234000112/10/Y-88?17=261231", f"{GTIN}/10/Y-88"),
        ("brand.example/01/09521234000112/10/Y-88", f"{GTIN}/10/Y-88"),
        ("127.0.0.1:8952/01/09521234000112", GTIN),
        ("localhost:8952/01/09521234000112", GTIN),
        ("/01/09521234000112/10/Y-88", f"{GTIN}/10/Y-88"),
        (f"https://brand.example/{SHORT}", f"{GTIN}/10/Y-88"),
        (f"HTTPS://BRAND.EXAMPLE/{SHORT}?lang=it#top", f"{GTIN}/10/Y-88"),
        (f"127.0.0.1:8952/{SHORT}/", f"{GTIN}/10/Y-88"),
        (f"https://id.gs1.org/01/09521234000112/{SHORT_LOT}", f"{GTIN}/10/Y-88"),
        ("01/09521234000112", GTIN),
        ("414/9521234000020", "https://id.gs1.org/414/9521234000020"),
        ("urn:epc:class:lgtin:9521234.000011.Y-88", f"{GTIN}/10/Y-88"),
        ("urn:epc:id:sgtin:9521234.000011.7", f"{GTIN}/21/7"),
        ("https://maker.example/products/blue-coat", "https://maker.example/products/blue-coat"),
    ],
)
def test_a_product_is_found_however_it_is_written(typed, uri):
    assert find_meant(typed).uri == uri


@pytest.mark.parametrize(
    "typed",
    [
        ni_uri(DIGEST),
        DIGEST.hex(),
        DIGEST.hex().upper(),
        "0x" + DIGEST.hex(),
        b64url(DIGEST),
        f" {b64url(DIGEST)}\n",
        f"http://127.0.0.1:8952/v1/records/{b64url(DIGEST)}",
    ],
)
def test_a_record_is_found_by_each_spelling_of_its_id(typed):
    assert find_meant(typed) == RecordName(DIGEST)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "search-unclear"),
        ("   ", "search-unclear"),
        ("green cardigan", "search-unclear"),
        ("../../etc/passwd", "search-unclear"),
        ("<script>alert(1)</script>", "search-unclear"),
        ("x" * 3000, "search-unclear"),
        ("12345", "gs1-malformed"),
        ("9521234000113", "gs1-check-digit"),
        ("https://brand.example/01/09521234000113", "gs1-check-digit"),
        ("9521234000112/30/4", "gs1-malformed"),
        ("ni:///sha-256;short", "ni-malformed"),
        # 43 characters, but the last one has bits that no digest has
        ("A" * 42 + "B", "base64url-malformed"),
    ],
)
def test_what_cannot_be_meant_is_refused(typed, code):
    with pytest.raises(InputError) as refusal:
        find_meant(typed)
    assert refusal.value.code == code


def test_the_refusal_says_what_was_expected():
    with pytest.raises(InputError) as refusal:
        find_meant("green cardigan")
    assert refusal.value.hint == EXPECTED
    with pytest.raises(InputError) as refusal:
        find_meant("12345")
    assert "8, 12, 13 or 14 digits" in refusal.value.message


@pytest.mark.parametrize(
    "address",
    [
        "https://brand.example/AbC123xyz",
        f"https://brand.example/{compressed([('01', '09521234000113')])}",
        f"https://brand.example/{compressed([('8004', '4711')])}",
        f"https://brand.example/{SHORT}/more",
    ],
)
def test_an_address_that_is_no_right_compressed_link_stays_what_it_is(address):
    assert find_meant(address).uri == address
