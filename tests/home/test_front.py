"""Where people land."""

from __future__ import annotations

import pytest

from blogreview.db import db
from blogreview.domain.terms import Role
from blogreview.models import Course, User
from tests.pages import Browser, text_of
from tests.world import DAY, NOW, join, make


@pytest.fixture
def demo_mode(app):
    settings = app.extensions["settings"]
    app.extensions["settings"] = type(settings)(**{**settings.__dict__, "demo": True})
    yield
    app.extensions["settings"] = settings


def test_the_anonymous_are_sent_to_sign_in(as_, world):
    response = as_().get("/")

    assert (response.status_code, response.location) == (303, "/sign-in")


def test_the_anonymous_of_a_demo_are_sent_to_choose_who_to_be(app, world, demo_mode):
    response = Browser(app).get("/")

    assert (response.status_code, response.location) == (303, "/welcome")


def test_one_course_is_where_one_is_taken(as_, world):
    for person in (world.kari, world.tone, world.ada):
        response = as_(person).get("/")

        assert (response.status_code, response.location) == (303, f"{world.home}/")


def test_several_courses_are_listed_newest_first(app, as_, world):
    with app.app_context():
        newer = make(Course, slug="ny", code="MRK2", title="Mer av det", term="vår 2027", created_at=NOW + DAY)
        join(world.kari, newer.id, Role.STUDENT)
        db.session.commit()
    html = text_of(as_(world.kari).get("/"))

    assert "<h1>Emnene dine</h1>" in html
    assert html.index('href="/courses/ny/"') < html.index(f'href="{world.home}/"')
    assert "MRK2 · vår 2027" in html
    assert "Et annet emne" not in html
    assert "Lag et emne" not in html


def test_without_a_course_one_may_join_or_make_one(app, as_, world):
    html = text_of(as_(world.eva).get("/"))
    assert "Du er ikke med i noe emne" in html
    assert 'href="/join"' in html

    with app.app_context():
        db.session.get_one(User, world.eva).may_create_courses = True
        db.session.commit()
    html = text_of(as_(world.eva).get("/"))
    assert "Ingen emner ennå" in html
    assert 'href="/courses/new"' in html


def test_a_teacher_with_courses_may_make_another(app, as_, world):
    with app.app_context():
        db.session.get_one(User, world.tone).may_create_courses = True
        join(world.tone, make(Course, slug="ny", code="M", title="N", term="v", created_at=NOW).id, Role.TEACHER)
        db.session.commit()

    assert 'href="/courses/new">Lag et emne</a>' in text_of(as_(world.tone).get("/"))
