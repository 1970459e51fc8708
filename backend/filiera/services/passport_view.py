# SPDX-License-Identifier: Apache-2.0
"""The passport as everyone reads it: one shape for the API, `passport.json` and the CLI.

Ids are `ni:///sha-256;…`, instants RFC 3339 in UTC, digests and addresses 0x hex. Every
sentence is given in both languages; every code is one of `proof.reasons`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pydantic import Field

from filiera.model.ids import ni_uri
from filiera.model.statement import Claim, Statement, Step
from filiera.proof.evidence import Evidence
from filiera.proof.reasons import Outcome
from filiera.proof.verdict import RecordVerdict, Verdict
from filiera.services.criteria_view import CriteriaView, criteria_view
from filiera.services.passports import Other, Passport
from filiera.services.view_parts import (
    BlockView,
    CheckView,
    DocumentView,
    GoodsView,
    Part,
    PlaceView,
    StandingView,
    View,
    Words,
    block_view,
    check_view,
    check_views,
    document_view,
    goods_view,
    instant_text,
    place_view,
    standing_view,
)

__all__ = [
    "AnchorView",
    "BlockView",
    "CheckView",
    "ClaimView",
    "CountView",
    "CriteriaView",
    "DocumentView",
    "FlowView",
    "GapView",
    "GoodsView",
    "IssuerView",
    "OtherView",
    "PassportView",
    "PlaceView",
    "ProductView",
    "RecordView",
    "StandingView",
    "StepView",
    "VerdictView",
    "View",
    "Words",
    "passport_view",
    "verdict_sentence",
    "verdict_view",
]


@dataclass(frozen=True, slots=True)
class IssuerView(Part):
    """Who signed: `name` only as proven by the registry's identity record."""

    name: str | None
    participant: str | None
    account: str | None
    stated_by: str | None = None


@dataclass(frozen=True, slots=True)
class AnchorView(Part):
    """Where a record is anchored, and its Merkle path, leaf side first."""

    anchorer: str
    root: str
    index: int
    path: list[str]
    count: int | None
    sequence: int | None
    time: str | None


@dataclass(frozen=True, slots=True)
class RecordView(Part):
    """One record with everything that was found about it."""

    record: str
    type: str | None
    name: str | None
    listed_as: str
    outcome: Outcome
    failing: CheckView | None
    standing: StandingView
    issuer: IssuerView
    anchored: str | None
    anchor: AnchorView | None
    documents: list[DocumentView]
    checks: list[CheckView]
    jws: str | None


@dataclass(frozen=True, slots=True)
class StepView(RecordView):
    """A step: what was done to which lots, where, and when by its own word."""

    kind: str | None
    activity: str | None
    claimed: str | None
    inputs: list[GoodsView]
    outputs: list[GoodsView]
    place: PlaceView | None
    origin: PlaceView | None
    destination: PlaceView | None


@dataclass(frozen=True, slots=True)
class ClaimView(RecordView):
    """A claim: declared by the issuer itself, or certified under a scheme."""

    self_declared: bool | None
    criteria: list[str]
    scheme: str | None
    certificate_number: str | None
    valid_from: str | None
    valid_until: str | None
    about: list[str]
    holder: str | None


@dataclass(frozen=True, slots=True)
class FlowView(Part):
    """A lot that passes from one step to another."""

    product: str
    source: str
    target: str


class GapView(View):
    """A lot whose making no listed step states."""

    product: str
    step: str | None = Field(description="The step that uses it; null for the product itself.")


class OtherView(View):
    """A record that the passport does not list: shown apart, never counted."""

    record: str
    type: str
    name: str
    relation: str
    issuer: str | None = Field(description="The issuer's name, if its identity is proven.")
    account: str
    anchored: str | None
    outcome: Outcome | None = Field(description="What can be said of it alone, if it was judged.")
    standing: StandingView | None = Field(description="What became of it since, if it was judged.")


class CountView(View):
    """M of N."""

    proven: int
    total: int


class VerdictView(View):
    """The verdict: `source` is "node" when a node's word was taken at one stated block."""

    outcome: Outcome
    sentence: str
    source: str | None
    block: BlockView | None
    seal: str
    steps: CountView
    claims: CountView
    standing: StandingView
    checks: list[CheckView]


class ProductView(View):
    """The product, as its own record describes it."""

    id: str
    name: str | None
    granularity: str | None
    country: str | None


class PassportView(View):
    """The whole passport."""

    id: str
    product: ProductView
    verdict: VerdictView
    own: RecordView
    steps: list[StepView]
    claims: list[ClaimView]
    criteria: CriteriaView
    identities: list[RecordView]
    flows: list[FlowView]
    gaps: list[GapView]
    documents_not_presented: int
    others: list[OtherView]
    others_left_out: int = Field(description="How many more such records there are.")
    unavailable: list[str]


def passport_view(passport: Passport) -> PassportView:
    """The view of an assembled passport."""
    verdict, summary, evidence = passport.verdict, passport.summary, passport.evidence
    own = RecordView(**_record(passport.own, evidence))
    steps = [_step(step, evidence) for step in passport.steps]
    claims = [_claim(claim, evidence) for claim in verdict.of("claim")]
    identities = [RecordView(**_record(r, evidence)) for r in verdict.of("identity")]
    return PassportView(
        id=passport.product,
        product=ProductView(
            id=passport.product,
            name=summary.name if summary else None,
            granularity=summary.granularity if summary else None,
            country=summary.country if summary else None,
        ),
        verdict=verdict_view(verdict, _checks(verdict, (own, *steps, *claims, *identities))),
        own=own,
        steps=steps,
        claims=claims,
        criteria=criteria_view(passport.criteria()),
        identities=identities,
        flows=[
            FlowView(product=f.product, source=ni_uri(f.source), target=ni_uri(f.target))
            for f in passport.flows
        ],
        gaps=[
            GapView(product=gap.product, step=ni_uri(gap.step) if gap.step else None)
            for gap in verdict.gaps
        ],
        documents_not_presented=len(verdict.not_presented),
        others=[_other(other) for other in passport.others],
        others_left_out=passport.others_left_out,
        unavailable=list(passport.unavailable),
    )


def verdict_sentence(verdict: Verdict) -> str:
    """`proven (7 of 7 steps; one operator's word)`: the same in every locale."""
    total = len(verdict.of("step"))
    return f"{verdict.outcome} ({verdict.steps_proven} of {total} steps; {verdict.seal})"


def verdict_view(verdict: Verdict, checks: list[CheckView] | None = None) -> VerdictView:
    """The view of a verdict alone; `checks` are those of its checks, where they are made."""
    return VerdictView(
        outcome=verdict.outcome,
        sentence=verdict_sentence(verdict),
        source=verdict.source,
        block=block_view(verdict.block) if verdict.block else None,
        seal=verdict.seal,
        steps=CountView(proven=verdict.steps_proven, total=len(verdict.of("step"))),
        claims=CountView(proven=verdict.claims_proven, total=len(verdict.of("claim"))),
        standing=standing_view(verdict.standing),
        checks=check_views(verdict.checks) if checks is None else checks,
    )


def _checks(verdict: Verdict, records: Iterable[RecordView]) -> list[CheckView]:
    """The views of all checks of a verdict: those about a record are made with it."""
    views = {each.record: each.checks for each in records}
    made = {
        id(check): view
        for record in verdict.records.values()
        for check, view in zip(record.checks, views.get(ni_uri(record.id), ()), strict=False)
    }
    return [made.get(id(check)) or check_view(check) for check in verdict.checks]


def _anchor(record: bytes, evidence: Evidence) -> AnchorView | None:
    presented = evidence.records.get(record)
    inclusion = presented.inclusion if presented else None
    if inclusion is None:
        return None
    anchors = evidence.facts.anchors if evidence.facts else {}
    slot = anchors.get((inclusion.anchorer, inclusion.root))
    return AnchorView(
        anchorer=inclusion.anchorer,
        root="0x" + inclusion.root.hex(),
        index=inclusion.index,
        path=["0x" + each.hex() for each in inclusion.path],
        count=slot.count if slot else None,
        sequence=slot.sequence if slot else None,
        time=instant_text(slot.time) if slot and slot.time else None,
    )


def _record(record: RecordVerdict, evidence: Evidence) -> dict[str, Any]:
    """The members that every kind of record has."""
    statement = record.statement
    presented = evidence.records.get(record.id)
    failing = record.failing
    return {
        "record": ni_uri(record.id),
        "type": statement.type.value if statement else None,
        "name": statement.name if statement else None,
        "listed_as": record.relation,
        "outcome": record.outcome,
        "failing": check_view(failing) if failing else None,
        "standing": standing_view(record.standing),
        "issuer": IssuerView(
            name=record.name,
            participant=ni_uri(record.participant) if record.participant else None,
            account=record.address,
            stated_by=_stated_by(statement),
        ),
        "anchored": instant_text(record.anchored),
        "anchor": _anchor(record.id, evidence),
        "documents": [document_view(line) for line in record.documents],
        "checks": check_views(record.checks),
        "jws": presented.jws.decode("ascii", "replace") if presented else None,
    }


def _stated_by(statement: Statement | None) -> str | None:
    stated = statement.stated_by if statement else None
    return (stated.name or stated.id) if stated else None


def _step(record: RecordVerdict, evidence: Evidence) -> StepView:
    said = record.statement.said if record.statement else None
    step = said if isinstance(said, Step) else None
    return StepView(
        **_record(record, evidence),
        kind=step.kind.value if step else None,
        activity=step.activity.name if step else None,
        claimed=step.date if step else None,
        inputs=[goods_view(goods) for goods in step.inputs] if step else [],
        outputs=[goods_view(goods) for goods in step.outputs] if step else [],
        place=place_view(step.place) if step and step.place else None,
        origin=place_view(step.origin) if step and step.origin else None,
        destination=place_view(step.destination) if step and step.destination else None,
    )


def _claim(record: RecordVerdict, evidence: Evidence) -> ClaimView:
    said = record.statement.said if record.statement else None
    claim = said if isinstance(said, Claim) else None
    return ClaimView(
        **_record(record, evidence),
        self_declared=claim.self_declared if claim else None,
        criteria=[each.code or each.id for each in claim.criteria] if claim else [],
        scheme=claim.scheme.name if claim else None,
        certificate_number=claim.certificate_number if claim else None,
        valid_from=record.statement.valid_from if record.statement else None,
        valid_until=record.statement.valid_until if record.statement else None,
        about=[each.id for each in claim.products] if claim else [],
        holder=claim.party.name if claim else None,
    )


def _other(other: Other) -> OtherView:
    return OtherView(
        record=ni_uri(other.record.id),
        type=other.record.type,
        name=other.statement.name,
        relation=other.relation,
        issuer=other.found.name if other.found else None,
        account=other.record.address,
        anchored=instant_text(other.anchored),
        outcome=other.found.outcome if other.found else None,
        standing=standing_view(other.found.standing) if other.found else None,
    )
