"""From the cookie to the visitor."""

from __future__ import annotations

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
