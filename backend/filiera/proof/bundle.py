# SPDX-License-Identifier: Apache-2.0
"""The bundle: a passport's records and proofs in one self-contained file (docs/proof.md 2).

One JSON object in one spelling only: what `dump_bundle` would not write is refused, so that
no two files say the same. Everything in it is bound by a check of `verify_bundle`; what can
be derived (ids, the subject, names, facts) is not carried.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, NoReturn

from filiera.errors import ConflictError, InputError
from filiera.model.ids import b64url, lenient_b64url
from filiera.proof.encoding import parse_object
from filiera.proof.evidence import Inclusion, Presented
from filiera.proof.jws import MAX_JWS

VERSION: Final = 1
MAX_BYTES: Final = 32 << 20
MAX_RECORDS: Final = 20_000
MAX_NODES: Final = 100_000
SPARE_NODES: Final = 16_384
"""Nodes that a bundle may have however few its records are: histories may be long."""
NODES_A_RECORD: Final = 64
MAX_HEADERS: Final = 1_000
MAX_NODE: Final = 1_024
"""Bytes of a trie node: a branch of 16 hashes has 532."""
MAX_HEADER: Final = 8_192
MAX_PATH: Final = 64
_MOST: Final = {b"}": 2 * MAX_RECORDS + 1, b"]": MAX_RECORDS + 3, b":": 5 + 6 * MAX_RECORDS}
"""How often each mark can be in a bundle, whose strings have none of them."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """A parsed bundle.

    `headers` are RLP, the proven block's first; `operator_seal` 65 bytes or None; `records`
    in the order in which a verdict asks for them, the product's own first; `nodes` trie
    nodes, ascending by their Keccak-256.
    """

    headers: tuple[bytes, ...]
    records: tuple[Presented, ...]
    nodes: tuple[bytes, ...]
    operator_seal: bytes | None = None


def parse_bundle(data: bytes) -> Bundle:
    """The bundle that `data` spells.

    Raises InputError: `bundle-too-large`, `bundle-version` for a newer one (it says which
    are known), `bundle-malformed` for anything that `dump_bundle` would not have written.
    """
    if len(data) > MAX_BYTES:
        raise InputError("bundle-too-large", f"A bundle has at most {MAX_BYTES >> 20} MiB.")
    _check_room(data)
    given = parse_object(data, decimal=_fraction)
    _check_version(given)
    _members(given, {"filieraBundle", "headers", "records", "nodes"}, {"operatorSeal"}, "")
    records = _list(given["records"], "records", MAX_RECORDS)
    nodes = _list(given["nodes"], "nodes", most_nodes(len(records)))
    seal = given.get("operatorSeal")
    bundle = Bundle(
        headers=_blobs(given["headers"], "headers", MAX_HEADERS, MAX_HEADER),
        records=tuple(_record(each, f"records[{i}]") for i, each in enumerate(records)),
        nodes=_blobs(nodes, "nodes", MAX_NODES, MAX_NODE),
        operator_seal=None if seal is None else _bytes(seal, "operatorSeal", 65),
    )
    if not bundle.headers or not bundle.records:
        raise _malformed("It has no header or no record.", "")
    if dump_bundle(bundle) != data:
        raise _malformed("It is not in the one spelling that a bundle has.", "")
    return bundle


def most_nodes(records: int) -> int:
    """How many nodes a bundle of so many records may have.

    Ten steps by ten firms take 900, 2,000 steps by fifty firms 26,000, on a chain with ten
    million anchors, each record in a batch of its own: docs/performance.md, "Bundles".
    """
    return min(MAX_NODES, SPARE_NODES + NODES_A_RECORD * records)


def check_bounds(bundle: Bundle, size: int) -> None:
    """Refuse a bundle of `size` bytes that nobody would read.

    Raises ConflictError (`bundle-too-large`): what the chain holds of it is too much.
    """
    records = len(bundle.records)
    for what, number, most in (
        ("records", records, MAX_RECORDS),
        ("trie nodes", len(bundle.nodes), most_nodes(records)),
        ("headers", len(bundle.headers), MAX_HEADERS),
        ("bytes", size, MAX_BYTES),
    ):
        if number > most:
            raise ConflictError(
                "bundle-too-large",
                f"The bundle would have {number:,} {what}; with {records:,} records there are "
                f"at most {most:,}.",
                hint="Take the passport itself, and check it by a node of your own.",
            )


def dump_bundle(bundle: Bundle) -> bytes:
    """The bytes of a bundle: compact JSON, members in this order."""
    seal = {"operatorSeal": b64url(bundle.operator_seal)} if bundle.operator_seal else {}
    said = {
        "filieraBundle": VERSION,
        "headers": [b64url(each) for each in bundle.headers],
        **seal,
        "records": [_dump_record(each) for each in bundle.records],
        "nodes": [b64url(each) for each in bundle.nodes],
    }
    # ASCII strings and integers: for these json writes what `dump_json` does, much faster.
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode("ascii")


def _dump_record(presented: Presented) -> dict[str, Any]:
    said: dict[str, Any] = {"jws": presented.jws.decode("ascii")}
    anchor = presented.inclusion
    if anchor is not None:
        said["anchor"] = {
            "anchorer": anchor.anchorer,
            "root": b64url(anchor.root),
            "index": anchor.index,
            "path": [b64url(each) for each in anchor.path],
        }
    return said


def _check_room(data: bytes) -> None:
    """Refuse what holds more than a bundle may, before any of it is made."""
    braces = data.count(b"}")
    records = min(braces, MAX_RECORDS)
    commas = MAX_HEADERS + records * (MAX_PATH + 5) + most_nodes(records)
    most = _MOST | {b",": commas}
    if any(data.count(mark) > number for mark, number in most.items()):
        raise InputError("bundle-too-large", "It holds more than a bundle has room for.")


def _fraction(text: str) -> NoReturn:
    raise _malformed("A bundle's numbers are whole.", f"number {text[:24]}")


def _check_version(given: dict[str, Any]) -> None:
    version = given.get("filieraBundle")
    if isinstance(version, bool) or not isinstance(version, int):
        raise _malformed("It is not a Filiera bundle.", "filieraBundle")
    if version != VERSION:
        raise InputError(
            "bundle-version",
            f"The bundle is of version {version}; this program knows version {VERSION}.",
            where="filieraBundle",
        )


def _record(given: Any, where: str) -> Presented:
    record = _members(given, {"jws"}, {"anchor"}, where)
    jws = record["jws"]
    if not isinstance(jws, str) or not jws.isascii() or len(jws) > MAX_JWS:
        raise _malformed("A record is the ASCII text of a JWS.", f"{where}.jws")
    anchor = record.get("anchor")
    inclusion = None if anchor is None else _inclusion(anchor, f"{where}.anchor")
    return Presented(jws.encode("ascii"), inclusion)


def _inclusion(given: Any, where: str) -> Inclusion:
    anchor = _members(given, {"anchorer", "root", "index", "path"}, set(), where)
    index = anchor["index"]
    if isinstance(index, bool) or not isinstance(index, int) or index < 0:
        raise _malformed("An index is a whole number from 0 on.", f"{where}.index")
    path = _list(anchor["path"], f"{where}.path", MAX_PATH)
    return Inclusion(
        anchorer=_address(anchor["anchorer"], f"{where}.anchorer"),
        root=_bytes(anchor["root"], f"{where}.root", 32),
        index=index,
        path=tuple(_bytes(each, f"{where}.path", 32, at=i) for i, each in enumerate(path)),
    )


def _members(given: Any, required: set[str], optional: set[str], where: str) -> dict[str, Any]:
    """An object of exactly these members, none of them null."""
    if not isinstance(given, dict):
        raise _malformed("This must be an object.", where)
    names = set(given)
    if not required <= names <= required | optional or None in given.values():
        raise _malformed(f"It must have {', '.join(sorted(required))}, and no other.", where)
    return given


def _list(given: Any, where: str, most: int) -> Sequence[Any]:
    if not isinstance(given, list):
        raise _malformed("This must be a list.", where)
    if len(given) > most:
        raise InputError("bundle-too-large", f"There are at most {most} of these.", where=where)
    return given


def _blobs(given: Any, where: str, most: int, size: int) -> tuple[bytes, ...]:
    return tuple(
        _bytes(each, where, size, at=i, exact=False)
        for i, each in enumerate(_list(given, where, most))
    )


def _bytes(
    given: Any, where: str, size: int, *, at: int | None = None, exact: bool = True
) -> bytes:
    """The bytes of base64url, `at` an index of a list; the whole's spelling is yet to be checked.

    There may be 100,000 of them, so nothing is encoded again here, nor its place spelled out.
    """
    if isinstance(given, str) and len(given) <= 2 * size + 4:
        try:
            data = lenient_b64url(given)
        except ValueError:
            data = b""
        if data and len(data) <= size and (len(data) == size or not exact):
            return data
    least = "" if exact else "at most "
    place = where if at is None else f"{where}[{at}]"
    raise _malformed(f"This must be base64url of {least}{size} bytes.", place)


def _address(given: Any, where: str) -> str:
    if isinstance(given, str) and len(given) == 42 and given[:2] == "0x":
        digits = set(given[2:])
        if digits <= set("0123456789abcdef"):
            return given
    raise _malformed("An address is 0x and 40 lower-case hexadecimal digits.", where)


def _malformed(message: str, where: str) -> InputError:
    return InputError("bundle-malformed", message, where=where or None)
