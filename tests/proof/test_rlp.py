# SPDX-License-Identifier: Apache-2.0
"""RLP has one encoding of each item, and only that one is read."""

from contextlib import suppress
from typing import Any

import pytest
import rlp as reference
from hypothesis import given
from hypothesis import strategies as st

from filiera.errors import InputError
from filiera.proof.rlp import MAX_DEPTH, Item, decode, encode, from_int, to_int
from tests.foreign.data import foreign

ITEMS = st.recursive(
    st.binary(max_size=70), lambda items: st.lists(items, max_size=6), max_leaves=30
)


def read(data: bytes) -> "Item | None":
    """The item, None when the data are refused."""
    with suppress(InputError):
        return decode(data)
    return None


@pytest.mark.parametrize("vector", foreign("rlp")["read"], ids=lambda each: each["name"])
def test_ethereum_s_own_vectors_are_read_and_written(vector: dict[str, Any]) -> None:
    item, data = in_bytes(vector["item"]), bytes.fromhex(vector["rlp"])
    assert (decode(data), encode(item)) == (item, data)


def in_bytes(item: Any) -> Item:
    """An item whose strings are written in hexadecimal."""
    return bytes.fromhex(item) if isinstance(item, str) else [in_bytes(each) for each in item]


@given(ITEMS)
def test_what_is_written_is_read_back_and_others_write_the_same(item: Item) -> None:
    encoded = encode(item)
    assert decode(encoded) == item
    assert encoded == reference.encode(item)


@given(st.binary(max_size=80))
def test_what_is_read_is_written_back_byte_for_byte(data: bytes) -> None:
    item = read(data)
    assert item is None or encode(item) == data


@given(ITEMS, st.data())
def test_a_changed_byte_is_refused_or_says_something_else(item: Item, data: st.DataObject) -> None:
    encoded = bytearray(encode(item))
    at = data.draw(st.integers(0, len(encoded) - 1))
    encoded[at] ^= data.draw(st.integers(1, 255))
    assert read(bytes(encoded)) != item


@pytest.mark.parametrize("data", foreign("rlp")["refused"])
def test_another_spelling_is_refused(data: str) -> None:
    with pytest.raises(InputError) as refused:
        decode(bytes.fromhex(data))
    assert refused.value.code == "rlp-malformed"


def test_depth_is_bounded() -> None:
    nested: Item = b""
    for _ in range(MAX_DEPTH + 1):
        nested = [nested]
    with pytest.raises(InputError):
        decode(encode(nested))


def test_lists_without_end_end_no_process() -> None:
    size = 4 * 100_000
    deep = b"".join(b"\xfa" + (at - 4).to_bytes(3, "big") for at in range(size, 4, -4))
    with pytest.raises(InputError) as refused:
        decode(deep)
    assert refused.value.code == "rlp-malformed"


@pytest.mark.parametrize("number", [0, 1, 127, 128, 255, 256, 2**64 - 1, 2**256 - 1])
def test_a_scalar_has_no_leading_zeros(number: int) -> None:
    assert to_int(from_int(number)) == number
    assert from_int(number)[:1] != b"\0"


@pytest.mark.parametrize("item", [b"\0", b"\0\1", bytes(33), b"\1" * 33, [b"\1"]])
def test_what_is_no_scalar_is_refused(item: Item) -> None:
    with pytest.raises(InputError) as refused:
        to_int(item)
    assert refused.value.code == "rlp-malformed"
