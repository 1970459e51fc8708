# SPDX-License-Identifier: Apache-2.0
"""What a reader has beside a bundle, or has not: documents in a folder, a trust file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from filiera.model.ids import ni_uri
from filiera.proof.bundle import Bundle
from filiera.proof.evidence import Evidence, Trust
from filiera.proof.offline import by_id
from filiera.proof.verdict import with_ground
from filiera.proof.verify import verify
from filiera.proof.wanted import readable
from filiera.services.file_source import FileSource, named_documents
from filiera.services.passport_file import PassportFile
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


def match_documents(bundle: Bundle, files: Mapping[str, bytes]) -> AtHand:
    """Files (name -> SHA-256) as they fit a bundle.

    A file speaks for a document as beside a passport file: by its hash, its name, or a name
    that begins with its hash. Raises InputError for a record that is there twice.
    """
    records = by_id(bundle.records)
    source = FileSource(PassportFile("", bundle.records[0].id, records), files)
    documents = dict(source.at_hand(list(named_documents(bundle.records))))
    spoken = set(documents.values())
    return AtHand(documents, tuple(n for n, digest in files.items() if digest not in spoken))


def passport_without_trust(
    bundle: Bundle, *, subject: str | None = None, documents: Mapping[bytes, bytes] | None = None
) -> Passport:
    """The passport of a bundle when nothing is said about whom to trust.

    Hashes and signatures are checked; whatever needs the chain is unknown. Raises InputError
    for a record that is there twice.
    """
    records = by_id(bundle.records)
    own = bundle.records[0].id
    read = readable(bundle.records[:1])
    product = subject or (read[own].statement.subject if own in read else "")
    nobody = Trust(0, bytes(32), frozenset())
    evidence = Evidence(own, records, None, documents or {})
    verdict = with_ground(verify(evidence, nobody, product), (), NO_TRUST)
    steps, flows = in_order(verdict.of("step"))
    return Passport(product or ni_uri(own), evidence, verdict, steps, flows, (), ())
