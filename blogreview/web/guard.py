"""Know who asks, ask the policy, and remember that it was asked."""

from __future__ import annotations

from dataclasses import dataclass

from flask import abort, g
from flask_login import UserMixin, current_user

from blogreview.domain.initials import initials
from blogreview.policy import Action, Actor, Scope, is_member, permits


@dataclass(frozen=True, eq=False)
class Visitor(UserMixin):  # type: ignore[misc]
    """The signed-in person, as plain data: the actor the policy reads, and what the page header shows."""

    actor: Actor
    name: str
    email: str
    token: str
    language: str | None = None

    def get_id(self) -> str:
        return self.token

    @property
    def initials(self) -> str:
        return initials(self.name)


class SignInNeeded(Exception):
    """An anonymous visitor asked for something only members have; nothing has been loaded."""


def visitor() -> Visitor | None:
    return current_user._get_current_object() if current_user.is_authenticated else None


def anyone() -> Actor:
    """The visitor of a public page, signed in or not."""
    person = visitor()
    return person.actor if person else Actor()


def current_actor() -> Actor:
    """The signed-in visitor. Called before anything is loaded, so that the anonymous learn nothing.

    :raise SignInNeeded: nobody is signed in.
    """
    person = visitor()
    if person is None:
        g.policy_asked = True
        raise SignInNeeded
    return person.actor


def user_id(actor: Actor) -> int:
    """The signed-in actor's id, for commands."""
    if actor.user_id is None:
        raise SignInNeeded
    return actor.user_id


def authorize(actor: Actor, action: Action, scope: Scope = Scope()) -> None:
    """Let the request go on, or end it."""
    g.policy_asked = True
    if permits(actor, action, scope):
        return
    if actor.user_id is None:
        raise SignInNeeded
    # 404, not 403: a stranger must not learn which courses exist, nor a member which drafts do.
    abort(403 if scope.known and (scope.course_id is None or is_member(actor, scope)) else 404)
