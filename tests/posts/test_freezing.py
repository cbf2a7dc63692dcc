"""Who wrote a post is settled when its publish deadline has passed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from blogreview.db import db
from blogreview.domain.terms import Deadline, Role
from blogreview.models import Assignment, Extension, Membership, Post, PostAuthor, Team
from blogreview.posts import commands, queries
from tests.world import DAY, NOW, join, make, person

DEADLINE = NOW + 2 * DAY
OVER = DEADLINE + timedelta(minutes=1)


@pytest.fixture
def written(as_, world, desk):
    """SAFA and Nordlys have begun a post."""
    for name in ("kari", "nils"):
        as_(getattr(world, name)).post(desk.post, desk.typed("Tittel", "", ""))
    return desk


def is_due(now):
    return db.session.scalar(select(queries.due_to_freeze(now).exists()))


def freeze(app, now):
    """(was due, how many were settled, is due still)"""
    with app.app_context():
        found = is_due(now), commands.freeze_due(now=now), is_due(now)
        db.session.commit()
        return found


def authors(app, desk):
    with app.app_context():
        rows = db.session.execute(
            select(Team.slug, Post.frozen_at, PostAuthor.user_id)
            .join(Post, Post.team_id == Team.id)
            .outerjoin(PostAuthor, PostAuthor.post_id == Post.id)
            .where(Post.assignment_id == desk.assignment)
            .order_by(Team.slug, PostAuthor.user_id)
        )
        return [tuple(row) for row in rows]


def test_nothing_is_due_until_the_deadlines_minute_is_over(app, written):
    assert freeze(app, OVER - timedelta(microseconds=1)) == (False, 0, False)
    assert freeze(app, OVER) == (True, 2, False)


def test_the_authors_are_the_team_as_it_is_then(app, written, world):
    with app.app_context():
        db.session.scalar(select(Membership).where(Membership.user_id == world.ola)).left_at = NOW
        new = person("ny", "Ny Person")
        join(new, world.course, Role.STUDENT, world.teams["safa"])
        db.session.commit()
    freeze(app, OVER)

    assert authors(app, written) == [
        ("nordlys", OVER, world.nils), ("nordlys", OVER, world.nora), ("safa", OVER, world.kari), ("safa", OVER, new),
    ]


def test_settling_twice_changes_nothing(app, written):
    freeze(app, OVER)
    before = authors(app, written)

    assert freeze(app, OVER + DAY) == (False, 0, False)
    assert authors(app, written) == before


def test_a_team_with_more_time_is_settled_when_that_is_over(app, written, world):
    with app.app_context():
        make(
            Extension, assignment_id=written.assignment, deadline=Deadline.PUBLISH, team_id=world.teams["safa"],
            until=DEADLINE + DAY, granted_by_id=world.tone,
        )
        make(
            Extension, assignment_id=written.assignment, deadline=Deadline.IMPROVE, team_id=world.teams["nordlys"],
            until=DEADLINE + 30 * DAY, granted_by_id=world.tone,
        )
        db.session.commit()

    assert freeze(app, OVER) == (True, 1, False)
    assert freeze(app, OVER + DAY) == (True, 1, False)


def test_an_assignment_that_is_not_opened_settles_nothing(app, written):
    with app.app_context():
        db.session.get_one(Assignment, written.assignment).opened_at = None
        db.session.commit()

    assert freeze(app, OVER) == (False, 0, False)


def test_a_post_begun_late_is_settled_the_next_time(app, as_, world, written, clock):
    freeze(app, OVER)
    with app.app_context():
        db.session.get_one(Assignment, written.assignment).late_publishing = True
        db.session.commit()
    clock.moment = OVER
    as_(world.mona).post(written.post, written.typed("Sent", "", ""))

    assert freeze(app, OVER) == (True, 1, False)
    assert ("makrell", OVER, world.mona) in authors(app, written)


@pytest.mark.parametrize("teams", (1, 30))
def test_the_number_of_queries_does_not_grow(app, world, desk, count_queries, teams):
    with app.app_context():
        for n in range(teams):
            team = make(Team, course_id=world.course, slug=f"t{n}", name=f"T{n}")
            join(person(f"p{n}", f"P {n}"), world.course, Role.STUDENT, team.id)
            make(Post, assignment_id=desk.assignment, team_id=team.id)
        db.session.commit()
    with app.app_context():
        count_queries.clear()
        assert commands.freeze_due(now=OVER) == teams
        assert len(count_queries) == 2
        assert not is_due(OVER)
