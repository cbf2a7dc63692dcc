"""The kept estimates are those of the scores there are, or the page says that they are older."""

from __future__ import annotations

import pytest
from flask import Flask

from blogreview.db import db
from blogreview.domain.estimates import estimated, kept
from blogreview.domain.scoring import SCORE_VERSION
from blogreview.domain.terms import ReviewKind
from blogreview.grades import estimate_commands, estimate_queries
from blogreview.models import Assignment, PostEstimate, Review
from blogreview.overview.commands import refresh_stale_estimates
from tests.grades.scene import comment, many_teams, read_by, review
from tests.pages import text_of
from tests.world import NOW, World


@pytest.fixture
def judged(app: Flask, world: World) -> None:
    with app.app_context():
        for row in read_by(world, "safa", (1, 2, 3, 4), (4, 2, 3, 4), (2, 2, 3, 3), (3, None, 2, 4)):
            comment(row, world.criteria["goals"], "Vis et tall.")
        read_by(world, "nordlys", (3, 3, 3, 3), (2, 3, 3, 2))
        db.session.commit()


def stored(app: Flask) -> dict[int, dict]:
    with app.app_context():
        return {row.post_id: row.content for row in db.session.query(PostEstimate)}


def fresh(app: Flask, world: World) -> dict[int, dict]:
    with app.app_context():
        return estimated(estimate_queries.scores_of(world.assignment))


def versions(app: Flask, world: World) -> tuple[int, int | None]:
    with app.app_context():
        row = db.session.get_one(Assignment, world.assignment)
        return row.score_version, row.estimated_version


def test_what_is_kept_equals_a_fresh_run(app, as_, world, judged):
    assert stored(app) == {}
    as_(world.tone).get(f"{world.at}/overview")

    assert stored(app) == fresh(app, world) != {}
    assert set(stored(app)) == {world.posts["safa"], world.posts["nordlys"]}
    assert versions(app, world) == (6, 6)


@pytest.mark.parametrize("page", ["overview", "overview.csv", "teams/safa"])
def test_every_page_with_estimates_makes_them_anew_first(app, as_, world, judged, page):
    browser = as_(world.tone)
    browser.get(f"{world.at}/overview")
    with app.app_context():
        review(world.posts["safa"], world.mona, (1, 1, 1, 1))
        db.session.commit()
    assert stored(app) != fresh(app, world)

    browser.get(f"{world.at}/{page}")
    assert stored(app) == fresh(app, world)


def test_hiding_and_showing_keep_it_equal(app, as_, world, judged):
    browser = as_(world.tone)
    for reader, hidden in ((13, "1"), (14, "1"), (13, "0")):
        assert browser.post(f"{world.at}/teams/safa/readers/{reader}", {"hidden": hidden}).status_code == 303
        browser.get(f"{world.at}/overview")
        assert stored(app) == fresh(app, world)


def test_a_hidden_comment_can_raise_a_flag(app, as_, world, judged):
    """Under 40 % of the reviews hold a suggestion once three of four are out of sight."""
    browser = as_(world.tone)
    assert "Mye ros, lite konkret" not in row_of(browser, world, "safa")
    with app.app_context():
        names = [said.public_id for row in db.session.query(Review) for said in row.comments]
    for name in names[:3]:
        browser.post(f"{world.at}/teams/safa/comments/{name}", {"hidden": "1"})

    assert "mye ros, lite konkret" in row_of(browser, world, "safa").lower()


def row_of(browser, world: World, team: str) -> str:
    page = text_of(browser.get(f"{world.at}/overview"))
    return page.partition(f'<a href="teams/{team}">')[2].partition("</tr>")[0]


def test_the_teachers_marks_move_the_estimate_and_no_count(app, as_, world, judged):
    as_(world.tone).get(f"{world.at}/overview")
    goals, safa = world.criteria["goals"], world.posts["safa"]
    before = kept(stored(app)[safa]).criteria[goals]
    with app.app_context():
        review(safa, world.tone, (4, None, None, None), kind=ReviewKind.TEACHER)
        db.session.commit()
    as_(world.tone).get(f"{world.at}/overview")
    after = kept(stored(app)[safa]).criteria[goals]

    assert after.estimate > before.estimate
    assert after.median == before.median


def test_a_large_class_shows_the_older_estimates_and_says_so(app, as_, world, monkeypatch, judged):
    monkeypatch.setattr(estimate_queries, "SMALL_CLASS", 5)
    browser = as_(world.tone)

    assert "Anslagene er fra før de siste vurderingene" in text_of(browser.get(f"{world.at}/overview"))
    assert stored(app) == {}
    with app.app_context():
        refresh_stale_estimates(now=NOW)
        db.session.commit()
    assert "Anslagene er fra før" not in text_of(browser.get(f"{world.at}/overview"))
    assert stored(app) == fresh(app, world)


def test_the_worker_makes_only_what_is_stale(app, world, judged):
    with app.app_context():
        assert estimate_queries.stale_assignments() == [world.assignment]
        refresh_stale_estimates(now=NOW)
        db.session.commit()
        assert estimate_queries.stale_assignments() == []


def test_estimates_made_in_another_way_are_made_anew(app, world, judged):
    with app.app_context():
        refresh_stale_estimates(now=NOW)
        row = db.session.query(PostEstimate).first()
        row.content = row.content | {"scoring": SCORE_VERSION - 1}
        db.session.commit()
        assert estimate_queries.stale_assignments() == [world.assignment]


def test_a_score_saved_while_estimating_leaves_them_stale(app, world, judged, monkeypatch):
    """The lock is let go while the figures are made; the version is the one that was read."""
    def estimate_meanwhile(read):
        review(world.posts["nordlys"], world.mona, (4, 4, 4, 4))
        db.session.commit()
        return estimated(read)

    monkeypatch.setattr(estimate_commands, "estimated", estimate_meanwhile)
    with app.app_context():
        refresh_stale_estimates(now=NOW)
        db.session.commit()
    assert versions(app, world) == (7, 6)

    monkeypatch.undo()
    with app.app_context():
        refresh_stale_estimates(now=NOW)
        db.session.commit()
    assert (versions(app, world), stored(app)) == ((7, 7), fresh(app, world))


def test_older_estimates_never_replace_newer(app, world, judged):
    with app.app_context():
        old = estimate_queries.scores_of(world.assignment)
        review(world.posts["nordlys"], world.mona, (4, 4, 4, 4))
        db.session.commit()
        refresh_stale_estimates(now=NOW)
        db.session.commit()
        estimate_commands._keep(old, estimated(old))
        db.session.commit()

    assert (versions(app, world), stored(app)) == ((7, 7), fresh(app, world))


def test_several_assignments_are_made_in_one_round(app, world, judged):
    with app.app_context():
        many_teams(world, 4, readers=2)
        db.session.commit()
        refresh_stale_estimates(now=NOW)
        db.session.commit()

    assert stored(app) == fresh(app, world)
    assert len(stored(app)) == 6
