# SPDX-License-Identifier: Apache-2.0
"""EPCIS files as they came, and the events in them. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Final

from filiera.errors import InputError
from filiera.model.epcis import Event
from filiera.model.epcis_document import MAX_EVENTS, Document, is_epcis, read_document
from filiera.model.ids import ni_uri
from filiera.model.links import LinkType, RecordLink
from filiera.model.times import parse_instant
from filiera.proof.encoding import parse_json

MAX_FILE_BYTES: Final = 10_000_000
"""Bytes of one file."""
MAX_FILES: Final = 200
"""Files of one import: the product's own record links them all."""
_NAME_LIMIT: Final = 200


@dataclass(frozen=True, slots=True)
class EpcisFile:
    """A file with its bytes as they came, their SHA-256, and what they say.

    `name` is the file's own, without its folder: it goes into signed records.
    """

    name: str
    data: bytes = field(repr=False)
    sha256: bytes
    media_type: str
    document: Document = field(repr=False)

    @property
    def link(self) -> RecordLink:
        """How a record refers to the file."""
        return RecordLink(LinkType.DOCUMENT, self.sha256, self.name, self.media_type)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """An event where it stands: file, position in it, position in the whole import."""

    file: EpcisFile
    index: int
    order: int
    event: Event
    at: datetime

    @property
    def where(self) -> str:
        """For people: `weaving.jsonld: eventList[0]`."""
        return f"{self.file.name}: {self.file.document.paths[self.index]}"

    @property
    def uri(self) -> str:
        """The eventID; without one, the file's name by hash and the position in it."""
        return self.event.event_id or f"{ni_uri(self.file.sha256)}#event-{self.index}"


def read_file(name: str, data: bytes) -> EpcisFile:
    """The file, its events checked.

    Raises InputError: `epcis-too-large`, `epcis-not-json`, a JSON code, or as
    `read_document`, each with the file in `where`.
    """
    file = read_json(name, data)
    if file is None:
        raise InputError("epcis-malformed", "This JSON is not an EPCIS document.", where=name)
    return file


def read_json(name: str, data: bytes) -> EpcisFile | None:
    """As `read_file`, but None for JSON that does not call itself EPCIS."""
    shown = _printable(name)
    if len(data) > MAX_FILE_BYTES:
        raise InputError(
            "epcis-too-large", f"The file has more than {MAX_FILE_BYTES} bytes.", where=shown
        )
    if data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"<":
        raise InputError(
            "epcis-not-json",
            "This is XML: only the JSON form of EPCIS 2.0 is read.",
            where=shown,
            hint="Export it as JSON, or convert it with a tool for EPCIS 2.0.",
        )
    value = parse_json(data, where=shown)
    if not is_epcis(value):
        return None
    media_type = "application/ld+json" if name.endswith(".jsonld") else "application/json"
    document = read_document(value, shown)
    return EpcisFile(shown, data, sha256(data).digest(), media_type, document)


def occurrences(files: Sequence[EpcisFile]) -> Iterator[Occurrence]:
    """All events in file order, a file that is given twice only once.

    Raises `epcis-too-large`.
    """
    order, seen = 0, set[bytes]()
    for file in files:
        if file.sha256 in seen:
            continue
        seen.add(file.sha256)
        if len(seen) > MAX_FILES or order + len(file.document.events) > MAX_EVENTS:
            raise InputError(
                "epcis-too-large",
                f"An import has at most {MAX_FILES} files and {MAX_EVENTS} events.",
                where=file.name,
            )
        for index, event in enumerate(file.document.events):
            yield Occurrence(file, index, order, event, parse_instant(event.event_time))
            order += 1


def _printable(name: str) -> str:
    text = "".join(c if c.isprintable() else "?" for c in name).strip()
    return text[-_NAME_LIMIT:] or "file"
