# SPDX-License-Identifier: Apache-2.0
"""Reading a passport file: of it only records, paths and the product's id.

Its verdict, names, times and checks are somebody's word; `file_source` makes them anew from the
records and the chain.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from filiera.errors import FilieraError, InputError
from filiera.model.ids import parse_ni
from filiera.proof.encoding import parse_object
from filiera.proof.evidence import Inclusion, Presented

_ADDRESS: Final = re.compile(r"0x[0-9a-f]{40}")
_DIGEST: Final = re.compile(r"0x[0-9a-f]{64}")
_LISTS: Final = ("steps", "claims", "identities")


@dataclass(frozen=True, slots=True)
class PassportFile:
    """What of a passport file is evidence: the records, and where they are anchored."""

    product: str
    own: bytes
    records: Mapping[bytes, Presented]


def read_passport_file(data: bytes, *, where: str | None = None) -> PassportFile:
    """The evidence in a `passport.json`; raises `passport-malformed`, naming the member."""
    try:
        said = parse_object(data, where=where)
        if "own" not in said:
            raise InputError("passport-malformed", "Neither bundle nor passport: `own` is missing.")
        own = _text(_member(said, "own", dict), "record")
        return PassportFile(
            product=_text(said, "id"),
            own=parse_ni(own, where="own.record"),
            records=dict(_records(said)),
        )
    except FilieraError as error:
        place = ", ".join(part for part in (where, error.where) if part and part != where)
        raise InputError(
            "passport-malformed", error.message, where=place or where, hint=error.hint
        ) from None


def _records(said: dict[str, Any]) -> Iterator[tuple[bytes, Presented]]:
    own = _member(said, "own", dict)
    listed = [each for name in _LISTS for each in _member(said, name, list)]
    for each in (own, *listed):
        if not isinstance(each, dict):
            raise InputError("passport-malformed", "A record is not an object.")
        if each.get("jws") is not None:
            record = parse_ni(_text(each, "record"), where="record")
            yield record, Presented(_text(each, "jws").encode(), _inclusion(each.get("anchor")))


def _inclusion(anchor: Any) -> Inclusion | None:
    if anchor is None:
        return None
    if not isinstance(anchor, dict):
        raise InputError("passport-malformed", "An anchor is not an object.", where="anchor")
    path = _member(anchor, "path", list)
    anchorer = _text(anchor, "anchorer")
    if not _ADDRESS.fullmatch(anchorer):
        raise InputError(
            "hex-malformed", "It is not 0x and 40 lower-case digits.", where="anchorer"
        )
    return Inclusion(
        anchorer=anchorer,
        root=_digest(_text(anchor, "root")),
        index=_member(anchor, "index", int),
        path=tuple(_digest(str(each)) for each in path),
    )


def _digest(text: str) -> bytes:
    if not _DIGEST.fullmatch(text):
        raise InputError(
            "hex-malformed", "A hash is not 0x and 64 lower-case digits.", where="anchor"
        )
    return bytes.fromhex(text[2:])


def _text(said: dict[str, Any], name: str) -> str:
    return str(_member(said, name, str))


def _member(said: dict[str, Any], name: str, kind: type) -> Any:
    value = said.get(name)
    if not isinstance(value, kind) or isinstance(value, bool):
        raise InputError("passport-malformed", f"{name} is missing or malformed.", where=name)
    return value
