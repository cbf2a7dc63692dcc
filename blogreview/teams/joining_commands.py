"""Joining a course by its code, which is read aloud in class: it proves nothing, and tries at it are counted."""

from __future__ import annotations

from datetime import datetime

from blogreview.accounts.commands import ATTEMPT_WINDOW, add_user, note_attempt, set_password
from blogreview.accounts.queries import attempts_since, find_user_by_email
from blogreview.courses.queries import find_course_to_join
from blogreview.db import db
from blogreview.domain.join_codes import LENGTH, normal_code
from blogreview.domain.refusals import JoinRefusal
from blogreview.domain.terms import Joined, Role
from blogreview.errors import Refused
from blogreview.models import Course, Team, User
from blogreview.teams import commands, queries

#: A quarter of an hour's worth, of one address: a whole class may sit behind it, and some of them mistype.
WRONG_TRIES = 50
#: Of one code: a large class in one lecture fits, a flood of made-up people does not.
JOINERS = 500


def try_code(*, typed: str, address: str, now: datetime) -> Course:
    """The course that the code opens. A wrong code counts as a try.

    :param address: where the visitor comes from.
    :raise Refused: WRONG_CODE, or TOO_MANY_TRIES, which a right code meets too: it may have been guessed.
    """
    key, code = f"join from {address}", normal_code(typed)
    course = find_course_to_join(code) if len(code) == LENGTH else None
    if attempts_since(key, now - ATTEMPT_WINDOW) >= WRONG_TRIES:
        raise Refused(JoinRefusal.TOO_MANY_TRIES)
    if course is None:
        note_attempt(key=key, now=now)
        raise Refused(JoinRefusal.WRONG_CODE)
    return course


def join_as_new(
    *, course: Course, name: str, email: str, password_hash: str, team: Team | None, now: datetime
) -> User:
    """Make an account and a place in the course, for the teacher to confirm.

    :raise Refused: KNOWN_ADDRESS, or TOO_MANY_TRIES at this course's code.
    """
    if not note_attempt(key=f"join course {course.id}", now=now, most=JOINERS):
        raise Refused(JoinRefusal.TOO_MANY_TRIES)
    if find_user_by_email(email) is not None:
        raise Refused(JoinRefusal.KNOWN_ADDRESS)
    user = add_user(name=name, email=email, now=now)
    set_password(user=user, password_hash=password_hash, now=now, actor_id=user.id)
    join(course=course, user=user, team=team, now=now)
    return user


def join(*, course: Course, user: User, team: Team | None, now: datetime) -> None:
    """A place in the course for somebody who has an account; whoever is in it without a team gets theirs."""
    seat = queries.find_seat(course.id, user.id)
    if queries.is_settled(course.id, user.id):
        return
    if seat is not None and seat.left_at is None:
        commands.move_member(member=seat, team=team, now=now, actor_id=user.id)
        return
    commands.take_in(
        course=course, user=user, seat=seat, role=Role.STUDENT, joined=Joined.CODE, team=team, confirmed=False,
        now=now, actor_id=user.id,
    )  # fmt: skip
    db.session.flush()
