# SPDX-License-Identifier: Apache-2.0
"""Each criterion is in one state, and what nobody speaks of is visible."""

from __future__ import annotations

import pytest

from filiera.model.criteria import CRITERIA
from filiera.web.sections.criteria import MARKS, CriterionState
from tests.support.site import SITUATIONS, read


def test_every_state_has_a_mark_and_no_two_share_word_or_icon() -> None:
    assert set(MARKS) == set(CriterionState)
    assert len({mark.word for mark in MARKS.values()}) == len(MARKS)
    assert len({mark.icon for mark in MARKS.values()}) == len(MARKS)


@pytest.mark.parametrize(
    ("situation", "said"),
    [
        ("proven", "declared only"),
        ("claim-expired", "expired"),
        ("claim-withdrawn", "revoked"),
        ("outage-chain", "could not check"),
    ],
)
def test_a_criterion_says_what_its_claim_makes_of_it(situation: str, said: str) -> None:
    section = read(SITUATIONS[situation]()).one("section", id="criteria")
    assert "Short supply chain" in section.text
    assert said in section.text


def test_criteria_that_nobody_speaks_of_are_there_and_called_missing() -> None:
    section = read(SITUATIONS["proven"]()).one("section", id="criteria").text
    assert all(each.name_en in section for each in CRITERIA.values())
    assert section.count("Nobody says anything about it.") == len(CRITERIA) - 1
