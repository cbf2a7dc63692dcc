"""A new assignment: the proposal, the draft, opening it, and everything that can be wrong with it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from blogreview.assignments.queries import get_assignment, newest_number
from blogreview.assignments.rubric_queries import rubric_of
from blogreview.db import db
from blogreview.domain.terms import GradingScale, ReadingOpens, Role
from blogreview.models import Assignment, AuditEvent, Course, Criterion, Question
from tests.assignments.filled import filled
from tests.pages import text_of
from tests.world import NOW, join, make, person

SECOND = "/courses/some-h26/assignments/2"


@pytest.fixture
def new(world, as_):
    """The teacher's browser and the page with the proposal."""
    tone, address = as_(world.tone), f"{world.home}/assignments/new"
    return tone, address, tone.get(address)


def second(world):
    return get_assignment("some-h26", 2)


def questions(assignment_id):
    wanted = db.session.query(Question).filter_by(assignment_id=assignment_id).order_by(Question.position)
    return [question.text for question in wanted]


def test_the_form_comes_filled_in_with_deadlines_by_the_wall_clock_at_home(new):
    page = filled(new[2])
    assert {name: page[name] for name in ("title", "introduction", "questions", "question_ids")} == {
        "title": "Strategi for sosiale medier: hvorfor, og hva?",
        "introduction": "",
        "questions": [
            "Hvorfor trenger en virksomhet en strategi for sosiale medier?", "Hva bør en god strategi inneholde?",
        ],
        "question_ids": ["", ""],
    }
    assert [page[name] for name in ("publish_by", "review_by", "improve_by", "grades_by")] == [
        "25.11.2026 23.59", "02.12.2026 23.59", "09.12.2026 23.59", "23.12.2026 23.59",
    ]
    choices = ("reviews_per_student", "reviewers_named", "reading_opens", "grading_scale", "max_points")
    assert [page[name] for name in choices] == ["3", "anonymous", "writing-closed", "letters", "100"]
    assert "late_publishing" not in page


@pytest.mark.parametrize(
    ("today", "proposed"),
    [
        (datetime(2026, 10, 20, 12, 0, tzinfo=UTC), ["27.10.2026 23.59", "03.11.2026 23.59"]),
        (datetime(2026, 3, 24, 12, 0, tzinfo=UTC), ["31.03.2026 23.59", "07.04.2026 23.59"]),
    ],
)
def test_a_proposal_over_daylight_saving_is_still_at_a_minute_to_midnight(world, as_, clock, today, proposed):
    clock.moment = today
    page = filled(as_(world.tone).get(f"{world.home}/assignments/new"))
    assert [page["publish_by"], page["review_by"]] == proposed


def test_what_the_class_will_get_is_drawn_from_how_many_they_are(new):
    """Three teams and five students; three reviews each cannot be had with two other teams."""
    page = " ".join(text_of(new[2]).split())
    assert "3 team publiserer innen onsdag 25. november kl. 23.59" in page
    assert "5 studenter leser 2 innlegg hver, omtrent 60 minutter til sammen, innen onsdag 2. desember" in page
    assert "<dt>Lesere</dt><dd>3–4</dd> <dt>Forslag</dt><dd>om lag 7</dd>" in page
    assert "Med 3 team kan ingen vurdere mer enn 2 innlegg." in page


def test_opening_gives_the_students_the_task(app, world, new, as_):
    tone, address, page = new
    answer = tone.post(address, filled(page, action="open", introduction="Velg en virksomhet.\n\nSkriv."))
    assert (answer.status_code, answer.location) == (303, f"{SECOND}/?opened=1")
    assert "Oppgaven er åpen for studentene" in text_of(tone.get(answer.location))

    with app.app_context():
        made = second(world)
        assert (made.opened_at, made.dealt_at, made.introduction) == (NOW, None, "Velg en virksomhet.\n\nSkriv.")
        assert made.publish_by == datetime(2026, 11, 25, 22, 59, tzinfo=UTC)
        assert (made.reviews_per_student, made.reviewers_named, made.max_points) == (3, False, None)
        assert (made.reading_opens, made.grading_scale) == (ReadingOpens.WRITING_CLOSED, GradingScale.LETTERS)
        assert questions(made.id) == [
            "Hvorfor trenger en virksomhet en strategi for sosiale medier?", "Hva bør en god strategi inneholde?",
        ]
        assert [(event.verb, event.actor_id) for event in db.session.query(AuditEvent).order_by(AuditEvent.id)] == [
            ("assignment:created", world.tone), ("assignment:opened", world.tone),
        ]
    assert as_(world.kari).get(f"{SECOND}/").status_code == 200


def test_a_draft_is_seen_by_no_student(app, world, new, as_):
    tone, address, page = new
    answer = tone.post(address, filled(page, action="draft"))
    assert (answer.status_code, answer.location) == (303, f"{SECOND}/edit?saved=1")
    assert "Studentene ser den ikke før du åpner den." in text_of(tone.get(answer.location))
    assert as_(world.kari).get(f"{SECOND}/").status_code == 404

    with app.app_context():
        assert [newest_number(world.course, role) for role in (Role.TEACHER, Role.STUDENT)] == [2, 1]


def test_a_draft_is_opened_from_its_own_page(app, world, new, as_):
    tone, address, page = new
    tone.post(address, filled(page, action="draft"))
    edit = tone.get(f"{SECOND}/edit")
    assert tone.post(f"{SECOND}/edit", filled(edit, action="open", title="Ny tittel")).location == f"{SECOND}/?opened=1"
    assert "<h1 dir=\"auto\">Ny tittel</h1>" in text_of(as_(world.kari).get(f"{SECOND}/"))


def test_a_draft_whose_deadline_has_passed_meanwhile_cannot_be_opened(world, new, clock):
    tone, address, page = new
    tone.post(address, filled(page, action="draft"))
    clock.moment = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)
    edit = tone.get(f"{SECOND}/edit")

    assert tone.post(f"{SECOND}/edit", filled(edit, action="save")).status_code == 303
    refused = tone.post(f"{SECOND}/edit", filled(tone.get(f"{SECOND}/edit"), action="open"))
    assert refused.status_code == 422
    assert "Fristen har alt vært: onsdag 25. november kl. 23.59. Velg en som kommer." in text_of(refused)


def test_the_rubric_of_the_course_before_is_copied(app, world, new):
    tone, address, page = new
    with app.app_context():
        goals = db.session.get_one(Criterion, world.criteria["goals"])
        goals.name = "Hensikt"
        db.session.commit()

    page = tone.get(address)
    assert "<b>Hensikt</b>" in text_of(page)
    tone.post(address, filled(page, action="draft"))
    with app.app_context():
        copied = rubric_of(second(world).id)
        assert [(row.key, row.name) for row in copied.criteria] == [
            ("goals", "Hensikt"), ("guidelines", None), ("examples", None), ("positioning", None),
        ]
        assert [level.key for level in copied.levels] == ["not-yet", "getting-there", "in-place", "stands-out"]


def test_the_first_of_a_course_gets_the_default_rubric(app, world, as_):
    with app.app_context():
        elsewhere = db.session.query(Course).filter_by(slug="annet").one().id
    per = as_(world.per)
    page = per.get("/courses/annet/assignments/new")
    assert "Ingen kan vurdere hverandre før klassen har minst to team." in text_of(page)
    assert per.post("/courses/annet/assignments/new", filled(page, action="draft")).status_code == 303

    with app.app_context():
        made = db.session.query(Assignment).filter_by(course_id=elsewhere).one()
        assert (made.number, [row.key for row in rubric_of(made.id).criteria]) == (
            1, ["goals", "guidelines", "examples", "positioning"],
        )


def test_changing_the_criteria_saves_the_draft_first(new):
    tone, address, page = new
    assert tone.post(address, filled(page, action="rubric")).location == f"{SECOND}/edit/rubric"


def test_adding_a_question_keeps_everything_typed_and_saves_nothing(app, world, new):
    tone, address, page = new
    typed = {"title": "Halvferdig", "publish_by": "ikke nå", "questions": ["Hva?", "Så?"]}
    answer = tone.post(address, filled(page, action="add-question", **typed))
    again = filled(answer)
    assert answer.status_code == 200
    assert (again["title"], again["publish_by"], again["questions"]) == ("Halvferdig", "ikke nå", ["Hva?", "Så?", ""])
    with app.app_context():
        assert db.session.query(Assignment).count() == 1


def test_empty_questions_are_left_out(app, world, new):
    tone, address, page = new
    tone.post(address, filled(page, action="draft", questions=["", "  Hva   bør\tden inneholde? ", ""]))
    with app.app_context():
        assert questions(second(world).id) == ["Hva bør den inneholde?"]


@pytest.mark.parametrize(
    "typed",
    ["13.12.2026 23.59", "13.12.2026 23:59", "2026-12-13T23:59", "13/12/2026 23:59", " 13.12.2026  23.59 "],
)
def test_a_deadline_can_be_typed_in_more_than_one_way(app, world, new, typed):
    tone, address, page = new
    late = {"publish_by": typed, "review_by": "20.12.2026 12.00", "improve_by": "22.12.2026 12.00"}
    assert tone.post(address, filled(page, action="draft", **late)).status_code == 303
    with app.app_context():
        assert second(world).publish_by == datetime(2026, 12, 13, 22, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    "typed",
    ["", "i morgen", "31.02.2026 12.00", "13.12.2026", "13.12.0026 12.00", "13.12.9999 23.59", "12/13/2026 23:59"],
)
def test_a_deadline_nobody_can_read_says_how_to_write_it(new, typed):
    tone, address, page = new
    answer = tone.post(address, filled(page, action="draft", publish_by=typed))
    assert answer.status_code == 422
    assert "Skriv dato og klokkeslett slik: 13.11.2026 23.59." in text_of(answer)
    assert filled(answer)["publish_by"] == typed


def test_english_is_answered_in_english_form(world, as_):
    tone = as_(world.tone)
    tone.client.set_cookie("language", "en")
    page = filled(tone.get(f"{world.home}/assignments/new"))
    assert (page["publish_by"], page["review_by"]) == ("25/11/2026 23:59", "02/12/2026 23:59")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"title": ""}, "Gi oppgaven en tittel."),
        ({"title": "x" * 201}, "Tittelen kan ha høyst 200 tegn."),
        ({"introduction": "x" * 10_001}, "Innledningen kan ha høyst 10 000 tegn."),
        ({"questions": ["", ""]}, "Still minst ett spørsmål."),
        ({"questions": ["x" * 301]}, "Et spørsmål kan ha høyst 300 tegn."),
        ({"questions": [f"Hva er {n}?" for n in range(11)]}, "Still høyst 10 spørsmål."),
        (
            {"review_by": "25.11.2026 23.59"},
            "Må være etter fristen for å publisere, onsdag 25. november kl. 23.59.",
        ),
        ({"grades_by": "01.12.2026 12.00"}, "Må være etter fristen for å forbedre, onsdag 9. desember kl. 23.59."),
        (
            {"publish_by": "18.11.2026 12.59"},
            "Fristen har alt vært: onsdag 18. november kl. 12.59. Velg en som kommer.",
        ),
        ({"reviews_per_student": "other", "other_reviews": ""}, "Skriv et tall fra 0 til 10."),
        ({"reviews_per_student": "other", "other_reviews": "11"}, "Skriv et tall fra 0 til 10."),
        ({"reviews_per_student": "other", "other_reviews": "²"}, "Skriv et helt tall."),
        ({"reviews_per_student": "-1"}, "Velg én av mulighetene."),
        ({"reading_opens": "whenever"}, "Velg én av mulighetene."),
        ({"grading_scale": "stars"}, "Velg én av mulighetene."),
        ({"grading_scale": "points", "max_points": "0"}, "Skriv høyeste poengsum, fra 1 til 1000."),
        ({"grading_scale": "points", "max_points": "9" * 5000}, "Skriv et helt tall."),
    ],
)
def test_what_is_wrong_gets_a_sentence_and_nothing_is_written(app, world, new, typed, sentence):
    tone, address, page = new
    answer = tone.post(address, filled(page, action="open", **typed))
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    for name, value in typed.items():
        if name in ("title", "introduction", "questions", "review_by", "max_points"):
            assert filled(answer)[name] == (value[0] if value == ["x" * 301] else value)
    with app.app_context():
        assert db.session.query(Assignment).count() == 1


def test_the_minute_being_lived_is_still_to_come(new):
    tone, address, page = new
    assert tone.post(address, filled(page, action="open", publish_by="18.11.2026 13.00")).status_code == 303


def test_a_deadline_on_a_day_off_is_pointed_out_and_can_stand(new):
    tone, address, page = new
    days = {"improve_by": "13.12.2026 12.00", "grades_by": "25.12.2026 12.00"}
    shown = text_of(tone.post(address, filled(page, action="add-question", **days)))
    assert "En frist er på en søndag: søndag 13. desember" in shown
    assert "En frist er på en helligdag: fredag 25. desember" in shown
    assert "Ingen frister faller på en helligdag." in text_of(page)
    assert tone.post(address, filled(page, action="open", **days)).status_code == 303


def test_points_reviews_and_the_rest_are_kept_as_chosen(app, world, new):
    tone, address, page = new
    chosen = {
        "reviews_per_student": "other", "other_reviews": "0", "reviewers_named": "named", "late_publishing": "y",
        "reading_opens": "never", "grading_scale": "points", "max_points": "60",
    }
    tone.post(address, filled(page, action="open", **chosen))
    with app.app_context():
        made = second(world)
        assert (made.reviews_per_student, made.reviewers_named, made.late_publishing) == (0, True, True)
        assert (made.reading_opens, made.grading_scale, made.max_points) == (
            ReadingOpens.NEVER, GradingScale.POINTS, 60,
        )
    again = filled(tone.get(f"{SECOND}/edit"))
    assert {name: again[name] for name in chosen} == chosen


def test_only_a_teacher_of_the_course_sets_up(world, as_):
    address = f"{world.home}/assignments/new"
    seen = [as_(person).open(address, method).status_code for person in (world.kari, world.ada, world.per) for method in
            ("GET", "POST")]
    assert seen == [403, 403, 403, 403, 404, 404]
    assert (as_().get(address).status_code, as_().post(address).status_code) == (303, 401)


def test_the_form_asks_the_same_number_of_questions_for_any_class(app, world, as_, count_queries):
    tone, address = as_(world.tone), f"{world.home}/assignments/new"
    tone.get(address)
    count_queries.clear()
    tone.get(address)
    few = len(count_queries)
    with app.app_context():
        for n in range(12):
            join(person(f"x{n}", f"X {n}"), world.course, Role.STUDENT, world.teams["safa"])
        make(Question, assignment_id=world.assignment, position=9, text="Og så?")
        db.session.commit()
    count_queries.clear()
    tone.get(address)
    assert (few, len(count_queries)) == (11, 11)


@pytest.mark.parametrize("number", ("abc", "²", "9" * 5000))
@pytest.mark.parametrize("action", ("draft", "add-question"))
def test_a_number_of_reviews_nobody_offered_is_no_number(new, number, action):
    tone, address, page = new
    answer = tone.post(address, filled(page) | {"reviews_per_student": number, "action": action})

    assert answer.status_code == (200 if action == "add-question" else 422)
