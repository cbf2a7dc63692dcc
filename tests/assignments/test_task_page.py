"""The task as students read it."""

from __future__ import annotations

import pytest
from flask_babel import force_locale

from blogreview.assignments.queries import phase_items
from blogreview.db import db
from blogreview.domain.phases import Step
from blogreview.domain.terms import Deadline, GradingScale, Phase, ReadingOpens
from blogreview.models import Assignment, Criterion, Descriptor, Extension, Level
from blogreview.phrases import CRITERIA, LEVELS
from tests.pages import text_of
from tests.world import DAY, NOW, make


@pytest.fixture
def change(app, world):
    def change(**values):
        with app.app_context():
            for name, value in values.items():
                setattr(db.session.get_one(Assignment, world.assignment), name, value)
            db.session.commit()

    return change


def words(answer):
    return " ".join(text_of(answer).split())


def test_the_task_has_questions_criteria_deadlines_and_who_sees_what(world, as_, change):
    change(introduction="Velg en virksomhet.\n\nSkriv for én leser.")
    page = as_(world.kari).get(f"{world.at}/")
    assert "Velg en virksomhet.\n\nSkriv for én leser." in text_of(page)
    for sentence in (
        "Hvorfor trenger de en strategi?",
        "Hva bør den inneholde?",
        '<b dir="auto">Mål</b> <span dir="auto">Kan målene etterprøves?</span>',
        '<td data-l="På plass" dir="auto">Minst ett mål kan telles og har en frist.</td>',
        "<b>Skrive</b> <span>ferdig fredag 13. november kl. 13.00</span>",
        '<li class="now" aria-current="step"><b>Vurdere</b> <span>til mandag 23. november kl. 13.00</span>',
        "<b>Karakter</b> <span>senest tirsdag 8. desember kl. 13.00</span>",
        "<dd>3 innlegg hver</dd>",
        "<dd>Teamet ser ikke hvem som leser. Faglærer ser det.</dd>",
        "<dd>Når skrivefristen er ute</dd>",
        "<dd>Kommer mandag 23. november kl. 13.01, alle på en gang</dd>",
        "<dd>A–F, per team</dd>",
        "<dd>Etter fristen kan ingen publisere uten utsatt frist.</dd>",
    ):
        assert sentence in words(page)
    assert "Endre oppgaven" not in text_of(page)


def test_every_choice_of_the_teacher_s_is_said(world, as_, change):
    change(
        reviewers_named=True, reading_opens=ReadingOpens.NEVER, late_publishing=True, grading_scale=GradingScale.POINTS,
        max_points=60, reviews_per_student=0,
    )
    page = words(as_(world.kari).get(f"{world.at}/"))
    for sentence in (
        "Alle ser hvem som har skrevet hva.", "Ikke, bare lesere og teamet selv", "Innlegget merkes «for sent».",
        "Poeng, høyst 60, per team", "Bare av faglærer",
    ):
        assert sentence in page


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_the_default_s_words_follow_the_reader_and_the_teacher_s_do_not(app, world, as_, language):
    with app.test_request_context(), force_locale(language):
        goals, in_place = str(CRITERIA["goals"]), str(LEVELS["in-place"])
    with app.app_context():
        db.session.get_one(Criterion, world.criteria["examples"]).name = "Kilder"
        level = db.session.query(Level).filter_by(assignment_id=world.assignment, number=1).one()
        make(Descriptor, criterion_id=world.criteria["examples"], level_id=level.id, text="Ingen kilder.")
        db.session.commit()
    kari = as_(world.kari)
    kari.client.set_cookie("language", language)
    page = text_of(kari.get(f"{world.at}/"))
    assert f'<b dir="auto">{goals}</b>' in page
    assert f'<th scope="col">{in_place}</th>' in page
    assert '<b dir="auto">Kilder</b>' in page
    assert "Ingen kilder." in page


def test_own_extensions_are_said_to_those_who_have_them(app, world, as_):
    with app.app_context():
        given = {"assignment_id": world.assignment, "granted_by_id": world.tone}
        make(Extension, deadline=Deadline.IMPROVE, team_id=world.teams["safa"], until=NOW + 12 * DAY, **given)
        make(Extension, deadline=Deadline.REVIEW, user_id=world.kari, until=NOW + 7 * DAY, **given)
        db.session.commit()
    people = (world.kari, world.ola, world.nils, world.tone)
    kari, ola, nils, tone = (words(as_(who).get(f"{world.at}/")) for who in people)
    assert "Du har utsatt frist for å vurdere til onsdag 25. november kl. 13.00" in kari
    assert "Dere har utsatt frist for å forbedre til mandag 30. november kl. 13.00" in kari
    assert "Dere har utsatt frist for å forbedre" in ola
    assert ["utsatt frist for å" in page for page in (nils, tone)] == [False, False]


def test_the_teacher_has_the_way_to_change_it(world, as_):
    assert f'href="{world.at}/edit">Endre oppgaven' in text_of(as_(world.tone).get(f"{world.at}/"))
    assert "Endre oppgaven" not in text_of(as_(world.ada).get(f"{world.at}/"))


def test_who_may_read_the_task(world, as_, change):
    people = {"kari": world.kari, "ada": world.ada, "tone": world.tone, "per": world.per}
    opened = {name: as_(who).get(f"{world.at}/").status_code for name, who in people.items()}
    change(opened_at=None)
    unopened = {name: as_(who).get(f"{world.at}/").status_code for name, who in people.items()}
    assert opened == {"kari": 200, "ada": 200, "tone": 200, "per": 404}
    assert unopened == {"kari": 404, "ada": 200, "tone": 200, "per": 404}
    assert as_().get(f"{world.at}/").status_code == 303


def test_the_line_of_phases_is_the_class_s(app, world):
    with app.app_context():
        assignment = db.session.get_one(Assignment, world.assignment)
        assert phase_items(assignment, NOW) == (
            Step(Phase.WRITING, NOW - 5 * DAY, "done"),
            Step(Phase.REVIEWING, NOW + 5 * DAY, "now"),
            Step(Phase.IMPROVING, NOW + 10 * DAY, ""),
            Step(Phase.GRADING, NOW + 20 * DAY, ""),
        )


def test_the_page_asks_ten_questions(world, as_, count_queries):
    kari = as_(world.kari)
    kari.get(f"{world.at}/")
    count_queries.clear()
    kari.get(f"{world.at}/")
    assert len(count_queries) == 10
