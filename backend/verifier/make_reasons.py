# SPDX-License-Identifier: Apache-2.0
"""Writes src/reasons.json, the browser verifier's codes and words, from the Python table.

Run it after a change of filiera.proof.reasons: `python backend/verifier/make_reasons.py`.
"""

from __future__ import annotations

import json
from pathlib import Path

from filiera.proof.reasons import REASONS

PATH = Path(__file__).parent / "src" / "reasons.json"


def reasons_json() -> str:
    """The text that the file should have."""
    table = {
        code: {"outcome": reason.outcome.value, "en": reason.en, "it": reason.it}
        for code, reason in REASONS.items()
    }
    return json.dumps(table, ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    PATH.write_text(reasons_json(), "utf-8")
