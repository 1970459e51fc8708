# SPDX-License-Identifier: Apache-2.0
"""The sample's calendar: days counted back from the run, in Italian winter time.

Everything claimed lies within the last 30 days, so that an anchoring on the day of the
run follows soon enough (docs/criteria.md).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import Final

CLAIMED_WITHIN: Final = 30
"""Days before the run in which everything is claimed to have happened."""
_ZONE: Final = timezone(timedelta(hours=1))


@dataclass(frozen=True, slots=True)
class Dates:
    """Days and instants relative to `now`, seconds since 1970 UTC."""

    now: int

    def at(self, days_ago: int, hour: int = 9, minute: int = 0) -> datetime:
        """A local time on the day that lies `days_ago` before the run's; at least one."""
        today = datetime.fromtimestamp(self.now, UTC).astimezone(_ZONE)
        midnight = today.replace(hour=0, minute=0, second=0, microsecond=0)
        return midnight - timedelta(days=days_ago) + timedelta(hours=hour, minutes=minute)

    def instant(self, days_ago: int, hour: int = 9, minute: int = 0) -> str:
        """RFC 3339 with the offset +01:00."""
        return self.at(days_ago, hour, minute).isoformat()

    def day(self, days_ago: int) -> str:
        """The calendar day YYYY-MM-DD; a negative number lies ahead."""
        return self.at(days_ago).date().isoformat()

    def seconds(self, days_ago: int) -> int:
        """Midnight of that day, seconds since 1970 UTC."""
        return int(self.at(days_ago, hour=0).timestamp())
