"""Deadlines to the end of their minute, phases, who may read and publish, the daily batch; over daylight saving."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from blogreview.domain.phases import (
    Deadlines,
    Step,
    class_may_read,
    closes,
    is_open,
    joins_feedback_at,
    may_publish,
    phase_at,
    steps,
)
from blogreview.domain.terms import Phase, ReadingOpens

OSLO = ZoneInfo("Europe/Oslo")
SECOND, MINUTE, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(days=1)


def oslo(day: int, hour: int = 23, minute: int = 59, month: int = 11, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=OSLO)


PUBLISH, REVIEW, IMPROVE, GRADES = oslo(13), oslo(20), oslo(27), oslo(11, month=12)
OURS = Deadlines(PUBLISH, REVIEW, IMPROVE, GRADES)
WRITING, REVIEWING, IMPROVING, GRADING = (moment - DAY for moment in (PUBLISH, REVIEW, IMPROVE, GRADES))


def test_a_deadline_lasts_to_the_end_of_its_minute() -> None:
    assert closes(PUBLISH) == oslo(14, 0, 0)
    assert is_open(PUBLISH, PUBLISH)
    assert is_open(PUBLISH, PUBLISH + 59 * SECOND + timedelta(microseconds=999_999))
    assert not is_open(PUBLISH, PUBLISH + MINUTE)


def test_seconds_in_a_deadline_change_nothing() -> None:
    assert closes(PUBLISH + 30 * SECOND) == closes(PUBLISH) == oslo(14, 0, 0)


@pytest.mark.parametrize(
    ("moment", "phase"),
    [
        (WRITING, Phase.WRITING),
        (closes(PUBLISH) - SECOND, Phase.WRITING),
        (closes(PUBLISH), Phase.REVIEWING),
        (closes(REVIEW) - SECOND, Phase.REVIEWING),
        (closes(REVIEW), Phase.IMPROVING),
        (closes(IMPROVE) - SECOND, Phase.IMPROVING),
        (closes(IMPROVE), Phase.GRADING),
        # The date of the grades only announces: nothing ends then.
        (closes(GRADES) + DAY, Phase.GRADING),
    ],
)
def test_the_phase_follows_the_clock_to_the_second(moment: datetime, phase: Phase) -> None:
    assert phase_at(OURS, True, moment) is phase
    assert phase_at(OURS, False, moment) is Phase.SETUP


def test_the_line_of_phases_says_what_is_done_and_what_is_now() -> None:
    assert steps(OURS, True, IMPROVING) == (
        Step(Phase.WRITING, PUBLISH, "done"),
        Step(Phase.REVIEWING, REVIEW, "done"),
        Step(Phase.IMPROVING, IMPROVE, "now"),
        Step(Phase.GRADING, GRADES, ""),
    )
    assert [step.state for step in steps(OURS, False, IMPROVING)] == ["", "", "", ""]


@pytest.mark.parametrize(
    ("moment", "late", "published", "may"),
    [
        (WRITING, False, False, True),
        (WRITING, False, True, True),
        (REVIEWING, False, False, False),
        (REVIEWING, True, False, True),
        (REVIEWING, True, True, False),
        (IMPROVING, False, False, True),
        (IMPROVING, False, True, True),
        (GRADING, True, False, False),
    ],
)
def test_a_team_publishes_while_writing_and_improving_and_else_only_late_for_the_first_time(
    moment: datetime, late: bool, published: bool, may: bool
) -> None:
    assert may_publish(OURS, True, late, published, moment) is may
    assert may_publish(OURS, False, late, published, moment) is False


@pytest.mark.parametrize(
    ("rule", "open_in"),
    [
        (ReadingOpens.WRITING_CLOSED, [False, True, True, True]),
        (ReadingOpens.REVIEWING_CLOSED, [False, False, True, True]),
        (ReadingOpens.NEVER, [False, False, False, False]),
    ],
)
def test_the_class_reads_when_the_teacher_has_said(rule: ReadingOpens, open_in: list[bool]) -> None:
    moments = (WRITING, REVIEWING, IMPROVING, GRADING)
    assert [class_may_read(rule, OURS, True, moment) for moment in moments] == open_in
    assert not any(class_may_read(rule, OURS, False, moment) for moment in moments)


def test_a_review_in_time_joins_when_reviewing_closes() -> None:
    assert joins_feedback_at(REVIEW - 3 * DAY, REVIEW, OSLO) == oslo(21, 0, 0)
    assert joins_feedback_at(closes(REVIEW) - SECOND, REVIEW, OSLO) == oslo(21, 0, 0)


@pytest.mark.parametrize(
    ("submitted", "joins"),
    [
        (oslo(21, 0, 0), oslo(21, 8, 0)),
        (oslo(21, 8, 0), oslo(21, 8, 0)),
        (oslo(21, 8, 1), oslo(22, 8, 0)),
        (oslo(21, 23, 59), oslo(22, 8, 0)),
    ],
)
def test_a_later_review_joins_at_eight_the_next_time_it_is_eight(submitted: datetime, joins: datetime) -> None:
    assert joins_feedback_at(submitted.astimezone(UTC), REVIEW, OSLO) == joins


def test_the_batch_is_at_eight_on_the_wall_on_both_sides_of_daylight_saving() -> None:
    """Clocks go back on 25 October 2026 and forward on 28 March 2027: 24 hours later is not the same time of day."""
    autumn = joins_feedback_at(oslo(24, 9, 0, month=10), oslo(20, month=10), OSLO)
    spring = joins_feedback_at(oslo(27, 9, 0, month=3, year=2027), oslo(20, month=3, year=2027), OSLO)

    assert autumn.astimezone(UTC) == datetime(2026, 10, 25, 7, 0, tzinfo=UTC)
    assert spring.astimezone(UTC) == datetime(2027, 3, 28, 6, 0, tzinfo=UTC)


def test_a_deadline_on_the_night_the_clocks_change_ends_with_its_day() -> None:
    autumn, spring = oslo(25, month=10), oslo(28, month=3, year=2027)
    assert closes(autumn.astimezone(UTC)) == datetime(2026, 10, 25, 23, 0, tzinfo=UTC)
    assert closes(spring.astimezone(UTC)) == datetime(2027, 3, 28, 22, 0, tzinfo=UTC)
