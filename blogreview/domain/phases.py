"""Deadlines and a moment -> what may be done now.

Every moment is an aware ``datetime``. A deadline of 23.59 lasts to the end of that minute: people read
the clock on the wall, and 23.59 there means "until it shows 00.00".
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from blogreview.domain.terms import Phase, ReadingOpens

#: The phases an opened assignment goes through, in order.
PHASES = (Phase.WRITING, Phase.REVIEWING, Phase.IMPROVING, Phase.GRADING)
#: Local clock at which reviews finished after feedback opened join it, all at once.
BATCH_CLOCK = time(8, 0)


@dataclass(frozen=True, slots=True)
class Deadlines:
    """The deadlines that hold for one team or one reader (its extensions counted in)."""

    publish: datetime
    review: datetime
    improve: datetime
    grades: datetime


def closes(deadline: datetime) -> datetime:
    """The first moment after the deadline's minute."""
    return deadline.replace(second=0, microsecond=0) + timedelta(minutes=1)


def is_open(deadline: datetime, now: datetime) -> bool:
    """Whether the deadline's minute is not yet over."""
    return now < closes(deadline)


def phase_at(deadlines: Deadlines, opened: bool, now: datetime) -> Phase:
    """The phase the assignment is in.

    :param opened: the teacher has opened the assignment for the students.
    """
    if not opened:
        return Phase.SETUP
    if is_open(deadlines.publish, now):
        return Phase.WRITING
    if is_open(deadlines.review, now):
        return Phase.REVIEWING
    return Phase.IMPROVING if is_open(deadlines.improve, now) else Phase.GRADING


@dataclass(frozen=True, slots=True)
class Step:
    """One phase on the assignment's line, and the deadline that ends it."""

    phase: Phase
    until: datetime
    #: "done", "now" or "" (to come), as the page's line of phases names them.
    state: str


def steps(deadlines: Deadlines, opened: bool, now: datetime) -> tuple[Step, ...]:
    """The four phases in order, each with where it stands; none has begun before the assignment is opened."""
    present = phase_at(deadlines, opened, now)
    place = PHASES.index(present) if present in PHASES else -1
    ends = (deadlines.publish, deadlines.review, deadlines.improve, deadlines.grades)
    return tuple(
        Step(phase, until, "done" if n < place else "now" if n == place else "")
        for n, (phase, until) in enumerate(zip(PHASES, ends, strict=True))
    )


def may_publish(deadlines: Deadlines, opened: bool, late_allowed: bool, published: bool, now: datetime) -> bool:
    """Whether the post's team may write and publish now.

    While writing, and again while improving. Between the two only a late first publishing, where the
    teacher allows it: readers must not have the text change under them.

    :param deadlines: the team's own.
    :param published: the team has published already.
    """
    phase = phase_at(deadlines, opened, now)
    late_first = phase is Phase.REVIEWING and late_allowed and not published
    return phase in (Phase.WRITING, Phase.IMPROVING) or late_first


def class_may_read(rule: ReadingOpens, deadlines: Deadlines, opened: bool, now: datetime) -> bool:
    """Whether every member of the course may read the published posts.

    :param deadlines: the assignment's own, without anyone's extension.
    """
    phase = phase_at(deadlines, opened, now)
    if rule is ReadingOpens.WRITING_CLOSED:
        return phase in (Phase.REVIEWING, Phase.IMPROVING, Phase.GRADING)
    return rule is ReadingOpens.REVIEWING_CLOSED and phase in (Phase.IMPROVING, Phase.GRADING)


def joins_feedback_at(submitted: datetime, review_deadline: datetime, zone: ZoneInfo) -> datetime:
    """When a review becomes part of what the team reads.

    With the rest when reviewing closes; one finished later (under an extension) with the next daily batch,
    so that the moment it appears does not tell who wrote it.

    :param review_deadline: the assignment's own.
    """
    opening = closes(review_deadline)
    if submitted < opening:
        return opening
    local = submitted.astimezone(zone)
    batch = datetime.combine(local.date(), BATCH_CLOCK, zone)
    return batch if local <= batch else datetime.combine(local.date() + timedelta(days=1), BATCH_CLOCK, zone)
