# SPDX-License-Identifier: Apache-2.0
"""Vectors of others, as JSON beside this module, for the tests of both verifiers."""

import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent


def foreign(name: str) -> Any:
    """The vectors of that name; what they come from stands in their `source`."""
    return json.loads((FOLDER / f"{name}.json").read_text("utf-8"))


def octets(said: Any) -> bytes:
    """A text as UTF-8, or the bytes of `{"hex": "…"}`."""
    return bytes.fromhex(said["hex"]) if isinstance(said, dict) else str(said).encode()
