# SPDX-License-Identifier: Apache-2.0
"""Writes tests/vectors anew: `python -m tests.support.vectors`."""

from __future__ import annotations

import shutil

from tests.support.vectors import VECTORS
from tests.support.vectors.files import FOLDER, files


def main() -> None:
    """Write every vector, and take away what none of them names."""
    made = files(VECTORS)
    for folder in ("bundles", "trust", "documents"):
        shutil.rmtree(FOLDER / folder, ignore_errors=True)
    for old in FOLDER.glob("*.json"):
        old.unlink()
    for path, data in made.items():
        (FOLDER / path).parent.mkdir(parents=True, exist_ok=True)
        (FOLDER / path).write_bytes(data)


if __name__ == "__main__":
    main()
