"""A standing assignment: what may change when, what is asked first, and two who save at once."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from blogreview.assignments.queries import deadlines_for, get_assignment
from blogreview.db import db
from blogreview.domain.terms import Deadline, GradeState, GradingScale, ReviewKind, ReviewState
from blogreview.models import Answer, Assignment, AuditEvent, Extension, Grade, Post, Question, Review, Revision
from tests.assignments.filled import filled
from tests.pages import text_of
from tests.world import DAY, NOW, make, make_assignment

OTHER = "/courses/some-h26/assignments/2"


@pytest.fixture
def writing(app, world):
    """A second assignment, open, its first deadline two days off, nobody has begun. Returns its address."""
    with app.app_context():
        made = make_assignment(
            world.course, 2, title="Kundedialog", opened_at=NOW - DAY, dealt_at=None, publish_by=NOW + 2 * DAY,
            review_by=NOW + 9 * DAY, improve_by=NOW + 12 * DAY, grades_by=NOW + 20 * DAY,
        )
        for n, text in enumerate(("Hvorfor?", "Hvordan?"), 1):
            make(Question, assignment_id=made.id, position=n, text=text)
        db.session.commit()
    return OTHER


def change(app, number=1, **values):
    with app.app_context():
        for name, value in values.items():
            setattr(get_assignment("some-h26", number), name, value)
        db.session.commit()


def begin_review(app, world, kind=ReviewKind.PEER, reviewer="nils"):
    with app.app_context():
        post = db.session.get_one(Post, world.posts["safa"])
        make(
            Review, post_id=post.id, reviewer_id=getattr(world, reviewer), revision_id=post.current_revision_id,
            kind=kind, saved_at=NOW,
        )
        db.session.commit()


def events(app):
    with app.app_context():
        return [(one.verb, one.details) for one in db.session.query(AuditEvent).order_by(AuditEvent.id)]


def words(answer):
    return " ".join(text_of(answer).split())


def test_a_change_is_stored_and_told_to_the_audit_and_nothing_more(app, world, as_):
    tone, address = as_(world.tone), f"{world.at}/edit"
    answer = tone.post(address, filled(tone.get(address), title="Ny tittel", introduction="Les alt.\r\n\r\nSkriv så."))
    assert (answer.status_code, answer.location) == (303, f"{address}?saved=1")
    assert "Oppgaven er lagret" in text_of(tone.get(answer.location))
    assert filled(tone.get(address))["version"] == "2"
    assert events(app) == [
        (
            "assignment:changed",
            {
                "before": {"title": "Strategi", "introduction": ""},
                "after": {"title": "Ny tittel", "introduction": "Les alt.\n\nSkriv så."},
            },
        )
    ]


def test_saving_without_a_change_changes_nothing(app, world, as_):
    tone, address = as_(world.tone), f"{world.at}/edit"
    assert tone.post(address, filled(tone.get(address))).status_code == 303
    assert (filled(tone.get(address))["version"], events(app)) == ("1", [])


def test_what_others_have_built_on_is_locked_and_says_why(app, world, as_):
    tone, address = as_(world.tone), f"{world.at}/edit"
    page = tone.get(address)
    assert {"questions", "publish_by", "reviews_per_student"} & set(filled(page)) == set()
    assert "Spørsmålene er låst fordi 2 team har publisert." in text_of(page)
    assert "Låst fordi innleggene er fordelt." in text_of(page)
    assert "Låst fordi fristen er ute. Gi heller et team utsatt frist." in text_of(page)

    forced = {"questions": ["Noe annet?"], "publish_by": "20.11.2026 12.00", "reviews_per_student": "2"}
    assert tone.post(address, filled(page, **forced)).status_code == 303
    with app.app_context():
        kept = db.session.get_one(Assignment, world.assignment)
        assert (kept.publish_by, kept.reviews_per_student) == (NOW - 5 * DAY, 3)
        assert db.session.query(Question).count() == 2


@pytest.mark.parametrize("kind", [ReviewKind.PEER, ReviewKind.TEACHER])
def test_the_first_saved_review_locks_the_rubric_and_who_sees_the_name(app, world, as_, kind):
    tone, address = as_(world.tone), f"{world.at}/edit"
    begin_review(app, world, kind)
    page = tone.get(address)
    assert "Kriteriene er låst fordi én har begynt." in text_of(page)
    assert "Låst fordi én har begynt å vurdere, og har fått vite hvem som ser navnet." in text_of(page)
    tone.post(address, filled(page, reviewers_named="named"))
    with app.app_context():
        assert db.session.get_one(Assignment, world.assignment).reviewers_named is False


def test_the_review_deadline_stands_once_the_feedback_is_open(app, world, as_, clock):
    clock.moment = NOW + 6 * DAY
    tone, address = as_(world.tone), f"{world.at}/edit"
    page = tone.get(address)
    assert "Låst fordi tilbakemeldingene er åpnet. Gi heller utsatt frist." in text_of(page)
    tone.post(address, filled(page, review_by="27.11.2026 12.00"))
    with app.app_context():
        assert db.session.get_one(Assignment, world.assignment).review_by == NOW + 5 * DAY


def test_grades_lock_the_scale_and_released_ones_the_improve_deadline(app, world, as_):
    tone, address = as_(world.tone), f"{world.at}/edit"
    with app.app_context():
        by = {"saved_at": NOW, "saved_by_id": world.tone}
        released = {"released_at": NOW, "released_by_id": world.tone}
        make(Grade, post_id=world.posts["safa"], value="B", state=GradeState.RELEASED, **by, **released)
        make(Grade, post_id=world.posts["nordlys"], value="C", state=GradeState.READY, **by)
        db.session.commit()
    page = tone.get(address)
    assert "Låst fordi 2 karakterer er satt." in text_of(page)
    assert "Låst fordi én karakter er kunngjort." in text_of(page)
    tone.post(address, filled(page, grading_scale="pass-fail", improve_by="30.11.2026 12.00"))
    with app.app_context():
        kept = db.session.get_one(Assignment, world.assignment)
        assert (kept.grading_scale, kept.improve_by) == (GradingScale.LETTERS, NOW + 10 * DAY)


def test_moving_a_deadline_first_says_who_is_affected(app, world, as_):
    tone, address = as_(world.tone), f"{world.at}/edit"
    asked = tone.post(address, filled(tone.get(address), review_by="21.11.2026 12.00", title="Ny tittel"))
    assert asked.status_code == 200
    assert "Fra mandag 23. november kl. 13.00 til lørdag 21. november kl. 12.00." in words(asked)
    assert "3 lesere får ny frist." in words(asked)
    assert "3 lesere som ikke er ferdige, mister tid." in words(asked)
    assert "Tilbakemeldingene kommer da lørdag 21. november kl. 12.01." in words(asked)
    assert (filled(tone.get(address))["review_by"], events(app)) == ("23.11.2026 13.00", [])

    assert tone.post(address, filled(asked, action="save")).status_code == 303
    with app.app_context():
        moved = db.session.get_one(Assignment, world.assignment)
        assert (moved.review_by, moved.title) == (datetime(2026, 11, 21, 11, 0, tzinfo=UTC), "Ny tittel")
    assert events(app) == [
        (
            "assignment:changed",
            {
                "before": {"title": "Strategi", "review_by": "2026-11-23T12:00:00+00:00"},
                "after": {"title": "Ny tittel", "review_by": "2026-11-21T11:00:00+00:00"},
            },
        )
    ]


def test_a_confirmation_holds_for_the_move_it_was_given_for(app, world, as_):
    tone, address = as_(world.tone), f"{world.at}/edit"
    asked = tone.post(address, filled(tone.get(address), review_by="25.11.2026 12.00"))
    again = tone.post(address, filled(asked, action="save", review_by="26.11.2026 12.00"))
    assert (again.status_code, events(app)) == (200, [])
    assert "til torsdag 26. november kl. 12.00." in words(again)


def test_the_way_back_from_the_warning_keeps_everything_typed(world, as_):
    tone, address = as_(world.tone), f"{world.at}/edit"
    asked = tone.post(address, filled(tone.get(address), review_by="25.11.2026 12.00", title="Ny tittel"))
    form = filled(tone.post(address, filled(asked, action="back")))
    assert (form["review_by"], form["title"]) == ("25.11.2026 12.00", "Ny tittel")


def test_a_publish_deadline_moved_names_the_teams_that_lose_time(app, world, as_, writing):
    tone, address = as_(world.tone), f"{writing}/edit"
    with app.app_context():
        assignment = get_assignment("some-h26", 2)
        post = make(Post, assignment_id=assignment.id, team_id=world.teams["safa"], title="Vårt")
        revision = make(
            Revision, post_id=post.id, number=1, title="Vårt", words=3, published_at=NOW, published_by_id=world.kari
        )
        post.current_revision_id = revision.id
        db.session.commit()
    earlier = tone.post(address, filled(tone.get(address), publish_by="19.11.2026 12.00"))
    assert "3 team får ny frist. 1 team har alt publisert." in words(earlier)
    assert "Disse mister tid til å skrive: Makrell, Nordlys." in words(earlier)
    later = tone.post(address, filled(tone.get(address), publish_by="22.11.2026 12.00", grades_by="10.12.2026 12.00"))
    assert "Flytte 2 frister?" in words(later)
    assert "mister tid" not in words(later).replace("Ingen mister tid", "")
    assert "Datoen er bare en kunngjøring. Ingen mister tid." in words(later)


def test_nobody_is_warned_about_a_draft(app, world, as_, writing):
    change(app, 2, opened_at=None)
    tone, address = as_(world.tone), f"{writing}/edit"
    answer = tone.post(address, filled(tone.get(address), publish_by="19.11.2026 12.00"))
    assert answer.status_code == 303


def test_a_moved_deadline_takes_along_the_extensions_it_overtakes(app, world, as_, writing):
    tone, address = as_(world.tone), f"{writing}/edit"
    with app.app_context():
        assignment = get_assignment("some-h26", 2)
        for team, days in (("safa", 3), ("nordlys", 6)):
            make(
                Extension, assignment_id=assignment.id, deadline=Deadline.PUBLISH, team_id=world.teams[team],
                until=NOW + days * DAY, granted_by_id=world.tone,
            )
        db.session.commit()
    asked = tone.post(address, filled(tone.get(address), publish_by="22.11.2026 12.00"))
    assert "Utsatt frist blir overflødig, og fjernes, for: SAFA." in words(asked)
    tone.post(address, filled(asked, action="save"))

    with app.app_context():
        assignment = get_assignment("some-h26", 2)
        ours = {team: deadlines_for(assignment, team_id=id).publish for team, id in world.teams.items()}
        noon = datetime(2026, 11, 22, 11, 0, tzinfo=UTC)
        assert ours == {"safa": noon, "nordlys": NOW + 6 * DAY, "makrell": noon}
    assert [verb for verb, _details in events(app)] == ["assignment:changed", "extension:removed"]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"review_by": "18.11.2026 12.00"}, "Fristen har alt vært: onsdag 18. november kl. 12.00. Velg en som kommer."),
        ({"review_by": "10.11.2026 12.00"}, "Må være etter fristen for å publisere, fredag 13. november kl. 13.00."),
        ({"improve_by": "23.11.2026 12.00"}, "Må være etter fristen for å vurdere, mandag 23. november kl. 13.00."),
    ],
)
def test_a_deadline_moves_only_to_a_time_to_come_and_in_order(app, world, as_, typed, sentence):
    tone, address = as_(world.tone), f"{world.at}/edit"
    answer = tone.post(address, filled(tone.get(address), **typed))
    assert (answer.status_code, events(app)) == (422, [])
    assert sentence in words(answer)


def test_the_improve_deadline_can_open_again_until_a_grade_is_released(app, world, as_, clock):
    clock.moment = NOW + 11 * DAY
    tone, address = as_(world.tone), f"{world.at}/edit"
    asked = tone.post(address, filled(tone.get(address), improve_by="01.12.2026 12.00"))
    assert "3 team får ny frist." in words(asked)
    assert tone.post(address, filled(asked, action="save")).status_code == 303


def test_a_stale_save_is_refused_with_both_texts(app, world, as_):
    tone, address = as_(world.tone), f"{world.at}/edit"
    mine = filled(tone.get(address), title="Min tittel", grading_scale="points")
    tone.post(address, filled(tone.get(address), title="Din tittel"))

    answer = tone.post(address, mine)
    assert answer.status_code == 409
    assert "Noen andre lagret mens du skrev" in text_of(answer)
    assert '<dt>Tittel</dt><dd dir="auto">Din tittel</dd><dt>Skala</dt><dd dir="auto">A–F</dd>' in text_of(answer)
    with app.app_context():
        assert db.session.get_one(Assignment, world.assignment).title == "Din tittel"

    assert tone.post(address, filled(answer)).status_code == 303
    with app.app_context():
        kept = db.session.get_one(Assignment, world.assignment)
        assert (kept.title, kept.grading_scale) == ("Min tittel", GradingScale.POINTS)


@pytest.mark.parametrize("button", ["back", "add-question"])
def test_a_button_does_not_hide_that_someone_else_has_saved(world, as_, writing, button):
    tone, address = as_(world.tone), f"{writing}/edit"
    mine = filled(tone.get(address), title="Min tittel")
    tone.post(address, filled(tone.get(address), title="Din tittel"))
    again = filled(tone.post(address, mine | {"action": button}))
    assert tone.post(address, again).status_code == 409


def test_questions_are_reworded_added_and_dropped_by_their_rows(app, world, as_, writing):
    tone, address = as_(world.tone), f"{writing}/edit"
    page = tone.get(address)
    ids = filled(page)["question_ids"]
    texts, rows = ["", "Hvordan da?", "Og så?"], [*ids, ""]
    assert tone.post(address, filled(page, questions=texts, question_ids=rows)).status_code == 303
    with app.app_context():
        wanted = db.session.query(Question).filter_by(assignment_id=get_assignment("some-h26", 2).id)
        kept = [(question.id, question.text) for question in wanted.order_by(Question.position)]
    assert kept[0] == (int(ids[1]), "Hvordan da?")
    assert [text for _id, text in kept] == ["Hvordan da?", "Og så?"]


def test_a_question_somebody_has_begun_to_answer_is_not_dropped(app, world, as_, writing):
    tone, address = as_(world.tone), f"{writing}/edit"
    page = tone.get(address)
    with app.app_context():
        assignment = get_assignment("some-h26", 2)
        post = make(Post, assignment_id=assignment.id, team_id=world.teams["safa"])
        make(
            Answer, post_id=post.id, question_id=int(filled(page)["question_ids"][1]), body="Vi", updated_at=NOW,
            updated_by_id=world.kari,
        )
        db.session.commit()
    refused = tone.post(address, filled(page, questions=["Hvorfor?", ""]))
    assert refused.status_code == 422
    assert "Noen har begynt å svare på spørsmål 2. Det kan endres, men ikke fjernes." in text_of(refused)
    assert tone.post(address, filled(page, questions=["", "Hvordan, da?"])).status_code == 303


def test_a_made_up_question_id_is_a_new_question(app, world, as_, writing):
    tone, address = as_(world.tone), f"{writing}/edit"
    page = tone.get(address)
    foreign = [str(world.questions[0]), "²"]
    assert tone.post(address, filled(page, questions=["A?", "B?"], question_ids=foreign)).status_code == 303
    with app.app_context():
        assert db.session.get_one(Question, world.questions[0]).text == "Hvorfor trenger de en strategi?"
        assert [one.text for one in db.session.query(Question).order_by(Question.id)][2:] == ["A?", "B?"]


def test_adding_a_question_to_a_standing_assignment_keeps_what_is_typed(world, as_, writing):
    tone, address = as_(world.tone), f"{writing}/edit"
    again = filled(tone.post(address, filled(tone.get(address), action="add-question", title="Halvt")))
    assert (again["title"], again["questions"]) == ("Halvt", ["Hvorfor?", "Hvordan?", ""])


def test_only_the_course_s_teachers_change_an_assignment(world, as_):
    address = f"{world.at}/edit"
    people = (world.kari, world.ada, world.per)
    seen = [as_(who).open(address, method).status_code for who in people for method in ("GET", "POST")]
    assert seen == [403, 403, 403, 403, 404, 404]
    assert (as_().get(address).status_code, as_().post(address).status_code) == (303, 401)
    assert as_(world.tone).get("/courses/some-h26/assignments/99/edit").status_code == 404


def test_the_page_asks_the_same_number_of_questions_however_far_the_class_has_come(app, world, as_, count_queries):
    tone, address = as_(world.tone), f"{world.at}/edit"
    tone.get(address)
    count_queries.clear()
    tone.get(address)
    before = len(count_queries)
    begin_review(app, world)
    begin_review(app, world, reviewer="mona")
    count_queries.clear()
    tone.get(address)
    assert (before, len(count_queries)) == (11, 11)


def test_a_moved_deadline_over_daylight_saving_keeps_its_clock(app, world, as_, writing):
    """Typed in November for a day in summer time: 23.59 there and then."""
    tone, address = as_(world.tone), f"{writing}/edit"
    asked = tone.post(address, filled(tone.get(address), grades_by="28.03.2027 23.59"))
    assert "til søndag 28. mars kl. 23.59." in words(asked)
    tone.post(address, filled(asked, action="save"))
    with app.app_context():
        assert get_assignment("some-h26", 2).grades_by == datetime(2027, 3, 28, 21, 59, tzinfo=UTC)
    assert filled(tone.get(address))["grades_by"] == "28.03.2027 23.59"


def test_reviews_already_sent_join_the_feedback_when_the_moved_deadline_has_passed(app, as_, world):
    with app.app_context():
        post = db.session.get_one(Post, world.posts["safa"])
        make(
            Review, post_id=post.id, reviewer_id=world.nils, revision_id=post.current_revision_id, kind=ReviewKind.PEER,
            state=ReviewState.SUBMITTED, saved_at=NOW, submitted_at=NOW, joins_at=NOW + 5 * DAY,
        )
        db.session.commit()
    tone, address = as_(world.tone), f"{world.at}/edit"
    asked = tone.post(address, filled(tone.get(address), review_by="21.11.2026 12.00"))
    tone.post(address, filled(asked, action="save"))

    with app.app_context():
        assert db.session.query(Review).one().joins_at == datetime(2026, 11, 21, 11, 1, tzinfo=UTC)
