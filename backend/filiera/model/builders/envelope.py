# SPDX-License-Identifier: Apache-2.0
"""The envelope that every builder puts around a credentialSubject."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from filiera.model.base import Payload, to_payload
from filiera.model.builders.parts import present, reference
from filiera.model.context import contexts
from filiera.model.links import predecessor_payload
from filiera.model.named import Named
from filiera.model.records import parse_record
from filiera.model.statement import RecordType, StatedBy


@dataclass(frozen=True, slots=True)
class Envelope:
    """What a record says of itself.

    `id` is a urn:uuid; `issuer` the did:pkh of the signing account and the issuer's name;
    `valid_from` and `valid_until` are RFC 3339; `subject` is the id of the event or
    attestation, which a reissue keeps (None: made from `id`); `predecessor` the id of the
    record that this one replaces.
    """

    id: str
    issuer: Named
    name: str
    valid_from: str
    valid_until: str | None = None
    subject: str | None = None
    stated_by: StatedBy | None = None
    predecessor: bytes | None = None

    def subject_id(self, fragment: str) -> str:
        """The id of what the record is about."""
        return self.subject or f"{self.id}#{fragment}"


def record(
    kind: RecordType, envelope: Envelope, subject: Any, *, numbered: bool = False
) -> Payload:
    """The whole payload, checked. `numbered` says that the subject uses a term of ours."""
    stated_by, predecessor = envelope.stated_by, envelope.predecessor
    own_type = kind is RecordType.PRODUCT_STATEMENT
    payload = {
        "@context": list(
            contexts(own_terms=own_type or numbered or bool(stated_by) or bool(predecessor))
        ),
        "type": [kind.value, "VerifiableCredential"],
        "id": envelope.id,
        "issuer": reference("CredentialIssuer", envelope.issuer),
        "validFrom": envelope.valid_from,
        "validUntil": envelope.valid_until,
        "name": envelope.name,
        "statedBy": present({"id": stated_by.id, "name": stated_by.name}) if stated_by else None,
        "predecessor": predecessor_payload(predecessor) if predecessor else None,
        "credentialSubject": subject,
    }
    return to_payload(parse_record(present(payload)))
