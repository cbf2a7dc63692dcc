"""Release: every ready grade in one act, with what is held back named first."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from blogreview.db import db
from blogreview.domain.terms import GradeState
from blogreview.models import AuditEvent, Grade
from tests.grades.scene import grade
from tests.pages import text_of
from tests.world import NOW, World


@pytest.fixture
def graded(app: Flask, world: World) -> dict[str, int]:
    """SAFA is ready, Nordlys has a draft, Makrell nothing."""
    with app.app_context():
        ids = {
            "safa": grade(world.posts["safa"], "B", GradeState.READY, world.tone).id,
            "nordlys": grade(world.posts["nordlys"], "C", GradeState.DRAFT, world.tone).id,
        }
        db.session.commit()
    return ids


def states(app: Flask) -> dict[str, tuple[str, object, object]]:
    with app.app_context():
        return {
            row.post.team.slug: (row.state.value, row.released_at, row.released_by_id)
            for row in db.session.scalars(select(Grade))
        }


def test_what_is_held_back_is_named_first(as_, world, graded):
    page = text_of(as_(world.tone).get(f"{world.at}/release"))

    for words in ("Kunngjør 1 karakter?", "Venter: 1 utkast og 1 uten karakter"):
        assert words in page


def test_a_release_lets_go_of_the_ready_and_no_others(app, as_, world, graded):
    response = as_(world.tone).post(f"{world.at}/release")

    assert (response.status_code, response.location) == (303, f"{world.at}/overview?released=1")
    assert states(app) == {"safa": ("released", NOW, world.tone), "nordlys": ("draft", None, None)}
    assert as_(world.kari).get(f"{world.at}/grade").status_code == 200
    assert "Meget god" in text_of(as_(world.kari).get(f"{world.at}/grade"))
    assert "ikke kunngjort" in text_of(as_(world.nils).get(f"{world.at}/grade"))


def test_the_overview_says_how_many_were_released(as_, world, graded):
    browser = as_(world.tone)
    page = text_of(browser.get(browser.post(f"{world.at}/release").location))

    assert "1 karakter er kunngjort" in page
    assert "<b>B</b> kunngjort" in page


def test_releasing_twice_is_releasing_once(app, as_, world, graded, clock):
    browser = as_(world.tone)
    browser.post(f"{world.at}/release")
    clock.moment = NOW.replace(hour=15)
    again = browser.post(f"{world.at}/release")

    assert again.location == f"{world.at}/overview?released=0"
    assert states(app)["safa"] == ("released", NOW, world.tone)
    with app.app_context():
        events = [
            (event.verb, event.subject, event.details) for event in db.session.scalars(select(AuditEvent))
        ]
    assert events == [
        ("grades:released", f"assignment {world.assignment}", {"grades": {str(graded["safa"]): "B"}})
    ]


def test_a_grade_saved_from_a_page_older_than_the_release_is_a_conflict(app, as_, world, graded):
    """The teacher believed that it was still hidden."""
    as_(world.tone).post(f"{world.at}/release")
    typed = {"version": "1", "value": "A", "comment": "", "ready": "1"}
    response = as_(world.ada).post(f"{world.at}/teams/safa", typed)

    assert response.status_code == 409


def test_nothing_ready_is_said_and_offers_no_button(as_, world):
    response = as_(world.tone).get(f"{world.at}/release")

    assert "Ingen karakterer er klare" in text_of(response)
    assert "<button" not in response.text.partition("<main")[2]


@pytest.mark.parametrize(("who", "status"), [("ada", 403), ("kari", 403), ("per", 404)])
def test_only_the_teacher_releases(app, as_, world, graded, who, status):
    browser = as_(getattr(world, who))

    assert browser.get(f"{world.at}/release").status_code == status
    assert browser.post(f"{world.at}/release").status_code == status
    assert states(app)["safa"] == ("ready", None, None)


def test_an_assistant_sees_no_way_to_release(as_, world, graded):
    assert "Kunngjør" not in text_of(as_(world.ada).get(f"{world.at}/overview")).partition("<main")[2]
