"""The sheet: one team's post, what its readers said, with names, and the grade."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from blogreview.db import db
from blogreview.domain.terms import CommentKind, Deadline, GradeState, GradingScale, ReviewKind, ReviewState
from blogreview.models import Assignment, AuditEvent, Comment, Extension, Grade, Post, Revision, RevisionAnswer, Team
from tests.grades.scene import comment, grade, many_teams, read_by, review
from tests.pages import text_of
from tests.world import DAY, NOW, make


@pytest.fixture
def sheet(world) -> str:
    return f"{world.at}/teams/safa"


@pytest.fixture
def judged(app: Flask, world) -> None:
    """Nils and Mona have judged SAFA; Nils likes the goals and asks for numbers."""
    with app.app_context():
        by_nils = review(world.posts["safa"], world.nils, (2, 3, 3, 4))
        comment(by_nils, world.criteria["goals"], "Tydelig hovedmål.", CommentKind.STRENGTH)
        comment(by_nils, world.criteria["goals"], "Sett et tall på målet.")
        review(world.posts["safa"], world.mona, (3, 3, 3, 3))
        db.session.commit()


def saved(app: Flask, world, team: str = "safa") -> dict[str, object] | None:
    with app.app_context():
        row = db.session.scalar(select(Grade).join(Grade.post).where(Post.team_id == world.teams[team]))
        return row and {
            "value": row.value, "comment": row.comment, "state": row.state.value, "version": row.version,
            "revision": row.revision_id,
        }


def audit(app: Flask) -> list[tuple[str, dict]]:
    with app.app_context():
        return [
            (event.verb, event.details)
            for event in db.session.scalars(select(AuditEvent).order_by(AuditEvent.id))
        ]


def republish(world, team: str, number: int, at) -> int:
    """The team publishes again; its post now shows this revision."""
    revision = make(
        Revision, post_id=world.posts[team], number=number, title=f"Utgave {number}", words=12, published_at=at,
        published_by_id=world.kari,
    )
    make(
        RevisionAnswer, revision_id=revision.id, question_id=world.questions[0], position=1, body="Nytt.",
        html=f"<p>Teksten i utgave {number}.</p>", sanitiser_version=1,
    )
    db.session.get_one(Post, world.posts[team]).current_revision_id = revision.id
    return revision.id


def test_the_teacher_reads_post_figures_and_comments_with_names(as_, world, sheet, judged):
    page = text_of(as_(world.tone).get(sheet))

    for words in (
        "Svar 1 fra teamet.", "Kari Nes og Ola Berg", "2 av 2 lesere", "1 forslag.", "rent snitt 2,5",
        "Tydelig hovedmål.", "Sett et tall på målet.", "Nils Øye · Leser 1",
    ):
        assert words in page


def test_who_has_not_sent_is_named(app, as_, world, sheet):
    with app.app_context():
        review(world.posts["safa"], world.nils, (2, 3, 3, 4))
        db.session.commit()
    page = text_of(as_(world.tone).get(sheet))

    assert "1 av 2 lesere" in page
    assert "Mona Vik har ikke sendt sin." in page


@pytest.mark.parametrize(("who", "status"), [("kari", 403), ("nils", 403), ("per", 404), ("tone", 200), ("ada", 200)])
def test_only_staff_read_the_sheet(as_, world, sheet, who, status):
    assert as_(getattr(world, who)).get(sheet).status_code == status


def test_a_team_that_does_not_exist_is_not_found(as_, world):
    assert as_(world.tone).get(f"{world.at}/teams/nobody").status_code == 404


def test_ready_goes_on_to_the_next_team_without_a_grade(app, as_, world, sheet):
    response = as_(world.tone).post(sheet, {"version": "0", "value": "B", "comment": "Godt jobbet.", "ready": "1"})

    assert (response.status_code, response.location) == (303, f"{world.at}/teams/makrell")
    with app.app_context():
        revision = db.session.get_one(Post, world.posts["safa"]).current_revision_id
    assert saved(app, world) == {
        "value": "B", "comment": "Godt jobbet.", "state": "ready", "version": 1, "revision": revision,
    }


def test_after_the_last_grade_comes_the_overview(app, as_, world, sheet):
    with app.app_context():
        grade(world.posts["nordlys"], "C", GradeState.READY, world.tone)
        grade(world.posts["makrell"], "C", GradeState.RELEASED, world.tone)
        db.session.commit()
    response = as_(world.tone).post(sheet, {"version": "0", "value": "B", "comment": "", "ready": "1"})

    assert response.location == f"{world.at}/overview"


def test_a_draft_needs_no_grade_and_says_that_it_is_saved(app, as_, world, sheet):
    browser = as_(world.ada)
    response = browser.post(sheet, {"version": "0", "value": "", "comment": "Les om igjen", "draft": "1"})

    assert (response.status_code, response.location) == (303, f"{sheet}?saved=1")
    assert saved(app, world)["state"] == "draft"
    page = text_of(browser.get(response.location))
    assert "Lagret onsdag 18. november kl. 13.00" in page
    assert "Les om igjen" in page


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"value": "", "ready": "1"}, "Velg en karakter, eller lagre som utkast."),
        ({"value": "Q", "ready": "1"}, "Velg en av karakterene på skalaen."),
        ({"value": "pass", "draft": "1"}, "Velg en av karakterene på skalaen."),
        ({"value": "B", "comment": "x" * 10_001, "ready": "1"}, "Kommentaren kan ha høyst 10000 tegn."),
    ],
)
def test_what_is_wrong_comes_back_with_everything_typed(app, as_, world, sheet, typed, sentence):
    response = as_(world.tone).post(sheet, {"version": "0", "comment": "Lang begrunnelse"} | typed)

    assert (response.status_code, saved(app, world)) == (422, None)
    assert sentence in text_of(response)
    assert (typed.get("comment") or "Lang begrunnelse") in text_of(response)


@pytest.mark.parametrize(
    ("typed", "stored"), [("87", "87"), ("87,5", "87.5"), ("0", "0"), ("100.00", "100"), ("7,50", "7.5")]
)
def test_points_take_a_comma_or_a_full_stop(app, as_, world, sheet, typed, stored):
    on_scale(app, world, GradingScale.POINTS, 100)
    as_(world.tone).post(sheet, {"version": "0", "value": typed, "comment": "", "ready": "1"})

    assert saved(app, world)["value"] == stored


@pytest.mark.parametrize("typed", ["101", "-1", "mange", "1e2", "12,345", "١٢"])
def test_points_off_the_scale_are_refused_with_a_sentence(app, as_, world, sheet, typed):
    on_scale(app, world, GradingScale.POINTS, 100)
    response = as_(world.tone).post(sheet, {"version": "0", "value": typed, "comment": "", "ready": "1"})

    assert (response.status_code, saved(app, world)) == (422, None)
    assert "Skriv et tall fra 0 til 100, med høyst to desimaler." in text_of(response)
    assert f'value="{typed}"' in text_of(response)


@pytest.mark.parametrize(
    ("scale", "value", "word"),
    [
        (GradingScale.PASS_FAIL, "fail", "Ikke bestått"),
        (GradingScale.APPROVED, "approved", "Godkjent"),
    ],
)
def test_other_scales_have_their_own_words(app, as_, world, sheet, scale, value, word):
    on_scale(app, world, scale, None)
    browser = as_(world.tone)
    browser.post(sheet, {"version": "0", "value": value, "comment": "", "ready": "1"})

    assert saved(app, world)["value"] == value
    assert f'value="{value}" checked>{word}' in browser.get(sheet).text


def test_without_a_scale_a_comment_is_what_is_given(app, as_, world, sheet):
    on_scale(app, world, GradingScale.NONE, None)
    browser = as_(world.tone)

    assert browser.post(sheet, {"version": "0", "comment": "", "ready": "1"}).status_code == 422
    assert browser.post(sheet, {"version": "0", "comment": "Fint.", "ready": "1"}).status_code == 303
    assert (saved(app, world)["value"], saved(app, world)["state"]) == ("", "ready")


def test_a_stale_save_shows_both_texts_and_keeps_the_first(app, as_, world, sheet):
    as_(world.ada).post(sheet, {"version": "0", "value": "C", "comment": "Adas ord", "ready": "1"})
    browser = as_(world.tone)
    stale = browser.post(sheet, {"version": "0", "value": "A", "comment": "Tones ord", "ready": "1"})

    assert stale.status_code == 409
    for words in ("Ada Moe har lagret karakteren i mellomtiden", "Adas ord", "Tones ord"):
        assert words in text_of(stale)
    assert saved(app, world)["comment"] == "Adas ord"

    assert 'name="version" type="hidden" value="1"' in stale.text
    browser.post(sheet, {"version": "1", "value": "A", "comment": "Tones ord", "ready": "1"})
    assert (saved(app, world)["comment"], saved(app, world)["version"]) == ("Tones ord", 2)


def test_a_team_without_a_post_can_be_graded(app, as_, world):
    with app.app_context():
        make(Team, course_id=world.course, slug="tause", name="Tause")
        db.session.commit()
    browser = as_(world.tone)

    assert "Teamet har ikke publisert." in text_of(browser.get(f"{world.at}/teams/tause"))
    browser.post(f"{world.at}/teams/tause", {"version": "0", "value": "F", "comment": "", "ready": "1"})
    with app.app_context():
        row = db.session.scalar(select(Grade))
        assert (row.value, row.revision_id, row.post.team.slug) == ("F", None, "tause")


def test_a_released_grade_can_be_changed_and_the_audit_keeps_what_it_was(app, as_, world, sheet):
    with app.app_context():
        grade(world.posts["safa"], "C", GradeState.RELEASED, world.tone, released_at=NOW, released_by_id=world.tone)
        revision = db.session.get_one(Post, world.posts["safa"]).current_revision_id
        db.session.commit()
    response = as_(world.tone).post(sheet, {"version": "1", "value": "B", "comment": "Rettet", "ready": "1"})

    assert response.status_code == 303
    assert (saved(app, world)["value"], saved(app, world)["state"]) == ("B", "released")
    (verb, details), = audit(app)
    assert (verb, details["before"], details["after"]) == (
        "grade:saved",
        {"value": "C", "state": "released", "revision": revision},
        {"value": "B", "state": "released", "revision": revision},
    )


def test_a_released_grade_cannot_become_nothing(app, as_, world, sheet):
    with app.app_context():
        grade(world.posts["safa"], "C", GradeState.RELEASED, world.tone, released_at=NOW, released_by_id=world.tone)
        db.session.commit()
    response = as_(world.tone).post(sheet, {"version": "1", "value": "", "comment": "", "draft": "1"})

    assert (response.status_code, saved(app, world)["value"]) == (422, "C")


def test_the_grade_is_for_the_last_revision_published_by_the_improve_deadline(app, as_, world, sheet):
    with app.app_context():
        second = republish(world, "safa", 2, NOW + 9 * DAY)
        republish(world, "safa", 3, NOW + 11 * DAY)
        db.session.commit()
    browser = as_(world.tone)

    assert "Teksten i utgave 2." in browser.get(sheet).text
    browser.post(sheet, {"version": "0", "value": "B", "comment": "", "ready": "1"})
    assert saved(app, world)["revision"] == second


def test_a_teams_own_improve_deadline_decides_its_revision(app, as_, world, sheet):
    with app.app_context():
        third = republish(world, "safa", 3, NOW + 11 * DAY)
        make(
            Extension, assignment_id=world.assignment, deadline=Deadline.IMPROVE, team_id=world.teams["safa"],
            until=NOW + 12 * DAY, granted_by_id=world.tone,
        )
        db.session.commit()
    as_(world.tone).post(sheet, {"version": "0", "value": "B", "comment": "", "ready": "1"})

    assert saved(app, world)["revision"] == third


def test_the_switch_shows_the_revision_that_was_reviewed(app, as_, world, sheet, judged):
    with app.app_context():
        republish(world, "safa", 2, NOW + 9 * DAY)
        db.session.commit()
    browser = as_(world.tone)

    assert "Teksten i utgave 2." in browser.get(sheet).text
    reviewed = browser.get(f"{sheet}?revision=reviewed").text
    assert ("Svar 1 fra teamet." in reviewed, "Teksten i utgave 2." in reviewed) == (True, False)


def test_a_new_revision_after_the_grade_is_said(app, as_, world, sheet):
    browser = as_(world.tone)
    browser.post(sheet, {"version": "0", "value": "B", "comment": "", "ready": "1"})
    assert "publisert på nytt" not in text_of(browser.get(sheet))
    with app.app_context():
        republish(world, "safa", 2, NOW + DAY)
        db.session.commit()

    assert "Teamet har publisert på nytt etter at karakteren ble satt" in text_of(browser.get(sheet))
    assert "Noen har publisert på nytt" in text_of(browser.get(f"{world.at}/release"))


def test_hiding_a_comment_takes_it_out_of_the_count_and_can_be_undone(app, as_, world, sheet, judged):
    with app.app_context():
        name = db.session.scalar(select(Comment.public_id).where(Comment.text == "Sett et tall på målet."))
    browser = as_(world.ada)

    response = browser.post(f"{sheet}/comments/{name}", {"hidden": "1"})
    assert (response.status_code, response.location) == (303, f"{sheet}#c-{name}")
    page = text_of(browser.get(sheet))
    assert ("0 forslag." in page, "<s>Sett et tall på målet.</s>" in page) == (True, True)

    browser.post(f"{sheet}/comments/{name}", {"hidden": "0"})
    assert "1 forslag." in text_of(browser.get(sheet))
    assert [verb for verb, _ in audit(app)] == ["comment:hidden", "comment:unhidden"]


def test_hiding_a_review_takes_it_out_of_counts_and_estimates(app, as_, world, sheet, judged):
    browser = as_(world.tone)
    assert "2 av 2 lesere" in text_of(browser.get(sheet))

    browser.post(f"{sheet}/readers/1", {"hidden": "1"})
    page = text_of(browser.get(sheet))
    assert ("1 av 1 lesere" in page, "Sett et tall" in page, "Vis vurderingen igjen" in page) == (True, False, True)
    with app.app_context():
        kept = db.session.get_one(Assignment, world.assignment)
        assert (kept.score_version, kept.estimated_version) == (3, 3)

    browser.post(f"{sheet}/readers/1", {"hidden": "0"})
    assert "2 av 2 lesere" in text_of(browser.get(sheet))


def test_hiding_twice_is_hiding_once(app, as_, world, sheet, judged):
    browser = as_(world.tone)
    browser.post(f"{sheet}/readers/1", {"hidden": "1"})
    browser.post(f"{sheet}/readers/1", {"hidden": "1"})

    assert [verb for verb, _ in audit(app)] == ["review:hidden"]


def test_what_belongs_to_another_team_is_not_found(app, as_, world, judged):
    with app.app_context():
        name = db.session.scalar(select(Comment.public_id).limit(1))
    browser = as_(world.tone)

    assert browser.post(f"{world.at}/teams/nordlys/comments/{name}", {"hidden": "1"}).status_code == 404
    assert browser.post(f"{world.at}/teams/nordlys/readers/7", {"hidden": "1"}).status_code == 404


@pytest.mark.parametrize("address", ["", "/comments/abc", "/readers/1"])
def test_students_change_nothing(as_, world, sheet, address):
    assert as_(world.kari).post(sheet + address, {"hidden": "1", "version": "0"}).status_code == 403


def test_the_teachers_own_marks_are_shown_and_not_counted(app, as_, world, sheet, judged):
    with app.app_context():
        review(world.posts["safa"], world.tone, (4, None, None, None), kind=ReviewKind.TEACHER)
        db.session.commit()
    page = text_of(as_(world.tone).get(sheet))

    assert "faglærers nivå: Utmerker seg" in page
    assert "2 av 2 lesere" in page
    assert "rent snitt 2,5" in page


def test_a_draft_review_is_neither_counted_nor_read(app, as_, world, sheet):
    with app.app_context():
        row = review(world.posts["safa"], world.nils, (1, 1, 1, 1), state=ReviewState.DRAFT)
        comment(row, world.criteria["goals"], "Halvferdig tanke")
        db.session.commit()
    page = text_of(as_(world.tone).get(sheet))

    assert ("0 av 2 lesere" in page, "Halvferdig tanke" in page, "utkast" in page) == (True, False, True)


def test_the_sheet_costs_the_same_however_much_was_written(app, as_, world, sheet, judged, count_queries):
    browser = as_(world.tone)
    browser.get(sheet)
    count_queries.clear()
    browser.get(sheet)
    few = len(count_queries)
    with app.app_context():
        for row in read_by(world, "safa", *[(1, 2, 3, 4)] * 5):
            comment(row, world.criteria["goals"], "Mer om målene.")
        many_teams(world, 20)
        db.session.commit()
    browser.get(sheet)
    count_queries.clear()
    browser.get(sheet)

    assert len(count_queries) == few


def on_scale(app: Flask, world, scale: GradingScale, highest: int | None) -> None:
    with app.app_context():
        assignment = db.session.get_one(Assignment, world.assignment)
        assignment.grading_scale, assignment.max_points = scale, highest
        db.session.commit()


def test_a_receipt_for_a_grade_nobody_has_saved_says_nothing(as_, world, sheet):
    page = as_(world.tone).get(f"{sheet}?saved=1")

    assert (page.status_code, "Lagret" in text_of(page)) == (200, False)


def test_a_second_press_is_no_conflict_with_oneself(app, as_, world, sheet):
    browser = as_(world.tone)
    typed = {"version": "0", "value": "C", "comment": "Godt sett.", "ready": "1"}

    assert [browser.post(sheet, typed).status_code for _ in range(2)] == [303, 303]
    assert saved(app, world)["version"] == 1


def test_a_version_of_a_grade_nobody_has_saved_is_none(app, as_, world, sheet):
    answer = as_(world.tone).post(sheet, {"version": "7", "value": "C", "comment": "", "ready": "1"})

    assert (answer.status_code, saved(app, world)["version"]) == (303, 1)
