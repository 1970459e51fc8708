# SPDX-License-Identifier: Apache-2.0
import pytest
from biip.gs1_application_identifiers import GS1ApplicationIdentifier

from filiera.errors import InputError
from filiera.model.gs1_attributes import NOT_ATTRIBUTES
from filiera.model.gs1_keys import KEYS, check_digit, check_pair
from filiera.model.gs1_link import DigitalLink, find_digital_link, parse_digital_link
from tests.standards import standard, standard_json

VECTORS = "gs1/digital-link-uri-vectors.json"


def element_string(link: DigitalLink) -> str:
    """GS1's unbracketed form: FNC1 (`^`) first, and after each AI without a fixed length."""
    pairs = ((link.key, link.value), *link.qualifiers, *link.attributes)
    text, open_ended = "", True
    for ai, value in pairs:
        text += f"{'^' if open_ended else ''}{ai}{value}"
        open_ended = GS1ApplicationIdentifier.extract(ai).separator_required
    return text


def test_every_valid_vector_of_gs1_reads_as_the_elements_it_says():
    valid = [v for v in standard_json(VECTORS)["parse"] if v["valid"]]
    assert len(valid) == 29
    for vector in valid:
        assert element_string(parse_digital_link(vector["uri"])) == vector["elementString"]


def test_every_invalid_vector_of_gs1_is_refused():
    invalid = [v for v in standard_json(VECTORS)["parse"] if not v["valid"]]
    assert len(invalid) == 21
    for vector in invalid:
        with pytest.raises(InputError) as refusal:
            parse_digital_link(vector["uri"])
        assert refusal.value.code in ("gs1-malformed", "gs1-check-digit"), vector


@pytest.mark.parametrize(
    ("link", "uri"),
    [
        (DigitalLink("01", "12312312312326", (("21", "abc123"),)), "01/12312312312326/21/abc123"),
        (
            DigitalLink("01", "12312312312333", (("10", "ABC+123"),)),
            "01/12312312312333/10/ABC%2B123",
        ),
        (
            DigitalLink("01", "12312312312326", (("22", "A/B"), ("10", "DEF"), ("21", "G%I"))),
            "01/12312312312326/22/A%2FB/10/DEF/21/G%25I",
        ),
    ],
)
def test_a_link_is_written_on_id_gs1_org_with_reserved_characters_escaped(link, uri):
    assert link.uri == f"https://id.gs1.org/{uri}"
    assert parse_digital_link(link.uri) == link


def test_our_keys_are_those_of_the_syntax_dictionary_with_their_qualifiers():
    entries = {}
    excluded = set()
    for line in standard("gs1/gs1-syntax-dictionary.txt").read_text("utf-8").splitlines():
        entry = line.split("#")[0].split()
        if not entry or not entry[0].isdigit():
            continue
        if "?" not in entry[1]:
            excluded.add(entry[0])
        for word in entry[1:]:
            if word == "dlpkey" or word.startswith("dlpkey="):
                sequences = word.partition("=")[2].split("|")
                entries[entry[0]] = tuple(tuple(s.split(",")) for s in sequences if s)
    assert {ai: key.qualifiers for ai, key in KEYS.items()} == entries
    assert excluded == NOT_ATTRIBUTES


@pytest.mark.parametrize(
    ("digits", "check"), [("629104150021", "3"), ("0952123400001", "3"), ("950600013430", "7")]
)
def test_check_digits_are_those_of_the_general_specifications(digits, check):
    assert check_digit(digits) == check


def test_a_model_number_has_a_pair_of_check_characters():
    assert check_pair("1987654Ad4X4bL5ttr2310c") == "2K"
    link = parse_digital_link("https://id.gs1.org/8013/1987654Ad4X4bL5ttr2310c2K")
    assert link.key == "8013"
    with pytest.raises(InputError) as refusal:
        parse_digital_link("https://id.gs1.org/8013/1987654Ad4X4bL5ttr2310c2J")
    assert refusal.value.code == "gs1-check-digit"


@pytest.mark.parametrize(
    "uri",
    [
        "https://id.gs1.org/01/09521234000014",
        "https://id.gs1.org/414/9521234000021",
        "https://id.gs1.org/00/952012345678912346",
        "https://id.gs1.org/253/9521234000021ABC",
        "https://id.gs1.org/8003/04012345000772ABC",
        "https://example.com/01/09521234000013?02=09521234000014",
    ],
)
def test_a_wrong_check_digit_is_told_apart_from_a_wrong_form(uri):
    with pytest.raises(InputError) as refusal:
        parse_digital_link(uri)
    assert refusal.value.code == "gs1-check-digit"
    assert "must be" in refusal.value.message


@pytest.mark.parametrize(
    "uri",
    [
        "https://id.gs1.org/01/0952123400001\N{ARABIC-INDIC DIGIT THREE}",
        "https://id.gs1.org/01/%D9%A09521234000013",
        "https://id.gs1.org/01/09521234000013/10/" + "A" * 21,
        "https://id.gs1.org/01/09521234000013/10/",
        "https://id.gs1.org/01/09521234000013/10/A%2",
        "https://id.gs1.org/01/09521234000013/10/A%0A",
        "https://id.gs1.org/01/09521234000013/10/A~B",
        "https://id.gs1.org/01/09521234000013/21/S/10/L",
        "https://id.gs1.org/01/09521234000013/10/L/10/L",
        "https://id.gs1.org/417/9521234000006/254/A",
        "https://user@id.gs1.org/01/09521234000013",
        "https://id.gs1.org/01/09521234000013?21=A",
        "https://id.gs1.org/01/09521234000013?10=A+B",
        "https://id.gs1.org/01/09521234000013?17=181340",
        "https://id.gs1.org/01/09521234000013\n",
        "https://id.gs1.org/AQnYUc1gmiCNV4JGLg",
        "https://id.gs1.org/01/09521234000013#" + "x" * 2048,
        "ftp://id.gs1.org/01/09521234000013",
    ],
)
def test_what_breaks_the_syntax_is_refused(uri):
    with pytest.raises(InputError) as refusal:
        parse_digital_link(uri)
    assert refusal.value.code == "gs1-malformed"


@pytest.mark.parametrize(
    "uri",
    [
        "https://example.com/articles/401/hello",
        "https://example.com/01/2024/report",
        "https://example.com/8004/9520614141234567",
        "did:web:example.com:01:09521234000013",
        "https://example.com",
    ],
)
def test_other_web_addresses_are_not_mistaken_for_links(uri):
    assert find_digital_link(uri) is None


@pytest.mark.parametrize(
    "uri",
    [
        "https://shop.example/it/01/2112345678900",
        "HtTpS://shop.example/01/09521234000013",
        "https://shop.example/01//09521234000013",
        "https://ID.GS1.org/about",
    ],
)
def test_what_is_meant_as_a_link_must_be_right(uri):
    with pytest.raises(InputError) as refusal:
        find_digital_link(uri)
    assert refusal.value.code == "gs1-malformed"
