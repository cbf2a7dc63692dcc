"""The days few people in Norway work: Sundays and public holidays."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from functools import cache


class DayOff(StrEnum):
    SUNDAY = "sunday"
    HOLIDAY = "holiday"


#: Month and day of the holidays that keep their date.
FIXED = ((1, 1), (5, 1), (5, 17), (12, 25), (12, 26))
#: Days from Easter Sunday: Maundy Thursday, Good Friday, Easter Sunday and Monday, Ascension, Whit Sunday and Monday.
MOVABLE = (-3, -2, 0, 1, 39, 49, 50)


def easter(year: int) -> date:
    """Easter Sunday in the Gregorian calendar.

    The moon's age at the year's start follows a 19-year cycle, put right for the leap days and the lunar days
    the centuries leave out; Easter is the Sunday after the first full moon of spring (Gauss, as mended in 1816).
    """
    century = year // 100
    leap_days = century - century // 4
    lunar_days = (13 + 8 * century) // 25
    full_moon = (19 * (year % 19) + 15 + leap_days - lunar_days) % 30
    # The two exceptions keep the full moon within 29 days, and two of the cycle's years apart.
    full_moon -= full_moon == 29 or (full_moon == 28 and year % 19 > 10)
    after = date(year, 3, 21) + timedelta(days=full_moon)
    return after + timedelta(days=7 - (after.weekday() + 1) % 7)


@cache
def holidays(year: int) -> frozenset[date]:
    """Norway's public holidays (lov om helligdager og helligdagsfred, lov om 1 og 17 mai)."""
    sunday = easter(year)
    return frozenset({date(year, month, day) for month, day in FIXED} | {sunday + timedelta(days=n) for n in MOVABLE})


def day_off(day: date) -> DayOff | None:
    """Why few work that day; None on a working day, and a holiday first where it is both."""
    if day in holidays(day.year):
        return DayOff.HOLIDAY
    return DayOff.SUNDAY if day.weekday() == 6 else None
