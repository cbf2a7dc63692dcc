from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import joinedload

from blogreview.db import db
from blogreview.errors import NotFound
from blogreview.models import AccessLink, Attempt, Membership, SignIn, User
from blogreview.policy import Actor, Seat


def find_user_by_email(email: str) -> User | None:
    return db.session.scalar(select(User).where(User.email == email.strip().casefold()))


def find_sign_in(token_hash: str, now: datetime) -> SignIn | None:
    """The session behind a cookie, if it has neither ended nor been revoked. Joined with its person."""
    return db.session.scalar(select(SignIn).where(SignIn.token_hash == token_hash, SignIn.expires_at > now))


def actor_of(user: User) -> Actor:
    """The person as the policy sees them. One query."""
    seats = db.session.execute(
        select(Membership.course_id, Membership.role, Membership.team_id).where(
            Membership.user_id == user.id, Membership.left_at.is_(None)
        )
    )
    return Actor(user.id, {course: Seat(role, team) for course, role, team in seats}, user.may_create_courses)


def find_link(token_hash: str, now: datetime) -> AccessLink | None:
    """An unused personal link that has not expired, with its person."""
    return db.session.scalar(
        select(AccessLink)
        .where(AccessLink.token_hash == token_hash, AccessLink.used_at.is_(None), AccessLink.expires_at > now)
        .options(joinedload(AccessLink.user))
    )


def attempts_since(key: str, since: datetime) -> int:
    wanted = select(func.count()).select_from(Attempt).where(Attempt.key == key, Attempt.at > since)
    return db.session.scalar(wanted) or 0


def anybody_exists() -> bool:
    return db.session.scalar(select(User.id).limit(1)) is not None


def get_user(user_id: int) -> User:
    """:raise NoResultFound: no such person (the id of a session always has one)."""
    return db.session.get_one(User, user_id)


def get_link(token_hash: str, now: datetime) -> AccessLink:
    """:raise NotFound: no such link, or it has been used or has expired: which, a guesser must not learn."""
    link = find_link(token_hash, now)
    if link is None:
        raise NotFound("personal link")
    return link


def delete_sessions_of(user_id: int) -> None:
    db.session.execute(delete(SignIn).where(SignIn.user_id == user_id))


def use_up_links_of(user_id: int, now: datetime) -> None:
    unused = AccessLink.used_at.is_(None)
    db.session.execute(update(AccessLink).where(AccessLink.user_id == user_id, unused).values(used_at=now))


def delete_attempts(before: datetime) -> None:
    db.session.execute(delete(Attempt).where(Attempt.at < before))


def delete_ended_sessions(now: datetime) -> None:
    db.session.execute(delete(SignIn).where(SignIn.expires_at <= now))
