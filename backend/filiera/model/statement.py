# SPDX-License-Identifier: Apache-2.0
"""What a record says, as plain values: what the graph, the checks and the table need.

`records.statement_of` makes these from any signed payload, so that nobody else has to
know where UNTP keeps what.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from filiera.model.criteria import CriterionCode
from filiera.model.links import RecordLink
from filiera.model.named import Classified, Named


class RecordType(StrEnum):
    """The types of record, each with the very name that its `type` array holds."""

    DPP = "DigitalProductPassport"
    DTE = "DigitalTraceabilityEvent"
    DCC = "DigitalConformityCredential"
    DIA = "DigitalIdentityAnchor"
    PRODUCT_STATEMENT = "ProductStatement"


class Capacity(StrEnum):
    """In which capacity an issuer makes a statement; each is the name of a role on chain."""

    PRODUCER = "producer"
    CERTIFIER = "certifier"
    ASSOCIATION = "association"
    AUDITOR = "auditor"
    IMPORTER = "importer"


class StepKind(StrEnum):
    """What a step does to goods."""

    MAKE = "make"
    MOVE = "move"
    MODIFY = "modify"


@dataclass(frozen=True, slots=True)
class Amount:
    """How much, in a unit of UNECE Recommendation 20."""

    value: Decimal
    unit: str


@dataclass(frozen=True, slots=True)
class Goods:
    """A product (model, batch or item) in a step, and how much of it."""

    product: str
    name: str
    granularity: str | None = None
    quantity: Amount | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A facility and as much of its address as is known; `country` is two capitals."""

    id: str
    name: str
    country: str | None = None
    street: str | None = None
    postal_code: str | None = None
    locality: str | None = None
    region: str | None = None


@dataclass(frozen=True, slots=True)
class PartyInRole:
    """A party that a step names, and what it was to it (UNTP's code list)."""

    role: str
    party: Named


@dataclass(frozen=True, slots=True)
class Step:
    """A traceability event (DTE). `date` is the claimed instant, RFC 3339 as written.

    A make has inputs, outputs and a place; a modify has a place, a move `origin` and
    `destination`, and in both of these the same goods are inputs and outputs.
    """

    event: str
    kind: StepKind
    name: str
    date: str
    activity: Classified
    inputs: tuple[Goods, ...]
    outputs: tuple[Goods, ...]
    place: Place | None = None
    origin: Place | None = None
    destination: Place | None = None
    parties: tuple[PartyInRole, ...] = ()
    description: str | None = None


@dataclass(frozen=True, slots=True)
class StatedCriterion:
    """A criterion that a claim was made under; `code` if it is one of ours."""

    id: str
    name: str
    code: CriterionCode | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """A conformity credential (DCC): what is attested of whom, under which scheme.

    Its window is the record's validFrom and validUntil. `conformance` is False if any
    assessment found against it, None if none says.
    """

    attestation: str
    name: str
    self_declared: bool
    scheme: Named
    party: Named
    certificate_number: str | None = None
    criteria: tuple[StatedCriterion, ...] = ()
    products: tuple[Named, ...] = ()
    facilities: tuple[Named, ...] = ()
    conformance: bool | None = None


@dataclass(frozen=True, slots=True)
class Ingredient:
    """A material of a product: `share` of its mass and recycled part of that, both 0 to 1."""

    name: str
    country: str
    kind: Classified
    share: Decimal
    recycled: Decimal | None = None


@dataclass(frozen=True, slots=True)
class OwnProduct:
    """A product's own record (DPP or ProductStatement), `production_date` a calendar day."""

    product: str
    name: str
    granularity: str | None = None
    scheme: Named | None = None
    categories: tuple[Classified, ...] = ()
    place: Place | None = None
    country: str | None = None
    description: str | None = None
    model_number: str | None = None
    batch_number: str | None = None
    item_number: str | None = None
    production_date: str | None = None
    materials: tuple[Ingredient, ...] = ()
    parties: tuple[PartyInRole, ...] = ()


@dataclass(frozen=True, slots=True)
class Identity:
    """An identity record (DIA): the account's did, and its entry in a register."""

    did: str
    registered_name: str
    registered_id: str
    scheme: Named
    register_type: str


Said = Step | Claim | OwnProduct | Identity


@dataclass(frozen=True, slots=True)
class StatedBy:
    """Whose words an importer passes on; the name is absent where the source has none."""

    id: str
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """What one record says.

    `capacity` is None if nobody may say such a thing. `subject` is the id of its
    credentialSubject, which a reissue keeps. `products` are the ids of all products that
    it speaks of, each once. `predecessor` is the id of the record that it replaces.
    """

    type: RecordType
    id: str
    issuer: str
    issuer_name: str
    name: str
    valid_from: str
    valid_until: str | None
    capacity: Capacity | None
    subject: str
    products: tuple[str, ...]
    said: Said
    stated_by: StatedBy | None = None
    predecessor: bytes | None = None
    links: tuple[RecordLink, ...] = ()
