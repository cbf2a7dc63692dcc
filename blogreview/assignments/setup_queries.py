"""What the setting up of an assignment asks: its form's values, what has begun, whom a moved deadline meets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, exists, func, select, update

from blogreview.assignments.locks import Begun
from blogreview.assignments.moving import Held, Reach
from blogreview.assignments.setup import QuestionText, Setup
from blogreview.db import db
from blogreview.domain.terms import GradeState, ReviewKind, ReviewState, Role
from blogreview.models import (
    Allocation,
    Answer,
    Assignment,
    Course,
    Criterion,
    DraftSave,
    Extension,
    Grade,
    Level,
    Membership,
    Post,
    Question,
    Review,
    Revision,
    Team,
    User,
)


@dataclass(frozen=True, slots=True)
class ClassSize:
    """Students who are on a team, and how many teams they are on."""

    students: int
    teams: int


def setup_of(assignment: Assignment) -> Setup:
    """The assignment as its form has it. One query."""
    questions = tuple(QuestionText(row.id, row.text) for row in question_rows(assignment.id))
    plain = {name: getattr(assignment, name) for name in Setup.__dataclass_fields__ if name != "questions"}
    return Setup(questions=questions, **plain)


def question_rows(assignment_id: int) -> list[Question]:
    """In order. One query."""
    wanted = select(Question).where(Question.assignment_id == assignment_id).order_by(Question.position)
    return list(db.session.scalars(wanted))


def hold(assignment: Assignment) -> None:
    """Read the assignment anew and keep it still until this request has committed. One query."""
    db.session.refresh(assignment, with_for_update={"of": Assignment, "key_share": True})


def next_number(course_id: int) -> int:
    """The ordinal of the course's next assignment; whoever asks at the same time waits. Two queries."""
    db.session.execute(select(Course.id).where(Course.id == course_id).with_for_update(key_share=True)).all()
    return 1 + (db.session.scalar(select(func.max(Assignment.number)).where(Assignment.course_id == course_id)) or 0)


def newest_id(course_id: int) -> int | None:
    """The course's latest assignment. One query."""
    wanted = select(Assignment.id).where(Assignment.course_id == course_id).order_by(Assignment.number.desc()).limit(1)
    return db.session.scalar(wanted)


def class_size(course_id: int) -> ClassSize:
    """One query."""
    row = db.session.execute(
        select(func.count(), func.count(Membership.team_id.distinct())).where(
            Membership.course_id == course_id,
            Membership.role == Role.STUDENT,
            Membership.left_at.is_(None),
            Membership.team_id.is_not(None),
        )
    ).one()
    return ClassSize(*row)


def begun(assignment: Assignment) -> Begun:
    """How far people have come. One query."""
    of_posts = Post.assignment_id == assignment.id
    published = select(func.count(Revision.post_id.distinct())).join(Post, Post.id == Revision.post_id).where(of_posts)
    reviewing = select(func.count(Review.reviewer_id.distinct())).join(Review.post).where(of_posts)
    graded = select(func.count()).select_from(Grade).join(Grade.post).where(of_posts, Grade.value.is_not(None))
    released = graded.where(Grade.state == GradeState.RELEASED)
    counts = (published, reviewing, graded, released)
    found = db.session.execute(select(*(wanted.scalar_subquery() for wanted in counts))).one()
    return Begun(found[0], found[1], found[2], found[3], assignment.dealt_at is not None)


def answered_questions(assignment_id: int) -> frozenset[int]:
    """Questions somebody has begun to answer. Two queries."""
    drafts = (
        select(kind.question_id).join(Post, Post.id == kind.post_id).where(Post.assignment_id == assignment_id)
        for kind in (Answer, DraftSave)
    )
    return frozenset(found for wanted in drafts for found in db.session.scalars(wanted) if found is not None)


def reach(assignment: Assignment) -> Reach:
    """Two queries."""
    students, teams = _students(assignment), _teams(assignment)
    unpublished = tuple(name for name, published in teams if not published)
    finished = sum(not unsent for unsent in students)
    return Reach(len(teams), len(teams) - len(unpublished), unpublished, len(students), finished)


def extensions_held(assignment: Assignment) -> list[Held]:
    """Every extension, by whose it is. One query."""
    name = func.coalesce(Team.name, User.name)
    wanted = (
        select(Extension.deadline, Extension.until, name)
        .outerjoin(Team, Team.id == Extension.team_id)
        .outerjoin(User, User.id == Extension.user_id)
        .where(Extension.assignment_id == assignment.id)
        .order_by(name)
    )
    return [Held(*row) for row in db.session.execute(wanted)]


def _teams(assignment: Assignment) -> list[tuple[str, bool]]:
    """Name of every team with somebody on it, and whether it has published."""
    published = exists().where(
        Post.team_id == Team.id, Post.assignment_id == assignment.id, Post.current_revision_id.is_not(None)
    )
    peopled = exists().where(Membership.team_id == Team.id, Membership.left_at.is_(None))
    wanted = select(Team.name, published).where(Team.course_id == assignment.course_id, peopled).order_by(Team.name)
    return [(name, has) for name, has in db.session.execute(wanted)]


def _students(assignment: Assignment) -> list[int]:
    """For each reader, how many reviews are not sent; everybody on a team while nothing is dealt."""
    if assignment.dealt_at is None:
        return [1] * class_size(assignment.course_id).students
    sent = and_(
        Review.post_id == Allocation.post_id,
        Review.reviewer_id == Allocation.reviewer_id,
        Review.kind == ReviewKind.PEER,
        Review.state == ReviewState.SUBMITTED,
    )
    wanted = (
        select(func.count() - func.count(Review.id))
        .select_from(Allocation)
        .join(Allocation.post)
        .outerjoin(Review, sent)
        .where(Post.assignment_id == assignment.id)
        .group_by(Allocation.reviewer_id)
    )
    return list(db.session.scalars(wanted))


def criterion_rows(assignment_id: int) -> list[Criterion]:
    """Two queries: the criteria, and their descriptors."""
    return list(db.session.scalars(select(Criterion).where(Criterion.assignment_id == assignment_id)))


def level_rows(assignment_id: int) -> list[Level]:
    """Lowest first. One query."""
    return list(db.session.scalars(select(Level).where(Level.assignment_id == assignment_id).order_by(Level.number)))


def let_reviews_join(assignment_id: int, moment: datetime) -> None:
    """Every review already sent joins the feedback then; feedback has not opened, so all of them were in time."""
    posts = select(Post.id).where(Post.assignment_id == assignment_id)
    sent = update(Review).where(Review.post_id.in_(posts), Review.joins_at.is_not(None))
    db.session.execute(sent.values(joins_at=moment))
