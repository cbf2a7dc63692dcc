from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import Row, Select, delete, func, or_, select

from blogreview.db import db
from blogreview.domain.estimates import ClassScores, Estimate, kept
from blogreview.domain.scoring import SCORE_VERSION, Scored, level_value
from blogreview.domain.terms import ReviewKind, ReviewState
from blogreview.grades import count_queries as counts
from blogreview.models import Assignment, Level, Post, PostEstimate, Review, Score

#: Up to here the estimates are made while the teacher waits: about a tenth of a second.
SMALL_CLASS = 2000


def is_stale(assignment: Assignment) -> bool:
    """Whether a score has changed since the estimates were made."""
    return assignment.estimated_version != assignment.score_version


def are_due(assignment: Assignment) -> bool:
    """Whether a page should make them first: stale, and of so few reviews that it can wait. At most one query."""
    return is_stale(assignment) and counts.count_reviews(assignment.id) <= SMALL_CLASS


def stale_assignments() -> list[int]:
    """Those whose scores, or the way of estimating, have changed since. One query."""
    made_otherwise = (
        select(Post.assignment_id)
        .join(PostEstimate, PostEstimate.post_id == Post.id)
        .where(PostEstimate.content["scoring"].as_integer() != SCORE_VERSION)
    )
    changed = Assignment.estimated_version.is_distinct_from(Assignment.score_version)
    wanted = select(Assignment.id).where(or_(changed, Assignment.id.in_(made_otherwise)))
    return list(db.session.scalars(wanted.order_by(Assignment.id)))


def scores_of(assignment_id: int) -> ClassScores:
    """What the assignment's estimates are made from. Four queries.

    The version first: a score saved after it was read makes the estimates stale, never silently old.
    """
    version = db.session.scalars(select(Assignment.score_version).where(Assignment.id == assignment_id)).one()
    levels = db.session.scalar(select(func.count()).where(Level.assignment_id == assignment_id)) or 0
    rows = db.session.execute(_scores(assignment_id)).all()
    return ClassScores(
        assignment_id,
        version,
        levels,
        scores=tuple(_scored(rows, ReviewKind.PEER, levels)),
        teacher_marks=tuple(_scored(rows, ReviewKind.TEACHER, levels)),
        suggestions=counts.suggesting_reviews(assignment_id),
    )


def estimate_of(post_id: int) -> Estimate:
    """The kept estimate of one post. One query."""
    return kept(db.session.scalar(select(PostEstimate.content).where(PostEstimate.post_id == post_id)))


def lock_assignment(assignment_id: int) -> Assignment:
    """The assignment as it is now, held still until this transaction ends."""
    wanted = select(Assignment).where(Assignment.id == assignment_id).with_for_update(of=Assignment)
    return db.session.scalars(wanted.execution_options(populate_existing=True)).one()


def forget_estimates(assignment_id: int) -> None:
    of_this = select(Post.id).where(Post.assignment_id == assignment_id)
    db.session.execute(
        delete(PostEstimate).where(PostEstimate.post_id.in_(of_this)).execution_options(synchronize_session=False)
    )


def _scores(assignment_id: int) -> Select[int, int, int, int, ReviewKind]:
    """Every score of a sent review in sight of a post in sight, the teacher's own marks among them."""
    return (
        select(Review.reviewer_id, Review.post_id, Score.criterion_id, Score.level, Review.kind)
        .join(Post, Post.id == Review.post_id)
        .join(Score, Score.review_id == Review.id)
        .where(
            Post.assignment_id == assignment_id,
            Post.hidden_at.is_(None),
            Review.state == ReviewState.SUBMITTED,
            Review.hidden_at.is_(None),
        )
    )


def _scored(rows: Sequence[Row[int, int, int, int, ReviewKind]], kind: ReviewKind, levels: int) -> Iterator[Scored]:
    for reviewer, post, criterion, level, written_as in rows:
        if written_as is kind:
            yield Scored(reviewer, post, str(criterion), level_value(level, levels))
