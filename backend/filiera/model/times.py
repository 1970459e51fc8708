# SPDX-License-Identifier: Apache-2.0
"""Instants and days as records write them (PROTOCOL 1, RFC 3339).

A record keeps the text that its issuer signed; these functions read it. A member that
UNTP types `date-time` is an instant and carries an offset, one that it types `date` is
a calendar day and is never compared as an instant.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

from filiera.errors import InputError

_INSTANT = re.compile(
    r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})"
    r"T(?P<hour>[0-9]{2}):(?P<minute>[0-9]{2}):(?P<second>[0-9]{2})"
    r"(?:\.(?P<fraction>[0-9]{1,9}))?"
    r"(?:Z|(?P<sign>[+-])(?P<off_hour>[0-9]{2}):(?P<off_minute>[0-9]{2}))"
)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")


def parse_instant(text: str, *, where: str | None = None) -> datetime:
    """The instant in UTC, cut to whole microseconds; raises `instant-malformed`.

    RFC 3339 section 5.6 with an upper-case `T`, `Z` or `±hh:mm`, and at most nine digits
    of a second's fraction. A leap second (`:60`) and an instant outside the years 1 to
    9999 in UTC are refused.
    """
    match = _INSTANT.fullmatch(text)
    instant = _instant_of(match.groupdict()) if match else None
    if instant is None:
        raise InputError(
            "instant-malformed",
            f"{text[:40]!r} is not an RFC 3339 date-time with an offset.",
            where=where,
            hint="Write it as 2026-03-01T08:00:00+01:00.",
        )
    return instant


def _instant_of(parts: dict[str, str | None]) -> datetime | None:
    number = {name: int(text or "0") for name, text in parts.items() if name != "sign"}
    if number["off_hour"] > 23 or number["off_minute"] > 59:
        return None
    offset = timedelta(hours=number["off_hour"], minutes=number["off_minute"])
    try:
        local = datetime(
            number["year"],
            number["month"],
            number["day"],
            number["hour"],
            number["minute"],
            number["second"],
            int((parts["fraction"] or "0").ljust(6, "0")[:6]),
            tzinfo=UTC,
        )
        return local + offset if parts["sign"] == "-" else local - offset
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
