# SPDX-License-Identifier: Apache-2.0
"""What a product's own record says of its performance (UNTP Claim), and criteria by reference."""

from __future__ import annotations

from typing import Annotated

from filiera.model.base import Open
from filiera.model.links import Link
from filiera.model.measure import ConformityTopic, Performance, Period
from filiera.model.scalars import Bounded, Day, Line, Text, Types, Uri, contains


class CriterionRef(Open):
    """A criterion by its identifier: one of ours (`criteria.py`) or a scheme's own."""

    type: Annotated[Types, contains("Criterion")] = ("Criterion",)
    id: Uri
    name: Line


class RegulationRef(Open):
    """A regulation by its identifier."""

    type: Annotated[Types, contains("Regulation")] = ("Regulation",)
    id: Uri
    name: Line


class StandardRef(Open):
    """A standard by its identifier."""

    type: Annotated[Types, contains("Standard")] = ("Standard",)
    id: Uri
    name: Line


class PerformanceClaim(Open):
    """A maker's own claim inside a product record (UNTP Claim)."""

    type: Annotated[Types, contains("Claim")] = ("Claim",)
    id: Uri
    name: Line
    description: Text | None = None
    reference_criteria: Annotated[tuple[CriterionRef, ...], Bounded]
    reference_regulation: Annotated[tuple[RegulationRef, ...], Bounded] | None = None
    reference_standard: Annotated[tuple[StandardRef, ...], Bounded] | None = None
    claim_date: Day
    applicable_period: Period | None = None
    claimed_performance: Annotated[tuple[Performance, ...], Bounded]
    evidence: Annotated[tuple[Link, ...], Bounded] | None = None
    conformity_topic: Annotated[tuple[ConformityTopic, ...], Bounded]
