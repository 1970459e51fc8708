# SPDX-License-Identifier: Apache-2.0
"""The present, as commands read it: the only place that asks this machine's clock."""

from __future__ import annotations

from datetime import datetime


def now() -> datetime:
    """The instant, whole seconds, in this machine's time zone."""
    return datetime.now().astimezone().replace(microsecond=0)


def seconds() -> int:
    """The same as seconds since 1970 UTC."""
    return int(now().timestamp())
