"""What a student sees of the grade."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from blogreview.assignments.rubric_queries import rubric_of
from blogreview.db import db
from blogreview.domain.estimates import plain_mean
from blogreview.domain.rubric import Rubric, RubricCriterion
from blogreview.domain.terms import GradeState
from blogreview.grades import count_queries as counts
from blogreview.grades.queries import SHOWN_NAME, member_names, seat_in
from blogreview.models import Grade, Membership, Post, Revision, User


@dataclass(frozen=True, slots=True)
class Seen:
    """What the team's readers saw on one criterion: counts and their plain mean, never the estimate."""

    criterion: RubricCriterion
    counts: tuple[int, ...]
    mean: float | None


@dataclass(frozen=True, slots=True)
class OwnGrade:
    """A released grade as its post's authors see it."""

    team: str
    value: str | None
    comment: str
    teacher: str
    released_at: datetime | None
    revision_number: int | None
    published_at: datetime | None
    members: tuple[str, ...]
    rubric: Rubric
    seen: tuple[Seen, ...]


def own_grade(post: Post, *, feedback_open: bool, now: datetime) -> OwnGrade:
    """The released grade of a post; what its readers saw only once the team may read it. Six queries."""
    rubric = rubric_of(post.assignment_id)
    row = db.session.execute(
        select(
            Grade.value, Grade.comment, SHOWN_NAME.label("teacher"), Grade.released_at, Revision.number,
            Revision.published_at,
        )
        .join(User, User.id == Grade.saved_by_id)
        .outerjoin(Membership, seat_in(post.assignment.course_id))
        .outerjoin(Revision, Revision.id == Grade.revision_id)
        .where(Grade.post_id == post.id, Grade.state == GradeState.RELEASED)
    ).one()
    seen = tuple(_seen(post, rubric, now)) if feedback_open else ()
    return OwnGrade(post.team.name, *row, members=tuple(member_names(post.team, post)), rubric=rubric, seen=seen)


def _seen(post: Post, rubric: Rubric, now: datetime) -> Iterator[Seen]:
    levels = counts.level_counts_seen(post.assignment_id, rubric.top, post_id=post.id, now=now)
    for criterion in rubric.criteria:
        found = levels.get((post.id, criterion.id), (0,) * rubric.top)
        yield Seen(criterion, found, plain_mean(found))
