"""A class to look over: reviews, comments and grades put straight into the database."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from sqlalchemy import select

from blogreview.db import db
from blogreview.domain.phases import closes
from blogreview.domain.terms import AllocationSource, CommentKind, GradeState, ReviewKind, ReviewState, Role
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
    User,
)
from tests.world import DAY, NOW, World, allocate, join, make, person

T = TypeVar("T")


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


def many_teams(world: World, teams: int, readers: int = 0) -> None:
    """Teams with a published post each, read by this many, whose levels differ from post to post."""
    assignment = db.session.get_one(Assignment, world.assignment)
    people = add_all(
        User(name=f"Student Nummer {n}", email=f"s{n}@fjordvik.example", created_at=NOW) for n in range(teams)
    )
    named = add_all(Team(course_id=world.course, slug=f"lag-{n}", name=f"Lag {n}") for n in range(teams))
    posts = add_all(
        Post(assignment_id=assignment.id, team_id=team.id, title="Utkast", frozen_at=NOW - 5 * DAY) for team in named
    )
    revisions = add_all(
        Revision(
            post_id=post.id, number=1, title=f"Innlegg {n} om å velge bort tre av fem kanaler", words=300,
            published_at=NOW - 6 * DAY, published_by_id=world.tone,
        )
        for n, post in enumerate(posts)
    )
    for post, revision in zip(posts, revisions, strict=True):
        post.current_revision_id = revision.id
    given = [(n, place) for n in range(teams) for place in range(readers)]
    add_all(
        Allocation(
            post_id=posts[n].id, reviewer_id=people[(n + place) % teams].id, reader_number=place + 1,
            source=AllocationSource.DEAL, created_at=NOW,
        )
        for n, place in given
    )
    reviews = add_all(
        Review(
            post_id=posts[n].id, reviewer_id=people[(n + place) % teams].id, revision_id=revisions[n].id,
            kind=ReviewKind.PEER, state=ReviewState.SUBMITTED, saved_at=NOW, submitted_at=NOW,
            joins_at=closes(assignment.review_by),
        )
        for n, place in given
    )
    add_all(
        Score(review_id=row.id, criterion_id=criterion, level=1 + (n + at) % 3 + (n * place + at) % 2)
        for row, (n, place) in zip(reviews, given, strict=True)
        for at, criterion in enumerate(world.criteria.values())
    )
    add_all(
        Comment(
            review_id=row.id, criterion_id=world.criteria["goals"], kind=CommentKind.CHANGE, position=1, text="Mer."
        )
        for row in reviews
    )
    assignment.score_version += readers


def add_all(rows: Iterable[T]) -> list[T]:
    made = list(rows)
    db.session.add_all(made)
    db.session.flush()
    return made
