"""The demo course: who and what is in it, being one of its people, starting over, and never in production."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from blogreview import create_app
from blogreview.config import Settings
from blogreview.db import db
from blogreview.demo import commands, queries
from blogreview.demo.large_commands import fill_large
from blogreview.models import Allocation, Grade, Post, PostAuthor, Review, Score, Team, User
from tests.pages import Browser
from tests.world import NOW


@pytest.fixture
def demo(database_url, app, blank):
    demo = create_app(Settings(secret_key="demo", database_url=database_url, testing=True, demo=True), time=lambda: NOW)
    with demo.app_context():
        commands.fill_demo(now=NOW)
        db.session.commit()
    yield demo
    with demo.app_context():
        db.engine.dispose()


def count(model, *where):
    return db.session.scalar(select(func.count()).select_from(model).where(*where))


def test_the_course_is_as_large_as_it_says(demo):
    with demo.app_context():
        assert queries.demo_facts() == queries.DemoFacts(teams=24, students=96, reviews=546)
        assert [count(Post), count(Post, Post.current_revision_id.is_(None)), count(Grade)] == [48, 1, 15]


def test_nobody_reviews_a_post_of_their_own_and_every_post_has_twelve_readers(demo):
    with demo.app_context():
        own = select(Allocation.id).join(
            PostAuthor, (PostAuthor.post_id == Allocation.post_id) & (PostAuthor.user_id == Allocation.reviewer_id)
        )
        loads = select(func.count()).select_from(Allocation).group_by(Allocation.post_id)
        assert db.session.scalars(own).all() == []
        assert set(db.session.scalars(loads)) == {12}


def test_filling_twice_gives_the_same_course(demo):
    def picture():
        rows = select(Team.slug, User.email, Score.level).select_from(Score).join(Review, Review.id == Score.review_id)
        rows = rows.join(Post, Post.id == Review.post_id).join(Team, Team.id == Post.team_id)
        return sorted(db.session.execute(rows.join(User, User.id == Review.reviewer_id)).all())

    with demo.app_context():
        first = picture()
        commands.empty_database()
        commands.fill_demo(now=NOW)
        assert picture() == first
        db.session.rollback()


@pytest.mark.parametrize(
    ("person", "lands"),
    (
        ("maja", "/courses/mrk2104-h26/"),
        ("sindre", "/courses/mrk2104-h26/assignments/1/feedback"),
        ("hilde", "/courses/mrk2104-h26/assignments/2/overview"),
    ),
)
def test_one_press_makes_the_visitor_one_of_the_three(demo, person, lands):
    browser = Browser(demo)
    response = browser.post("/welcome", {"person": person})

    assert (response.status_code, response.location) == (303, lands)
    assert browser.get(lands).status_code == 200


def test_nobody_else_can_be_become(demo):
    assert Browser(demo).post("/welcome", {"person": "amina"}).status_code == 404


def test_outside_the_demo_there_is_no_such_page(as_, world):
    assert [as_().get("/welcome").status_code, as_(world.tone).get("/welcome").status_code] == [303, 404]
    assert as_(world.tone).post("/welcome", {"person": "maja"}).status_code == 404


def test_the_demo_cannot_exist_in_production():
    with pytest.raises(ValueError, match="DEMO cannot be on in PRODUCTION"):
        Settings(secret_key="x", production=True, demo=True, public_url="https://medleser.example")


def test_starting_over_asks_for_demo_mode(app, world):
    result = app.test_cli_runner().invoke(args=["demo", "--reset"])

    assert (result.exit_code, "this is not a demo" in result.output) == (1, True)


def test_a_large_course_has_the_size_asked_for(app, world):
    with app.app_context():
        fill_large(teams=30, reviews=4, now=NOW)
        assert [count(Team), count(Allocation), count(Score)] == [3 + 30, 3 + 120, 480]
        db.session.commit()
        db.session.add(Team(course_id=world.course, slug="ny", name="Ny"))
        db.session.commit()
