"""A course as one of its students finds it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import RowMapping, and_, case, exists, func, or_, select

from blogreview.assignments import queries as assignments
from blogreview.db import db
from blogreview.domain.alphabet import alphabetical
from blogreview.domain.next_step import AssignmentFacts, todo
from blogreview.domain.phases import Deadlines, is_open, may_publish, steps
from blogreview.domain.terms import Deadline, GradeState, ReviewKind, ReviewState, Role
from blogreview.grades.count_queries import counted
from blogreview.home.rows import Mate, OwnPost, People, StudentAssignment
from blogreview.models import (
    Allocation,
    Assignment,
    Course,
    Extension,
    Grade,
    Membership,
    Post,
    PostAuthor,
    Review,
    Revision,
    Team,
    User,
)
from blogreview.policy import Actor
from blogreview.posts.thread_queries import SHOWN_NAME


@dataclass(frozen=True, slots=True)
class _Mine:
    """What is the student's own, by assignment id; ``reviews`` are how many were given, and sent."""

    user_id: int | None
    team_id: int | None
    posts: Mapping[int, RowMapping]
    reviews: Mapping[int, tuple[int, int]]
    extensions: Sequence[Extension]

    def deadlines(self, assignment: Assignment, *, team_id: int | None, user_id: int | None = None) -> Deadlines:
        """As assignments.deadlines_for, of what has been fetched."""
        until: dict[Deadline, datetime] = {}
        for extension in self.extensions:
            holders = (extension.team_id, extension.user_id)
            if extension.assignment_id == assignment.id and holders in ((team_id, None), (None, user_id)):
                until[extension.deadline] = max(extension.until, until.get(extension.deadline, extension.until))
        return assignments.extended(assignment, until)


def opened_assignments(course: Course) -> list[Assignment]:
    """Newest first. One query."""
    wanted = select(Assignment).where(Assignment.course_id == course.id, Assignment.opened_at.is_not(None))
    return list(db.session.scalars(wanted.order_by(Assignment.number.desc())))


def student_assignments(
    course: Course, opened: Sequence[Assignment], actor: Actor, now: datetime
) -> tuple[StudentAssignment, ...]:
    """How each stands for the actor, in the same order. Three queries, whatever their number."""
    seat = actor.seat_in(course.id)
    ids, team_id = [assignment.id for assignment in opened], seat.team_id if seat else None
    posts = _posts(ids, team_id, actor, now)
    teams = [team_id, *(post["team_id"] for post in posts.values())]
    mine = _Mine(actor.user_id, team_id, posts, _reviews(ids, actor), _extensions(ids, teams, actor))
    return tuple(_row(assignment, mine, now) for assignment in opened)


def people_around(course: Course, actor: Actor) -> People:
    """The student's team and the teachers, by name. One query."""
    seat = actor.seat_in(course.id)
    on_the_team = and_(Membership.team_id.is_not(None), Membership.team_id == (seat.team_id if seat else None))
    rows = db.session.execute(
        select(User.id, SHOWN_NAME, Membership.role, Team.name)
        .select_from(Membership)
        .join(User, User.id == Membership.user_id)
        .outerjoin(Team, Team.id == Membership.team_id)
        .where(
            Membership.course_id == course.id,
            Membership.left_at.is_(None),
            or_(on_the_team, Membership.role == Role.TEACHER),
        )
    )
    everybody = sorted(rows, key=lambda row: (row[0] != actor.user_id, alphabetical(row[1])))
    return People(
        team=next((team for *_, role, team in everybody if role is not Role.TEACHER), None),
        mates=tuple(Mate(name, id == actor.user_id) for id, name, role, _ in everybody if role is not Role.TEACHER),
        teachers=tuple(name for _, name, role, _ in everybody if role is Role.TEACHER),
    )


def _row(assignment: Assignment, mine: _Mine, now: datetime) -> StudentAssignment:
    post = mine.posts.get(assignment.id)
    own = post if post and post["own"] else None
    deadlines = mine.deadlines(assignment, team_id=own["team_id"] if own else mine.team_id)
    facts = _facts(assignment, mine, own, deadlines, writes=bool(own or (mine.team_id and not post)), now=now)
    return StudentAssignment(
        title=assignment.title,
        scale=assignment.grading_scale,
        reviews_per_student=assignment.reviews_per_student,
        steps=steps(deadlines, True, now),
        deadlines=deadlines,
        feedback_opens=assignments.feedback_opens(assignment),
        post=OwnPost(own["slug"], own["name"], own["title"], own["published_at"]) if own else None,
        facts=facts,
        todo=todo(facts),
    )


def _facts(
    assignment: Assignment, mine: _Mine, own: RowMapping | None, deadlines: Deadlines, *, writes: bool, now: datetime
) -> AssignmentFacts:
    present = next(step for step in steps(deadlines, True, now) if step.state == "now")
    published = own is not None and own["published_at"] is not None
    review_by = mine.deadlines(assignment, team_id=mine.team_id, user_id=mine.user_id).review
    # A deal made early may still change: see posts.queries.scope_of.
    dealt = not is_open(assignment.publish_by, now)
    given, sent = mine.reviews.get(assignment.id, (0, 0)) if dealt else (0, 0)
    return AssignmentFacts(
        number=assignment.number,
        phase=present.phase,
        phase_ends=present.until,
        writes=writes,
        post_open=writes and may_publish(deadlines, True, assignment.late_publishing, published, now),
        published=published,
        given=given,
        sent=sent,
        review_by=review_by if is_open(review_by, now) else None,
        feedback_open=assignments.feedback_is_open(assignment, now),
        readers=own["readers"] if own else 0,
        released=own is not None and own["state"] is GradeState.RELEASED,
    )


def _posts(ids: Sequence[int], team_id: int | None, actor: Actor, now: datetime) -> dict[int, RowMapping]:
    """The post the student is an author of, else the team's: see posts.queries.find_own_post. One query."""
    wrote_it = exists().where(PostAuthor.post_id == Post.id, PostAuthor.user_id == actor.user_id)
    on_the_team = and_(Post.team_id.is_not(None), Post.team_id == team_id)
    own = case((Post.frozen_at.is_(None), on_the_team), else_=wrote_it)
    readers = select(func.count()).where(Review.post_id == Post.id, counted(), Review.joins_at <= now)
    rows = db.session.execute(
        select(
            Post.assignment_id, Post.team_id, Post.frozen_at, Team.slug, Team.name, own.label("own"), Grade.state,
            func.coalesce(Revision.title, Post.title).label("title"), Revision.published_at,
            readers.scalar_subquery().label("readers"),
        )
        .join(Team, Team.id == Post.team_id)
        .outerjoin(Revision, Revision.id == Post.current_revision_id)
        .outerjoin(Grade, Grade.post_id == Post.id)
        .where(Post.assignment_id.in_(ids), or_(on_the_team, and_(Post.frozen_at.is_not(None), wrote_it)))
    )
    # A frozen one before another: whoever has moved keeps what they wrote.
    least_first = sorted(rows.mappings(), key=lambda row: (bool(row["own"]), row["frozen_at"] is not None))
    return {row["assignment_id"]: row for row in least_first}


def _reviews(ids: Sequence[int], actor: Actor) -> dict[int, tuple[int, int]]:
    """How many reviews the student has been given of posts that can be read, and has sent. One query."""
    mine = and_(
        Review.post_id == Post.id, Review.reviewer_id == actor.user_id, Review.kind == ReviewKind.PEER,
        Review.state == ReviewState.SUBMITTED,
    )
    rows = db.session.execute(
        select(Post.assignment_id, func.count(), func.count(Review.id))
        .join(Allocation, Allocation.post_id == Post.id)
        .outerjoin(Review, mine)
        .where(
            Post.assignment_id.in_(ids), Allocation.reviewer_id == actor.user_id,
            Post.current_revision_id.is_not(None), Post.hidden_at.is_(None),
        )
        .group_by(Post.assignment_id)
    )
    return {assignment: (given, sent) for assignment, given, sent in rows}


def _extensions(ids: Sequence[int], teams: Sequence[int | None], actor: Actor) -> list[Extension]:
    """What the teams, and the student, have been given. One query."""
    theirs = or_(Extension.team_id.in_([team for team in teams if team]), Extension.user_id == actor.user_id)
    return list(db.session.scalars(select(Extension).where(Extension.assignment_id.in_(ids), theirs)))
