"""The post begins with the team's first save: also for a team-mate whose own request has already begun."""

from __future__ import annotations

from sqlalchemy import event

from blogreview.accounts.queries import actor_of
from blogreview.assignments.queries import get_assignment
from blogreview.db import db
from blogreview.models import Post, User
from blogreview.policy import Action, permits
from blogreview.posts.queries import own_post
from tests.world import NOW


def test_a_post_begun_between_two_questions_is_found(app, world, desk):
    with app.app_context():
        actor, assignment = actor_of(db.session.get_one(User, world.ola)), get_assignment("some-h26", 2)
        engine, begun = db.engine, []

        def a_team_mate_saves(connection, _cursor, statement, *_rest):
            if "FROM post" in statement and not begun:
                begun.append(statement)
                row = {"assignment_id": assignment.id, "team_id": world.teams["safa"], "title": "", "version": 1}
                connection.execute(Post.__table__.insert().values(**row))

        event.listen(engine, "after_cursor_execute", a_team_mate_saves)
        post, scope = own_post(assignment, actor, NOW)
        event.remove(engine, "after_cursor_execute", a_team_mate_saves)
        assert (post.team_id, permits(actor, Action.POST_EDIT, scope)) == (world.teams["safa"], True)
        db.session.rollback()
