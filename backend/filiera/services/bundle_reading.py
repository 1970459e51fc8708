# SPDX-License-Identifier: Apache-2.0
"""What a reader has beside a bundle, or has not: documents in a folder, a trust file."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from filiera.errors import InputError
from filiera.model.ids import ni_uri
from filiera.model.links import LinkType, RecordLink
from filiera.model.records import statement_of
from filiera.model.statement import Statement
from filiera.proof.bundle import Bundle, parse_bundle
from filiera.proof.evidence import Evidence, Trust
from filiera.proof.jws import parse_jws, record_id
from filiera.proof.verdict import with_ground
from filiera.proof.verify import verify
from filiera.services.passport_file import FileSource, PassportFile
from filiera.services.passports import Passport, in_order

NO_TRUST: Final = "no trust file"
"""What a chain rests on that nobody said anything about."""


@dataclass(frozen=True, slots=True)
class AtHand:
    """Files, as they fit a bundle.

    `documents` as in `Evidence`; `unnamed` are the files that speak for none of the
    documents that its records name.
    """

    documents: Mapping[bytes, bytes]
    unnamed: tuple[str, ...]


def match_documents(data: bytes, files: Mapping[str, bytes]) -> AtHand:
    """Files (name -> SHA-256) as they fit the bundle that `data` is.

    A file speaks for a document as beside a passport file: by its hash, its name, or a name
    that begins with its hash. Raises as `parse_bundle` does.
    """
    bundle = parse_bundle(data)
    records = {record_id(each.jws): each for each in bundle.records}
    own = record_id(bundle.records[0].jws)
    source = FileSource(PassportFile("", own, records), files)
    documents = dict(source.at_hand(_documents(bundle)))
    spoken = set(documents.values())
    return AtHand(documents, tuple(n for n, digest in files.items() if digest not in spoken))


def passport_without_trust(
    data: bytes, *, subject: str | None = None, documents: Mapping[bytes, bytes] | None = None
) -> Passport:
    """The passport of a bundle when nothing is said about whom to trust.

    Hashes and signatures are checked; whatever needs the chain is unknown. Raises as
    `parse_bundle` does.
    """
    bundle = parse_bundle(data)
    records = {record_id(each.jws): each for each in bundle.records}
    own = record_id(bundle.records[0].jws)
    evidence = Evidence(own, records, None, documents or {})
    said = _statement(bundle.records[0].jws)
    product = subject or (said.subject if said else "")
    nobody = Trust(0, bytes(32), frozenset())
    verdict = with_ground(verify(evidence, nobody, product), (), NO_TRUST)
    steps, flows = in_order(verdict.of("step"))
    return Passport(product or ni_uri(own), evidence, verdict, steps, flows, (), ())


def _documents(bundle: Bundle) -> list[RecordLink]:
    said = (_statement(each.jws) for each in bundle.records)
    links = (link for statement in said if statement for link in statement.links)
    return [link for link in links if link.kind is LinkType.DOCUMENT]


def _statement(jws: bytes) -> Statement | None:
    with suppress(InputError):
        return statement_of(parse_jws(jws).payload)
    return None
