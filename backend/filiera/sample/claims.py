# SPDX-License-Identifier: Apache-2.0
"""The sample's claims as a table, and the payload of each.

Six of the seven criteria are spoken to, three by certificates and three by the firms'
own word; the environmental footprint is left open, as a district's first passport would.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from filiera.model.base import Payload
from filiera.model.builders import certificate, self_declaration
from filiera.model.conformity import AttestationType
from filiera.model.criteria import CriterionCode
from filiera.model.links import RecordLink
from filiera.model.named import Named
from filiera.sample.goods import CARDIGAN, FIBRE, GREEN, SCARF, Lot
from filiera.sample.participants import participant
from filiera.sample.plan import Context

ASSESSED: Final = 28
ISSUED: Final = 27
VALID_FOR: Final = 365
"""Days: every certificate is assessed and issued before the first step, and holds a year."""
CERTIFICATES_ROUND: Final = 2
DECLARATIONS_ROUND: Final = 6

RECYCLED: Final = Named(
    "https://filiera.example/schemes/recycled-content", "Recycled Content (sample scheme)"
)
CHEMICAL: Final = Named(
    "https://filiera.example/schemes/textile-chemistry", "Textile Chemistry (sample scheme)"
)
FAIR_WORK: Final = Named("https://filiera.example/schemes/fair-work", "Fair Work (sample scheme)")


@dataclass(frozen=True, slots=True)
class ClaimPlan:
    """One claim about lots and the places of participants.

    `name` is what the record says, `name_it` the same for the printed certificate.
    With a `scheme` and a `number` it is the certifier's, issued to `holder`; otherwise it
    is the holder's own word, given `days_ago`. `certificate` and `evidence` are keys of
    papers.
    """

    key: str
    holder: str
    name: str
    name_it: str
    criterion: CriterionCode
    lots: tuple[Lot, ...]
    description: str
    places: tuple[str, ...] = ()
    scheme: Named | None = None
    number: str | None = None
    kind: AttestationType = AttestationType.DECLARATION
    certificate: str | None = None
    evidence: tuple[str, ...] = ()
    days_ago: int = ISSUED

    @property
    def signer(self) -> str:
        """The participant that says it."""
        return "certifier" if self.scheme else self.holder

    @property
    def anchor_round(self) -> int:
        """Certificates before the steps that rely on them, declarations after."""
        return CERTIFICATES_ROUND if self.scheme else DECLARATIONS_ROUND


CLAIMS: Final = (
    ClaimPlan(
        key="recycled-content",
        holder="fibre",
        name="Recycled content of the wool fibre",
        name_it="Contenuto riciclato della fibra di lana",
        criterion=CriterionCode.CIRCULARITY,
        lots=(FIBRE,),
        places=("fibre",),
        scheme=RECYCLED,
        number="IPC-RC-0117",
        kind=AttestationType.CERTIFICATION,
        certificate="recycled-content-certificate",
        evidence=("fibre-report",),
        description="At least 80% by mass of recycled wool, from offcuts of the district.",
    ),
    ClaimPlan(
        key="chemical-safety",
        holder="dyer",
        name="Chemical test of the green dye recipe",
        name_it="Prova chimica della ricetta di tintura verde",
        criterion=CriterionCode.CHEMICAL_EVIDENCE,
        lots=(GREEN,),
        places=("dyer",),
        scheme=CHEMICAL,
        number="IPC-CH-0342",
        kind=AttestationType.TESTING,
        certificate="chemical-certificate",
        evidence=("chemical-report",),
        description="Tested on the laboratory dip that the lot was then dyed to.",
    ),
    ClaimPlan(
        key="social-audit",
        holder="workshop",
        name="Working conditions at the making-up workshop",
        name_it="Condizioni di lavoro nel laboratorio di confezione",
        criterion=CriterionCode.SOCIAL_ETHICAL,
        lots=(CARDIGAN,),
        places=("workshop",),
        scheme=FAIR_WORK,
        number="IPC-FW-0058",
        kind=AttestationType.INSPECTION,
        certificate="social-certificate",
        evidence=("social-annex",),
        description="Announced audit of contracts, hours, wages and safety.",
    ),
    ClaimPlan(
        key="scarf-chemical",
        holder="knitter",
        name="Chemical test of the scarf",
        name_it="Prova chimica della sciarpa",
        criterion=CriterionCode.CHEMICAL_EVIDENCE,
        lots=(SCARF,),
        places=("knitter",),
        scheme=CHEMICAL,
        number="IPC-CH-0343",
        kind=AttestationType.TESTING,
        certificate="scarf-certificate",
        description="Tested on a first sample of the scarf.",
    ),
    ClaimPlan(
        key="quality-of-work",
        holder="workshop",
        name="Linked by hand, measured piece by piece",
        name_it="Rimagliato a mano, misurato capo per capo",
        criterion=CriterionCode.QUALITY_OF_WORK,
        lots=(CARDIGAN,),
        places=("workshop",),
        evidence=("quality-sheet",),
        days_ago=6,
        description="Seams linked loop by loop by the workshop's own staff; no subcontracting.",
    ),
    ClaimPlan(
        key="traceability",
        holder="brand",
        name="Traced from the fibre to the shop",
        name_it="Tracciato dalla fibra al negozio",
        criterion=CriterionCode.TRACEABILITY,
        lots=(CARDIGAN,),
        days_ago=2,
        description="Every step of the wool is stated by the firm that did it; the buttons' "
        "origin is not.",
    ),
    ClaimPlan(
        key="short-supply-chain",
        holder="brand",
        name="Made in the district after spinning",
        name_it="Fatto nel distretto dopo la filatura",
        criterion=CriterionCode.SHORT_SUPPLY_CHAIN,
        lots=(CARDIGAN,),
        evidence=("distances",),
        days_ago=2,
        description="From dyeing on, every step lies within 75 km of Bologna as the crow flies.",
    ),
)
"""In the order of signing."""


def claim_payload(plan: ClaimPlan, context: Context, papers: Mapping[str, RecordLink]) -> Payload:
    """The claim's record; `papers` has the links that it names."""
    dates = context.dates
    until = None if plan.scheme is None else dates.instant(plan.days_ago - VALID_FOR, 0)
    envelope = context.envelope(
        plan.key, plan.signer, plan.name, dates.instant(plan.days_ago, 0), until
    )
    common: dict[str, Any] = {
        "criteria": [plan.criterion],
        "products": [lot.named for lot in plan.lots],
        "facilities": [_facility(key) for key in plan.places],
        "certificate": papers[plan.certificate] if plan.certificate else None,
        "evidence": [papers[key] for key in plan.evidence],
        "description": plan.description,
    }
    if plan.scheme is None or plan.number is None:
        return self_declaration(envelope, assessed_on=dates.day(plan.days_ago), **common)
    return certificate(
        envelope,
        number=plan.number,
        scheme=plan.scheme,
        party=context.issuers[plan.holder],
        assessed_on=dates.day(ASSESSED),
        kind=plan.kind,
        **common,
    )


def _facility(key: str) -> Named:
    place = participant(key).place
    return Named(place.id, place.name)
