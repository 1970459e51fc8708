# SPDX-License-Identifier: Apache-2.0
"""The criteria as everyone reads them (docs/criteria.md): states and notes by their codes."""

from __future__ import annotations

from pydantic import Field

from filiera.domain.criteria_states import CriteriaStates, CriterionState, Support
from filiera.model.ids import ni_uri
from filiera.services.view_parts import View


class SupportView(View):
    """One claim under a criterion: what it alone gives, why, and the steps it bears on."""

    record: str = Field(description="The claim; the product's own record if that is the reason.")
    state: str
    notes: list[str]
    steps: list[str]


class CriterionView(View):
    """One criterion; of its claims the first decides."""

    code: str
    state: str
    claims: list[SupportView]


class CriteriaView(View):
    """The seven, and the listed claims that support none of them."""

    states: list[CriterionView]
    other_schemes: list[str] = Field(description="Claims under another scheme's criteria alone.")
    other_goods: list[str] = Field(description="Claims about other goods, places or firms.")


def criteria_view(states: CriteriaStates) -> CriteriaView:
    """The view of the states."""
    return CriteriaView(
        states=[_criterion(each) for each in states.criteria],
        other_schemes=[ni_uri(record) for record in states.other_schemes],
        other_goods=[ni_uri(record) for record in states.other_goods],
    )


def _criterion(criterion: CriterionState) -> CriterionView:
    return CriterionView(
        code=criterion.code.value,
        state=criterion.state.value,
        claims=[_support(each) for each in criterion.claims],
    )


def _support(support: Support) -> SupportView:
    return SupportView(
        record=ni_uri(support.record),
        state=support.state.value,
        notes=[note.value for note in support.notes],
        steps=[ni_uri(step) for step in support.steps],
    )
