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
    _unknown: dict[str, bytes] = field(init=False)

    def __post_init__(self) -> None:
        named = {link.digest for link in _named_documents(self.file.records.values())}
        self._unknown = {n: h for n, h in self.documents.items() if h not in named}

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
        if link.digest in self.documents.values():
            return link.digest
        named = (link.name, link.digest.hex()[:NAME_DIGITS])
        return next((h for name, h in self._unknown.items() if _speaks(name, *named)), None)


def _named_documents(records: Iterable[Presented]) -> Iterator[RecordLink]:
    for presented in records:
        with suppress(InputError):
            links = presented.statement.links
            yield from (link for link in links if link.kind is LinkType.DOCUMENT)


def _speaks(file_name: str, name: str, digits: str) -> bool:
    return file_name == name or file_name.startswith(digits)


def read_passport_file(data: bytes, *, where: str | None = None) -> PassportFile:
    """The evidence in a `passport.json`; raises `passport-malformed`, naming the member."""
    try:
        said = parse_object(data, where=where)
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
