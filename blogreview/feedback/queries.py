from __future__ import annotations

from datetime import datetime

from sqlalchemy import Select, and_, func, null, select

from blogreview.assignments.rubric_queries import rubric_of
from blogreview.db import db
from blogreview.feedback.rows import Feedback, Received, Version, criteria_of
from blogreview.models import Allocation, Comment, Membership, Post, Review, Revision, Score, User
from blogreview.posts.thread_queries import SHOWN_NAME
from blogreview.reviews.queries import counted_comments, counted_reviews


def feedback_to(post: Post, now: datetime) -> Feedback:
    """Everything the post's team may read of its readers. Seven queries, whatever the number of reviews."""
    rubric = rubric_of(post.assignment_id)
    return Feedback(
        readers=count_joined(post, now),
        levels=rubric.levels,
        criteria=criteria_of(rubric, _scores(post, now), _comments(post, now)),
        versions=_versions(post, now),
    )


def joined_reviews(post: Post, now: datetime) -> Select[int]:
    """Ids of the reviews that have become part of what the team reads."""
    joined = counted_reviews(post.assignment_id).where(Review.post_id == post.id, Review.joins_at <= now)
    return joined.with_only_columns(Review.id)


def count_joined(post: Post, now: datetime) -> int:
    return db.session.scalar(select(func.count()).select_from(joined_reviews(post, now).subquery())) or 0


def _scores(post: Post, now: datetime) -> dict[tuple[int, int], int]:
    """(criterion, level) -> how many readers gave it. One query."""
    rows = db.session.execute(
        select(Score.criterion_id, Score.level, func.count())
        .where(Score.review_id.in_(joined_reviews(post, now)))
        .group_by(Score.criterion_id, Score.level)
    )
    return {(criterion, level): readers for criterion, level, readers in rows}


def _comments(post: Post, now: datetime) -> list[Received]:
    """The comments in sight, in no order; a name is not even fetched where reviewers are not named. One query."""
    assignment = post.assignment
    counted = counted_comments(assignment.id).with_only_columns(Comment.id)
    rows = db.session.execute(
        select(
            Comment.public_id,
            Comment.criterion_id,
            Comment.kind,
            Comment.text,
            Comment.quote,
            Comment.praise_only,
            Comment.localised,
            Comment.reason,
            Comment.suggestion,
            Allocation.reader_number,
            SHOWN_NAME if assignment.reviewers_named else null(),
        )
        .select_from(Comment)
        .join(Review, Review.id == Comment.review_id)
        .join(Allocation, and_(Allocation.post_id == Review.post_id, Allocation.reviewer_id == Review.reviewer_id))
        .join(User, User.id == Review.reviewer_id)
        .outerjoin(Membership, and_(Membership.user_id == User.id, Membership.course_id == assignment.course_id))
        .where(Comment.id.in_(counted), Review.id.in_(joined_reviews(post, now)))
    )
    return [Received(*row) for row in rows]


def _versions(post: Post, now: datetime) -> tuple[Version, ...]:
    """What the team has published, newest first. One query."""
    of_it = select(Review.id).where(Review.id.in_(joined_reviews(post, now)), Review.revision_id == Revision.id)
    rows = db.session.execute(
        select(Revision.number, Revision.published_at, Revision.late, of_it.exists())
        .where(Revision.post_id == post.id)
        .order_by(Revision.number.desc())
    )
    return tuple(Version(*row) for row in rows)
