# SPDX-License-Identifier: Apache-2.0
"""The whole sample for one run."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Final

from filiera.model.base import Payload
from filiera.model.builders import identity_anchor
from filiera.model.statement import Identity
from filiera.sample.claims import CERTIFICATES_ROUND, CLAIMS, ClaimPlan, claim_payload
from filiera.sample.dates import CLAIMED_WITHIN, Dates
from filiera.sample.papers import STEP_PAPERS, WITHHELD, papers
from filiera.sample.participants import PARTICIPANTS, REGISTER, SampleParticipant
from filiera.sample.plan import (
    Context,
    PlannedRecord,
    Sample,
    SampleAccreditation,
    SampleFile,
    SampleRevocation,
)
from filiera.sample.products import MAIN, OWN_ROUND, SECOND, ProductPlan, passport_payload
from filiera.sample.steps import STEPS, StepPlan, step_payload

IDENTITIES_ROUND: Final = 1
_REGISTERED: Final = CLAIMED_WITHIN - 1
_REVOCATIONS: Final = (
    SampleRevocation(
        record="scarf-chemical",
        reason="certificate-withdrawn",
        note="Retest of a finished scarf: formaldehyde above the scheme's limit.",
    ),
)


def build_sample(now: int) -> Sample:
    """The sample as told at `now` (seconds since 1970 UTC); equal for equal `now`.

    Payloads are built from a `Context` of the same `now`.
    """
    dates = Dates(now)
    files = papers(dates)
    certificates = [plan for plan in CLAIMS if plan.anchor_round == CERTIFICATES_ROUND]
    declarations = [plan for plan in CLAIMS if plan.anchor_round != CERTIFICATES_ROUND]
    return Sample(
        participants=PARTICIPANTS,
        identities=tuple(_identity(each) for each in PARTICIPANTS),
        accreditations=tuple(_accreditations(certificates, dates)),
        records=(
            *(_claim(plan, files) for plan in certificates),
            *(_step(plan, files) for plan in STEPS),
            *(_claim(plan, files) for plan in declarations),
            *(_own(plan) for plan in (MAIN, SECOND)),
        ),
        revocations=_REVOCATIONS,
        main=MAIN.product,
        second=SECOND.product,
    )


def identity_key(participant: str) -> str:
    """The key of a participant's identity record."""
    return f"identity-{participant}"


def _identity(holder: SampleParticipant) -> PlannedRecord:
    founder = PARTICIPANTS[0].key
    build = partial(_identity_payload, holder, founder)
    return PlannedRecord(identity_key(holder.key), founder, build, IDENTITIES_ROUND)


def _identity_payload(holder: SampleParticipant, founder: str, context: Context) -> Payload:
    envelope = context.envelope(
        identity_key(holder.key),
        founder,
        f"Identity of {holder.registered_name}",
        context.dates.instant(_REGISTERED),
    )
    identity = Identity(
        did=context.issuers[holder.key].id,
        registered_name=holder.registered_name,
        registered_id=holder.registered_id,
        scheme=REGISTER,
        register_type="business",
    )
    return identity_anchor(
        envelope,
        identity,
        registered_on=context.dates.day(_REGISTERED),
        registrar=PARTICIPANTS[0].party,
    )


def _accreditations(
    certificates: Iterable[ClaimPlan], dates: Dates
) -> Iterable[SampleAccreditation]:
    schemes = dict.fromkeys(plan.scheme.id for plan in certificates if plan.scheme)
    for scheme in schemes:
        yield SampleAccreditation("certifier", scheme, dates.seconds(_REGISTERED))


def _step(plan: StepPlan, files: dict[str, SampleFile]) -> PlannedRecord:
    named = tuple(files[key] for key in STEP_PAPERS.get(plan.key, ()))
    links = [file.link for file in named]

    def build(context: Context) -> Payload:
        return step_payload(plan, context, links)

    return PlannedRecord(plan.key, plan.signer, build, plan.anchor_round, named)


def _claim(plan: ClaimPlan, files: dict[str, SampleFile]) -> PlannedRecord:
    keys = (*((plan.certificate,) if plan.certificate else ()), *plan.evidence)
    links = {key: files[key].link for key in keys}
    handed_in = tuple(files[key] for key in keys if key not in WITHHELD)

    def build(context: Context) -> Payload:
        return claim_payload(plan, context, links)

    return PlannedRecord(plan.key, plan.signer, build, plan.anchor_round, handed_in)


def _own(plan: ProductPlan) -> PlannedRecord:
    return PlannedRecord(plan.own, "brand", partial(passport_payload, plan), OWN_ROUND)
