# SPDX-License-Identifier: Apache-2.0
"""Where a checkout keeps what the stack needs, and where the user's cache is."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import platformdirs

from filiera.errors import SetupError


def checkout() -> Path:
    """The root of the source checkout; `SetupError` when the package is not run from one."""
    root = Path(__file__).resolve().parents[3]
    if not (root / "scripts" / "kubo" / "go.mod").is_file():
        raise SetupError(
            "tool-missing",
            "The local chain and IPFS node start from a source checkout of Filiera only.",
            where=str(root),
            hint="Clone the repository and run `make setup` in it.",
        )
    return root


def state_dir() -> Path:
    """`.filiera/` of the checkout: everything that running leaves behind."""
    return checkout() / ".filiera"


def demo_dir(environment: Mapping[str, str] = os.environ) -> Path:
    """The demonstration's own folder: FILIERA_STATE, else `demo` in the state folder."""
    chosen = environment.get("FILIERA_STATE", "").strip()
    return Path(chosen).expanduser().absolute() if chosen else state_dir() / "demo"


def cache_dir() -> Path:
    """The user's cache folder for Filiera, shared by all checkouts."""
    return Path(platformdirs.user_cache_dir("filiera", appauthor=False))
