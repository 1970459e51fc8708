# SPDX-License-Identifier: Apache-2.0
"""The contracts and the pure checks read a history alike."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from filiera.proof.facts import state_at
from tests.support.chain import District

pytestmark = pytest.mark.stack
REGISTRY = "ParticipantRegistry"
STEP = 1_000
ENTRIES = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 15)), min_size=1, max_size=6)


@given(entries=ENTRIES)
@settings(max_examples=20)
def test_what_holds_when_is_the_same_on_chain_and_in_the_facts(
    district_once: District, entries: list[tuple[int, int]]
) -> None:
    """Each entry is recorded a step after the one before, and is effective `ahead` steps later."""
    chain = district_once.chain
    with chain.put_back():
        participant = district_once.association.id
        start = chain.head().time
        for i, (ahead, roles) in enumerate(entries, start=1):
            # Roles of the association itself, which must keep what it needs to go on.
            chain.at(start + i * STEP)
            effective = start + (i + ahead) * STEP if ahead else 0
            district_once.registrar.set_roles(participant, roles | 4, effective=effective)
        facts = district_once.ledger.read(chain.head(), participants=[participant])
        history = facts.participants[participant].roles
        for _ in range(8):
            now = chain.pass_time(STEP // 2)
            held = state_at(history, now)
            assert held is not None
            for bit in range(4):
                on_chain = district_once.ask(REGISTRY, "hasRole", participant, 1 << bit)
                assert on_chain == bool(held & 1 << bit)
