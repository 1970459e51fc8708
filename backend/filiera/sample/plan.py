# SPDX-License-Identifier: Apache-2.0
"""What a sample is made of: records to be signed in order, with the files that they name.

A record's links hold the ids of records signed before it, so a plan is a list of
functions: each makes its payload once the ids of the earlier ones are known.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Final

from filiera.model.base import Payload
from filiera.model.builders import Envelope
from filiera.model.context import FILIERA_CONTEXT
from filiera.model.links import LinkType, RecordLink, document_link, record_link
from filiera.model.named import Named
from filiera.sample.dates import Dates
from filiera.sample.participants import SampleParticipant

PDF: Final = "application/pdf"


@dataclass(frozen=True, slots=True)
class SampleFile:
    """A file, in full."""

    name: str
    media_type: str
    data: bytes

    @property
    def link(self) -> RecordLink:
        """How a record names it."""
        return document_link(sha256(self.data).digest(), self.name, self.media_type)


@dataclass(frozen=True, slots=True)
class Context:
    """What is known only when records are signed.

    `issuers` gives each participant's key the did:pkh of its account and its name;
    `signed` the id of every record signed so far by its plan's key, and may grow while the
    plan is carried out; `now` is the `now` that the sample was built for.
    """

    chain_id: int
    now: int
    issuers: Mapping[str, Named]
    signed: Mapping[str, bytes] = field(default_factory=dict)

    def envelope(
        self, key: str, signer: str, name: str, valid_from: str, valid_until: str | None = None
    ) -> Envelope:
        """The envelope of the planned record `key`."""
        name_of_id = f"{FILIERA_CONTEXT}/sample/{self.chain_id}/{self.now}/{key}"
        return Envelope(
            id=uuid.uuid5(uuid.NAMESPACE_URL, name_of_id).urn,
            issuer=self.issuers[signer],
            name=name,
            valid_from=valid_from,
            valid_until=valid_until,
        )

    def link(self, key: str, kind: LinkType, name: str) -> RecordLink:
        """A link to a record signed before; raises KeyError if it is not."""
        return record_link(self.signed[key], kind, name)

    @property
    def dates(self) -> Dates:
        """The sample's calendar."""
        return Dates(self.now)


@dataclass(frozen=True, slots=True)
class PlannedRecord:
    """A record to be signed by participant `signer`, and the files to be handed in with it.

    Records of one `anchor_round` may be anchored together, those of a lower one before.
    """

    key: str
    signer: str
    build: Callable[[Context], Payload]
    anchor_round: int
    documents: tuple[SampleFile, ...] = ()


@dataclass(frozen=True, slots=True)
class SampleProduct:
    """A product of the sample: its canonical id, its GTIN (14 digits) and lot.

    `own` is the key of its own record, `steps` and `claims` those of what this one lists.
    """

    id: str
    name: str
    gtin: str
    lot: str
    own: str
    steps: tuple[str, ...]
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SampleAccreditation:
    """A certifier's accreditation for a scheme, from `effective` (seconds) on."""

    certifier: str
    scheme: str
    effective: int


@dataclass(frozen=True, slots=True)
class SampleRevocation:
    """A record that its signer revokes once everything is anchored.

    `reason` is a word for a status's reason code, `note` what happened.
    """

    record: str
    reason: str
    note: str


@dataclass(frozen=True, slots=True)
class Sample:
    """Everything that the demonstration carries out, in this order.

    `identities` and `records` are in the order of signing; all of `identities` are the
    founding association's, round 1.
    """

    participants: tuple[SampleParticipant, ...]
    identities: tuple[PlannedRecord, ...]
    accreditations: tuple[SampleAccreditation, ...]
    records: tuple[PlannedRecord, ...]
    revocations: tuple[SampleRevocation, ...]
    main: SampleProduct
    second: SampleProduct
