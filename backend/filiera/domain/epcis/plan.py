# SPDX-License-Identifier: Apache-2.0
"""What an EPCIS import will put on record, before anything is signed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from filiera.domain.epcis.files import EpcisFile
from filiera.model.links import RecordLink
from filiera.model.statement import OwnProduct, StatedBy, Step


class Reason(StrEnum):
    """Why an event is no step."""

    OBSERVED = "observed"
    DELETED = "deleted"
    AGGREGATION = "aggregation"
    ASSOCIATION = "association"
    TRANSACTION = "transaction"
    EXTENSION = "extension"
    IN_ERROR = "declared-in-error"
    REPEATED = "repeated"
    OUTPUT_ELSEWHERE = "output-elsewhere"
    INCOMPLETE = "incomplete"
    MADE_OF_ITSELF = "made-of-itself"
    TOO_MANY = "too-many-products"


SENTENCES: Final[dict[Reason, tuple[str, str]]] = {
    Reason.OBSERVED: ("observed, no step", "osservazione, nessun passaggio"),
    Reason.DELETED: ("end of life, no step", "fine vita, nessun passaggio"),
    Reason.AGGREGATION: ("packed or unpacked", "imballato o disimballato"),
    Reason.ASSOCIATION: ("fixed to or taken off an object", "montato o smontato"),
    Reason.TRANSACTION: ("tied to a business document", "legato a un documento commerciale"),
    Reason.EXTENSION: (
        "an event type of another vocabulary",
        "tipo di evento di altro vocabolario",
    ),
    Reason.IN_ERROR: ("declared in error", "dichiarato errato"),
    Reason.REPEATED: ("the same event again", "lo stesso evento, ripetuto"),
    Reason.OUTPUT_ELSEWHERE: (
        "another event outputs the same identifier",
        "un altro evento produce lo stesso identificativo",
    ),
    Reason.INCOMPLETE: ("lacks what a step must say", "manca ciò che un passaggio deve dire"),
    Reason.MADE_OF_ITSELF: (
        "outputs one of its own inputs",
        "produce uno dei propri ingressi",
    ),
    Reason.TOO_MANY: (
        "names more products than a record holds",
        "nomina più prodotti di quanti ne tiene una dichiarazione",
    ),
}
"""reason -> (English, Italian)."""


@dataclass(frozen=True, slots=True)
class StepRef:
    """A planned step by its number, and the name to link it by."""

    number: int
    name: str


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """A step to be signed as a UNTP traceability event.

    `number` is its place in `ImportPlan.steps`, where every upstream step comes before.
    `time_zone` is the event's own local offset, `sources` the events it was made from.
    """

    number: int
    step: Step
    stated_by: StatedBy
    documents: tuple[RecordLink, ...]
    sources: tuple[str, ...]
    upstream: tuple[StepRef, ...]
    time_zone: str | None = None


@dataclass(frozen=True, slots=True)
class AlsoSaid:
    """An event that is no step: stored with its file, linked to its products.

    `file` is the file's SHA-256, `index` the event's position in it, `time` as written;
    `products` are canonical ids; `missing` names the UNTP members that it lacks.
    """

    file: bytes
    file_name: str
    index: int
    event: str
    type: str
    action: str | None
    business_step: str | None
    time: str
    products: tuple[str, ...]
    reason: Reason
    stated_by: StatedBy
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Gap:
    """An input of a listed step for which there is no step."""

    product: str
    name: str
    step: int


@dataclass(frozen=True, slots=True)
class PlannedProduct:
    """The product's own record: a ProductStatement that lists its steps.

    `also_said` are those events about the product and the lots upstream of it.
    """

    product: OwnProduct
    stated_by: StatedBy
    steps: tuple[StepRef, ...]
    documents: tuple[RecordLink, ...]
    also_said: tuple[AlsoSaid, ...]


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """Everything that the files say, sorted.

    Sign `steps` in order, then `product`. `gaps` are those of the product's listed steps;
    `also_said` holds all events that are no steps, of whatever product; `products` are all
    ids found.
    """

    files: tuple[EpcisFile, ...]
    steps: tuple[PlannedStep, ...]
    product: PlannedProduct
    also_said: tuple[AlsoSaid, ...]
    gaps: tuple[Gap, ...]
    products: tuple[str, ...]
