# SPDX-License-Identifier: Apache-2.0
"""A demonstration that runs beside: where it is, and whose keys it made.

While `filiera demo` runs, `.filiera/demo/demo.json` says where. Commands given in the same
checkout then need no options: server, keys, password and the key to sign with come from it.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

DEMO_FILE: Final = Path(".filiera", "demo", "demo.json")
_CHECKOUT = Path(__file__).resolve().parents[3]


@dataclass(frozen=True, slots=True)
class Running:
    """What a running demonstration says of itself; None where it does not say."""

    web: str | None = None
    public: str | None = None
    keys: Path | None = None
    password_file: Path | None = None
    default_key: str | None = None
    deployment: Path | None = None
    node: str | None = None


def find_running() -> Running:
    """The demonstration of FILIERA_STATE, else the working folder's, else the checkout's.

    No other folder is looked into: a file there could be somebody else's.
    """
    chosen = os.environ.get("FILIERA_STATE", "").strip()
    if chosen:
        return _read(Path(chosen).expanduser() / DEMO_FILE.name) or Running()
    for folder in (Path.cwd(), _CHECKOUT):
        found = _read(folder / DEMO_FILE)
        if found is not None:
            return found
    return Running()


def _read(file: Path) -> Running | None:
    try:
        said = json.loads(file.read_text("utf-8"))
    except (OSError, ValueError):
        return None
    if not isinstance(said, dict):
        return None

    def text(name: str) -> str | None:
        value = said.get(name)
        return value if isinstance(value, str) and value else None

    def path(name: str) -> Path | None:
        value = text(name)
        return file.parent / value if value else None

    return Running(
        web=text("web"),
        public=text("public"),
        keys=path("keys"),
        password_file=path("passwordFile"),
        default_key=text("defaultKey"),
        deployment=path("deployment"),
        node=text("node"),
    )
