# SPDX-License-Identifier: Apache-2.0
"""Things by identifier and name, and codes by their scheme."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Named:
    """Anything with an identifier (URI) and a name."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Classified:
    """A code of a published scheme."""

    code: str
    name: str
    scheme: Named
