# SPDX-License-Identifier: Apache-2.0
import pytest
from hypothesis import given
from hypothesis import strategies as st

from filiera.errors import InputError
from filiera.model.gs1 import product_id
from filiera.model.gs1_epc import parse_epc_urn
from filiera.model.gs1_keys import check_digit

CSET82 = "!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz"
ESCAPED_IN_URN = '"%&/<>?'


@pytest.mark.parametrize(
    ("urn", "uri"),
    [
        ("urn:epc:id:sgtin:0614141.107346.2017", "01/10614141073464/21/2017"),
        ("urn:epc:class:lgtin:4012345.012345.998877", "01/04012345123456/10/998877"),
        ("urn:epc:idpat:sgtin:4012345.098765.*", "01/04012345987652"),
        ("urn:epc:id:sgtin:614141234561.0.A%2FB", "01/06141412345618/21/A%2FB"),
        ("urn:epc:id:sgln:0614141.07346.1234", "414/0614141073467/254/1234"),
        ("urn:epc:id:sgln:0614141.07346.0", "414/0614141073467"),
        ("urn:epc:id:sgln:061414107346..0", "414/0614141073467"),
        ("urn:epc:id:pgln:4012345.00225", "417/4012345002256"),
        ("urn:epc:id:sscc:0614141.1234567890", "00/106141412345678908"),
        ("urn:epc:id:itip:4012345.012345.01.02.987", "8006/040123451234560102/21/987"),
        ("urn:epc:id:grai:4012345.00077.18765", "8003/0401234500077118765"),
        ("urn:epc:id:giai:4000001.A%2F1", "8004/4000001A%2F1"),
        ("URN:epc:id:sgtin:0614141.107346.2017", "01/10614141073464/21/2017"),
    ],
)
def test_an_epc_urn_reads_as_its_gs1_key(urn, uri):
    link = parse_epc_urn(urn)
    assert link is not None
    assert link.uri == f"https://id.gs1.org/{uri}"


@pytest.mark.parametrize(
    "urn",
    [
        "urn:epc:id:gsrn:95252084.000000001",
        "urn:epc:id:gdti:0614141.00001.1618034",
        "urn:epc:idpat:sgtin:4012345.*.*",
        "urn:epc:idpat:sgtin:4012345.098765.[1-9]",
        "urn:epc:tag:sgtin-96:3.0614141.812345.6789",
        "urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6",
        "https://example.com/x",
    ],
)
def test_other_uris_are_left_as_they_are(urn):
    assert parse_epc_urn(urn) is None
    assert product_id(urn).uri == urn


@pytest.mark.parametrize(
    "urn",
    [
        "urn:epc:id:sgtin:0614141.10734.2017",
        "urn:epc:id:sgtin:06141.10734617.2017",
        "urn:epc:id:sgtin:0614141.107346",
        "urn:epc:id:sgtin:0614141.107346.",
        "urn:epc:id:sgtin:0614141.1x7346.1",
        "urn:epc:id:sgtin:0614141..1",
        "urn:epc:class:lgtin:4012345.012345." + "9" * 21,
        "urn:epc:id:sgln:0614141.07346",
        "urn:epc:id:pgln:0614141.073461",
        "urn:epc:id:sscc:0614141.123456789",
        "urn:epc:id:sgtin:\N{ARABIC-INDIC DIGIT ZERO}614141.107346.2017",
    ],
)
def test_an_ill_formed_epc_urn_of_a_known_scheme_is_refused(urn):
    with pytest.raises(InputError) as refusal:
        parse_epc_urn(urn)
    assert refusal.value.code == "gs1-malformed"


@given(
    digits=st.text("0123456789", min_size=13, max_size=13),
    length=st.integers(6, 12),
    serial=st.text(CSET82, min_size=1, max_size=20),
)
def test_urn_and_digital_link_of_one_item_are_the_same_product(digits, length, serial):
    indicator, prefix, rest = digits[0], digits[1 : 1 + length], digits[1 + length :]
    in_urn = "".join(f"%{ord(c):02X}" if c in ESCAPED_IN_URN else c for c in serial)
    in_link = "".join(c if c.isalnum() else f"%{ord(c):02x}" for c in serial)
    gtin = digits + check_digit(digits)
    for scheme, ai in (("id:sgtin", "21"), ("class:lgtin", "10")):
        urn = product_id(f"urn:epc:{scheme}:{prefix}.{indicator}{rest}.{in_urn}")
        link = product_id(f"https://brand.example/p/01/{gtin}/{ai}/{in_link}?utm=1#top")
        assert urn == link
        assert (link.gtin, link.serial or link.lot) == (gtin, serial)
