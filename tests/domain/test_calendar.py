"""Easter, and the Norwegian days off that hang on it."""

from __future__ import annotations

from datetime import date

import pytest

from blogreview.domain.calendar import DayOff, day_off, easter, holidays


@pytest.mark.parametrize(
    "sunday",
    [
        date(1818, 3, 22), date(1943, 4, 25), date(1954, 4, 18), date(1981, 4, 19), date(2000, 4, 23),
        date(2024, 3, 31), date(2025, 4, 20), date(2026, 4, 5), date(2027, 3, 28), date(2038, 4, 25),
        date(2049, 4, 18), date(2076, 4, 19), date(2285, 3, 22),
    ],
)
def test_easter_falls_where_the_tables_have_it(sunday: date) -> None:
    assert easter(sunday.year) == sunday


def by_another_road(year: int) -> date:
    """The anonymous Gregorian algorithm of 1876."""
    golden, (century, rest) = year % 19, divmod(year, 100)
    leap, century_rest = divmod(century, 4)
    shift = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leap - shift + 15) % 30
    weekday = (32 + 2 * century_rest + 2 * (rest // 4) - epact - rest % 4) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def test_two_roads_lead_to_the_same_easter() -> None:
    years = range(1583, 4000)
    assert [easter(year) for year in years] == [by_another_road(year) for year in years]


def test_the_holidays_of_a_year() -> None:
    assert sorted(holidays(2027)) == [
        date(2027, 1, 1), date(2027, 3, 25), date(2027, 3, 26), date(2027, 3, 28), date(2027, 3, 29), date(2027, 5, 1),
        date(2027, 5, 6), date(2027, 5, 16), date(2027, 5, 17), date(2027, 12, 25), date(2027, 12, 26),
    ]


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2026, 11, 22), DayOff.SUNDAY),
        (date(2026, 12, 25), DayOff.HOLIDAY),
        (date(2026, 4, 5), DayOff.HOLIDAY),
        (date(2026, 12, 24), None),
        (date(2026, 11, 21), None),
    ],
)
def test_a_day_off_says_why(day: date, why: DayOff | None) -> None:
    assert day_off(day) is why
