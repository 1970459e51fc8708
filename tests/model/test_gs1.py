# SPDX-License-Identifier: Apache-2.0
import pytest
from hypothesis import given
from hypothesis import strategies as st

from filiera.errors import InputError
from filiera.model.gs1 import Granularity, brings_forth, canonical_uri, gln_uri, levels, product_id
from filiera.model.gs1_keys import check_digit

GTIN = "09521234000013"
MODEL = f"https://id.gs1.org/01/{GTIN}"
BATCH = f"{MODEL}/10/L-1"
ITEM = f"{MODEL}/21/S-1"

cset82 = st.characters(codec="ascii", categories=["L", "N"]) | st.sampled_from("!\"%&'()*+,-./:;")
gtins = st.text("0123456789", min_size=13, max_size=13).map(lambda d: d + check_digit(d))
texts = st.text(cset82, min_size=1, max_size=20)


@pytest.mark.parametrize(
    ("text", "uri", "granularity"),
    [
        (GTIN, MODEL, "model"),
        ("9521234000013", MODEL, "model"),
        ("614141123452", "https://id.gs1.org/01/00614141123452", "model"),
        ("40170725", "https://id.gs1.org/01/00000040170725", "model"),
        ("9521234000013/L-1", BATCH, "batch"),
        (f"{GTIN}/10/L-1", BATCH, "batch"),
        (f"{GTIN}/21/S-1", ITEM, "item"),
        (f"{GTIN}/10/L-1/21/S-1", f"{BATCH}/21/S-1", "item"),
        (f"{GTIN}/A%2FB", f"{MODEL}/10/A%2FB", "batch"),
        (f"{GTIN}/21", f"{MODEL}/10/21", "batch"),
        (f"(01){GTIN}(10)L-1", BATCH, "batch"),
        (f"(21)S-1(01){GTIN}(17)270101", ITEM, "item"),
        (f"https://brand.example/eu/01/{GTIN}/10/%4C-1?17=270101", BATCH, "batch"),
        (f"http://ID.GS1.ORG/01/{GTIN}", MODEL, "model"),
        (f"{MODEL}/22/2A/10/L-1", f"{MODEL}/22/2A/10/L-1", "batch"),
        (f"{MODEL}/235/UI-9", f"{MODEL}/235/UI-9", "item"),
        ("https://id.gs1.org/8003/04012345000771", None, "model"),
        ("https://id.gs1.org/8003/04012345000771A", None, "item"),
        ("https://id.gs1.org/00/952012345678912345", None, "item"),
        ("urn:epc:id:gdti:0614141.00001.1618034", None, "item"),
        ("https://example.com/lots/7", None, None),
        ("did:web:maker.example:product:1", None, None),
    ],
)
def test_each_spelling_reads_as_one_canonical_identifier(text, uri, granularity):
    product = product_id(text)
    assert product.uri == (uri or text)
    assert product.granularity == granularity


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("09521234000014", "gs1-check-digit"),
        ("09521234000014/L-1", "gs1-check-digit"),
        (f"urn:x:{GTIN} ", "gs1-malformed"),
        ("095212340000133", "gs1-malformed"),
        ("", "gs1-malformed"),
        ("jacket", "gs1-malformed"),
        (f"{GTIN}/", "gs1-malformed"),
        (f"{GTIN}/L/S", "gs1-malformed"),
        (f"{GTIN}/10/L/21", "gs1-malformed"),
        (f"{GTIN}/21/S/10/L", "gs1-malformed"),
        (f"(01){GTIN}(10)", "gs1-malformed"),
        (f"(01){GTIN}(01){GTIN}", "gs1-malformed"),
        ("(10)L-1", "gs1-malformed"),
        ("\N{ARABIC-INDIC DIGIT ONE}" * 13, "gs1-malformed"),
        ("https://example.com/with space", "gs1-malformed"),
        ("https://example.com/01/9521234000013", "gs1-malformed"),
    ],
)
def test_what_names_no_product_is_refused_with_its_place(text, code):
    with pytest.raises(InputError) as refusal:
        product_id(text, where="about")
    assert (refusal.value.code, refusal.value.where) == (code, "about")


@given(gtins, texts, texts)
def test_a_canonical_identifier_is_its_own_canonical_identifier(gtin, lot, serial):
    item = product_id(f"https://h.example/01/{gtin}/10/{quoted(lot)}/21/{quoted(serial)}")
    assert product_id(item.uri) == item
    assert (item.gtin, item.lot, item.serial) == (gtin, lot, serial)


@given(gtins, texts, texts)
def test_an_item_is_the_same_with_and_without_its_lot_but_only_one_says_its_batch(
    gtin, lot, serial
):
    of_lot = product_id(f"{gtin}/10/{quoted(lot)}/21/{quoted(serial)}")
    bare = product_id(f"{gtin}/21/{quoted(serial)}")
    assert of_lot.identity == bare.identity == bare.uri
    assert [level.granularity for level in levels(of_lot)] == [
        Granularity.ITEM,
        Granularity.BATCH,
        Granularity.MODEL,
    ]
    assert [level.granularity for level in levels(bare)] == [Granularity.ITEM, Granularity.MODEL]


def test_a_step_that_makes_a_batch_makes_its_items_but_not_every_item_of_the_model():
    item = f"{BATCH}/21/S-1"
    assert brings_forth(item, ITEM)
    assert brings_forth(BATCH, item)
    assert brings_forth(item, BATCH)
    assert not brings_forth(BATCH, ITEM)
    assert not brings_forth(MODEL, item)
    assert not brings_forth(item, MODEL)
    assert not brings_forth(f"{MODEL}/10/L-2", item)


def test_what_is_not_gs1_has_no_other_level():
    assert levels(product_id("https://example.com/lots/7")) == (
        product_id("https://example.com/lots/7"),
    )


def test_a_label_shows_the_numbers_alone():
    assert product_id(f"{GTIN}/L-1").label == f"{GTIN} lot L-1"
    assert product_id(f"{GTIN}/21/S-1").label == f"{GTIN} serial S-1"
    assert product_id("https://id.gs1.org/00/952012345678912345").label == "(00)952012345678912345"


def test_a_place_has_one_spelling_and_its_gln_leaves_the_dock_out():
    dock = "urn:epc:id:sgln:0614141.07346.1234"
    assert canonical_uri(dock) == "https://id.gs1.org/414/0614141073467/254/1234"
    assert gln_uri(dock) == "https://id.gs1.org/414/0614141073467"
    assert canonical_uri("geo:42.69,23.32") == "geo:42.69,23.32"
    assert gln_uri("geo:42.69,23.32") is None
    assert gln_uri("urn:epc:id:pgln:4012345.00225") == "https://id.gs1.org/417/4012345002256"


def test_a_pallet_and_a_place_are_no_products():
    assert product_id(ITEM).is_product
    assert product_id("https://example.com/lots/7").is_product
    assert not product_id("urn:epc:id:sscc:0614141.1234567890").is_product
    assert not product_id("https://id.gs1.org/414/9521234000020").is_product


def quoted(text: str) -> str:
    return "".join(c if c.isalnum() else f"%{ord(c):02X}" for c in text)
