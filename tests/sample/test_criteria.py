# SPDX-License-Identifier: Apache-2.0
"""What the sample's two products come to, criterion by criterion."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from filiera.domain.criteria_states import State
from filiera.domain.support import Accreditations, criteria_states
from filiera.proof.facts import Accreditation, Entry, scheme_key
from tests.sample.signed import SignedSample

SAMPLE: Mapping[str, str] = {
    "traceability": "declared",
    "short-supply-chain": "documented",
    "circularity": "verified",
    "environmental-footprint": "missing",
    "chemical-evidence": "verified",
    "social-ethical": "verified",
    "quality-of-work": "documented",
}


@pytest.fixture(scope="module")
def sample() -> SignedSample:
    return SignedSample()


def accredited(sample: SignedSample) -> Accreditations:
    association = sample.participant_ids["association"]
    return {
        (sample.participant_ids[each.certifier], scheme_key(each.scheme)): (
            Entry(each.effective, each.effective, Accreditation(True, association)),
        )
        for each in sample.sample.accreditations
    }


def test_the_samples_cardigan_speaks_to_six_of_the_seven(sample: SignedSample) -> None:
    states = criteria_states(sample.judge(sample.sample.main), accredited(sample))
    assert {each.code.value: each.state.value for each in states.criteria} == SAMPLE
    assert (states.other_schemes, states.other_goods) == ((), ())


def test_the_samples_scarf_has_a_revoked_test_and_five_criteria_missing(
    sample: SignedSample,
) -> None:
    states = criteria_states(sample.judge(sample.sample.second), accredited(sample))
    said = {each.code.value: each.state for each in states.criteria}
    assert said["chemical-evidence"] is State.REVOKED
    assert said["circularity"] is State.VERIFIED
    assert list(said.values()).count(State.MISSING) == 5
