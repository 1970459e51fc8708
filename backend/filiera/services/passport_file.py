# SPDX-License-Identifier: Apache-2.0
"""Verifying a passport file by a node of one's own: no server and no database is believed.

Of the file only records, paths and the product's id are read. Its verdict, names, times and
checks are somebody's word and are made anew from the records and the chain.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Final

from filiera.errors import FilieraError, InputError
from filiera.model.ids import parse_ni
from filiera.model.links import LinkType, RecordLink
from filiera.ports.ledger import Ledger
from filiera.proof.encoding import parse_object
from filiera.proof.evidence import Inclusion, Presented, Trust
from filiera.proof.verify import verify
from filiera.services.gathering import Gathered, Gathering
from filiera.services.passports import Passport, in_order

_ADDRESS: Final = re.compile(r"0x[0-9a-f]{40}")
_DIGEST: Final = re.compile(r"0x[0-9a-f]{64}")
_LISTS: Final = ("steps", "claims", "identities")
NAME_DIGITS: Final = 16
"""Hexadecimal digits of its hash that a document's file name may begin with."""


@dataclass(frozen=True, slots=True)
class PassportFile:
    """What of a passport file is evidence: the records, and where they are anchored."""

    product: str
    own: bytes
    records: Mapping[bytes, Presented]


@dataclass(slots=True)
class FileSource:
    """A passport file and the documents beside it, as a source of evidence.

    `documents` maps file names to the SHA-256 of their content. A file speaks for a
    document if it has its hash, its name, or a name that begins with its hash; but if it
    is another document of the passport, it has another one's name by chance.
    """

    file: PassportFile
    documents: Mapping[str, bytes] = field(default_factory=dict)
    unavailable: set[str] = field(default_factory=set)
    _hashes: frozenset[bytes] = field(init=False)
    _by_name: dict[str, tuple[int, bytes]] = field(init=False)
    _by_start: dict[str, tuple[int, bytes]] = field(init=False)

    def __post_init__(self) -> None:
        self._hashes = frozenset(self.documents.values())
        named = {link.digest for link in named_documents(self.file.records.values())}
        unknown = [(name, each) for name, each in self.documents.items() if each not in named]
        # Last to first: of several files the first one stays.
        backwards = [(name, (at, each)) for at, (name, each) in enumerate(unknown)][::-1]
        self._by_name = dict(backwards)
        self._by_start = {name[:NAME_DIGITS]: each for name, each in backwards}

    def present(self, records: Sequence[bytes]) -> dict[bytes, Presented]:
        """The records as they stand in the file."""
        given = self.file.records
        return {record: given[record] for record in records if record in given}

    def at_hand(self, links: Sequence[RecordLink]) -> Iterator[tuple[bytes, bytes]]:
        """The hashes of the files that speak for documents."""
        for link in links:
            if (found := self._speaker(link)) is not None:
                yield link.digest, found

    def _speaker(self, link: RecordLink) -> bytes | None:
        if link.digest in self._hashes:
            return link.digest
        by_name = self._by_name.get(link.name)
        by_start = self._by_start.get(link.digest.hex()[:NAME_DIGITS])
        found = [each for each in (by_name, by_start) if each is not None]
        return min(found)[1] if found else None


def named_documents(records: Iterable[Presented]) -> Iterator[RecordLink]:
    """The documents that records name, of those that can be read."""
    for presented in records:
        with suppress(InputError):
            links = presented.statement.links
            yield from (link for link in links if link.kind is LinkType.DOCUMENT)


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


def assemble_from_file(
    file: PassportFile, ledger: Ledger, trust: Trust, documents: Mapping[str, bytes]
) -> Passport:
    """The passport that a file's records make, judged by the chain's newest block.

    A chain that does not answer makes the verdict unknown; it raises nothing.
    """
    run = Gathering(ledger, FileSource(file, documents))
    run.take_listed(file.own)
    return judge(file.product, run.gathered(file.own, None), trust)


def judge(product: str, gathered: Gathered, trust: Trust) -> Passport:
    """The passport that evidence alone makes: nothing beside it is known."""
    verdict = verify(gathered.evidence, trust, product)
    steps, flows = in_order(verdict.of("step"))
    return Passport(product, gathered.evidence, verdict, steps, flows, (), gathered.unavailable)
