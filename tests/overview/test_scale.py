"""The page asks as many questions of the database for a thousand teams as for three."""

from __future__ import annotations

import re

import pytest

from blogreview.accounts.queries import actor_of
from blogreview.assignments.rubric_queries import rubric_of
from blogreview.db import db
from blogreview.models import Assignment, User
from blogreview.overview import queries
from blogreview.overview.commands import refresh_stale_estimates
from tests.grades.scene import many_teams
from tests.world import NOW

#: Rubric: criteria, levels, descriptors. Rows: teams, levels given, suggestions.
FOR_THE_DATA = 6
#: And: who asks, their seats, what is due, the assignment; for the page also what its navigation leads to.
IN_ALL = {"overview": 11, "overview.csv": 10}


@pytest.mark.parametrize("teams", [0, 21, 997])
def test_the_number_of_queries_is_the_same_for_any_class(app, as_, world, count_queries, teams):
    with app.app_context():
        many_teams(world, teams, readers=3)
        db.session.commit()
        refresh_stale_estimates(now=NOW)
        db.session.commit()
        assignment = db.session.get_one(Assignment, world.assignment)
        actor = actor_of(db.session.get_one(User, world.tone))
        count_queries.clear()
        found = queries.team_rows(assignment, actor, rubric_of(assignment.id))
        assert (len(count_queries), len(found)) == (FOR_THE_DATA, teams + 3)
    browser = as_(world.tone)
    for address, queries_in_all in IN_ALL.items():
        count_queries.clear()
        assert browser.client.get(f"{world.at}/{address}").status_code == 200
        assert len(count_queries) == queries_in_all


def test_a_row_is_at_most_900_bytes(app, as_, world):
    with app.app_context():
        many_teams(world, 100, readers=5)
        db.session.commit()
    page = as_(world.tone).get(f"{world.at}/overview").text
    sizes = [len(row.encode()) for row in re.findall(r"<tr><th scope=row>.*?</tr>\n", page, re.DOTALL)]

    assert len(sizes) == 103
    assert max(sizes) <= 900
