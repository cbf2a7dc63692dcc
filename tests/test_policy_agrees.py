"""A list and a single page must never disagree about who may see what."""

from __future__ import annotations

from datetime import timedelta

import pytest

from blogreview.accounts.queries import actor_of
from blogreview.db import db
from blogreview.domain.terms import ReadingOpens
from blogreview.models import Assignment, Post, User
from blogreview.policy import Action, Actor, permits
from blogreview.posts import queries
from tests.world import NOW

CAST = ("kari", "ola", "nils", "nora", "mona", "tone", "ada", "per", "eva")


@pytest.mark.parametrize("days", (-10, -5, 0, 6, 30))
@pytest.mark.parametrize("rule", tuple(ReadingOpens))
@pytest.mark.parametrize("hidden", (False, True))
def test_the_posts_listed_are_the_posts_permitted(app, world, rule, days, hidden):
    now = NOW + timedelta(days=days)
    with app.app_context():
        assignment = db.session.get_one(Assignment, world.assignment)
        assignment.reading_opens = rule
        db.session.get_one(Post, world.posts["nordlys"]).hidden_at = NOW if hidden else None
        db.session.flush()
        everything = db.session.query(Post).all()
        for name in CAST:
            actor = actor_of(db.session.get_one(User, getattr(world, name)))
            listed = {post.id for post in db.session.scalars(queries.visible_to(actor, assignment, now))}
            permitted = {
                post.id for post in everything
                if permits(actor, Action.POST_VIEW, queries.scope_of(post, actor, now))
            }
            assert (name, listed) == (name, permitted)
        db.session.rollback()


def test_the_anonymous_see_nothing(app, world):
    with app.app_context():
        assignment = db.session.get_one(Assignment, world.assignment)
        assert db.session.scalars(queries.visible_to(Actor(), assignment, NOW)).all() == []
