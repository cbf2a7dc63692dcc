"""Questions about reviews: one reader's own, and which of all reviews count."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Row, Select, select

from blogreview.assignments import queries as assignments
from blogreview.assignments.rubric_queries import rubric_of
from blogreview.db import db
from blogreview.domain.phases import phase_at
from blogreview.domain.reviewing import Content, Judgement, Said, gaps
from blogreview.domain.rubric import Rubric
from blogreview.domain.terms import CommentKind, Phase, ReviewKind, ReviewState
from blogreview.errors import NotFound
from blogreview.models import (
    Allocation,
    Assignment,
    Comment,
    LostSave,
    Post,
    PostAuthor,
    Review,
    Revision,
    Score,
    Snapshot,
    Team,
)
from blogreview.policy import Actor, Scope
from blogreview.posts import queries as posts


@dataclass(frozen=True, slots=True)
class MyReview:
    """A post one person is to review, and how far they have come; no state: not begun."""

    team_name: str
    team_slug: str
    title: str
    state: ReviewState | None
    criteria_done: int
    criteria_total: int
    saved_at: datetime | None
    submitted_at: datetime | None

    @property
    def sent(self) -> bool:
        return self.state is ReviewState.SUBMITTED


def scope_of(post: Post, actor: Actor, now: datetime) -> Scope:
    """The facts about the actor's own review of the post, begun or not. At most five queries."""
    scope = posts.scope_of(post, actor, now)
    return replace(scope, owner_id=actor.user_id if scope.allocated else None)


def find_review(post_id: int, reviewer_id: int, kind: ReviewKind) -> Review | None:
    """With its scores and comments. Three queries."""
    return db.session.scalar(
        select(Review).where(Review.post_id == post_id, Review.reviewer_id == reviewer_id, Review.kind == kind)
    )


def content_of(review: Review | None, rubric: Rubric) -> Content:
    """What the review says, as far as its writer may change it: what a teacher has hidden stays as it is."""
    levels = {score.criterion_id: score.level for score in review.scores} if review else {}
    comments = [comment for comment in review.comments if not comment.hidden] if review else []
    return tuple(
        Judgement(
            criterion.id,
            levels.get(criterion.id),
            tuple(
                Said(comment.kind, comment.text, comment.quote, comment.public_id, row)
                for kind in CommentKind
                for row, comment in enumerate(_of(comments, criterion.id, kind))
            ),
        )
        for criterion in rubric.criteria
    )


def comment_ids(post_id: int, reviewer_id: int, kind: ReviewKind) -> frozenset[str]:
    """The public ids of the comments the review's form may name. One query."""
    wanted = select(Comment.public_id).join(Review, Review.id == Comment.review_id)
    own = (Review.post_id == post_id) & (Review.reviewer_id == reviewer_id) & (Review.kind == kind)
    return frozenset(db.session.scalars(wanted.where(own, Comment.hidden_at.is_(None))))


def last_snapshot(review_id: int) -> Snapshot | None:
    wanted = select(Snapshot).where(Snapshot.review_id == review_id).order_by(Snapshot.number.desc()).limit(1)
    return db.session.scalar(wanted)


def kept_aside(review_id: int, since: datetime) -> LostSave | None:
    """What was last typed and did not become the review, if nothing has been saved after it."""
    wanted = select(LostSave).where(LostSave.review_id == review_id, LostSave.saved_at >= since)
    return db.session.scalar(wanted.order_by(LostSave.id.desc()).limit(1))


def get_comment(post_id: int, public_id: str) -> Comment:
    """:raise NotFound: no such comment on this post."""
    wanted = select(Comment).join(Review, Review.id == Comment.review_id)
    found = db.session.scalar(wanted.where(Review.post_id == post_id, Comment.public_id == public_id))
    if found is None:
        raise NotFound(f"comment {public_id}")
    return found


def get_sent_review(post_id: int, reader_number: int) -> Review:
    """The review of the post's reader of that number.

    :raise NotFound: no such reader, or nothing sent.
    """
    given = (Allocation.post_id == Review.post_id) & (Allocation.reviewer_id == Review.reviewer_id)
    wanted = select(Review).join(Allocation, given)
    found = db.session.scalar(
        wanted.where(
            Review.post_id == post_id,
            Allocation.reader_number == reader_number,
            Review.kind == ReviewKind.PEER,
            Review.state == ReviewState.SUBMITTED,
        )
    )
    if found is None:
        raise NotFound(f"reader {reader_number}")
    return found


def reviews_by_authors(settled_at: datetime) -> list[Review]:
    """Reviews in sight whose writer is an author of the post, as was settled at that moment. One query."""
    wrote_it = (PostAuthor.post_id == Review.post_id) & (PostAuthor.user_id == Review.reviewer_id)
    wanted = select(Review).join(Review.post).join(PostAuthor, wrote_it)
    return list(db.session.scalars(wanted.where(Post.frozen_at == settled_at, Review.hidden_at.is_(None))))


def counted_reviews(assignment_id: int) -> Select[Review]:
    """The reviews that count: fellow students', sent, not hidden. Narrow it with ``with_only_columns``."""
    return (
        select(Review)
        .join(Post, Post.id == Review.post_id)
        .where(
            Post.assignment_id == assignment_id,
            Review.kind == ReviewKind.PEER,
            Review.state == ReviewState.SUBMITTED,
            Review.hidden_at.is_(None),
        )
    )


def counted_comments(assignment_id: int) -> Select[Comment]:
    """The comments that count: those of the reviews that do, not hidden themselves."""
    counted = counted_reviews(assignment_id).with_only_columns(Review.id)
    return select(Comment).where(Comment.review_id.in_(counted), Comment.hidden_at.is_(None))


def my_reviews(assignment: Assignment, user_id: int, now: datetime) -> tuple[MyReview, ...]:
    """What the person is to review, in the order it was given; nothing before reviewing has begun. Six queries."""
    deadlines = assignments.deadlines_of(assignment)
    if phase_at(deadlines, assignments.is_opened(assignment), now) in (Phase.SETUP, Phase.WRITING):
        return ()
    rubric, rows = rubric_of(assignment.id), _given(assignment.id, user_id)
    done = _criteria_done([row.review_id for row in rows if row.review_id is not None], rubric)
    total = len(rubric.criteria)
    return tuple(
        MyReview(
            row.name, row.slug, row.title, row.state, done.get(row.review_id, 0), total, row.saved_at, row.submitted_at
        )
        for row in rows
    )


def _given(assignment_id: int, user_id: int) -> list[Row[tuple[str, str, str, int, ReviewState, datetime, datetime]]]:
    """The posts given to the person that can be read, each with their own review where begun. One query."""
    own = (Review.reviewer_id == user_id) & (Review.kind == ReviewKind.PEER)
    wanted = (
        select(
            Team.name, Team.slug, Revision.title,
            Review.id.label("review_id"), Review.state, Review.saved_at, Review.submitted_at,
        )
        .select_from(Allocation)
        .join(Post, Post.id == Allocation.post_id)
        .join(Team, Team.id == Post.team_id)
        .join(Revision, Revision.id == Post.current_revision_id)
        .outerjoin(Review, (Review.post_id == Post.id) & own)
        .where(Allocation.reviewer_id == user_id, Post.assignment_id == assignment_id, Post.hidden_at.is_(None))
        .order_by(Allocation.id)
    )
    return list(db.session.execute(wanted))


def _criteria_done(review_ids: list[int], rubric: Rubric) -> dict[int, int]:
    """Review id -> on how many criteria it says what it must. Two queries."""
    scores = select(Score.review_id, Score.criterion_id, Score.level).where(Score.review_id.in_(review_ids))
    comments = select(Comment.review_id, Comment.criterion_id, Comment.kind, Comment.text).where(
        Comment.review_id.in_(review_ids), Comment.hidden_at.is_(None)
    )
    levels = {(review, criterion): level for review, criterion, level in db.session.execute(scores)}
    said: dict[tuple[int, int], list[Said]] = defaultdict(list)
    for review, criterion, kind, text in db.session.execute(comments):
        said[review, criterion].append(Said(kind, text))

    def is_done(place: tuple[int, int]) -> bool:
        judgement = Judgement(place[1], levels.get(place), tuple(said[place]))
        return not gaps((judgement,), rubric, "", ReviewKind.PEER)

    return {review: sum(is_done((review, c.id)) for c in rubric.criteria) for review in review_ids}


def _of(comments: Iterable[Comment], criterion_id: int, kind: CommentKind) -> Iterable[Comment]:
    return (comment for comment in comments if comment.criterion_id == criterion_id and comment.kind is kind)
