# SPDX-License-Identifier: Apache-2.0
"""Write the JSON Schemas of what proofs consist of.

    .venv/bin/python -m scripts.write_schemas

writes one file each to backend/filiera/proof/schemas/. They are committed, and tests/proof
compares them with what this would write.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from filiera.proof.bundle_schema import bundle_schema
from filiera.proof.trust import trust_schema
from filiera.proof.verdict_document import verdict_schema

FOLDER: Final = Path(__file__).resolve().parents[1] / "backend" / "filiera" / "proof" / "schemas"
SCHEMAS: Final[dict[str, Callable[[], dict[str, Any]]]] = {
    "bundle-v1.json": bundle_schema,
    "trust-v1.json": trust_schema,
    "verdict-v1.json": verdict_schema,
}


def spelled(schema: dict[str, Any]) -> str:
    """The one spelling in which a schema is committed."""
    return json.dumps(schema, indent=2) + "\n"


def main() -> None:
    """Write every schema."""
    for name, schema in SCHEMAS.items():
        (FOLDER / name).write_text(spelled(schema()), "utf-8")
        print(f"{name}: written")


if __name__ == "__main__":
    main()
