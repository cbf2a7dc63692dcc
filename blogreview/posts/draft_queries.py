"""Questions about drafts: what stands, who saved it, and what keeps it from being published."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, select

from blogreview.assignments import queries as assignments
from blogreview.db import db
from blogreview.domain.phases import Deadlines, class_may_read, closes, is_open, phase_at
from blogreview.domain.publishing import Finding, findings
from blogreview.domain.terms import Phase, ReadingOpens, SaveOutcome
from blogreview.models import (
    Answer,
    Assignment,
    DraftSave,
    Post,
    Question,
    Revision,
    RevisionAnswer,
    Team,
    User,
)
from blogreview.posts.drafts import Typed


@dataclass(frozen=True, slots=True)
class DraftAnswer:
    question_id: int
    number: int
    question: str
    body: str
    version: int


@dataclass(frozen=True, slots=True)
class Draft:
    """The whole draft as it stands. Of an unwritten post: empty, at the version its rows will begin with."""

    title: str
    version: int
    answers: tuple[DraftAnswer, ...]

    @property
    def stamp(self) -> str:
        """Tells this state of the draft from every other of the same post."""
        return ".".join(str(version) for version in (self.version, *(answer.version for answer in self.answers)))

    def findings(self) -> tuple[Finding, ...]:
        """What keeps it from being published."""
        return findings(self.title, {answer.question_id: answer.body for answer in self.answers})


@dataclass(frozen=True, slots=True)
class Saved:
    """Who saved something, and when."""

    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Desk:
    """What stands around the draft while a team writes."""

    team: str
    phase: Phase
    deadlines: Deadlines
    #: When the text can be changed again, once published under way.
    reopens_at: datetime
    class_reads: bool
    #: When the class may read; None: never.
    class_reads_from: datetime | None
    #: The newest published revision's number; None: not published.
    published: int | None
    saved: Saved | None


def draft_of(assignment: Assignment, post: Post | None) -> Draft:
    """The draft, one answer per question of the assignment. One query."""
    rows = db.session.execute(
        select(Question, Answer.body, Answer.version)
        .outerjoin(Answer, and_(Answer.question_id == Question.id, Answer.post_id == (post.id if post else 0)))
        .where(Question.assignment_id == assignment.id)
        .order_by(Question.position)
    )
    answers = tuple(
        DraftAnswer(question.id, number, question.text, body or "", version or 1)
        for number, (question, body, version) in enumerate(rows, start=1)
    )
    return Draft(post.title, post.version, answers) if post else Draft("", 1, answers)


def desk_of(assignment: Assignment, post: Post | None, team_id: int, now: datetime) -> Desk:
    """Five queries at most."""
    deadlines, opened = assignments.deadlines_for(assignment, team_id=team_id), assignments.is_opened(assignment)
    revision = post.current_revision if post else None
    saves = last_saves(post) if post else {}
    return Desk(
        team=db.session.get_one(Team, team_id).name,
        phase=phase_at(deadlines, opened, now),
        deadlines=deadlines,
        reopens_at=closes(deadlines.review),
        class_reads=class_may_read(assignment.reading_opens, assignments.deadlines_of(assignment), opened, now),
        class_reads_from=class_reads_from(assignment),
        published=revision.number if revision else None,
        saved=max(saves.values(), key=lambda saved: saved.at, default=None),
    )


def class_reads_from(assignment: Assignment) -> datetime | None:
    """The moment ``domain.phases.class_may_read`` turns true; None: never."""
    opening = {
        ReadingOpens.WRITING_CLOSED: assignment.publish_by,
        ReadingOpens.REVIEWING_CLOSED: assignment.review_by,
    }.get(assignment.reading_opens)
    return closes(opening) if opening else None


def answers_of(post: Post) -> dict[int, Answer]:
    """The answers by question, read anew. One query."""
    wanted = select(Answer).where(Answer.post_id == post.id).execution_options(populate_existing=True)
    return {answer.question_id: answer for answer in db.session.scalars(wanted)}


def is_in_history(post: Post, typed: Typed, outcome: SaveOutcome) -> bool:
    """Whether this very text was saved before, with that outcome."""
    wanted = select(DraftSave.id).where(
        DraftSave.post_id == post.id,
        DraftSave.question_id.is_not_distinct_from(typed.question_id),
        DraftSave.body == typed.body,
        DraftSave.outcome == outcome,
    )
    return db.session.scalar(wanted.limit(1)) is not None


def last_saves(post: Post) -> dict[int | None, Saved]:
    """Question -> who saved what stands there (None: the title). One query."""
    newest = (
        select(func.max(DraftSave.id))
        .where(DraftSave.post_id == post.id, DraftSave.outcome == SaveOutcome.KEPT)
        .group_by(DraftSave.question_id)
    )
    rows = db.session.execute(
        select(DraftSave.question_id, User.name, DraftSave.saved_at)
        .join(User, User.id == DraftSave.saved_by_id)
        .where(DraftSave.id.in_(newest))
    )
    return {question: Saved(name, at) for question, name, at in rows}


def published_bodies(revision: Revision) -> dict[int, str]:
    """Question -> the source as published. One query."""
    wanted = select(RevisionAnswer.question_id, RevisionAnswer.body).where(RevisionAnswer.revision_id == revision.id)
    return {question: body for question, body in db.session.execute(wanted)}  # noqa: C416


def was_late(post: Post, now: datetime) -> bool:
    """Whether a first publishing now comes after the team's deadline."""
    return not is_open(assignments.deadlines_for(post.assignment, team_id=post.team_id).publish, now)


def find_post(assignment_id: int, team_id: int) -> Post | None:
    return db.session.scalar(select(Post).where(Post.assignment_id == assignment_id, Post.team_id == team_id))
