# SPDX-License-Identifier: Apache-2.0
"""The four registries as compiled: their artifacts, and the ABI's encoding of calls.

The artifacts lie beside this module; scripts/compile_contracts.py writes them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources
from typing import Any, Final

from eth_abi.abi import decode, encode
from eth_abi.exceptions import DecodingError, EncodingError
from eth_hash.auto import keccak
from eth_typing import ABIElement
from eth_utils.abi import (
    abi_to_signature,
    get_abi_input_names,
    get_abi_input_types,
    get_abi_output_types,
)

from filiera.errors import ConflictError
from filiera.proof import slots

REGISTRIES: Final = slots.REGISTRIES


@dataclass(frozen=True)
class Artifact:
    """One compiled contract.

    `immutables` maps a name to the places (start, length in bytes) where its value lies in
    the deployed code; `layout` is solc's storage layout without its syntax-tree ids.
    """

    name: str
    abi: tuple[Any, ...]
    bytecode: bytes
    runtime: bytes
    immutables: Mapping[str, tuple[tuple[int, int], ...]]
    layout: Mapping[str, Any]

    @cached_property
    def functions(self) -> dict[str, ABIElement]:
        """The ABI of each function, by name; none of ours is overloaded."""
        return {entry["name"]: entry for entry in self.abi if entry["type"] == "function"}

    def creation(self, *arguments: Any) -> bytes:
        """The data of the transaction that deploys it."""
        (constructor,) = (entry for entry in self.abi if entry["type"] == "constructor")
        return self.bytecode + _encode(self.name, constructor, arguments)

    def call(self, function: str, *arguments: Any) -> bytes:
        """The data of a call; raises `chain-refused` when an argument does not fit."""
        abi = self.functions[function]
        return selector(abi) + _encode(function, abi, arguments)

    def result(self, function: str, data: bytes) -> Any:
        """What a call returned; a tuple when it returns several values."""
        values = decode(get_abi_output_types(self.functions[function]), data)
        return values[0] if len(values) == 1 else values

    def topic(self, event: str) -> bytes:
        """The first topic of an event's logs."""
        (abi,) = (e for e in self.abi if e["type"] == "event" and e["name"] == event)
        return keccak(abi_to_signature(abi).encode())

    def is_deployed_as(self, code: bytes) -> bool:
        """Whether `code` is this contract's, whatever its immutables are."""
        return len(code) == len(self.runtime) and self._masked(code) == self.runtime

    def immutable(self, name: str, code: bytes) -> bytes:
        """The 32 bytes of an immutable in this contract's deployed code."""
        start, length = self.immutables[name][0]
        return code[start : start + length]

    def _masked(self, code: bytes) -> bytes:
        masked = bytearray(code)
        for places in self.immutables.values():
            for start, length in places:
                masked[start : start + length] = bytes(length)
        return bytes(masked)


@cache
def artifact(name: str) -> Artifact:
    """The committed artifact of one registry."""
    folder = resources.files("filiera.adapters.ledger") / "artifacts"
    data = json.loads((folder / f"{name}.json").read_text("utf-8"))
    return Artifact(
        name=name,
        abi=tuple(data["abi"]),
        bytecode=bytes.fromhex(data["bytecode"][2:]),
        runtime=bytes.fromhex(data["runtime"][2:]),
        immutables={
            variable: tuple((place["start"], place["length"]) for place in places)
            for variable, places in data["immutables"].items()
        },
        layout=data["layout"],
    )


def selector(abi: ABIElement) -> bytes:
    """The four bytes that name a function or an error."""
    return keccak(abi_to_signature(abi).encode())[:4]


def explain_revert(data: bytes) -> str:
    """The custom error that a revert carries, with its arguments; for a person."""
    abi = _errors().get(data[:4])
    if abi is None:
        return f"unnamed error 0x{data[:4].hex()}" if data else "no reason given"
    try:
        values = decode(get_abi_input_types(abi), data[4:])
    except DecodingError:
        return str(abi["name"])
    said = zip(get_abi_input_names(abi), values, strict=True)
    arguments = ", ".join(f"{name} {_plain(value)}" for name, value in said)
    return f"{abi['name']}({arguments})"


def revert_name(data: bytes) -> str | None:
    """The name of the custom error that a revert carries, None when it is not ours."""
    abi = _errors().get(data[:4])
    return None if abi is None else str(abi["name"])


@cache
def _errors() -> dict[bytes, Any]:
    return {
        selector(entry): entry
        for name in REGISTRIES
        for entry in artifact(name).abi
        if entry["type"] == "error"
    }


def _plain(value: Any) -> str:
    return "0x" + value.hex() if isinstance(value, bytes) else str(value)


def _encode(name: str, abi: ABIElement, arguments: tuple[Any, ...]) -> bytes:
    try:
        return bytes(encode(get_abi_input_types(abi), arguments))
    except EncodingError as error:
        raise ConflictError(
            "chain-refused", f"{name} does not take these arguments: {error}"
        ) from error
