"""Courses of any size to deal in: teams, members, who has published, who wrote what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from blogreview.allocation.commands import deal_reviews
from blogreview.allocation.queries import standing_of
from blogreview.db import db
from blogreview.domain.terms import ReviewKind, ReviewState, Role
from blogreview.models import Assignment, Course, KeptApart, Membership, Post, PostAuthor, Review, Revision, Team
from tests.world import DAY, NOW, join, make, make_assignment, person

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Klass:
    """Team n has the members ``members[n]`` and the post ``posts[n]``; ``teacher`` teaches."""

    course: int
    assignment: int
    teacher: int
    teams: tuple[int, ...]
    members: tuple[tuple[int, ...], ...]
    posts: tuple[int, ...]

    @property
    def students(self) -> tuple[int, ...]:
        return tuple(one for team in self.members for one in team)


def klass(sizes: Sequence[int], *, unpublished: int = 0, slug: str = "kurs", **changes: object) -> Klass:
    """A course with a team of each size; all but the last ``unpublished`` have published, an hour before it closed."""
    course = make(Course, slug=slug, code="K1", title="Kurs", term="høst 2026", created_at=NOW)
    teacher = person(f"{slug}-teacher", "Tora Lund")
    join(teacher, course.id, Role.TEACHER)
    teams = tuple(
        make(Team, course_id=course.id, slug=f"t{n}", name=f"Lag {n:02}").id for n in range(len(sizes))
    )
    members = tuple(
        tuple(student(course.id, team, f"{slug}-{n}-{m}", f"Elev {n:02}.{m}") for m in range(size))
        for n, (team, size) in enumerate(zip(teams, sizes, strict=True))
    )
    assignment = make_assignment(course.id, **({"dealt_at": None, "reviews_per_student": 3} | changes))
    posts = tuple(
        add_post(assignment, team, authors, published=n < len(sizes) - unpublished)
        for n, (team, authors) in enumerate(zip(teams, members, strict=True))
    )
    return Klass(course.id, assignment.id, teacher, teams, members, posts)


def student(course_id: int, team_id: int | None, key: str, name: str) -> int:
    user_id = person(key, name)
    join(user_id, course_id, Role.STUDENT, team_id)
    return user_id


def add_post(
    assignment: Assignment, team_id: int, authors: Sequence[int], *, published: bool = True, at: datetime | None = None
) -> int:
    post = make(Post, assignment_id=assignment.id, team_id=team_id, title=f"Innlegg {team_id}", frozen_at=NOW - 5 * DAY)
    for author in authors:
        make(PostAuthor, post_id=post.id, user_id=author)
    if published:
        publish(post.id, authors[0], at or assignment.publish_by - 60 * MINUTE)
    return post.id


def publish(post_id: int, author_id: int, at: datetime) -> None:
    revision = make(
        Revision, post_id=post_id, number=1, title="Strategi", words=3, published_at=at, published_by_id=author_id
    )
    db.session.get_one(Post, post_id).current_revision_id = revision.id
    db.session.flush()


def begin_review(post_id: int, reviewer_id: int, state: ReviewState = ReviewState.DRAFT) -> None:
    revision_id = db.session.get_one(Post, post_id).current_revision_id
    make(
        Review, post_id=post_id, reviewer_id=reviewer_id, revision_id=revision_id, kind=ReviewKind.PEER, state=state,
        saved_at=NOW, submitted_at=NOW if state is ReviewState.SUBMITTED else None,
    )


def keep_from(user_id: int, course_id: int, *, other_id: int | None = None, team_id: int | None = None) -> None:
    make(KeptApart, course_id=course_id, user_id=user_id, other_id=other_id, team_id=team_id)


def seat(user_id: int, course_id: int) -> Membership:
    return db.session.query(Membership).filter_by(user_id=user_id, course_id=course_id).one()


def assignment_of(course: Klass) -> Assignment:
    return db.session.get_one(Assignment, course.assignment)


def deal(course: Klass, seed: int = 7) -> None:
    deal_reviews(assignment=assignment_of(course), seed=seed, now=NOW, actor_id=course.teacher)


def dealt(course: Klass) -> list[tuple[int, int]]:
    """(reader, post), in the order given."""
    return [(given.reader, given.post) for given in standing_of(assignment_of(course)).given]


def numbers(course: Klass) -> dict[int, list[int]]:
    """Post -> its readers' numbers, by who they are."""
    found: dict[int, list[int]] = {}
    for row in sorted(standing_of(assignment_of(course)).given, key=lambda row: row.reader):
        found.setdefault(row.post, []).append(row.number)
    return found
