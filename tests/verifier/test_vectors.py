# SPDX-License-Identifier: Apache-2.0
"""The second verifier finds of every vector what it says, and the same verdict to the byte."""

from __future__ import annotations

import json
from itertools import groupby
from typing import Any

import pytest

from tests.support.vectors.files import judged, names, read
from tests.verifier.wire import ROOT, run_node

pytestmark = [
    pytest.mark.stack,
    pytest.mark.skipif(
        not (ROOT / "backend/verifier/node_modules").is_dir(),
        reason="the browser verifier's packages are not installed (npm ci in backend/verifier)",
    ),
]


@pytest.fixture(scope="module")
def answered() -> dict[str, Any]:
    """Vector -> what the second verifier finds of it, all in one process."""
    found: dict[str, Any] = json.loads(run_node("tests/verifier/vectors.ts"))
    return found


def test_it_runs_them_all(answered: dict[str, Any]) -> None:
    assert sorted(answered) == names()


def test_it_finds_of_every_vector_what_it_says(answered: dict[str, Any]) -> None:
    for name in names():
        _, expected = read(name)
        assert said(answered[name]) == expected, name


def test_its_verdict_documents_are_the_python_verifier_s_byte_for_byte(
    answered: dict[str, Any],
) -> None:
    compared = 0
    for name, found in answered.items():
        asked, expected = read(name)
        if "error" not in expected:
            assert found["document"] == judged(asked)[1], name
            compared += 1
    assert compared > 0


def said(found: dict[str, Any]) -> dict[str, Any]:
    """An answer as a vector says it."""
    if "error" in found:
        return found
    document = json.loads(found["document"])
    return {
        "outcome": document["outcome"],
        "checks": [
            {"subject": subject, "answers": [answer(each) for each in about]}
            for subject, about in groupby(document["checks"], key=lambda each: each["subject"])
        ],
    }


def answer(check: dict[str, Any]) -> list[Any]:
    params = [check["params"]] if check["params"] else []
    return [check["check"], check["code"], *params]
