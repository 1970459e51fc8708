# SPDX-License-Identifier: Apache-2.0
"""The machine's clock."""

from __future__ import annotations

import time


class SystemClock:
    """The port `Clock` on the operating system's time."""

    def now(self) -> int:
        """Whole seconds since 1970 UTC."""
        return int(time.time())
