"""A class to look over: reviews, comments and grades put straight into the database."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from blogreview.db import db
from blogreview.domain.phases import closes
from blogreview.domain.terms import CommentKind, GradeState, ReviewKind, ReviewState, Role
from blogreview.models import (
    Allocation,
    Assignment,
    Comment,
    Criterion,
    Grade,
    Post,
    Review,
    Revision,
    Score,
    Team,
)
from tests.world import DAY, NOW, World, allocate, join, make, person


def review(
    post_id: int,
    reviewer_id: int,
    levels: Sequence[int | None],
    *,
    kind: ReviewKind = ReviewKind.PEER,
    state: ReviewState = ReviewState.SUBMITTED,
    **more: Any,
) -> Review:
    """A review giving the assignment's criteria these levels, in order; it counts unless said otherwise."""
    post = db.session.get_one(Post, post_id)
    sent = state is ReviewState.SUBMITTED
    row = make(
        Review, post_id=post_id, reviewer_id=reviewer_id, revision_id=post.current_revision_id, kind=kind, state=state,
        saved_at=NOW, submitted_at=NOW if sent else None, joins_at=closes(post.assignment.review_by) if sent else None,
        **more,
    )
    wanted = select(Criterion.id).where(Criterion.assignment_id == post.assignment_id).order_by(Criterion.position)
    for criterion, level in zip(db.session.scalars(wanted), levels, strict=True):
        if level is not None:
            make(Score, review_id=row.id, criterion_id=criterion, level=level)
    post.assignment.score_version += 1
    return row


def comment(row: Review, criterion_id: int, text: str, kind: CommentKind = CommentKind.CHANGE, **more: Any) -> Comment:
    return make(Comment, review_id=row.id, criterion_id=criterion_id, kind=kind, position=1, text=text, **more)


def grade(post_id: int, value: str | None, state: GradeState, by: int, **more: Any) -> Grade:
    post = db.session.get_one(Post, post_id)
    return make(
        Grade, post_id=post_id, revision_id=post.current_revision_id, value=value, state=state, saved_at=NOW,
        saved_by_id=by, **more,
    )


def reader(world: World, n: int) -> int:
    """One more student of the course, on no team."""
    someone = person(f"reader{n}", f"Leser Nummer {n}")
    join(someone, world.course, Role.STUDENT)
    return someone


def read_by(world: World, post: str, *judgements: Sequence[int | None]) -> list[Review]:
    """New readers of a post, allocated to it, who have given these levels."""
    first = len(list(db.session.scalars(select(Allocation.id)))) + 10
    rows = []
    for n, levels in enumerate(judgements, first):
        someone = reader(world, n)
        allocate(world.posts[post], someone, n)
        rows.append(review(world.posts[post], someone, levels))
    return rows


def many_teams(world: World, teams: int) -> None:
    """Teams with a published post each."""
    assignment = db.session.get_one(Assignment, world.assignment)
    for n in range(teams):
        team = make(Team, course_id=world.course, slug=f"lag-{n}", name=f"Lag {n}")
        post = make(Post, assignment_id=assignment.id, team_id=team.id, title=f"Innlegg {n}", frozen_at=NOW - 5 * DAY)
        revision = make(
            Revision, post_id=post.id, number=1, title=f"Innlegg {n}", words=300, published_at=NOW - 6 * DAY,
            published_by_id=world.tone,
        )
        post.current_revision_id = revision.id
