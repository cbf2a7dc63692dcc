"""What the counted reviews add up to, post by post: the one source of every count a teacher's page or file shows.

A review counts when a classmate has sent it and no teacher has hidden it.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from sqlalchemy import ColumnElement, Subquery, and_, func, select, true

from blogreview.db import db
from blogreview.domain.terms import CommentKind, ReviewKind, ReviewState
from blogreview.models import Allocation, Comment, Post, Review, Score

#: (post, criterion) -> readers per level, lowest first.
Counts = dict[tuple[int, int], tuple[int, ...]]


def counted() -> ColumnElement[bool]:
    return and_(
        Review.kind == ReviewKind.PEER, Review.state == ReviewState.SUBMITTED, Review.hidden_at.is_(None)
    )


def suggests() -> ColumnElement[bool]:
    """A comment that asks for something, in sight."""
    return and_(Comment.kind == CommentKind.CHANGE, Comment.hidden_at.is_(None), Comment.praise_only.is_(False))


def level_counts(assignment_id: int, levels: int, *, post_id: int | None = None) -> Counts:
    """How many readers gave each level, of every post or of one. One query."""
    return _level_counts(assignment_id, levels, _of(post_id))


def level_counts_seen(assignment_id: int, levels: int, *, post_id: int, now: datetime) -> Counts:
    """The same of one post, from the reviews its team may read now. One query."""
    return _level_counts(assignment_id, levels, _of(post_id) & (Review.joins_at <= now))


def readers() -> Subquery:
    """Per post: ``sent`` of ``wanted`` reviews. A hidden review is neither."""
    on_it = and_(
        Review.post_id == Allocation.post_id, Review.reviewer_id == Allocation.reviewer_id,
        Review.kind == ReviewKind.PEER, Review.state == ReviewState.SUBMITTED,
    )
    return (
        select(Allocation.post_id, func.count(Review.id).label("sent"), func.count().label("wanted"))
        .outerjoin(Review, on_it)
        .where(Review.hidden_at.is_(None))
        .group_by(Allocation.post_id)
        .subquery()
    )


def suggestion_counts(assignment_id: int, *, post_id: int | None = None) -> dict[int, int]:
    """Post -> how many suggestions its counted reviews hold. One query."""
    wanted = (
        select(Review.post_id, func.count(Comment.id))
        .join(Post, Post.id == Review.post_id)
        .join(Comment, Comment.review_id == Review.id)
        .where(Post.assignment_id == assignment_id, counted(), suggests(), _of(post_id))
        .group_by(Review.post_id)
    )
    return {post: suggestions for post, suggestions in db.session.execute(wanted)}  # noqa: C416


def suggesting_reviews(assignment_id: int) -> dict[int, tuple[int, int]]:
    """Post -> how many of its counted reviews hold a suggestion, and how many there are. One query."""
    wanted = (
        select(Review.post_id, func.count(Comment.review_id.distinct()), func.count(Review.id.distinct()))
        .join(Post, Post.id == Review.post_id)
        .outerjoin(Comment, and_(Comment.review_id == Review.id, suggests()))
        .where(Post.assignment_id == assignment_id, counted())
        .group_by(Review.post_id)
    )
    return {post: (suggesting, reviews) for post, suggesting, reviews in db.session.execute(wanted)}


def count_reviews(assignment_id: int) -> int:
    """How many reviews count in all. One query."""
    wanted = select(func.count(Review.id)).join(Post, Post.id == Review.post_id)
    return db.session.scalar(wanted.where(Post.assignment_id == assignment_id, counted())) or 0


def _of(post_id: int | None) -> ColumnElement[bool]:
    return true() if post_id is None else Review.post_id == post_id


def _level_counts(assignment_id: int, levels: int, which: ColumnElement[bool]) -> Counts:
    wanted = (
        select(Review.post_id, Score.criterion_id, Score.level, func.count())
        .join(Post, Post.id == Review.post_id)
        .join(Score, Score.review_id == Review.id)
        .where(Post.assignment_id == assignment_id, counted(), which)
        .group_by(Review.post_id, Score.criterion_id, Score.level)
    )
    found: dict[tuple[int, int], list[int]] = defaultdict(lambda: [0] * levels)
    for post, criterion, level, there in db.session.execute(wanted):
        found[post, criterion][level - 1] = there
    return {cell: tuple(counts) for cell, counts in found.items()}
