"""Making a course."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from blogreview.db import db
from blogreview.domain.terms import Joined, Role
from blogreview.models import AuditEvent, Course, Membership, User
from tests.pages import text_of

COURSE = {"code": "MRK2104", "title": "Sosiale medier i praksis", "term": "høst 2026", "timezone": "Europe/Oslo"}


@pytest.fixture
def maker(app, world):
    """Per, who may make courses."""
    with app.app_context():
        db.session.get_one(User, world.per).may_create_courses = True
        db.session.commit()
    return world.per


def course_of(app, slug):
    with app.app_context():
        return db.session.scalar(select(Course).where(Course.slug == slug))


def test_whoever_makes_a_course_teaches_it_and_is_taken_to_its_class(app, as_, maker):
    response = as_(maker).post("/courses/new", COURSE)

    assert (response.status_code, response.location) == (303, "/courses/mrk2104-host-2026/class")
    course = course_of(app, "mrk2104-host-2026")
    assert (course.code, course.title, course.term) == ("MRK2104", "Sosiale medier i praksis", "høst 2026")
    assert re.fullmatch("[2-9A-HJKMNP-Z]{8}", course.join_code)
    with app.app_context():
        seats = db.session.execute(
            select(Membership.user_id, Membership.role, Membership.joined).where(Membership.course_id == course.id)
        ).all()
        verbs = db.session.scalars(select(AuditEvent.verb).where(AuditEvent.course_id == course.id)).all()
    assert seats == [(maker, Role.TEACHER, Joined.FOUNDED)]
    assert sorted(verbs) == ["course:made", "join-code:made"]
    assert as_(maker).get(response.location).status_code == 200


def test_the_same_code_and_term_twice_makes_two_addresses(as_, maker):
    as_(maker).post("/courses/new", COURSE)

    assert as_(maker).post("/courses/new", COURSE).location == "/courses/mrk2104-host-2026-2/class"


def test_a_course_has_a_time_zone_of_its_own(app, as_, maker):
    as_(maker).post("/courses/new", COURSE | {"timezone": "America/New_York"})

    assert course_of(app, "mrk2104-host-2026").timezone == "America/New_York"


def test_what_is_missing_is_said_and_what_was_typed_stays(as_, maker):
    response = as_(maker).post("/courses/new", COURSE | {"code": "", "title": "x" * 201})

    assert response.status_code == 422
    assert "2 ting må rettes" in text_of(response)
    assert "Skriv emnekoden, for eksempel MRK2104." in text_of(response)
    assert "Navnet kan ha 200 tegn." in text_of(response)
    assert 'value="' + "x" * 201 + '"' in response.text
    assert 'value="høst 2026"' in response.text


def test_a_place_without_a_clock_is_refused(as_, maker):
    assert as_(maker).post("/courses/new", COURSE | {"timezone": "Europa/Måneby"}).status_code == 422


def test_the_zone_is_oslo_unless_said(as_, maker):
    assert '<option selected value="Europe/Oslo">' in as_(maker).get("/courses/new").text


@pytest.mark.parametrize("method", ("GET", "POST"))
def test_only_some_may_make_courses(as_, world, method):
    assert [as_(person).open("/courses/new", method).status_code for person in (world.kari, world.tone)] == [403, 403]
    assert as_().open("/courses/new", method).status_code == (303 if method == "GET" else 401)
