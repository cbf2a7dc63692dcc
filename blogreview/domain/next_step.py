"""The one next thing for a student, chosen across the course's assignments."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from blogreview.domain.terms import Phase


class NextStep(Enum):
    """What there is to do, or to wait for, in one assignment."""

    WRITE = "write"
    #: Published, and the publish deadline has not passed.
    PUBLISHED = "published"
    REVIEW = "review"
    #: All reviews are sent, and feedback has not opened.
    REVIEWED = "reviewed"
    READ_FEEDBACK = "read-feedback"
    SEE_GRADE = "see-grade"
    #: On no team, while the teams write.
    NO_TEAM = "no-team"
    WAIT = "wait"


@dataclass(frozen=True, slots=True)
class AssignmentFacts:
    """Where one opened assignment stands for one student.

    :ivar phase: by the student's own deadlines, as are the following.
    :ivar phase_ends: the deadline of that phase.
    :ivar writes: is an author of a post, or on a team that may write one.
    :ivar post_open: that post may be written and published now.
    :ivar published: it has been published.
    :ivar given: how many reviews the student has been given; 0 before reviewing.
    :ivar sent: how many of them are sent.
    :ivar review_by: the student's own deadline for reviewing, or None once it has passed.
    :ivar feedback_open: by the assignment's own review deadline.
    :ivar readers: how many readers the team may read.
    :ivar released: the team's grade has been released.
    """

    number: int
    phase: Phase
    phase_ends: datetime
    writes: bool = False
    post_open: bool = False
    published: bool = False
    given: int = 0
    sent: int = 0
    review_by: datetime | None = None
    feedback_open: bool = False
    readers: int = 0
    released: bool = False


@dataclass(frozen=True, slots=True)
class Todo:
    """The next step in one assignment.

    :ivar until: when it must be done by; None for what has no end, or is not to be done.
    """

    number: int
    step: NextStep
    until: datetime | None = None


#: How long before a deadline one is warned.
NEAR = timedelta(hours=48)

#: What one looks at rather than waits for.
_SHOWS = (NextStep.SEE_GRADE, NextStep.READ_FEEDBACK, NextStep.REVIEWED, NextStep.PUBLISHED)


def todo(facts: AssignmentFacts) -> Todo:
    """The next step in this assignment. What has a deadline comes first: nothing else can be too late."""
    if facts.post_open and not facts.published:
        return Todo(facts.number, NextStep.WRITE, facts.phase_ends)
    if facts.review_by is not None and facts.sent < facts.given:
        return Todo(facts.number, NextStep.REVIEW, facts.review_by)
    if facts.released:
        return Todo(facts.number, NextStep.SEE_GRADE)
    if facts.feedback_open and facts.readers:
        return Todo(facts.number, NextStep.READ_FEEDBACK, facts.phase_ends if facts.post_open else None)
    return Todo(facts.number, _pause(facts))


def choose(todos: Iterable[Todo]) -> Todo | None:
    """The one to do next: the nearest deadline, else the newest that shows something, else the newest; or None."""
    return min(todos, key=_urgency, default=None)


def is_near(until: datetime, now: datetime) -> bool:
    """Whether what must be done by then should be warned about."""
    return now <= until <= now + NEAR


def _pause(facts: AssignmentFacts) -> NextStep:
    if 0 < facts.given == facts.sent and not facts.feedback_open:
        return NextStep.REVIEWED
    if facts.phase is not Phase.WRITING:
        return NextStep.WAIT
    if facts.published:
        return NextStep.PUBLISHED
    return NextStep.WAIT if facts.writes else NextStep.NO_TEAM


def _urgency(item: Todo) -> tuple[int, float, int]:
    if item.until is not None:
        return 0, item.until.timestamp(), item.number
    return 1 if item.step in _SHOWS else 2, 0.0, -item.number
