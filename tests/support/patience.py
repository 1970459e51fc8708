# SPDX-License-Identifier: Apache-2.0
"""How long tests wait before they say that something hangs.

Long enough for a machine that does much else at the time. What goes well is no slower for it.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

import pytest

HANGS: Final = 600
"""Seconds after which nothing is waited for any more."""


def until(holds: Callable[[], bool], *, every: float = 0.01) -> None:
    """Return once that holds, which is looked at every so many seconds."""
    end = time.monotonic() + HANGS
    while not holds():
        if time.monotonic() > end:
            pytest.fail(f"it did not come about in {HANGS} s")
        time.sleep(every)
