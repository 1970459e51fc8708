# SPDX-License-Identifier: Apache-2.0
"""Filiera's own list of criteria: the scheme of a claim that names no other (docs/criteria.md).

Each criterion has a permanent code, an identifier under our context, names in English
and Italian, and the UNTP topic that comes nearest. Adding one is a line in `CRITERIA`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from filiera.model.context import FILIERA_CONTEXT
from filiera.model.named import Named

CRITERIA_SCHEME: Final = Named(f"{FILIERA_CONTEXT}#criteria", "Filiera criteria")


class CriterionCode(StrEnum):
    """The permanent codes."""

    TRACEABILITY = "traceability"
    SHORT_SUPPLY_CHAIN = "short-supply-chain"
    CIRCULARITY = "circularity"
    ENVIRONMENTAL_FOOTPRINT = "environmental-footprint"
    CHEMICAL_EVIDENCE = "chemical-evidence"
    SOCIAL_ETHICAL = "social-ethical"
    QUALITY_OF_WORK = "quality-of-work"


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion, and the nearest topic of UNTP's classification."""

    code: CriterionCode
    name_en: str
    name_it: str
    topic: Named

    @property
    def reference(self) -> Named:
        """How a record refers to it: a URI under our context, and its English name."""
        return Named(f"{FILIERA_CONTEXT}#criterion-{self.code}", self.name_en)


def _topic(code: str, name: str) -> Named:
    return Named(f"https://vocabulary.uncefact.org/conformity-topics/{code}", name)


CRITERIA: Final[dict[CriterionCode, Criterion]] = {
    criterion.code: criterion
    for criterion in (
        Criterion(
            CriterionCode.TRACEABILITY,
            "Traceability",
            "Tracciabilità",
            _topic("supply-chain-traceability", "Supply Chain Traceability"),
        ),
        Criterion(
            CriterionCode.SHORT_SUPPLY_CHAIN,
            "Short supply chain",
            "Filiera corta",
            _topic("regional-economic-growth", "Regional Economic Growth"),
        ),
        Criterion(
            CriterionCode.CIRCULARITY,
            "Circularity",
            "Circolarità",
            _topic("circular-value-chains", "Circular Value Chains"),
        ),
        Criterion(
            CriterionCode.ENVIRONMENTAL_FOOTPRINT,
            "Environmental footprint",
            "Impronta ambientale",
            _topic("greenhouse-gas-emissions", "Greenhouse Gas Emissions"),
        ),
        Criterion(
            CriterionCode.CHEMICAL_EVIDENCE,
            "Chemical evidence",
            "Evidenze chimiche",
            _topic("chemical-safety", "Chemical Safety"),
        ),
        Criterion(
            CriterionCode.SOCIAL_ETHICAL,
            "Social and ethical conditions",
            "Condizioni sociali ed etiche",
            _topic("decent-work-conditions", "Decent Work Conditions"),
        ),
        Criterion(
            CriterionCode.QUALITY_OF_WORK,
            "Quality of work",
            "Qualità del lavoro",
            _topic("quality-performance", "Quality Performance"),
        ),
    )
}
_BY_ID: Final = {criterion.reference.id: criterion.code for criterion in CRITERIA.values()}


def criterion_code(criterion_id: str) -> CriterionCode | None:
    """The code behind a criterion's identifier, None if it is another scheme's."""
    return _BY_ID.get(criterion_id)
