"""The cast. Kari and Ola write for team SAFA; Nils and Nora for Nordlys; Mona for Makrell. Tone teaches, Ada assists;
Per teaches another course; Eva has just been invited. The clock stands at NOW, a Wednesday in the reviewing phase."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from blogreview.accounts.commands import start_session
from blogreview.db import db
from blogreview.domain.rubric import DEFAULT_CRITERIA, DEFAULT_LEVELS
from blogreview.domain.terms import AllocationSource, Joined, Role
from blogreview.models import (
    Allocation,
    Answer,
    Assignment,
    Course,
    Criterion,
    Level,
    Membership,
    Post,
    PostAuthor,
    Question,
    Revision,
    RevisionAnswer,
    Team,
    User,
)

T = TypeVar("T")
NOW = datetime(2026, 11, 18, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)
PEOPLE = {
    "kari": ("Kari Nes", Role.STUDENT, "safa"),
    "ola": ("Ola Berg", Role.STUDENT, "safa"),
    "nils": ("Nils Øye", Role.STUDENT, "nordlys"),
    "nora": ("Nora Ali", Role.STUDENT, "nordlys"),
    "mona": ("Mona Vik", Role.STUDENT, "makrell"),
    "tone": ("Tone Lie", Role.TEACHER, None),
    "ada": ("Ada Moe", Role.ASSISTANT, None),
}


@dataclass(frozen=True)
class World:
    """Ids of everything a test may name. Addresses begin with ``at`` (the assignment's)."""

    course: int
    assignment: int
    questions: tuple[int, int]
    criteria: dict[str, int]
    teams: dict[str, int]
    posts: dict[str, int]
    kari: int
    ola: int
    nils: int
    nora: int
    mona: int
    tone: int
    ada: int
    per: int
    eva: int
    at: str = "/courses/some-h26/assignments/1"
    home: str = "/courses/some-h26"

    @classmethod
    def build(cls) -> World:
        """SAFA and Nordlys have published, Makrell has a draft; Nils and Mona are to review SAFA, Kari Nordlys."""
        course = make(Course, slug="some-h26", code="MRK1", title="Sosiale medier", term="høst 2026", created_at=NOW)
        elsewhere = make(Course, slug="annet", code="X1", title="Et annet emne", term="høst 2026", created_at=NOW)
        teams = {
            slug: make(Team, course_id=course.id, slug=slug, name=name).id
            for slug, name in (("safa", "SAFA"), ("nordlys", "Nordlys"), ("makrell", "Makrell"))
        }
        people = {key: person(key, name) for key, (name, _, _) in PEOPLE.items()}
        for key, (_, role, team) in PEOPLE.items():
            join(people[key], course.id, role, teams[team] if team else None)
        people["per"], people["eva"] = person("per", "Per Dal"), person("eva", "Eva Sol", password_hash=None)
        join(people["per"], elsewhere.id, Role.TEACHER)
        assignment = make_assignment(course.id)
        questions = tuple(
            make(Question, assignment_id=assignment.id, position=n, text=text).id
            for n, text in enumerate(("Hvorfor trenger de en strategi?", "Hva bør den inneholde?"), 1)
        )
        criteria = make_rubric(assignment.id)
        posts = {
            "safa": published_post(assignment, teams["safa"], questions, [people["kari"], people["ola"]]),
            "nordlys": published_post(assignment, teams["nordlys"], questions, [people["nils"], people["nora"]]),
            "makrell": draft_post(assignment, teams["makrell"], questions, [people["mona"]]),
        }
        allocate(posts["safa"], people["nils"], 1)
        allocate(posts["safa"], people["mona"], 2)
        allocate(posts["nordlys"], people["kari"], 1)
        db.session.commit()
        return cls(course.id, assignment.id, questions, criteria, teams, posts, **people)


def make(model: type[T], **values: Any) -> T:
    thing = model(**values)
    db.session.add(thing)
    db.session.flush()
    return thing


def person(key: str, name: str, **more: Any) -> int:
    return make(User, name=name, email=f"{key}@fjordvik.example", created_at=NOW, **more).id


def join(user_id: int, course_id: int, role: Role, team_id: int | None = None) -> Membership:
    return make(
        Membership, user_id=user_id, course_id=course_id, role=role, team_id=team_id, joined=Joined.LISTED,
        created_at=NOW,
    )


def make_assignment(course_id: int, number: int = 1, **changes: Any) -> Assignment:
    values = {
        "title": "Strategi", "opened_at": NOW - 20 * DAY, "publish_by": NOW - 5 * DAY, "review_by": NOW + 5 * DAY,
        "improve_by": NOW + 10 * DAY, "grades_by": NOW + 20 * DAY, "dealt_at": NOW - 5 * DAY,
    }
    return make(Assignment, course_id=course_id, number=number, **(values | changes))


def make_rubric(assignment_id: int) -> dict[str, int]:
    for n, key in enumerate(DEFAULT_LEVELS, 1):
        make(Level, assignment_id=assignment_id, number=n, key=key)
    return {
        key: make(Criterion, assignment_id=assignment_id, position=n, key=key).id
        for n, key in enumerate(DEFAULT_CRITERIA, 1)
    }


def published_post(assignment: Assignment, team_id: int, questions: tuple[int, ...], authors: list[int]) -> int:
    post = draft_post(assignment, team_id, questions, authors)
    revision = make(
        Revision, post_id=post, number=1, title="Hvorfor strategi?", words=12, published_at=NOW - 6 * DAY,
        published_by_id=authors[0],
    )
    for n, question in enumerate(questions, 1):
        make(
            RevisionAnswer, revision_id=revision.id, question_id=question, position=n, body=f"Svar {n} fra teamet.",
            html=f"<p>Svar {n} fra teamet.</p>", sanitiser_version=1,
        )
    row = db.session.get_one(Post, post)
    row.current_revision_id, row.frozen_at = revision.id, NOW - 5 * DAY
    return post


def draft_post(assignment: Assignment, team_id: int, questions: tuple[int, ...], authors: list[int]) -> int:
    post = make(Post, assignment_id=assignment.id, team_id=team_id, title="Hvorfor strategi?", frozen_at=NOW - 5 * DAY)
    for n, question in enumerate(questions, 1):
        make(
            Answer, post_id=post.id, question_id=question, body=f"Svar {n} fra teamet.", updated_at=NOW,
            updated_by_id=authors[0],
        )
    for author in authors:
        make(PostAuthor, post_id=post.id, user_id=author)
    return post.id


def allocate(post_id: int, reviewer_id: int, number: int) -> None:
    make(
        Allocation, post_id=post_id, reviewer_id=reviewer_id, reader_number=number, source=AllocationSource.DEAL,
        created_at=NOW,
    )


def session_token(user_id: int) -> str:
    return start_session(user=db.session.get_one(User, user_id), now=NOW)
