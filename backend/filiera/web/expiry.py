# SPDX-License-Identifier: Apache-2.0
"""Whether a stated end lies in the past."""

from __future__ import annotations

from filiera.errors import InputError
from filiera.model.times import parse_instant, unix_seconds


def has_expired(valid_until: str | None, now: int) -> bool:
    """Whether `now` is at or after the end (RFC 3339); without a readable end, never."""
    try:
        return valid_until is not None and unix_seconds(parse_instant(valid_until)) <= now
    except InputError:
        return False
