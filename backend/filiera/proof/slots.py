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

from eth_hash.backends.pycryptodome import keccak256

from filiera.errors import InputError

REGISTRIES: Final = ("ParticipantRegistry", "AnchorRegistry", "StatusRegistry", "FindingRegistry")

Storage = Callable[[int], bytes]
"""The 32 bytes at a slot."""


@dataclass(frozen=True, slots=True)
class Place:
    """A value's place: `slot`, `offset` in bytes from the slot's low end, and its type."""

    types: Mapping[str, Any]
    type: str
    slot: int
    offset: int = 0

    @property
    def _kind(self) -> Mapping[str, Any]:
        said: Mapping[str, Any] = self.types[self.type]
        return said

    @property
    def size(self) -> int:
        """Bytes that the value takes in place: of a mapping or a dynamic array, its slot."""
        return int(self._kind["numberOfBytes"])

    def at(self, key: bytes | str) -> Place:
        """The value that a mapping holds for a bytes32 or an address."""
        word = key if isinstance(key, bytes) else bytes.fromhex(key[2:]).rjust(32, b"\0")
        return self._go(self._kind["value"], _hash(word + self.slot.to_bytes(32, "big")))

    def member(self, name: str) -> Place:
        """A member of a struct."""
        (found,) = (each for each in self._kind["members"] if each["label"] == name)
        return self._go(found["type"], self.slot + int(found["slot"]), found["offset"])

    def members(self) -> Iterator[tuple[str, Place]]:
        """Every member of a struct, in order."""
        return ((each["label"], self.member(each["label"])) for each in self._kind["members"])

    def element(self, index: int) -> Place:
        """An element of a dynamic array, whose length is the word at `slot`.

        Elements of ours are structs, of which each begins a slot.
        """
        base = self._kind["base"]
        words = -(-int(self.types[base]["numberOfBytes"]) // 32)
        return self._go(base, _hash(self.slot.to_bytes(32, "big")) + index * words)

    def read(self, storage: Storage) -> Any:
        """The value: a struct as a dict, an array as a list, the rest as bytes, str, int, bool.

        Raises `node-malformed` for an entry that was never recorded: the contracts write none,
        and an array that somebody made up could go on with them without end.
        """
        if self._kind["encoding"] == "dynamic_array":
            length = int.from_bytes(storage(self.slot), "big")
            return [_recorded(self.element(i).read(storage)) for i in range(length)]
        if "members" in self._kind:
            return {name: place.read(storage) for name, place in self.members()}
        end = 32 - self.offset
        return _plain(self._kind["label"], storage(self.slot)[end - self.size : end])

    def _go(self, type_: str, slot: int, offset: int = 0) -> Place:
        return Place(self.types, type_, slot % 2**256, offset)


def layout_digest(registry: str) -> bytes:
    """SHA-256 of a registry's storage layout as JSON, compact, names in order."""
    text = json.dumps(_layouts()[registry], sort_keys=True, separators=(",", ":"))
    return sha256(text.encode()).digest()


def variable(registry: str, name: str) -> Place:
    """A state variable of a registry."""
    layout = _layouts()[registry]
    (found,) = (each for each in layout["storage"] if each["label"] == name)
    return Place(layout["types"], found["type"], int(found["slot"]), found["offset"])


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


def _plain(label: str, data: bytes) -> Any:
    if label.startswith("bytes"):
        return data
    if label == "address":
        return "0x" + data.hex()
    if label == "bool":
        return data != b"\0"
    return int.from_bytes(data, "big")
