# SPDX-License-Identifier: Apache-2.0
"""The system's clock speaks whole seconds of UTC."""

from __future__ import annotations

import time

from filiera.adapters.clock import SystemClock
from filiera.ports.clock import Clock


def test_the_system_clock_gives_whole_seconds_of_now() -> None:
    clock: Clock = SystemClock()
    before = int(time.time())
    now = clock.now()
    assert isinstance(now, int)
    assert before <= now <= int(time.time())
