# SPDX-License-Identifier: Apache-2.0
"""Altering one listed step after anchoring, to show that it does not go unnoticed.

`record` and `document` reach behind the stores, as somebody who owns the server's disk
could; `proof` alters the evidence as it is handed over; `chain-down` takes the node away.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from filiera.adapters.documents.cids import digest_of, parse_cid
from filiera.adapters.documents.flatfs import block_file, overwrite_block
from filiera.adapters.store.overwrite import overwrite_record
from filiera.cli.words import say
from filiera.demo.request import Tamper
from filiera.errors import InputError
from filiera.model.ids import b64url, ni_uri, unb64url
from filiera.model.links import LinkType
from filiera.model.records import statement_of
from filiera.proof.evidence import Evidence
from filiera.proof.jws import parse_jws
from filiera.services import Services
from filiera.services.gathering import Gathered


@dataclass(frozen=True, slots=True)
class Place:
    """Where this demonstration keeps what can be altered, and how its chain is stopped."""

    database: str
    ipfs: Path
    stop_chain: Callable[[], None]


def tamper_before(kind: Tamper, services: Services, place: Place, product: str) -> str:
    """Alter what is stored; the sentence that says what was done. `proof` alters nothing here."""
    if kind is Tamper.CHAIN_DOWN:
        place.stop_chain()
        return say("demo.tampered.chain-down")
    if kind is Tamper.PROOF:
        return ""
    step, jws = _step(services, product, with_document=kind is Tamper.DOCUMENT)
    if kind is Tamper.RECORD:
        altered = _altered(jws)
        overwrite_record(place.database, step, altered)
        overwrite_block(place.ipfs, step, altered)
        return say("demo.tampered.record", record=ni_uri(step))
    return _alter_document(services, place, step, jws)


def tamper_evidence(kind: Tamper | None, gathered: Gathered) -> tuple[Gathered, str]:
    """For `proof`: flip one hash of a listed step's path as it is given."""
    if kind is not Tamper.PROOF:
        return gathered, ""
    evidence = gathered.evidence
    for step in _listed_steps(evidence):
        presented = evidence.records[step]
        if presented.inclusion is not None and presented.inclusion.path:
            break
    else:
        raise _nothing_to_alter()
    path = presented.inclusion.path
    flipped = bytes([path[0][0] ^ 1]) + path[0][1:]
    inclusion = replace(presented.inclusion, path=(flipped, *path[1:]))
    records = {**evidence.records, step: replace(presented, inclusion=inclusion)}
    said = say("demo.tampered.proof", record=ni_uri(step))
    return replace(gathered, evidence=replace(evidence, records=records)), said


def _listed_steps(evidence: Evidence) -> list[bytes]:
    own = statement_of(parse_jws(evidence.records[evidence.own].jws).payload)
    return [
        link.digest
        for link in own.links
        if link.kind is LinkType.STEP and link.digest in evidence.records
    ]


def _step(services: Services, product: str, *, with_document: bool) -> tuple[bytes, bytes]:
    """The id and JWS of the first listed step, or of the first that has a stored document."""
    own = services.store.get(services.passports.own_record(product))
    links = statement_of(parse_jws(own.jws).payload).links if own else ()
    for link in links:
        stored = services.store.get(link.digest) if link.kind is LinkType.STEP else None
        if stored and (not with_document or services.store.documents_of(stored.id)):
            return stored.id, stored.jws
    raise _nothing_to_alter()


def _nothing_to_alter() -> InputError:
    return InputError("usage", "There is no listed step that this could alter.", where="TAMPER")


def _alter_document(services: Services, place: Place, step: bytes, jws: bytes) -> str:
    document = services.store.documents_of(step)[0]
    block = digest_of(parse_cid(document.cid))
    content = block_file(place.ipfs, block).read_bytes()
    overwrite_block(place.ipfs, block, _flip_middle(content))
    name = next(
        link.name
        for link in statement_of(parse_jws(jws).payload).links
        if link.digest == document.sha256
    )
    return say("demo.tampered.document", name=name, record=ni_uri(step))


def _flip_middle(data: bytes) -> bytes:
    middle = len(data) // 2
    return data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :]


def _altered(jws: bytes) -> bytes:
    """The same record with another name and the old signature."""
    header, payload, signature = jws.decode("ascii").split(".")
    content = json.loads(unb64url(payload))
    content["name"] += " (altered)"
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return f"{header}.{b64url(text.encode())}.{signature}".encode("ascii")
