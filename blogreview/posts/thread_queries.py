"""The open conversation under a post, as one reader may see it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Row, and_, func, select

from blogreview.db import db
from blogreview.domain.terms import Role
from blogreview.models import Membership, Post, Reply, Team, User
from blogreview.policy import Action, Actor, Scope, permits

#: The name the class list gives, else the person's own. Of a query that joins both tables.
SHOWN_NAME = func.coalesce(Membership.shown_name, User.name)


@dataclass(frozen=True, slots=True)
class Turn:
    """One reply. Neither words nor name of one that is removed, or hidden from this reader, are here."""

    public_id: str
    who: str
    #: The team's name, or none for staff, whose role says it.
    team: str | None
    role: Role | None
    by_author: bool
    at: datetime
    text: str
    removed: bool
    hidden: bool
    #: Hidden, and shown to someone who may still see it.
    marked: bool
    may_remove: bool
    turns: tuple[Turn, ...] = ()


def thread_of(post: Post, actor: Actor, scope: Scope) -> tuple[Turn, ...]:
    """The replies, oldest first, those to a reply under it. One query."""
    rows = db.session.execute(
        select(Reply, SHOWN_NAME, Team.name, Membership.role)
        .join(User, User.id == Reply.author_id)
        .outerjoin(Membership, and_(Membership.user_id == User.id, Membership.course_id == scope.course_id))
        .outerjoin(Team, Team.id == Membership.team_id)
        .where(Reply.post_id == post.id)
        .order_by(Reply.written_at, Reply.id)
    )
    under: dict[int | None, list[Row[Reply, str, str, Role]]] = defaultdict(list)
    for row in rows:
        under[row[0].parent_id].append(row)
    turns = (_turn(*row, actor, scope, _turns(under[row[0].id], actor, scope)) for row in under[None])
    return tuple(turn for turn in turns if turn.turns or not turn.hidden)


def _turns(rows: Sequence[Row[Reply, str, str, Role]], actor: Actor, scope: Scope) -> tuple[Turn, ...]:
    turns = (_turn(*row, actor, scope, ()) for row in rows)
    return tuple(turn for turn in turns if not turn.hidden)


def _turn(
    reply: Reply, who: str, team: str | None, role: Role | None, actor: Actor, scope: Scope, turns: tuple[Turn, ...]
) -> Turn:
    removed, may_hide = reply.removed_at is not None, permits(actor, Action.CONTENT_HIDE, scope)
    hidden = reply.hidden and not may_hide
    silent = removed or hidden
    return Turn(
        public_id=reply.public_id,
        who="" if silent else who,
        team=None if silent else team,
        role=None if silent else role,
        by_author=not silent and reply.author_id in scope.author_ids,
        at=reply.written_at,
        text="" if silent else reply.text,
        removed=removed,
        hidden=hidden,
        marked=reply.hidden and may_hide,
        may_remove=not silent and permits(actor, Action.REPLY_REMOVE, replace(scope, owner_id=reply.author_id)),
        turns=turns,
    )


def readable(thread: Sequence[Turn]) -> int:
    """How many of the turns have words that can be read."""
    every = [turn for top in thread for turn in (top, *top.turns)]
    return sum(not turn.removed and not turn.hidden for turn in every)
