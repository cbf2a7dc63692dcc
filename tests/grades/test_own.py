"""A student's own grade: the teacher's words first, then the grade, and never an estimate."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask

from blogreview.db import db
from blogreview.domain.terms import GradeState, GradingScale
from blogreview.models import Assignment, Grade, Membership, PostAuthor
from tests.grades.scene import grade, read_by
from tests.pages import text_of
from tests.world import DAY, NOW, World


@pytest.fixture
def released(app: Flask, world: World) -> None:
    with app.app_context():
        grade(
            world.posts["safa"], "B", GradeState.RELEASED, world.tone, comment="Målene kan telles.\n\nVis mer.",
            released_at=NOW, released_by_id=world.tone,
        )
        read_by(world, "safa", (1, 2, 3, 4), (4, 2, 3, 4), (1, 3, 3, 4))
        db.session.commit()


def test_the_teachers_words_come_before_the_grade(as_, world, released):
    page = text_of(as_(world.kari).get(f"{world.at}/grade"))

    in_order = (
        "Kunngjort onsdag 18. november kl. 13.00.", "Fra Tone Lie", "Målene kan telles.", "Karakter B:", "Meget god",
        "Versjon 1, publisert", "Kari Nes og Ola Berg", "Leserne har ikke satt karakteren.", "Begrunnelse og klage",
    )
    places = [page.find(words) for words in in_order]
    assert places == sorted(places)
    assert -1 not in places


@pytest.mark.parametrize("state", [None, GradeState.DRAFT, GradeState.READY])
def test_before_release_there_is_only_a_date(app, as_, world, state):
    if state:
        with app.app_context():
            grade(world.posts["safa"], "B", state, world.tone, comment="Hemmelig")
            db.session.commit()
    response = as_(world.kari).get(f"{world.at}/grade")

    assert response.status_code == 200
    page = text_of(response)
    assert "Karakteren er ikke kunngjort ennå" in page
    assert "tirsdag 8. desember kl. 13.00" in page
    assert ("Hemmelig" in page, "Meget god" in page) == (False, False)


def test_a_date_that_has_passed_is_not_promised_again(app, as_, world):
    with app.app_context():
        db.session.get_one(Assignment, world.assignment).grades_by = NOW - DAY
        db.session.commit()
    page = text_of(as_(world.kari).get(f"{world.at}/grade"))

    assert ("Den skulle vært her senest" in page, "Den kommer senest" in page) == (True, False)


@pytest.mark.parametrize(
    ("who", "status"), [("kari", 200), ("ola", 200), ("nils", 200), ("per", 404), ("tone", 404), ("eva", 404)]
)
def test_a_student_opens_their_own_grade_and_nobody_elses(as_, world, released, who, status):
    response = as_(getattr(world, who)).get(f"{world.at}/grade")

    assert response.status_code == status
    assert ("Målene kan telles." in text_of(response)) is (who in ("kari", "ola"))


def test_a_student_without_a_team_has_no_grade_page(app, as_, world, released):
    with app.app_context():
        db.session.query(Membership).filter_by(user_id=world.mona).update({"team_id": None})
        db.session.query(PostAuthor).filter_by(user_id=world.mona).delete()
        db.session.commit()

    assert as_(world.mona).get(f"{world.at}/grade").status_code == 403


def test_an_author_who_has_moved_keeps_the_grade(app, as_, world, released):
    with app.app_context():
        db.session.query(Membership).filter_by(user_id=world.kari).update({"team_id": world.teams["makrell"]})
        db.session.commit()

    assert "Målene kan telles." in text_of(as_(world.kari).get(f"{world.at}/grade"))


def test_what_the_readers_saw_waits_for_the_feedback_to_open(as_, world, released, clock):
    browser = as_(world.kari)
    assert "Det leserne så" not in text_of(browser.get(f"{world.at}/grade"))

    clock.moment = NOW + timedelta(days=5, minutes=1)
    page = text_of(browser.get(f"{world.at}/grade"))
    assert "Det leserne så" in page
    assert re.findall(r'aria-label="(\w+: [\d, ]+)"></?.*?</svg> ([\d,]+)', page.replace("<use", "</use")) == [
        ("Mål: 2, 0, 0, 1", "2,0"),
        ("Retningslinjer: 0, 2, 1, 0", "2,3"),
        ("Eksempler: 0, 0, 3, 0", "3,0"),
        ("Posisjonering: 0, 0, 0, 3", "4,0"),
    ]


def test_a_review_that_joins_later_is_not_counted_yet(app, as_, world, released, clock):
    with app.app_context():
        late, = read_by(world, "safa", (4, 4, 4, 4))
        late.joins_at = NOW + 7 * DAY
        db.session.commit()
    clock.moment = NOW + 6 * DAY

    assert 'aria-label="Mål: 2, 0, 0, 1"' in as_(world.kari).get(f"{world.at}/grade").text


def test_no_student_page_has_an_estimate(app, as_, world, released, clock):
    """The teacher opens the overview first, so that there is one to leak."""
    clock.moment = NOW + 6 * DAY
    as_(world.tone).get(f"{world.at}/overview")
    page = text_of(as_(world.kari).get(f"{world.at}/grade"))

    assert ("nslag" in page, "Leser Nummer" in page) == (False, False)


@pytest.mark.parametrize(
    ("scale", "value", "words"),
    [
        (GradingScale.PASS_FAIL, "pass", "Bestått"),
        (GradingScale.APPROVED, "not-approved", "Ikke godkjent"),
        (GradingScale.POINTS, "87.5", "87,5 av 100 poeng"),
        (GradingScale.NONE, "", "Målene kan telles."),
    ],
)
def test_every_scale_has_its_words(app, as_, world, released, scale, value, words):
    with app.app_context():
        assignment = db.session.get_one(Assignment, world.assignment)
        assignment.grading_scale, assignment.max_points = scale, 100
        db.session.query(Grade).update({"value": value})
        db.session.commit()

    assert words in text_of(as_(world.kari).get(f"{world.at}/grade"))


