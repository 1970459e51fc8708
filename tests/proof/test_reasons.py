# SPDX-License-Identifier: Apache-2.0
"""An answer is a sentence of one language, what its params say included."""

from __future__ import annotations

import json
from pathlib import Path
from typing import get_args

import pytest

from filiera.proof.facts import Role
from filiera.proof.reasons import PARAMS_IN_ITALIAN, REASONS, reason_words
from filiera.proof.verdict import Check, Relation

VECTORS = Path(__file__).parents[1] / "vectors"
# The names of things and codes, which are the same in every language.
NAMES = {"name", "error", "reason", "count", "number", "signers", "validators", "needed", "product"}


@pytest.mark.parametrize("language", ["en", "it"])
def test_every_reason_has_words_in_both_languages(language: str) -> None:
    names = "error count what role reason relation name number signers validators needed"
    params = dict.fromkeys(names.split(), "x")
    for code in REASONS:
        assert Check("passport", "any", code, params).words(language).endswith(".")


def test_an_italian_answer_holds_no_english_word_of_its_params() -> None:
    role = Check("x", "role", "role-missing", {"role": "producer"})
    assert role.words("en").endswith("(producer).")
    assert role.words("it").endswith("(produttore).")
    what = {"what": "its statuses and findings"}
    assert "(i suoi stati e rilievi)" in reason_words("fact-missing", what, "it")


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.OPERATOR])
def test_every_role_has_an_italian_name(role: Role) -> None:
    assert (role.name or "").lower() in PARAMS_IN_ITALIAN


@pytest.mark.parametrize("relation", sorted(set(get_args(Relation)) - {"successor", "alone"}))
def test_so_has_everything_that_a_record_is_listed_as(relation: str) -> None:
    assert relation in PARAMS_IN_ITALIAN


def test_every_param_of_the_vectors_is_a_name_or_said_in_italian() -> None:
    said = {
        (name, value)
        for file in VECTORS.glob("*.json")
        for about in json.loads(file.read_text())["expected"].get("checks", ())
        for _, _, *params in about["answers"]
        for name, value in (params[0] if params else {}).items()
    }
    assert {name for name, _ in said} >= {"role", "relation", "what"}
    registries = ("Participant", "Anchor", "Status", "Finding")
    assert not [
        (name, value)
        for name, value in said
        if name not in NAMES and value not in PARAMS_IN_ITALIAN and not value.startswith(registries)
    ]
