# SPDX-License-Identifier: Apache-2.0
"""Two verifiers, written apart, read the same of every spelling of a record, or refuse it alike."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tests.support.forge import forge
from tests.support.world import GARMENT, World
from tests.verifier.spellings import changed, paths, spellings
from tests.verifier.wire import ROOT, Question, agree

pytestmark = [
    pytest.mark.stack,
    pytest.mark.skipif(
        not (ROOT / "backend/verifier/node_modules").is_dir(),
        reason="the browser verifier's packages are not installed (npm ci in backend/verifier)",
    ),
]


def _with_step(world: World, jws: bytes) -> Question:
    """The world with this step in the mill's place, listed and anchored."""
    world.jws["spin"] = jws
    world.jws["own"] = world.sign(world.brand, world.own())
    return Question(world.evidence(), world.trust(), GARMENT)


def test_about_every_other_spelling_of_a_record() -> None:
    questions = {name: _with_step(World(), jws) for name, jws in spellings(World()).items()}
    codes = agree(questions)
    assert {"record-hash-ok", "record-newer", "signature-invalid", "claimed-after-anchor"} <= codes
    assert {"json-malformed", "json-not-i-json", "json-too-deep", "number-malformed"} <= codes
    assert {"jws-malformed", "jws-algorithm", "jws-header", "jws-key", "jws-kid"} <= codes
    assert {"signature-high-s", "record-too-large", "record-member-refused"} <= codes
    assert {"record-schema", "instant-malformed", "ni-malformed", "link-digest-mismatch"} <= codes


OTHERS: tuple[Any, ...] = (None, 1, Decimal("0.5"), "x", [], {})


def test_about_other_types_of_record_bent_in_every_member() -> None:
    world, questions = World(), {}
    for name, firm, payload in (
        ("claim", world.brand, world.claim()),
        ("own", world.brand, world.own()),
    ):
        for path in paths(payload):
            for value in OTHERS:
                other = World()
                other.jws[name] = forge(changed(payload, path, value), firm.signer)
                if name != "own":
                    other.jws["own"] = other.sign(other.brand, other.own())
                question = Question(other.evidence(), other.trust(), GARMENT)
                questions[f"{name} {path} {value}"] = question
    agree(questions)
