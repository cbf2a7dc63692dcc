"""What sending does: who counts, when the team may read it, what the coach saw, what the trail holds."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from blogreview.assignments.rubric_queries import rubric_to_write
from blogreview.db import db
from blogreview.domain.coach import COACH_VERSION
from blogreview.domain.reviewing import Judgement, Said
from blogreview.domain.terms import CommentKind, Deadline, ReviewKind, ReviewState
from blogreview.errors import NotFound
from blogreview.models import Comment, Extension, Post, Review
from blogreview.reviews import commands, queries
from blogreview.reviews.commands import Filled, Outcome
from tests.pages import text_of
from tests.reviews.stored import events, review_of, said, score_version, snapshots
from tests.reviews.typed import complete, typed
from tests.world import DAY, NOW, allocate, make


@pytest.fixture
def page(world) -> str:
    return f"{world.at}/posts/safa/review"


def test_a_review_joins_the_feedback_when_reviewing_closes(app, as_, world, page):
    as_(world.nils).post(page, complete(world) | {"send": "1"})

    review = review_of(app, world.posts["safa"], world.nils)
    assert (review.kind, review.state, review.submitted_at) == (ReviewKind.PEER, ReviewState.SUBMITTED, NOW)
    assert review.joins_at == datetime(2026, 11, 23, 12, 1, tzinfo=UTC)


def test_one_finished_under_an_extension_joins_with_the_next_morning_in_the_courses_zone(app, as_, world, clock, page):
    with app.app_context():
        make(
            Extension, assignment_id=world.assignment, deadline=Deadline.REVIEW, user_id=world.nils,
            until=NOW + 8 * DAY, granted_by_id=world.tone,
        )
        db.session.commit()
    clock.moment = NOW + 6 * DAY
    nils = as_(world.nils)
    assert "Kan endres til torsdag 26. november kl. 13.00." in text_of(nils.get(page))
    nils.post(page, complete(world) | {"send": "1"})
    assert review_of(app, world.posts["safa"], world.nils).joins_at == datetime(2026, 11, 25, 7, 0, tzinfo=UTC)

    clock.moment = NOW + 7 * DAY
    assert "Teamet kan lese vurderingen nå" in text_of(nils.get(page))
    assert nils.post(page, complete(world, 1, goals={"level": 1, "changes": ["For sent."]})).status_code == 403


def test_the_coach_reads_every_comment_that_is_sent_and_none_of_a_draft(app, as_, world, page):
    vague = {"level": 4, "strengths": ["Bra jobbet!"]}
    concrete = {"level": 2, "changes": [
        ("Dette kan ikke etterprøves, fordi det mangler et tall. Skriv for eksempel ti prosent.", "Svar 1 fra teamet")
    ]}
    nils = as_(world.nils)
    nils.post(page, complete(world, goals=vague, examples=concrete))
    assert labels(app, world) == {"goals": (False,) * 4 + (0,), "examples": (False,) * 4 + (0,)}

    nils.post(page, complete(world, 1, goals=vague, examples=concrete) | {"send": "1"})
    assert labels(app, world) == {
        "goals": (True, False, False, False, COACH_VERSION), "examples": (False, True, True, True, COACH_VERSION),
    }


def labels(app, world) -> dict[str, tuple[object, ...]]:
    """Criterion -> praise only, localised, reason, suggestion, version."""
    with app.app_context():
        rows = {row.criterion_id: row for row in db.session.query(Comment)}
        return {
            key: (row.praise_only, row.localised, row.reason, row.suggestion, row.coach_version)
            for key in ("goals", "examples")
            for row in [rows[world.criteria[key]]]
        }


def test_the_trail_says_that_a_review_was_sent_and_nothing_of_what_it_says(app, as_, world, page):
    as_(world.nils).post(page, complete(world))
    assert events(app) == []
    as_(world.nils).post(page, complete(world, 1) | {"send": "1"})
    assert events(app) == [("review:submitted", world.nils, {"snapshot": 1})]


def test_the_receipt_says_what_remains_and_leads_to_it(app, as_, world, page):
    with app.app_context():
        allocate(world.posts["nordlys"], world.mona, 2)
        db.session.commit()
    mona = as_(world.mona)
    response = mona.post(page, complete(world) | {"send": "1"})
    shown = " ".join(text_of(mona.get(response.location)).split())
    assert "Vurderingen er sendt" in shown
    assert "Du kan endre den til mandag 23. november kl. 13.00. Én igjen: Team Nordlys.</p>" in shown
    assert f'<a class="btn sm" href="{world.at}/posts/nordlys/review">Neste innlegg</a>' in shown

    response = mona.post(f"{world.at}/posts/nordlys/review", complete(world) | {"send": "1"})
    shown = " ".join(text_of(mona.get(response.location)).split())
    assert "Du kan endre den til mandag 23. november kl. 13.00. Alle vurderingene dine er sendt.</p>" in shown
    assert "Neste innlegg" not in shown


def test_a_teachers_own_marks_need_nothing_and_stand_outside_the_counts(app, as_, world, page):
    tone = as_(world.tone)
    shown = text_of(tone.get(page))
    assert "Bare Tone Lie og Ada Moe ser den." in shown
    assert ("Leser" in shown, "mangler" in shown, "Vurdering 1 av" in shown) == (False, False, False)
    assert tone.post(page, typed(world, goals={"level": 2}) | {"send": "1"}).location == f"{page}?sent=1"

    mark = review_of(app, world.posts["safa"], world.tone, ReviewKind.TEACHER)
    assert (mark.state, mark.submitted_at, mark.joins_at) == (ReviewState.SUBMITTED, NOW, None)
    assert snapshots(app) == [(1, [2, None, None, None])]
    assert score_version(app, world.assignment) == 1
    with app.app_context():
        assert db.session.scalars(queries.counted_reviews(world.assignment)).all() == []
    assert "Merkene dine er lagret" in text_of(tone.get(f"{page}?sent=1"))


def test_a_teacher_can_mark_a_post_at_any_time_but_not_a_draft(as_, world, clock, page):
    clock.moment = NOW + 12 * DAY
    assert as_(world.ada).post(page, typed(world, goals={"level": 2}) | {"send": "1"}).status_code == 303
    for person in (world.tone, world.ada):
        assert as_(person).get(f"{world.at}/posts/makrell/review").status_code == 404
        assert as_(person).post(f"{world.at}/posts/makrell/review", typed(world)).status_code == 404


def test_hidden_reviews_and_comments_and_drafts_do_not_count(app, as_, world, page):
    as_(world.nils).post(page, complete(world) | {"send": "1"})
    as_(world.mona).post(page, complete(world, goals={"level": 1, "changes": ["Monas."]}) | {"send": "1"})
    as_(world.kari).post(f"{world.at}/posts/nordlys/review", complete(world))
    with app.app_context():
        assert counted(world) == ([world.nils, world.mona], 8)
        hide(world)
        assert counted(world) == ([world.nils, world.mona], 7)
        db.session.query(Review).filter_by(reviewer_id=world.nils).one().hidden_at = NOW
        db.session.flush()
        assert counted(world) == ([world.mona], 3)
        db.session.rollback()


def counted(world) -> tuple[list[int], int]:
    reviews = db.session.scalars(queries.counted_reviews(world.assignment).order_by(Review.id))
    comments = db.session.scalars(queries.counted_comments(world.assignment)).all()
    return [review.reviewer_id for review in reviews], len(comments)


def hide(world, hidden: bool = True) -> None:
    post = db.session.get_one(Post, world.posts["safa"])
    comment = db.session.query(Comment).filter_by(text="Monas.").one()
    commands.hide_comment(post=post, public_id=comment.public_id, hidden=hidden, actor_id=world.tone, now=NOW)


def test_hiding_a_comment_can_be_undone_and_each_change_makes_estimates_stale_once(app, as_, world, page):
    as_(world.mona).post(page, complete(world, goals={"level": 1, "changes": ["Monas."]}) | {"send": "1"})
    with app.app_context():
        for hidden in (True, True, False):
            hide(world, hidden)
        db.session.commit()

    assert score_version(app, world.assignment) == 3
    assert events(app)[1:] == [("comment:hidden", world.tone, {}), ("comment:unhidden", world.tone, {})]


def test_a_comment_on_another_post_is_not_found(app, as_, world, page):
    as_(world.mona).post(page, complete(world, goals={"level": 1, "changes": ["Monas."]}) | {"send": "1"})
    with app.app_context():
        nordlys = db.session.get_one(Post, world.posts["nordlys"])
        public_id = db.session.query(Comment).filter_by(text="Monas.").one().public_id
        with pytest.raises(NotFound):
            commands.hide_comment(post=nordlys, public_id=public_id, hidden=True, actor_id=world.tone, now=NOW)


def test_a_hidden_comment_is_shown_to_its_writer_and_outlives_what_they_save(app, as_, world, page):
    mona = as_(world.mona)
    mona.post(page, complete(world, goals={"level": 1, "changes": ["Monas.", "Mer."]}) | {"send": "1"})
    with app.app_context():
        hide(world)
        hidden = db.session.query(Comment).filter_by(text="Monas.").one().public_id
        db.session.commit()

    shown = text_of(mona.get(page))
    assert ("Én kommentar er skjult" in shown, "<li>Monas.</li>" in shown, hidden in shown) == (True, True, False)
    mona.post(page, complete(world, 1, goals={"level": 1, "changes": ["Noe annet."]}) | {"send": "1"})
    assert [text for _, _, text, _ in said(app)][:2] == ["Monas.", "Noe annet."]


def test_the_command_sends_without_a_page_and_asks_for_the_same(app, world):
    with app.app_context():
        post = db.session.get_one(Post, world.posts["safa"])
        rubric = rubric_to_write(world.assignment)
        whole = tuple(
            Judgement(criterion.id, 2, (Said(CommentKind.CHANGE, "Si når."),)) for criterion in rubric.criteria
        )

        def save(version, content):
            return commands.save_review(
                post=post, reviewer_id=world.nils, kind=ReviewKind.PEER, rubric=rubric, filled=Filled(version, content),
                send=True, now=NOW,
            )

        assert [save(0, whole[:1] + tuple(Judgement(c.id) for c in rubric.criteria[1:])), save(1, whole)] == [
            Outcome.DRAFT, Outcome.SUBMITTED,
        ]
        with pytest.raises(NotFound):
            commands.save_review(
                post=db.session.get_one(Post, world.posts["makrell"]), reviewer_id=world.nils, kind=ReviewKind.PEER,
                rubric=rubric, filled=Filled(0, whole), send=True, now=NOW,
            )
        db.session.rollback()
