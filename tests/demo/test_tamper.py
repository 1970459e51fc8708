# SPDX-License-Identifier: Apache-2.0
"""Altering evidence for a demonstration, and saying so where there is nothing to alter."""

from __future__ import annotations

import pytest

from filiera.demo.request import Tamper
from filiera.demo.tamper import tamper_evidence
from filiera.errors import InputError
from filiera.proof.evidence import Evidence, Presented
from filiera.proof.reasons import Outcome
from filiera.proof.verify import verify
from filiera.services.gathering import Gathered
from tests.support.world import GARMENT, World, with_presented


def altered(evidence: Evidence) -> Evidence:
    return tamper_evidence(Tamper.PROOF, Gathered(evidence))[0].evidence


def test_one_hash_of_one_path_is_altered() -> None:
    world = World()
    verdict = verify(altered(world.evidence()), world.trust(), GARMENT)
    failing = {check.code for check in verdict.checks if check.outcome is not Outcome.PROVEN}
    assert failing == {"path-mismatch"}
    assert verdict.steps_proven == 1


def test_a_path_that_no_listed_step_has_cannot_be_altered() -> None:
    world = World()
    evidence = world.evidence()
    for name in ("spin", "weave"):
        evidence = with_presented(evidence, world.id(name), Presented(world.jws[name]))
    with pytest.raises(InputError) as error:
        altered(evidence)
    assert error.value.code == "usage"


def test_an_italian_is_told_in_italian_what_was_altered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FILIERA_LANG", "it")
    _, said = tamper_evidence(Tamper.PROOF, Gathered(World().evidence()))
    assert said.endswith("è stata alterata.")
