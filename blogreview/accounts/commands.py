from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from blogreview.accounts import queries
from blogreview.accounts.tokens import new_token, token_hash
from blogreview.audit.commands import record
from blogreview.db import db
from blogreview.domain.terms import LinkPurpose
from blogreview.models import AccessLink, Attempt, SignIn, User

SIGN_IN_LASTS = timedelta(days=14)
LINK_LASTS = timedelta(days=14)
ATTEMPT_WINDOW = timedelta(minutes=15)
MAX_ATTEMPTS = 10


def add_user(*, name: str, email: str, now: datetime, may_create_courses: bool = False) -> User:
    """A person without a password yet; the caller has seen that nobody has the address."""
    user = User(
        name=name.strip(), email=email.strip().casefold(), created_at=now, may_create_courses=may_create_courses
    )
    db.session.add(user)
    db.session.flush()
    return user


def add_users(*, people: Iterable[tuple[str, str]], now: datetime) -> list[User]:
    """Several at once, (name, e-mail) each, as above."""
    users = [User(name=name.strip(), email=email.strip().casefold(), created_at=now) for name, email in people]
    db.session.add_all(users)
    db.session.flush()
    return users


def start_session(*, user: User, now: datetime) -> str:
    """A new revocable session; returns the token for the cookie."""
    token = new_token()
    db.session.add(
        SignIn(user_id=user.id, token_hash=token_hash(token), created_at=now, expires_at=now + SIGN_IN_LASTS)
    )
    db.session.flush()
    return token


def end_session(*, token: str, now: datetime) -> None:
    sign_in = queries.find_sign_in(token_hash(token), now)
    if sign_in is not None:
        db.session.delete(sign_in)
        db.session.flush()


def add_link(*, user: User, purpose: LinkPurpose, now: datetime, actor_id: int | None) -> str:
    """A personal link for one purpose; returns the token, which is stored nowhere."""
    return add_links(user_ids=[user.id], purpose=purpose, now=now, actor_id=actor_id)[0]


def add_links(*, user_ids: Sequence[int], purpose: LinkPurpose, now: datetime, actor_id: int | None) -> list[str]:
    """A link for each of several people; returns their tokens, in the same order."""
    tokens = [new_token() for _ in user_ids]
    for user_id, token in zip(user_ids, tokens, strict=True):
        db.session.add(
            AccessLink(
                user_id=user_id,
                purpose=purpose,
                token_hash=token_hash(token),
                created_at=now,
                expires_at=now + LINK_LASTS,
            )
        )
        record(verb="link:made", subject=f"user {user_id}", now=now, actor_id=actor_id, purpose=purpose.value)
    db.session.flush()
    return tokens


def set_password(*, user: User, password_hash: str, now: datetime, actor_id: int | None) -> None:
    """Choose a new password; every session begun with the old one ends."""
    user.password_hash = password_hash
    end_all_sessions(user=user, now=now, actor_id=actor_id)
    record(verb="password:chosen", subject=f"user {user.id}", now=now, actor_id=actor_id)


def accept_link(*, link: AccessLink, password_hash: str, now: datetime) -> str:
    """The password is chosen, and a session begins. No other slip with the person's name opens anything.

    Returns the session's token.
    """
    queries.use_up_links_of(link.user_id, now)
    set_password(user=link.user, password_hash=password_hash, now=now, actor_id=link.user_id)
    return start_session(user=link.user, now=now)


def end_all_sessions(*, user: User, now: datetime, actor_id: int | None) -> None:
    queries.delete_sessions_of(user.id)
    record(verb="sessions:ended", subject=f"user {user.id}", now=now, actor_id=actor_id)
    db.session.flush()


def note_attempt(*, key: str, now: datetime, most: int = MAX_ATTEMPTS) -> bool:
    """Count one more try; False when there have been too many in the last quarter of an hour."""
    allowed = queries.attempts_since(key, now - ATTEMPT_WINDOW) < most
    db.session.add(Attempt(key=key, at=now))
    db.session.flush()
    return allowed


def forget_old(*, before: datetime, now: datetime) -> None:
    """Delete counted tries from before then, and sessions that have ended."""
    queries.delete_attempts(before)
    queries.delete_ended_sessions(now)
