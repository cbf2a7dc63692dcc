"""From the cookie to the visitor, and back."""

from __future__ import annotations

from flask import session
from flask_login import login_user

from blogreview.accounts import queries
from blogreview.accounts.tokens import token_hash
from blogreview.web.clock import now
from blogreview.web.guard import Visitor


def find_visitor(token: str) -> Visitor | None:
    """Who the session belongs to, read once per request as plain data. Two queries."""
    sign_in = queries.find_sign_in(token_hash(token), now())
    if sign_in is None:
        return None
    user = sign_in.user
    return Visitor(queries.actor_of(user), user.name, user.email, token, user.language)


def start(token: str) -> None:
    """Carry a session that has just begun in a cookie of its own."""
    session.clear()
    login_user(find_visitor(token))
    session.permanent = True
