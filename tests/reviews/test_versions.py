"""Nothing typed is lost: two windows, two presses, a newer revision, an unfinished change to what has been sent."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from blogreview.db import db
from blogreview.domain.terms import ReviewState
from blogreview.models import Post, Revision, RevisionAnswer
from tests.pages import text_of
from tests.reviews.stored import events, levels, lost, review_of, said, score_version, snapshots
from tests.reviews.typed import complete, typed
from tests.world import DAY, NOW, make


@pytest.fixture
def page(world) -> str:
    return f"{world.at}/posts/safa/review"


def publish_again(app, world, body: str) -> int:
    """SAFA's second revision, both answers ``body``."""
    with app.app_context():
        post = db.session.get_one(Post, world.posts["safa"])
        revision = make(
            Revision, post_id=post.id, number=2, title="Ny tittel", words=9, published_at=NOW,
            published_by_id=world.kari,
        )
        for n, question in enumerate(world.questions, 1):
            make(
                RevisionAnswer, revision_id=revision.id, question_id=question, position=n, body=body,
                html=f"<p>{body}</p>", sanitiser_version=1,
            )
        post.current_revision_id = revision.id
        db.session.commit()
        return revision.id


def test_a_stale_save_returns_both_texts_and_the_form_still_holds_mine(app, as_, world, clock, page):
    nils = as_(world.nils)
    nils.post(page, typed(world, goals={"level": 2, "changes": ["Fra det ene vinduet."]}))
    clock.moment += DAY / 24
    response = nils.post(page, typed(world, goals={"level": 3, "changes": ["Fra det andre."]}))

    shown = text_of(response)
    assert response.status_code == 409
    assert "Vurderingen ble lagret i et annet vindu onsdag 18. november kl. 13.00" in shown
    row = shown[shown.index('<th scope="row">Mål</th>'):].partition("</tr>")[0]
    saved, mine = row.split("<td>")[1:]
    assert ("Fra det ene vinduet." in saved, "Nivå: På vei" in saved) == (True, True)
    assert ("Fra det andre." in mine, "Nivå: På plass" in mine) == (True, True)
    assert ">\nFra det andre.</textarea>" in shown
    assert ">\nFra det ene vinduet.</textarea>" not in shown
    assert '<input type="hidden" name="version" value="1">' in shown
    assert [text for _, _, text, _ in said(app)] == ["Fra det ene vinduet."]
    assert [kept[f"c{world.criteria['goals']}-changes-0-text"] for kept in lost(app)] == ["Fra det andre."]


def test_the_loser_is_saved_by_sending_the_form_that_came_back(app, as_, world, page):
    nils = as_(world.nils)
    nils.post(page, typed(world, goals={"changes": ["En."]}))
    nils.post(page, typed(world, goals={"changes": ["To."]}))
    assert nils.post(page, typed(world, 1, goals={"changes": ["To."]})).status_code == 303
    assert [text for _, _, text, _ in said(app)] == ["To."]


def test_a_text_that_lost_is_offered_when_its_writer_comes_back(as_, world, page):
    nils = as_(world.nils)
    nils.post(page, typed(world, goals={"changes": ["En."]}))
    nils.post(page, typed(world, goals={"changes": ["To."]}))

    shown = text_of(nils.get(page))
    assert "Noe du skrev onsdag 18. november kl. 13.00, er ikke med i vurderingen" in shown
    assert ">\nEn.</textarea>" in shown
    shown = text_of(nils.get(f"{page}?aside=1"))
    assert ">\nTo.</textarea>" in shown
    assert '<input type="hidden" name="version" value="1">' in shown


@pytest.mark.parametrize("version", ("", "x", "-1", "99999999999999999999", "٣"))
def test_a_save_without_a_proper_version_is_a_stale_one(as_, world, page, version):
    nils = as_(world.nils)
    nils.post(page, typed(world, goals={"changes": ["En."]}))
    assert nils.post(page, typed(world, goals={"changes": ["To."]}) | {"version": version}).status_code == 409


def test_two_presses_leave_one_review_and_one_snapshot(app, as_, world, page):
    nils = as_(world.nils)
    answers = [nils.post(page, complete(world) | {"send": "1"}) for _ in range(2)]

    assert [(answer.status_code, answer.location) for answer in answers] == [(303, f"{page}?sent=1")] * 2
    review = review_of(app, world.posts["safa"], world.nils)
    assert (review.state, review.version, review.submitted_at) == (ReviewState.SUBMITTED, 1, NOW)
    assert snapshots(app) == [(1, [3, 3, 3, 3])]
    assert (score_version(app, world.assignment), len(said(app)), lost(app)) == (1, 4, [])
    assert [verb for verb, _, _ in events(app)] == ["review:submitted"]


def test_a_change_to_what_was_sent_is_a_new_snapshot_and_stays_sent(app, as_, world, clock, page):
    nils = as_(world.nils)
    nils.post(page, complete(world) | {"send": "1"})
    clock.moment = NOW + DAY
    assert nils.post(page, complete(world, 1, goals={"level": 2, "changes": ["Nytt."]})).location == f"{page}?sent=1"

    review = review_of(app, world.posts["safa"], world.nils)
    assert (review.state, review.version) == (ReviewState.SUBMITTED, 2)
    assert (review.submitted_at, review.saved_at) == (NOW, NOW + DAY)
    assert snapshots(app) == [(1, [3, 3, 3, 3]), (2, [2, 3, 3, 3])]
    assert score_version(app, world.assignment) == 2
    assert events(app) == [
        ("review:submitted", world.nils, {"snapshot": 1}), ("review:changed", world.nils, {"snapshot": 2}),
    ]


def test_an_unfinished_change_leaves_what_was_sent_in_force_and_is_kept(app, as_, world, clock, page):
    nils = as_(world.nils)
    nils.post(page, complete(world) | {"send": "1"})
    sent = said(app)
    clock.moment = NOW + DAY
    unfinished = complete(world, 1, goals={"changes": ["Halvferdig"]})
    response = nils.post(page, unfinished)

    shown = text_of(response)
    assert response.status_code == 422
    assert "Vurderingen du sendte, står som den var" in shown
    assert "Nivå mangler: mål" in shown
    assert ">\nHalvferdig</textarea>" in shown
    assert (said(app), levels(app)[world.criteria["goals"]], snapshots(app)) == (sent, 3, [(1, [3, 3, 3, 3])])
    assert score_version(app, world.assignment) == 1

    nils.post(page, unfinished)
    assert len(lost(app)) == 1
    shown = text_of(nils.get(page))
    assert "Noe du skrev torsdag 19. november kl. 13.00, er ikke med i vurderingen" in shown
    assert ">\nHalvferdig</textarea>" in text_of(nils.get(f"{page}?aside=1"))

    clock.moment = NOW + 6 * DAY
    shown = text_of(nils.get(f"{page}?aside=1"))
    assert "Dette er ikke med i vurderingen" in shown
    assert '<p class="said" dir="auto">Halvferdig</p>' in shown

    clock.moment = NOW + 2 * DAY
    nils.post(page, complete(world, 1, goals={"level": 1, "changes": ["Ferdig."]}))
    assert "er ikke med i vurderingen" not in text_of(nils.get(page))
    assert snapshots(app)[-1] == (2, [1, 3, 3, 3])


def test_a_review_is_about_the_revision_it_was_begun_on_and_a_newer_one_is_offered(app, as_, world, page):
    nils = as_(world.nils)
    nils.post(page, typed(world, goals={"changes": [("Si når.", "Svar 1")]}))
    newest = publish_again(app, world, "Helt nytt.")

    shown = text_of(nils.get(page))
    assert ("Det finnes en nyere versjon" in shown, "Svar 1 fra teamet." in shown, "Helt nytt." in shown) == (
        True, True, False,
    )
    response = nils.post(page, typed(world, 1, goals={"changes": [("Si når, da.", "Svar 1")]}) | {"newest": "1"})
    assert (response.status_code, response.location) == (303, f"{page}?newest=1")
    review = review_of(app, world.posts["safa"], world.nils)
    assert (review.revision_id, review.version) == (newest, 3)
    shown = text_of(nils.get(response.location))
    assert "Du vurderer nå versjon 2" in shown
    assert ("Helt nytt." in shown, "Det finnes en nyere versjon" in shown) == (True, False)
    assert ">\nSi når, da.</textarea>" in shown
    assert "Stedet er endret" in shown
    assert "<li>«Svar 1»</li>" in shown


def test_what_has_been_sent_stays_about_the_revision_it_was_about(app, as_, world, page):
    nils = as_(world.nils)
    nils.post(page, complete(world) | {"send": "1"})
    before = review_of(app, world.posts["safa"], world.nils).revision_id
    publish_again(app, world, "Helt nytt.")

    assert "Det finnes en nyere versjon" not in text_of(nils.get(page))
    nils.post(page, complete(world, 1) | {"newest": "1"})
    assert review_of(app, world.posts["safa"], world.nils).revision_id == before


def test_the_newest_revision_is_taken_by_a_first_save(app, as_, world, page):
    newest = publish_again(app, world, "Helt nytt.")
    as_(world.nils).post(page, typed(world))
    assert review_of(app, world.posts["safa"], world.nils).revision_id == newest


def test_two_first_saves_at_once_leave_one_review_and_both_texts(app, as_, world, page):
    texts = ("Fra det ene.", "Fra det andre.")
    windows = {text: as_(world.nils) for text in texts}

    def save(text: str) -> int:
        return windows[text].post(page, typed(world, goals={"changes": [text]})).status_code

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(save, texts))

    (won,), (kept,) = said(app), lost(app)
    assert sorted(answers) == [303, 409]
    assert {won[2], kept[f"c{world.criteria['goals']}-changes-0-text"]} == set(texts)
