# SPDX-License-Identifier: Apache-2.0
"""What a demonstration is asked to do: read from the environment, refused when unknown.

`make` hands everything through the environment, so that a path may hold any character.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from ipaddress import AddressValueError, IPv4Address
from pathlib import Path
from typing import Final, TypeVar

from filiera.errors import InputError

Choice = TypeVar("Choice", bound=StrEnum)
FIND_ADDRESS: Final = ""
"""For `public`: at the address that is found."""


class Tamper(StrEnum):
    """What is altered after anchoring, to show the no."""

    RECORD = "record"
    DOCUMENT = "document"
    PROOF = "proof"
    CHAIN_DOWN = "chain-down"


class Network(StrEnum):
    """Which chain the demonstration starts."""

    DEV = "dev"
    CLIQUE = "clique"


@dataclass(frozen=True, slots=True)
class DemoRequest:
    """The variables of `make demo`, read.

    `epcis` is the given text: files and folders separated by commas. `public` is the address
    at which the local network sees the pages, FIND_ADDRESS to find it, None for nowhere.
    """

    epcis: str | None = None
    product: str | None = None
    tamper: Tamper | None = None
    out: Path | None = None
    once: bool = False
    network: Network = Network.DEV
    public: str | None = None


def read_request(environment: Mapping[str, str]) -> DemoRequest:
    """The request that EPCIS, PRODUCT, TAMPER, OUT, ONCE, NETWORK and PUBLIC spell.

    An empty variable is an absent one. Raises InputError (`usage`) for an unknown value.
    """
    given = {name: value for name, value in environment.items() if value.strip()}
    out = given.get("OUT")
    return DemoRequest(
        epcis=given.get("EPCIS"),
        product=given.get("PRODUCT"),
        tamper=_choice(Tamper, "TAMPER", given.get("TAMPER")),
        out=_folder(out) if out else None,
        once=_flag("ONCE", given.get("ONCE")),
        network=_choice(Network, "NETWORK", given.get("NETWORK")) or Network.DEV,
        public=_address(given.get("PUBLIC")),
    )


def _choice(kind: type[Choice], name: str, value: str | None) -> Choice | None:
    if value is None:
        return None
    try:
        return kind(value)
    except ValueError:
        raise _unknown(name, value, ", ".join(kind)) from None


def _address(value: str | None) -> str | None:
    if value is None:
        return None
    try:
        return str(IPv4Address(value.strip()))
    except AddressValueError:
        return FIND_ADDRESS if _flag("PUBLIC", value, "1, 0 or an IPv4 address") else None


def _flag(name: str, value: str | None, known: str = "1 or 0") -> bool:
    words = {"1": True, "yes": True, "true": True, "0": False, "no": False, "false": False}
    if value is None:
        return False
    if value.lower() not in words:
        raise _unknown(name, value, known)
    return words[value.lower()]


def _folder(value: str) -> Path:
    folder = Path(value).expanduser()
    if folder.exists() and not folder.is_dir():
        raise InputError("usage", "OUT must be a folder, and this is a file.", where=f"OUT={value}")
    return folder


def _unknown(name: str, value: str, known: str) -> InputError:
    return InputError(
        "usage",
        f"{name} cannot be {value!r}.",
        where=f"{name}={value}",
        hint=f"It can be: {known}.",
    )
