# SPDX-License-Identifier: Apache-2.0
"""What is asked of a verification, and what it answers."""

from __future__ import annotations

from typing import Self

from pydantic import Field, model_validator

from filiera.model.ids import ni_uri
from filiera.proof.evidence import Evidence
from filiera.proof.reasons import Outcome
from filiera.proof.verdict import RecordVerdict
from filiera.services.passport_view import VerdictView
from filiera.services.view_parts import (
    BlockView,
    CheckView,
    StandingView,
    View,
    block_view,
    check_views,
    instant_text,
    standing_view,
)


class VerifyBody(View):
    """What to verify: a product's passport, or one record as it was signed."""

    product: str | None = Field(None, description="A product's id, however it is spelled.")
    record: str | None = Field(None, description="A record's JWS.")
    block: int | None = Field(None, ge=0, le=2**53 - 1, description="The newest without.")

    @model_validator(mode="after")
    def _names_one_thing(self) -> Self:
        if (self.product is None) == (self.record is None):
            raise ValueError("Give either product or record")
        return self


class RecordVerdictView(View):
    """The checks of one record by itself."""

    record: str
    outcome: Outcome
    issuer: str | None = Field(description="The name that its identity record proves.")
    account: str | None
    anchored: str | None
    standing: StandingView
    checks: list[CheckView]
    block: BlockView | None


class VerifiedView(View):
    """The verdict about a product, or that about a record; the other is absent."""

    product: str | None = None
    verdict: VerdictView | None = None
    record: RecordVerdictView | None = None
    unavailable: list[str] = Field(description="The parts that did not answer.")


def record_verdict_view(found: RecordVerdict, evidence: Evidence) -> RecordVerdictView:
    """The verdict about one record."""
    return RecordVerdictView(
        record=ni_uri(found.id),
        outcome=found.outcome,
        issuer=found.name,
        account=found.address,
        anchored=instant_text(found.anchored),
        standing=standing_view(found.standing),
        checks=check_views(found.checks),
        block=block_view(evidence.facts.block) if evidence.facts else None,
    )
