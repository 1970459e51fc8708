# SPDX-License-Identifier: Apache-2.0
"""The one sentence says no more than was proven, and always what it does not prove."""

from __future__ import annotations

from dataclasses import replace
from string import Formatter
from typing import Any

import pytest

from filiera.proof.facts import Block, Status, StatusKind
from filiera.proof.reasons import REASONS, Outcome
from filiera.proof.sentences import SENTENCES, sentence
from filiera.proof.verdict import PASSPORT, Check, Verdict, with_ground
from filiera.proof.verify import verify
from tests.support.world import ANCHORED, GARMENT, World

NOT = {"en": "This does not prove that what was said is true", "it": "Non prova che"}
COUNTS = {"signers": "3", "validators": "4", "needed": "3"}


def judged(world: World | None = None, *, seal: str = "seal-ok", **changed: Any) -> Verdict:
    """The verdict about the world, its block sealed."""
    world = world or World()
    evidence = world.evidence()
    assert evidence.facts is not None
    evidence = replace(evidence, facts=replace(evidence.facts, **changed))
    verdict = verify(evidence, world.trust(), GARMENT)
    return with_ground(verdict, (Check(PASSPORT, "seal", seal, COUNTS),), "sealed")


def test_a_proven_one_says_what_by_whom_as_of_when_and_sealed_by_whom() -> None:
    said = sentence(judged(), "en")
    assert said == (
        "Proven: Marchio vouches for 09520000000028 lot LOT-1 with 2 steps and 1 claim, as of "
        "block 100 of 2026-10-02 14:13 UTC, sealed by 3 of 4 validators. Beside it: inputs that "
        "no step makes: 1. This does not prove that what was said is true, that the garment in "
        "your hands is this one, or anything said since."
    )
    italian = sentence(judged(), "it")
    assert italian.startswith("Provato: Marchio risponde di 09520000000028 lotto LOT-1")
    assert "sigillato da 3 validatori su 4" in italian


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("seal-operator-ok", "on one operator's word alone"),
        ("seal-majority-ok", "sealed by 3 of 4 validators, a majority so far"),
        ("seal-pinned-ok", "which the trust file itself names"),
        ("seal-missing", "whose seal is not proven"),
        ("seal-foreign", "whose seal is not proven"),
    ],
)
def test_the_seal_is_said_as_what_it_is_and_no_more(code: str, words: str) -> None:
    said = sentence(judged(seal=code), "en")
    assert f"UTC, {words}." in said
    assert said.startswith("Proven") == (REASONS[code].outcome is Outcome.PROVEN)


@pytest.mark.parametrize("language", ["en", "it"])
@pytest.mark.parametrize("seal", ["seal-ok", "seal-foreign", "seal-too-few"])
def test_whatever_came_out_it_ends_with_what_is_not_proven(language: Any, seal: str) -> None:
    assert NOT[language] in sentence(judged(seal=seal), language).rsplit(". ", 1)[1]


def test_what_decides_is_said_with_the_record_that_it_is_about() -> None:
    world = World()
    evidence = world.evidence()
    report = next(iter(evidence.documents))
    verdict = verify(replace(evidence, documents={report: bytes(32)}), world.trust(), GARMENT)
    said = sentence(verdict, "en")
    assert "“Spinning”: The document is not the one that the record names" in said
    assert "(report.pdf)" in said
    assert "Proven are 1 of 2 steps" in said


def test_without_a_chain_nothing_is_said_of_a_block() -> None:
    world = World()
    said = sentence(verify(replace(world.evidence(), facts=None), world.trust(), GARMENT), "en")
    assert "Without a trust file nothing of the chain was checked." in said
    assert "block" not in said


def test_a_proven_passport_that_is_revoked_says_so() -> None:
    world = World()
    key = (world.brand.id, world.id("own"))
    revoked = Status(
        StatusKind.REVOKED, 1, ANCHORED + 60, ANCHORED + 60, world.brand.signer.address
    )
    facts = world.evidence().facts
    assert facts is not None
    said = sentence(judged(world, statuses={**facts.statuses, key: (revoked,)}), "en")
    assert said.startswith("Proven")
    assert "Its issuer has revoked this passport since." in said


def test_a_block_of_a_time_that_no_calendar_knows_is_said_all_the_same() -> None:
    verdict = judged(block=Block(100, bytes(32), 2**53 - 1))
    assert "of 9999-12-31 23:59 UTC" in sentence(verdict, "en")


def test_both_languages_have_the_same_placeholders() -> None:
    def names(text: str) -> set[str]:
        return {name for _, name, _, _ in Formatter().parse(text) if name is not None}

    assert [key for key, (en, it) in SENTENCES.items() if names(en) != names(it)] == []
