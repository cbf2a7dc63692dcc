"""What may no longer be changed in an assignment, and why: somebody has built on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from blogreview.domain.phases import Deadlines, is_open


class Lock(StrEnum):
    """Why a field is locked; templates/assignments/locked.html has the sentences."""

    PUBLISHED = "published"
    DEALT = "dealt"
    BEGUN = "begun"
    PROMISED = "promised"
    WRITING_CLOSED = "writing-closed"
    FEEDBACK_OPEN = "feedback-open"
    GRADED = "graded"
    RELEASED = "released"


@dataclass(frozen=True, slots=True)
class Begun:
    """How far people have come: teams that have published, people who have saved a review, grades given."""

    published: int
    reviewing: int
    graded: int
    released: int
    dealt: bool


def locked_fields(begun: Begun, deadlines: Deadlines, opened: bool, now: datetime) -> Mapping[str, Lock]:
    """Field of the form -> why it is locked. "rubric" stands for all of it.

    Questions from the first publishing; the rubric and anonymity from the first saved review (what the form told
    that reader must stay true); reviews per student when dealt; the scale when a grade has been set.

    Deadlines: publishing cannot move once it has passed (who wrote each post was settled then) or once the reviews
    are dealt (a team that publishes afterwards would get no readers): a team gets an extension instead. Reviewing
    cannot move once it has passed, since the feedback is open. Improving can, even backwards into being open, until
    a grade has been released. The date of the grades only announces, and can always move.
    """
    holds: tuple[tuple[bool, Lock, tuple[str, ...]], ...] = (
        (begun.published > 0, Lock.PUBLISHED, ("questions",)),
        (begun.dealt, Lock.DEALT, ("reviews_per_student", "publish_by")),
        (opened and not is_open(deadlines.publish, now), Lock.WRITING_CLOSED, ("publish_by",)),
        (begun.reviewing > 0, Lock.BEGUN, ("rubric",)),
        (begun.reviewing > 0, Lock.PROMISED, ("reviewers_named",)),
        (opened and not is_open(deadlines.review, now), Lock.FEEDBACK_OPEN, ("review_by",)),
        (begun.graded > 0, Lock.GRADED, ("grading_scale", "max_points")),
        (begun.released > 0, Lock.RELEASED, ("improve_by",)),
    )
    return {field: lock for is_so, lock, names in holds if is_so for field in names}
