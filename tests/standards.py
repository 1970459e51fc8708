# SPDX-License-Identifier: Apache-2.0
"""The published standards' own data, which the project does not copy.

It lies beside a checkout, at ../shared/standards. Where it is not there, the tests that
need it are skipped and say so.
"""

import json
from pathlib import Path
from typing import Any

import pytest

STANDARDS = Path(__file__).resolve().parents[2] / "shared" / "standards"


def standard(path: str) -> Path:
    """A file or folder of the standards; skips the test where they are absent."""
    place = STANDARDS / path
    if not place.exists():
        pytest.skip(f"the standards' data is not there: {place}")
    return place


def standard_json(path: str) -> Any:
    """A JSON file of the standards; skips the test where they are absent."""
    return json.loads(standard(path).read_text("utf-8"))


def standard_files(pattern: str) -> list[Any]:
    """Parameters for each file that matches, or one skipped parameter that says why."""
    found = sorted(STANDARDS.glob(pattern))
    if not found:
        reason = f"the standards' data is not there: {STANDARDS / pattern}"
        return [pytest.param(None, marks=pytest.mark.skip(reason=reason), id="absent")]
    return [pytest.param(path, id=path.name) for path in found]
