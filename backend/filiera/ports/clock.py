# SPDX-License-Identifier: Apache-2.0
"""Clock: the only way that a service learns the time."""

from __future__ import annotations

from typing import Protocol


class Clock(Protocol):
    """Seconds since 1970 UTC, whole."""

    def now(self) -> int:
        """The present instant."""
        ...
