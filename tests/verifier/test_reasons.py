# SPDX-License-Identifier: Apache-2.0
"""The browser verifier says what the Python one says: its words come from the same table."""

from __future__ import annotations

import json

from filiera.proof.reasons import REASONS
from tests.verifier.wire import ROOT


def test_the_outcome_and_words_of_each_code_are_those_of_the_python_table() -> None:
    text = (ROOT / "backend/verifier/src/reasons.json").read_text("utf-8")
    for code, said in json.loads(text).items():
        reason = REASONS[code]
        again = "run backend/verifier/make_reasons.py again"
        expected = {"outcome": reason.outcome.value, "en": reason.en, "it": reason.it}
        assert said == expected, again
