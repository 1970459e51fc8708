# SPDX-License-Identifier: Apache-2.0
"""What mutators are, and what they are made with.

A mutator takes chance and a good bundle and gives other bytes. A `Bend` is one that changes
the bundle's JSON, which is then written in the one spelling that a bundle has.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

from filiera.model.ids import b64url, unb64url
from filiera.proof.rlp import Item, decode, encode
from tests.mutation.goods import Good

Value = dict[str, Any]
Mutator = Callable[[Random, Good], bytes]
Bend = Callable[[Random, Value, Good], object]
Path = tuple[str | int, ...]


def written(value: Any) -> bytes:
    """JSON as a bundle spells it."""
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode("utf-8", "replace")


def by_value(bend: Bend) -> Mutator:
    """The mutator that a bend makes."""

    def mutator(chance: Random, good: Good) -> bytes:
        value = good.value
        bend(chance, value, good)
        return written(value)

    return mutator


def flipped(chance: Random, data: bytes) -> bytes:
    """The bytes with one bit the other way."""
    changed = bytearray(data)
    changed[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def flipped_text(chance: Random, text: str) -> str:
    """Base64url with one bit of what it says the other way."""
    return b64url(flipped(chance, unb64url(text)))


def places(value: Any, path: Path = ()) -> Iterator[Path]:
    """The paths of everything in a JSON value but the whole."""
    members = value.items() if isinstance(value, dict) else enumerate(value)
    for name, each in members:
        yield (*path, name)
        if isinstance(each, dict | list):
            yield from places(each, (*path, name))


def a_place(chance: Random, value: Value) -> Path:
    """The path of some field: as often of each part of a bundle, however many it has."""
    name = chance.choice(list(value))
    if not isinstance(value[name], list | dict):
        return (name,)
    return chance.choice([(name,), *places(value[name], (name,))])


def holder(value: Any, path: Path) -> Any:
    """The object or list that holds what is at the path."""
    for name in path[:-1]:
        value = value[name]
    return value


def a_field_of_rlp(item: list[Item], chance: Random) -> None:
    """One byte string somewhere in a list of RLP is changed."""
    at = chance.randrange(len(item))
    found = item[at]
    if isinstance(found, list):
        if found:
            a_field_of_rlp(found, chance)
        else:
            item[at] = b"\1"
    else:
        item[at] = changed_bytes(chance, found)


def changed_bytes(chance: Random, data: bytes) -> bytes:
    """Other bytes: a bit flipped, one more, one less, zeros, or none."""
    made = [data + b"\0", b"\0" + data, data[:-1], data[1:], bytes(len(data)), b"", b"\1"]
    others = [each for each in made if each != data]
    return flipped(chance, data) if data and chance.random() < 0.5 else chance.choice(others)


def in_header(text: str, change: Callable[[list[Item]], object]) -> str:
    """A header, base64url of its RLP, with its fields changed."""
    fields = decode(unb64url(text))
    assert isinstance(fields, list)
    change(fields)
    return b64url(encode(fields))


def in_extra(text: str, change: Callable[[list[Item]], object]) -> str:
    """A header of qbft with what its extraData lists changed."""

    def changed(fields: list[Item]) -> None:
        assert isinstance(fields[12], bytes)
        items = decode(fields[12])
        assert isinstance(items, list)
        change(items)
        fields[12] = encode(items)

    return in_header(text, changed)


def long_form(data: bytes) -> bytes:
    """RLP whose outermost length takes a byte more than it need."""
    first = data[0]
    if first <= 0xF7:
        return bytes([0xF8, first - 0xC0]) + data[1:]
    size = first - 0xF7
    return bytes([first + 1]) + b"\0" + data[1 : 1 + size] + data[1 + size :]
