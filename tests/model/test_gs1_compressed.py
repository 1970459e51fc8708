# SPDX-License-Identifier: Apache-2.0
"""Compressed Digital Links are read as the standard has them written, and never guessed at."""

from __future__ import annotations

import re
import string
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filiera.errors import InputError
from filiera.model.gs1_compressed import (
    MAX_COMPRESSED,
    Decompressed,
    decompress,
    parts_of,
    uncompressed,
)
from filiera.model.gs1_link import parse_digital_link
from tests.standards import standard
from tests.support.compressing import (
    BASE64URL,
    CODES,
    FORMATS,
    base64url,
    bits,
    compressed,
    hexadecimal,
)

GTIN = ("01", "05412345000013")
CSET82 = string.ascii_letters + string.digits + "!\"%&'()*+,-./:;<=>?_"

# Published examples, each with the link that its publisher says it stands for: of the page of
# PyPI's gs1-compression 0.1.3 (the first), of its tests (the second), and of the tests of
# Solidsoft.Reply.Gs1DigitalLinkLib (the others). Both are Apache-2.0, and follow GS1's prototype.
PUBLISHED = [
    ("ARHKVAdpQg", "/01/09780345418913", ""),
    (
        "AQnYUc1gmiERBhQ0ytiyZuAGOLc1TXgpNWCv1",
        "/01/05412345000013/10/ABC%26%2B123",
        "7003=1903061658&k1=v1",
    ),
    ("AQnYUc1gmg", "/01/05412345000013", ""),
    ("AQnYUc1gmiCNV4JG", "/01/05412345000013/10/ABC123", ""),
    ("AQnYUc1gmiCNV4JGQhcNT6K6c", "/01/05412345000013/10/ABC123/21/72292641703", ""),
    (
        "AQnYUc1gmiCNV4JGQhcNT6K6cibQCWN9Pee9tT-PQ",
        "/01/05412345000013/22/AJY3095721P49/10/ABC123/21/72292641703",
        "",
    ),
    ("AQnYUc1gmkax7ipGrOHDPC5YNI8hMz", "/01/05412345000013/235/8TFV883a904GH%263", ""),
    (
        "AQnYUc1gmiCNV4JGLo3Dfg2q72Etrue8K7RPRWwjc0D4",
        "/01/05412345000013/10/ABC123",
        "17=290331&arv=true&donor=bmgf",
    ),
    ("AN2yxDhfaiaw", "/00/998440410914660971", ""),
    ("JTLIetaiHYA", "/253/3060077601309", ""),
    ("JVUqG5hJ5wA", "/255/5678409730535", ""),
    ("QBl2DVoxZM2jVm3ZOWEFoxTR5HDgzZg", "/401/0541234537290A41%26GHpp33", ""),
    ("QCJZyW9mC6Z4", "/402/21173492661712079", ""),
    ("JUa0T-eifdtOO9UFEmlYwv3Q", "/414/5060917510004/254/RP56J920471", ""),
    ("QUSaVjC_dHBAVlCrg", "/414/5060917510004/7040/5KFX", ""),
    ("QXSaVjC_dA", "/417/5060917510004", ""),
    ("gAMJCAXukTMA", "/8003/04965031954585", ""),
    ("gASXYNWjFkzaNWbdk5YQWjFNHkcODNm", "/8004/0541234537290A41%26GHpp33", ""),
    ("gAYMBI_bNGwJk", "/8006/054123450000130201", ""),
    (
        "gBCVYNWjFkzaNWbdk5YQWjFHHkM2cAI0xdvpGo",
        "/8010/0541234537290A41%23GH33/8011/6639047221",
        "",
    ),
    ("gBN05060917511473062B98T", "/8013/5060917511473062B98T", ""),
    ("gBhbV6rzBENPmAGXPRfk", "/8018/411369833821910265/8019/4003812", ""),
    ("01/05412345000013/EEarwSM", "/01/05412345000013/10/ABC123", ""),
    (
        "01/05412345000013/EEarwSMXRuG_BtV3sJbXc94V2ieithG5oHw",
        "/01/05412345000013/10/ABC123",
        "17=290331&arv=true&donor=bmgf",
    ),
    ("01/05412345000013/I1j3FSNWcOGeFywaR5CZm", "/01/05412345000013/235/8TFV883a904GH%263", ""),
    (
        "8004/0541234537290A41%26GHpp33/cEB2Cqi",
        "/8004/0541234537290A41%26GHpp33/7040/7BVR",
        "",
    ),
    ("8010/0541234537290A41%23GH33/gBGmLt9I1", "/8010/0541234537290A41%23GH33/8011/6639047221", ""),
]


@pytest.mark.parametrize(("short", "path", "query"), PUBLISHED)
def test_published_links_are_read_as_their_publishers_say(short, path, query):
    assert uncompressed(f"/{short}", "") == (path, query)


@pytest.mark.parametrize(("code", "ais"), CODES.items())
def test_a_code_stands_for_its_sequence_of_ais(code, ais):
    values = [(ai, "1" * _most(ai)) for ai in ais]
    assert decompress(compressed(values, code=code)).elements == tuple(values)


# Values of every AI that the writer knows, long and short.


def _most(ai: str) -> int:
    return sum(map(int, re.findall("[0-9]+", FORMATS[ai])))


@st.composite
def values(draw: st.DrawFn, ai: str) -> str:
    parts = re.findall(r"([nx])(\.\.)?([0-9]+)", FORMATS[ai])
    text = ""
    for at, (kind, variable, most) in enumerate(parts):
        least = (0 if at else 1) if variable else int(most)
        letters = string.digits if kind == "n" else draw(_LETTERS)
        text += draw(st.text(letters, min_size=least, max_size=int(most)))
    return text


_LETTERS = st.sampled_from([string.digits, "0123456789abcdef", "0123456789ABCDEF", CSET82])
_NAMES = st.text(BASE64URL, min_size=1, max_size=20).filter(lambda name: not name.isdecimal())
_ASCII = st.text(st.characters(max_codepoint=127), max_size=30)


@st.composite
def links(draw: st.DrawFn) -> Decompressed:
    ais = draw(st.lists(st.sampled_from(sorted(FORMATS)), min_size=1, max_size=6, unique=True))
    others = draw(st.dictionaries(_NAMES, _ASCII, max_size=2))
    return Decompressed(tuple((ai, draw(values(ai))) for ai in ais), tuple(others.items()))


@given(links(), st.integers(0, 4))
def test_what_is_compressed_is_read_back_whatever_its_encoding(link, encoding):
    short = compressed(link.elements, link.others, encoding=encoding)
    assert decompress(short) == link


def test_zeros_before_a_number_are_part_of_it():
    link = (GTIN, ("10", "007"), ("30", "010"))
    assert decompress(compressed(link)).elements == link


@pytest.mark.parametrize("count", range(1, 91))
def test_digits_of_every_length_take_as_many_bits_as_the_standard_says(count):
    link = (GTIN, ("91", "9" * count))
    assert decompress(compressed(link)).elements == link


_ENTRY = re.compile(r"(\d{2,4})(?:-(\d{4}))?[\s*?]+((?:\[?[NXYZ][.\d]+\S*\s+)+)")
"""An AI or a range of them, then its parts: `7011 ? N6,yymmdd [N4],hhmi`."""


def test_the_bits_of_an_ai_are_those_of_gs1_s_syntax_dictionary():
    unread = set()
    for line in standard("gs1/gs1-syntax-dictionary.txt").read_text().splitlines():
        if not (entry := _ENTRY.match(line)):
            continue
        first, last, parts = entry.groups()
        for ai in range(int(first), int(last or first) + 1):
            name = f"{ai:0{len(first)}}"
            if parts_of(name):
                assert _layout(name) == _said(parts), line
            else:
                unread.add(name)
    assert unread == {"4330", "4331", "4332", "4333", "7258", "8007", "8043"}


def _layout(ai: str) -> list[tuple[bool, bool, int]]:
    return [(part.numeric, part.fixed, part.most) for part in parts_of(ai)]


def _said(text: str) -> list[tuple[bool, bool, int]]:
    """As the dictionary has them; parts of one kind are one, as long as none is optional.

    What may be left out is one part too: several optional ones have been `N..12` before.
    """
    said: list[tuple[bool, bool, int]] = []
    for optional, kind, variable, most in re.findall(r"(\[?)([NXYZ])(\.\.)?(\d+)", text):
        numeric, fixed, length = kind == "N", not (variable or optional), int(most)
        like = (numeric, fixed if numeric else True)
        together = said and said[-1][:2] == like
        said.append((numeric, fixed, length + (said.pop()[2] if together else 0)))
    return said


# In full


def test_what_follows_a_readable_key_is_uncompressed_behind_it():
    short = compressed([("21", "7/8"), ("10", "A B"), ("17", "261231")], [("k", "&=\n")])
    path, query = uncompressed(f"/dpp/01/09520000000028/{short}/", "linkType=gs1%3Apip")
    assert path == "/01/09520000000028/10/A%20B/21/7%2F8"
    assert query == "linkType=gs1%3Apip&17=261231&k=%26%3D%0A"


def test_what_is_asked_for_comes_before_what_was_compressed():
    short = compressed([GTIN], [("linkType", "gs1:dpp")])
    assert uncompressed(f"/{short}", "linkType=linkset") == (
        "/01/05412345000013",
        "linkType=linkset&linkType=gs1%3Adpp",
    )


@pytest.mark.parametrize(
    "path",
    [
        "/01/05412345000013",
        "/01/05412345000013/10/AQnYUc1gmg",
        "/8004/AQnYUc1gmg",
        "/gtin/05412345000013/AQnYUc1gmiC",
        "/",
        "",
        "/search",
        "/robots",
        "/favicon.ico",
        f"/{compressed([('10', 'ABC123')])}",
        f"/{compressed([GTIN, ('414', '5060917510004')])}",
        f"/01/09520000000028/10/LOT/{compressed([GTIN])}",
        f"/dpp/01/09520000000028/10/LOT/21/7/{compressed([GTIN])}",
        f"/{compressed([], [('k1', 'v1')])}",
    ],
)
def test_a_path_in_full_one_without_a_key_and_one_with_two_stand_for_nothing_else(path):
    assert uncompressed(path, "") is None


@given(links())
def test_what_is_read_in_full_is_a_digital_link_or_says_why_not(link):
    full = uncompressed(f"/{compressed(link.elements, link.others)}", "")
    if full is not None:
        uri = "https://id.gs1.org{}?{}".format(*full)
        assert refusal_of(parse_digital_link, uri) in (None, "gs1-malformed", "gs1-check-digit")


def refusal_of(read: Callable[[str], object], text: str) -> str | None:
    try:
        read(text)
    except InputError as refusal:
        return refusal.code
    return None


# What cannot be read

_GTIN_BITS = bits([GTIN])


@pytest.mark.parametrize(
    ("short", "why"),
    [
        ("", "other characters"),
        ("AQnYUc1gm=", "other characters"),
        ("AQnYUc1gmg\n", "other characters"),
        ("\N{FULLWIDTH LATIN CAPITAL LETTER A}QnYUc1gmg", "other characters"),
        ("A" * (MAX_COMPRESSED + 1), "too long"),
        ("AQnYUc1g", "ends in the middle"),
        (base64url(hexadecimal("05") + "0" * 40), "05.. is no AI"),
        (base64url(hexadecimal("8007") + "0" * 40), "8007 is no AI"),
        (base64url(hexadecimal("318B") + "0" * 40), "318b is no AI"),
        (base64url(hexadecimal("BB") + "0" * 40), "bb is no AI"),
        (base64url(hexadecimal("01") + "1" * 47), "more digits"),
        (base64url(hexadecimal("10") + "101" + "0" * 20), "no encoding 5"),
        (base64url(hexadecimal("10") + "111" + "0" * 20), "no encoding 7"),
        (base64url(hexadecimal("10") + "001" + "10101" + "0" * 84), "longer than its AI"),
        (base64url(_GTIN_BITS + _GTIN_BITS), "01 is given twice"),
        (base64url(_GTIN_BITS + "1"), "left over"),
        (base64url(_GTIN_BITS + "0" * 9), "ends in the middle"),
        (compressed([GTIN], [("21", "7")]), "GS1 name"),
        (compressed([GTIN], [("", "7")]), "GS1 name"),
        (base64url(_GTIN_BITS + bits([], [("k", "7")]) * 2), "k is given twice"),
    ],
)
def test_what_is_no_compressed_link_says_why(short, why):
    with pytest.raises(InputError, match=why) as refusal:
        decompress(short)
    assert refusal.value.code == "gs1-compressed"


@given(links(), st.data())
def test_a_link_that_was_cut_or_altered_is_read_otherwise_or_refused_and_nothing_else(link, data):
    short = compressed(link.elements, link.others)
    cut = short[: data.draw(st.integers(0, len(short)))]
    at = data.draw(st.integers(0, len(short) - 1))
    altered = short[:at] + data.draw(st.sampled_from(BASE64URL)) + short[at + 1 :]
    for hostile in (cut, altered, altered[at:], short + altered):
        _read_or_refused(hostile)


@given(st.text(BASE64URL, max_size=200) | st.text(max_size=50))
def test_any_text_is_read_or_refused(text):
    _read_or_refused(text)


def _read_or_refused(text: str) -> None:
    assert refusal_of(decompress, text) in (None, "gs1-compressed")
    uncompressed(f"/{text}", "")
    uncompressed(f"/01/09520000000028/{text}", "a=b")
