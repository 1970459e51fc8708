# SPDX-License-Identifier: Apache-2.0
"""JSON has one reading (docs/proof.md 1; RFC 7493), or none."""

from __future__ import annotations

import json
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filiera.errors import InputError
from filiera.proof import encoding as module
from filiera.proof.encoding import MAX_DEPTH, MAX_INTEGER, dump_json, parse_json, parse_object
from tests.foreign.data import foreign, octets
from tests.standards import standard_files


def refused(what: str) -> list[bytes]:
    """The texts that the vectors of both verifiers call so."""
    groups = {each["what"]: each["texts"] for each in foreign("ijson")["refused"]}
    return [octets(each) for each in groups[what]]


def refusal(data: bytes) -> InputError:
    with pytest.raises(InputError) as caught:
        parse_json(data)
    return caught.value


def code(data: bytes) -> str:
    return refusal(data).code


# What is read


def test_every_kind_of_value_is_read_as_itself() -> None:
    text = '{"a": [null, true, false, -1, 2.50, "è 😂 \\u00e8 \\ud83d\\ude02"], "": {}}'
    assert parse_json(text.encode()) == {
        "a": [None, True, False, -1, Decimal("2.50"), "è 😂 è 😂"],
        "": {},
    }


def test_a_number_with_a_fraction_is_never_a_float() -> None:
    tenth = parse_json(b"0.1")
    assert isinstance(tenth, Decimal)
    assert tenth * 3 == parse_json(b"0.3")


@pytest.mark.parametrize(
    "text", ['"a\\tb"', '"\\u0000"', '"\\/"', " \t\r\n1 ", '"\u2028"', '"\x7f"', '"\ufffd"']
)
def test_what_json_allows_stays_allowed(text: str) -> None:
    assert parse_json(text.encode()) == json.loads(text)


# What is not one JSON value


@pytest.mark.parametrize("data", refused("no JSON"))
def test_what_is_no_json_is_malformed(data: bytes) -> None:
    assert code(data) == "json-malformed"


@pytest.mark.parametrize("data", refused("no UTF-8"))
def test_what_is_not_utf_8_is_malformed(data: bytes) -> None:
    assert code(data) == "json-malformed"


def test_a_malformed_text_is_named_by_line_and_column_and_outer_place() -> None:
    with pytest.raises(InputError) as caught:
        parse_json(b'{\n  "a": oops}', where="payload")
    assert caught.value.where == "payload, line 2, column 8"


def test_an_object_is_asked_for_where_only_an_object_will_do() -> None:
    assert parse_object(b'{"a":1}') == {"a": 1}
    for other in (b"[]", b"1", b"null", b'"{}"'):
        with pytest.raises(InputError, match="not a JSON object"):
            parse_object(other)


# RFC 7493


@pytest.mark.parametrize("data", refused("a name twice"))
def test_a_name_occurs_once_however_it_is_spelled(data: bytes) -> None:
    assert code(data) == "json-not-i-json"


def test_names_that_only_look_alike_are_two() -> None:
    # RFC 7493 says nothing of normalisation: precomposed and decomposed differ.
    assert len(parse_json('{"\u00e8":1,"e\u0300":2,"E":3,"e":4}'.encode())) == 4


def test_the_name_that_occurs_twice_is_told_in_a_form_that_can_be_shown() -> None:
    assert refusal(b'{"weight":1,"weight":2}').where == "weight"
    lone = refusal(b'{"\\ud800":1,"\\ud800":2}')
    assert lone.where == "\\ud800"
    str(lone).encode("utf-8")


def test_a_byte_order_mark_is_refused() -> None:
    assert code(b'\xef\xbb\xbf{"a":1}') == "json-not-i-json"
    assert code(b' \xef\xbb\xbf{"a":1}') == "json-malformed"


@pytest.mark.parametrize("string", refused("no Unicode text"))
def test_lone_surrogates_and_noncharacters_are_refused_wherever_they_stand(string: bytes) -> None:
    for text in (string, b"{%b:1}" % string, b'[{"a":[%b]}]' % string):
        assert code(text) == "json-not-i-json"


def test_every_noncharacter_of_unicode_is_refused_and_its_neighbours_are_not() -> None:
    noncharacters = {*range(0xFDD0, 0xFDF0)} | {
        plane << 16 | low for plane in range(17) for low in (0xFFFE, 0xFFFF)
    }
    assert len(noncharacters) == 66
    for point in noncharacters:
        assert code(json.dumps(chr(point)).encode()) == "json-not-i-json"
        assert code(f'"{chr(point)}"'.encode()) == "json-not-i-json"
    for point in (0xFDCF, 0xFDF0, 0xFFFD, 0x10000, 0x10FFFD, 0xD7FF, 0xE000):
        assert parse_json(f'"{chr(point)}"'.encode()) == chr(point)
        assert parse_json(json.dumps(chr(point)).encode()) == chr(point)


@pytest.mark.parametrize("constant", refused("no number"))
def test_what_is_no_number_of_json_is_refused(constant: bytes) -> None:
    assert code(constant) == "json-not-i-json"


# Numbers


@pytest.mark.parametrize("integer", [MAX_INTEGER, -MAX_INTEGER, 0, 2**53 - 2])
def test_integers_up_to_2_53_less_1_are_read(integer: int) -> None:
    assert parse_json(str(integer).encode()) == integer


@pytest.mark.parametrize("text", [str(2**53), str(-(2**53)), "9" * 17, "9" * 5000, "-" + "1" * 17])
def test_an_integer_past_them_is_refused(text: str) -> None:
    assert code(text.encode()) == "json-not-i-json"


@pytest.mark.parametrize(
    "text",
    [
        "1.5",
        "0.123456789012345",
        "123456789012345.0",
        "0.000000000000001",
        "1e3",
        "1E+3",
        "9e15",
        "1e-30",
        "0.0",
        "0e0",
        "-0.0",
        "1.50000000000000000000000",
    ],
)
def test_fifteen_significant_digits_are_read_as_written(text: str) -> None:
    assert parse_json(text.encode()) == Decimal(text)


@pytest.mark.parametrize("data", refused("digits that a reader might round"))
def test_a_number_that_a_reader_might_round_is_refused(data: bytes) -> None:
    assert code(data) == "number-malformed"


def test_minus_zero_is_zero() -> None:
    assert parse_json(b"-0") == 0
    assert dump_json(parse_json(b"-0")) == b"0"


# Depth and size


@pytest.fixture
def deep_stack() -> Any:
    """Python's recursion limit as py_ecc, which web3 brings, sets it for a whole process."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(100_000)
    yield
    sys.setrecursionlimit(before)


def nested(levels: int, opening: str = "[", closing: str = "]") -> bytes:
    return (opening * levels + "1" + closing * levels).encode()


@pytest.mark.parametrize(
    ("opening", "closing", "levels"), [("[", "]", 64), ('{"a":', "}", 64), ('[{"[":', "}]", 32)]
)
def test_64_levels_are_read_and_65_are_not(opening: str, closing: str, levels: int) -> None:
    assert MAX_DEPTH == 64
    parse_json(nested(levels, opening, closing))
    assert code(b"[" + nested(levels, opening, closing) + b"]") == "json-too-deep"


@pytest.mark.usefixtures("deep_stack")
@pytest.mark.parametrize(
    "data", [nested(100_000), nested(100_000, '{"a":', "}"), b"[" * 1_000_000, b'{"a":[' * 100_000]
)
def test_very_deep_text_is_refused_even_where_the_stack_would_overflow(data: bytes) -> None:
    assert code(data) == "json-too-deep"


def test_brackets_in_strings_do_not_count() -> None:
    strings = ["[" * 500, "\\" * 3 + "[{" * 99, '"[[', "]]", ""]
    assert parse_json(json.dumps(strings * 40).encode()) == strings * 40


@pytest.mark.parametrize("at_once", [1, 2, 3, 1 << 20])
def test_brackets_in_a_string_do_not_nest_wherever_it_is_cut(
    monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    monkeypatch.setattr(module, "_AT_ONCE", at_once)
    shallow = b'["' + b"[" * 99 + b'","","' + b"{" * 99 + b'"]'
    assert parse_json(shallow) == ["[" * 99, "", "{" * 99]
    assert code(b'["",' * 65 + b"1" + b"]" * 65) == "json-too-deep"


def test_many_shallow_values_are_not_deep() -> None:
    data = b"[" + b"[{}]," * 5_000 + b"[]]"
    assert len(parse_json(data)) == 5_001


@pytest.mark.parametrize(
    "data",
    [
        b'["' + b'\\"' * 500_000,
        b"[" * 65 + b'"",' * 300_000,
        b'["' + b"\\" * 1_000_000,
        b"9" * 1_000_000,
        b"1." + b"9" * 1_000_000,
        b"[" + b"-" * 1_000_000,
        b"{" + b'"a":1,' * 150_000 + b'"b":1}',
    ],
    ids=["escaped quotes", "empty strings", "backslashes", "digits", "fraction", "minus", "names"],
)
def test_a_hostile_megabyte_is_refused_in_linear_time(data: bytes) -> None:
    # Were any step quadratic, this would take minutes.
    assert code(data) in {"json-malformed", "json-too-deep", "json-not-i-json", "number-malformed"}


# Writing


def test_writing_is_compact_and_keeps_names_in_order_and_digits_as_they_are() -> None:
    value = {"b": [1, True, None, Decimal("2.50"), Decimal("1E+3")], "a": "è\u2028\n"}
    assert dump_json(value) == '{"b":[1,true,null,2.50,1000],"a":"è\u2028\\n"}'.encode()


def test_a_float_is_never_written() -> None:
    for value in (0.1, [1.0], {"a": {"b": float("nan")}}):
        with pytest.raises(TypeError, match="never floats"):
            dump_json(value)


def test_what_is_no_text_or_number_of_json_is_never_written() -> None:
    for value in ("\ud800", {"\udfff": 1}):
        with pytest.raises(InputError) as caught:
            dump_json(value)
        assert caught.value.code == "json-not-i-json"
    for number in ("NaN", "Infinity", "-Infinity"):
        with pytest.raises(ValueError, match="no number of JSON"):
            dump_json(Decimal(number))
    with pytest.raises(TypeError, match="names are strings"):
        dump_json({1: "a"})


_TEXT = st.text(
    st.characters(exclude_categories=["Cs"]).filter(
        lambda c: ord(c) & 0xFFFE != 0xFFFE and not 0xFDD0 <= ord(c) <= 0xFDEF
    ),
    max_size=8,
)
_DECIMALS = st.builds(
    lambda digits, places: Decimal(digits).scaleb(-places),
    st.integers(-(10**15) + 1, 10**15 - 1),
    st.integers(1, 15),
)
_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-MAX_INTEGER, MAX_INTEGER) | _DECIMALS | _TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_TEXT, inner, max_size=4),
    max_leaves=20,
)


@given(_VALUES)
def test_what_is_written_is_read_back_equal(value: Any) -> None:
    data = dump_json(value)
    assert parse_json(data) == value
    assert dump_json(parse_json(data)) == data


@given(st.from_regex(r"\A-?(0|[1-9][0-9]{0,17})(\.[0-9]{1,20})?([eE][+-]?[0-9]{1,3})?\Z"))
def test_every_number_that_is_read_can_be_written_and_read_again(text: str) -> None:
    try:
        value = parse_json(text.encode())
    except InputError as error:
        assert error.code in {"number-malformed", "json-not-i-json"}  # noqa: PT017
    else:
        assert value == Decimal(text)
        assert parse_json(dump_json(value)) == value


@given(st.binary(max_size=60) | st.text('[]{}",:\\u0d8fe123.-+ \ntrufalsn', max_size=60))
def test_any_text_is_read_as_python_reads_it_or_refused_with_a_code(data: bytes | str) -> None:
    data = data if isinstance(data, bytes) else data.encode()
    try:
        value = parse_json(data)
    except InputError:
        return
    assert value == json.loads(data, parse_float=Decimal)


# Foreign vectors


@pytest.mark.parametrize("file", standard_files("jcs/input/*.json"))
def test_the_inputs_of_rfc_8785_are_read_where_they_are_i_json_of_few_digits(file: Path) -> None:
    if file.name == "values.json":  # has a number of 17 digits, which JCS rounds
        assert code(file.read_bytes()) == "number-malformed"
        return
    value = parse_json(file.read_bytes())
    assert value == json.loads(file.read_bytes())
    canonical = file.parents[1] / "output" / file.name
    assert value == parse_json(canonical.read_bytes())
