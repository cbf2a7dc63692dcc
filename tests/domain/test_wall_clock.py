"""What the clock on the wall shows, as moments."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from blogreview.domain.wall_clock import evening_after, moment_at

OSLO = ZoneInfo("Europe/Oslo")


@pytest.mark.parametrize(
    ("wall", "moment"),
    [
        (datetime(2026, 7, 1, 12, 0), datetime(2026, 7, 1, 10, 0, tzinfo=UTC)),
        (datetime(2026, 12, 1, 12, 0), datetime(2026, 12, 1, 11, 0, tzinfo=UTC)),
        # It is half past two twice on 25 October 2026, and never on 28 March 2027: the later reading counts.
        (datetime(2026, 10, 25, 2, 30), datetime(2026, 10, 25, 1, 30, tzinfo=UTC)),
        (datetime(2027, 3, 28, 2, 30), datetime(2027, 3, 28, 1, 30, tzinfo=UTC)),
    ],
)
def test_a_reading_of_the_clock_is_the_latest_moment_it_can_mean(wall: datetime, moment: datetime) -> None:
    assert moment_at(wall, OSLO) == moment


@pytest.mark.parametrize(
    ("now", "days", "moment"),
    [
        # A week that is an hour longer, and one that is an hour shorter, both end at 23.59.
        (datetime(2026, 10, 20, 12, 0, tzinfo=UTC), 7, datetime(2026, 10, 27, 22, 59, tzinfo=UTC)),
        (datetime(2027, 3, 24, 12, 0, tzinfo=UTC), 7, datetime(2027, 3, 31, 21, 59, tzinfo=UTC)),
        # Half past eleven in the evening in UTC is tomorrow in Oslo.
        (datetime(2026, 11, 1, 23, 30, tzinfo=UTC), 1, datetime(2026, 11, 3, 22, 59, tzinfo=UTC)),
    ],
)
def test_days_are_counted_on_the_calendar_of_the_place(now: datetime, days: int, moment: datetime) -> None:
    assert evening_after(now, days, OSLO) == moment
