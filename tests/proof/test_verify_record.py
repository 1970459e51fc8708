# SPDX-License-Identifier: Apache-2.0
"""One record by itself: the same checks, whatever kind of record it is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from filiera.proof.evidence import Presented
from filiera.proof.reasons import Outcome
from filiera.proof.verify import verify_record
from tests.support.world import World, with_presented


@pytest.mark.parametrize("name", ["spin", "claim", "own", "Filatura"])
def test_a_record_of_any_kind_is_proven_by_itself(name: str) -> None:
    world = World()
    found = verify_record(replace(world.evidence(), own=world.id(name)), world.trust())
    assert found.outcome is Outcome.PROVEN
    assert found.relation == "alone"


def test_what_it_lists_is_not_part_of_it() -> None:
    world = World()
    evidence = with_presented(world.evidence(), world.id("spin"), None)
    assert verify_record(evidence, world.trust()).outcome is Outcome.PROVEN


def test_without_a_chain_or_an_anchor_it_could_not_be_checked() -> None:
    world = World()
    record = world.id("spin")
    evidence = replace(world.evidence(), own=record)
    loose = with_presented(evidence, record, Presented(world.jws["spin"]))
    for lacking in (replace(evidence, facts=None), loose):
        assert verify_record(lacking, world.trust()).outcome is Outcome.UNKNOWN


def test_a_record_of_another_chains_facts_is_disproven() -> None:
    world = World()
    trust = replace(world.trust(), genesis_hash=bytes(32))
    found = verify_record(replace(world.evidence(), own=world.id("spin")), trust)
    assert found.failing is not None
    assert found.failing.code == "chain-mismatch"
