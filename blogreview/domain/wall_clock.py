"""Moments as the clock on the wall shows them, over daylight saving."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

#: The clock a deadline is proposed at.
EVENING = time(23, 59)


def moment_at(wall: datetime, zone: ZoneInfo) -> datetime:
    """The moment, in UTC, when the clock shows ``wall`` (naive).

    A clock reading that comes twice in October, or never in March, is the later of the two it could mean:
    a deadline read generously takes nobody's time.
    """
    return max(wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))


def evening_after(now: datetime, days: int, zone: ZoneInfo) -> datetime:
    """23.59 (given in UTC) on the day ``days`` days after today, counted on the calendar and not in hours."""
    day = now.astimezone(zone).date() + timedelta(days=days)
    return moment_at(datetime.combine(day, EVENING), zone)
