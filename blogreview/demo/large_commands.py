"""A large course to measure on: as many teams as asked for, everybody's reviews in, by bulk insertion."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from random import Random
from typing import Any

from blogreview.assignments.rubric_commands import add_default_rubric
from blogreview.assignments.rubric_queries import rubric_of
from blogreview.db import db
from blogreview.demo import queries
from blogreview.domain.allocation import ALLOCATION_VERSION, Card, Reader, deal
from blogreview.domain.markup import SANITISER_VERSION
from blogreview.domain.terms import (
    AllocationSource,
    CommentKind,
    GradingScale,
    Joined,
    ReadingOpens,
    ReviewKind,
    ReviewState,
    Role,
)
from blogreview.models import (
    Allocation,
    Answer,
    Assignment,
    Comment,
    Course,
    Membership,
    Post,
    PostAuthor,
    Question,
    Review,
    Revision,
    RevisionAnswer,
    Score,
    Team,
    User,
)

SEED = 1000
WORDS = "Et svar på fem ord."


def fill_large(*, teams: int, reviews: int, now: datetime) -> str:
    """One student a team, each with ``reviews`` reviews of four scores and four comments. Returns the course's slug."""
    base = queries.highest_ids()
    course, assignment, question = _frame(teams, now)
    people, places = range(base.user + 1, base.user + 1 + teams), range(base.team + 1, base.team + 1 + teams)
    posts = range(base.post + 1, base.post + 1 + teams)
    _add_class(course, people, places, now)
    _add_posts(assignment, question, people, places, posts, base.revision, now)
    dealt = deal(
        (Card(post, team) for post, team in zip(posts, places, strict=True)),
        [Reader(person, team, min(reviews, teams - 1)) for person, team in zip(people, places, strict=True)],
        seed=SEED,
    )
    criteria = [criterion.id for criterion in rubric_of(assignment.id).criteria]
    _add_reviews(dealt.pairs, criteria, posts.start, base, now)
    queries.catch_up_sequences()
    assignment.score_version = 1
    db.session.flush()
    return course.slug


def _frame(teams: int, now: datetime) -> tuple[Course, Assignment, int]:
    course = Course(
        slug=queries.free_slug(f"stort-{teams}"), code="STOR", title=f"{teams} team", term="måling", created_at=now
    )
    db.session.add(course)
    db.session.flush()
    assignment = Assignment(
        course_id=course.id, number=1, title="Stor oppgave", reading_opens=ReadingOpens.WRITING_CLOSED,
        grading_scale=GradingScale.LETTERS, publish_by=now - timedelta(days=9), review_by=now + timedelta(days=5),
        improve_by=now + timedelta(days=12), grades_by=now + timedelta(days=26), opened_at=now - timedelta(days=20),
        dealt_at=now - timedelta(days=9), deal_seed=SEED, deal_version=ALLOCATION_VERSION,
    )
    db.session.add(assignment)
    db.session.flush()
    question = Question(assignment_id=assignment.id, position=1, text="Hva bør den inneholde?")
    db.session.add(question)
    add_default_rubric(assignment_id=assignment.id)
    db.session.flush()
    return course, assignment, question.id


def _insert(model: type[Any], rows: Iterable[dict[str, Any]]) -> None:
    queries.insert_many(model, list(rows))


def _add_class(course: Course, people: range, places: range, now: datetime) -> None:
    _insert(User, (
        {"id": n, "email": f"s{n}@stor.example", "name": f"Student {n}", "may_create_courses": False, "created_at": now}
        for n in people
    ))
    _insert(Team, (
        {"id": n, "course_id": course.id, "slug": f"team-{n}", "name": f"Team {n}"} for n in places
    ))
    _insert(Membership, (
        {
            "course_id": course.id, "user_id": person, "team_id": team, "role": Role.STUDENT, "joined": Joined.LISTED,
            "confirmed": True, "created_at": now,
        }
        for person, team in zip(people, places, strict=True)
    ))


def _add_posts(
    assignment: Assignment, question: int, people: range, places: range, posts: range, last_revision: int, now: datetime
) -> None:
    rows = list(zip(posts, people, places, range(last_revision + 1, last_revision + 1 + len(posts)), strict=True))
    _insert(Post, (
        {
            "id": post, "assignment_id": assignment.id, "team_id": team, "title": f"Innlegg {post}", "version": 1,
            "frozen_at": assignment.publish_by,
        }
        for post, _, team, _ in rows
    ))
    _insert(PostAuthor, ({"post_id": post, "user_id": person} for post, person, _, _ in rows))
    _insert(Answer, (
        {
            "post_id": post, "question_id": question, "body": WORDS, "version": 1, "updated_at": now,
            "updated_by_id": person,
        }
        for post, person, _, _ in rows
    ))
    _insert(Revision, (
        {
            "id": revision, "post_id": post, "number": 1, "title": f"Innlegg {post}", "words": 5, "late": False,
            "published_at": assignment.publish_by, "published_by_id": person,
        }
        for post, person, _, revision in rows
    ))
    _insert(RevisionAnswer, (
        {
            "revision_id": revision, "question_id": question, "position": 1, "body": WORDS, "html": f"<p>{WORDS}</p>",
            "sanitiser_version": SANITISER_VERSION,
        }
        for _, _, _, revision in rows
    ))
    queries.set_current_revisions(assignment.id)


def _add_reviews(
    pairs: tuple[tuple[int, int], ...], criteria: list[int], first_post: int, base: queries.HighestIds, now: datetime
) -> None:
    random = Random(SEED)
    numbered = list(enumerate(pairs, base.review + 1))
    _insert(Allocation, _allocations(pairs, now))
    _insert(Review, (
        {
            "id": review, "post_id": post, "reviewer_id": reader, "revision_id": base.revision + 1 + post - first_post,
            "kind": ReviewKind.PEER, "state": ReviewState.SUBMITTED, "version": 1, "saved_at": now, "submitted_at": now,
            "joins_at": now + timedelta(days=5),
        }
        for review, (reader, post) in numbered
    ))
    _insert(Score, (
        {"review_id": review, "criterion_id": criterion, "level": random.choice((1, 2, 2, 3, 3, 3, 4))}
        for review, _ in numbered for criterion in criteria
    ))
    _insert(Comment, (
        {
            "public_id": f"{review:08x}{n:08x}", "review_id": review, "criterion_id": criterion,
            "kind": CommentKind.CHANGE, "position": n, "text": "Sett en dato på målet.", "praise_only": False,
            "localised": True, "reason": False,
            "suggestion": True, "coach_version": 1,
        }
        for review, _ in numbered for n, criterion in enumerate(criteria)
    ))


def _allocations(pairs: tuple[tuple[int, int], ...], now: datetime) -> Iterator[dict[str, Any]]:
    given: dict[int, int] = {}
    for reader, post in pairs:
        given[post] = given.get(post, 0) + 1
        yield {
            "post_id": post, "reviewer_id": reader, "reader_number": given[post], "source": AllocationSource.DEAL,
            "created_at": now,
        }
