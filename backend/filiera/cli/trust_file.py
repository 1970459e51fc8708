# SPDX-License-Identifier: Apache-2.0
"""A trust file that a command is given."""

from __future__ import annotations

from pathlib import Path

from filiera.errors import InputError
from filiera.proof.trust import MAX_TRUST, TrustFile, parse_trust


def read_trust(file: Path) -> TrustFile:
    """A trust file; raises as `parse_trust` does, naming the file."""
    try:
        return parse_trust(read_most(file, MAX_TRUST))
    except InputError as error:
        place = f"{file}: {error.where}" if error.where else str(file)
        raise InputError(error.code, error.message, where=place, hint=error.hint) from None


def read_most(file: Path, most: int) -> bytes:
    """A file, and no more of it than one byte beyond what is allowed."""
    with file.open("rb") as stream:
        return stream.read(most + 1)
