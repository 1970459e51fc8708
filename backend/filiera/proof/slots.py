# SPDX-License-Identifier: Apache-2.0
"""Where in a registry's storage a value lies, computed from the pinned layout.

layout.json, beside this module, is solc's storage layout of each registry;
scripts/compile_contracts.py writes it.

The rules are solc's "Layout of State Variables in Storage": a mapping's value lies at
keccak256(key || slot), a dynamic array's elements from keccak256(slot) on with its length at
the slot itself, a struct's members at their offsets from its first slot. A `Place` is walked
to by name:

    variable("ParticipantRegistry", "_accounts").at(address).member("scopes").element(0)

and `read` gives what lies there out of 32-byte words, however they were come by: from a
node (eth_getStorageAt) or from a proof (eth_getProof).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib import resources
from typing import Any, Final

from eth_hash.backends.pysha3 import keccak256

from filiera.errors import InputError

REGISTRIES: Final = ("ParticipantRegistry", "AnchorRegistry", "StatusRegistry", "FindingRegistry")

Storage = Callable[[int], bytes]
"""The 32 bytes at a slot."""


@dataclass(frozen=True, slots=True, eq=False)
class Type:
    """A type of a layout. `size` is in bytes: of a mapping or a dynamic array, its slot's.

    `members` of a struct are (name, type, slot, offset), `inner` is what a mapping or an array
    holds, `plain` makes a value of anything else out of its bytes.
    """

    size: int
    members: tuple[tuple[str, Type, int, int], ...]
    inner: Type | None
    is_array: bool
    plain: Callable[[bytes], Any]

    @property
    def words(self) -> int:
        """How many slots it takes."""
        return -(-self.size // 32)


@dataclass(frozen=True, slots=True)
class Place:
    """A value's place: its type, `slot`, and `offset` in bytes from the slot's low end."""

    type: Type
    slot: int
    offset: int = 0

    def at(self, key: bytes | str) -> Place:
        """The value that a mapping holds for a bytes32 or an address."""
        word = key if isinstance(key, bytes) else bytes.fromhex(key[2:]).rjust(32, b"\0")
        return Place(_inner(self.type), _hash(word + self.slot.to_bytes(32, "big")))

    def member(self, name: str) -> Place:
        """A member of a struct."""
        (found,) = (place for label, place in self.members() if label == name)
        return found

    def members(self) -> Iterator[tuple[str, Place]]:
        """Every member of a struct, in order."""
        return (
            (name, Place(type_, (self.slot + slot) % 2**256, offset))
            for name, type_, slot, offset in self.type.members
        )

    def element(self, index: int) -> Place:
        """An element of a dynamic array, whose length is the word at `slot`.

        Elements of ours are structs, of which each begins a slot.
        """
        inner = _inner(self.type)
        return Place(inner, (_first(self.slot) + index * inner.words) % 2**256)

    def read(self, storage: Storage) -> Any:
        """The value: a struct as a dict, an array as a list, the rest as bytes, str, int, bool.

        Raises `node-malformed` for an entry that was never recorded: the contracts write none,
        and an array that somebody made up could go on with them without end.
        """
        return _value(self.type, self.slot, self.offset, storage)


def _value(type_: Type, slot: int, offset: int, storage: Storage) -> Any:
    if type_.is_array:
        length = int.from_bytes(storage(slot), "big")
        inner, first = _inner(type_), _first(slot) if length else 0
        slots = ((first + index * inner.words) % 2**256 for index in range(length))
        return [_recorded(_value(inner, each, 0, storage)) for each in slots]
    if type_.members:
        return {
            name: _value(member, (slot + words) % 2**256, at, storage)
            for name, member, words, at in type_.members
        }
    end = 32 - offset
    return type_.plain(storage(slot)[end - type_.size : end])


def _first(slot: int) -> int:
    """Where the elements of an array begin whose length is at `slot`."""
    return _hash(slot.to_bytes(32, "big"))


def _inner(type_: Type) -> Type:
    if type_.inner is None:
        raise TypeError("neither a mapping nor an array")
    return type_.inner


@cache
def layout_digest(registry: str) -> bytes:
    """SHA-256 of a registry's storage layout as JSON, compact, names in order."""
    text = json.dumps(_layouts()[registry], sort_keys=True, separators=(",", ":"))
    return sha256(text.encode()).digest()


@cache
def variable(registry: str, name: str) -> Place:
    """A state variable of a registry."""
    layout = _layouts()[registry]
    (found,) = (each for each in layout["storage"] if each["label"] == name)
    return Place(_type(layout["types"], found["type"]), int(found["slot"]), found["offset"])


def _type(types: Mapping[str, Any], name: str) -> Type:
    """A type as solc describes it, and those that it is made of."""
    said = types[name]
    inner = said.get("value") or said.get("base")
    return Type(
        size=int(said["numberOfBytes"]),
        members=tuple(
            (each["label"], _type(types, each["type"]), int(each["slot"]), each["offset"])
            for each in said.get("members", ())
        ),
        inner=_type(types, inner) if inner else None,
        is_array=said["encoding"] == "dynamic_array",
        plain=_plain(said["label"]),
    )


def anchor_place(anchorer: str, root: bytes) -> Place:
    """The one slot {time, count, sequence} of an anchor."""
    key = _hash(bytes.fromhex(anchorer[2:]).rjust(32, b"\0") + root)
    return variable("AnchorRegistry", "_anchors").at(key.to_bytes(32, "big"))


def account_place(address: str) -> Place:
    """An account: its participant, scopes and compromises."""
    return variable("ParticipantRegistry", "_accounts").at(address)


def participant_place(participant: bytes) -> Place:
    """A participant: its enroller, profiles and roles."""
    return variable("ParticipantRegistry", "_participants").at(participant)


def accreditations_place(certifier: bytes, scheme: bytes) -> Place:
    """The history of a certifier's accreditation for a scheme."""
    return variable("ParticipantRegistry", "_accreditations").at(certifier).at(scheme)


def statuses_place(participant: bytes, record: bytes) -> Place:
    """What a participant said of a record: entries and successor."""
    return variable("StatusRegistry", "_standings").at(participant).at(record)


def findings_place(record: bytes) -> Place:
    """The findings against a record."""
    return variable("FindingRegistry", "_findings").at(record)


def replies_place(record: bytes, participant: bytes) -> Place:
    """A participant's replies about a record."""
    return variable("FindingRegistry", "_replies").at(record).at(participant)


@cache
def _layouts() -> dict[str, Any]:
    text = (resources.files("filiera.proof") / "layout.json").read_text("utf-8")
    layouts: dict[str, Any] = json.loads(text)
    return layouts


def _recorded(entry: Any) -> Any:
    """An entry of an array; each of ours says when it was recorded."""
    if not entry["recorded"]:
        raise InputError("node-malformed", "An entry of a history was never recorded.")
    return entry


def _hash(data: bytes) -> int:
    return int.from_bytes(keccak256(data), "big")


def _plain(label: str) -> Callable[[bytes], Any]:
    if label.startswith("bytes"):
        return bytes
    if label == "address":
        return lambda data: "0x" + data.hex()
    if label == "bool":
        return lambda data: data != b"\0"
    return lambda data: int.from_bytes(data, "big")
