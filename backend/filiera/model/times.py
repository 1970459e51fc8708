# SPDX-License-Identifier: Apache-2.0
"""Instants and days as records write them (docs/records.md, "Values"; RFC 3339).

A record keeps the text that its issuer signed; these functions read it. A member that
UNTP types `date-time` is an instant and carries an offset, one that it types `date` is
a calendar day and is never compared as an instant.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Final

from filiera.errors import InputError

LONGEST: Final = 35
"""Characters of the longest instant: nine digits of a fraction, and an offset."""
INSTANTS: Final = 1_024
"""Texts of instants that are remembered: each of a record is read for several questions."""

_INSTANT = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})"
    r"T([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]{1,9}))?"
    r"(?:Z|([+-])([0-9]{2}):([0-9]{2}))"
)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")


def parse_instant(text: str, *, where: str | None = None) -> datetime:
    """The instant in UTC, cut to whole microseconds; raises `instant-malformed`.

    RFC 3339 section 5.6 with an upper-case `T`, `Z` or `±hh:mm`, and at most nine digits
    of a second's fraction. A leap second (`:60`) and an instant outside the years 1 to
    9999 in UTC are refused.
    """
    instant = _read(text) if len(text) <= LONGEST else None
    if instant is None:
        raise InputError(
            "instant-malformed",
            f"{text[:40]!r} is not an RFC 3339 date-time with an offset.",
            where=where,
            hint="Write it as 2026-03-01T08:00:00+01:00.",
        )
    return instant


@lru_cache(INSTANTS)
def _read(text: str) -> datetime | None:
    match = _INSTANT.fullmatch(text)
    return _instant_of(*match.groups()) if match else None


def _instant_of(
    year: str,
    month: str,
    day: str,
    hour: str,
    minute: str,
    second: str,
    fraction: str | None,
    sign: str | None,
    off_hour: str | None,
    off_minute: str | None,
) -> datetime | None:
    hours, minutes = int(off_hour or "0"), int(off_minute or "0")
    if hours > 23 or minutes > 59:
        return None
    offset = timedelta(hours=hours, minutes=minutes)
    try:
        local = datetime(
            int(year),
            int(month),
            int(day),
            int(hour),
            int(minute),
            int(second),
            int((fraction or "0").ljust(6, "0")[:6]),
            tzinfo=UTC,
        )
        return local + offset if sign == "-" else local - offset
    except (ValueError, OverflowError):
        return None


def unix_seconds(instant: datetime) -> int:
    """Whole seconds since 1970 UTC, rounded down: comparable with a block's time."""
    return (instant - _EPOCH) // timedelta(seconds=1)


def unix_microseconds(instant: datetime) -> int:
    """Microseconds since 1970 UTC, which is as fine as an instant is."""
    return (instant - _EPOCH) // timedelta(microseconds=1)


def format_instant(seconds: int) -> str:
    """`2026-03-01T07:00:00Z`: whole seconds since 1970 UTC as RFC 3339."""
    return (_EPOCH + timedelta(seconds=seconds)).isoformat().replace("+00:00", "Z")


def parse_day(text: str, *, where: str | None = None) -> date:
    """The calendar day YYYY-MM-DD; raises `date-malformed`."""
    match = _DAY.fullmatch(text)
    try:
        if match:
            return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        pass
    raise InputError(
        "date-malformed", f"{text[:40]!r} is not a calendar day YYYY-MM-DD.", where=where
    )
