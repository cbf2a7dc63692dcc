"""Writing together: drafts that are always saved, two people at once, what is closed and to whom."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import func, select

from blogreview.db import db
from blogreview.domain.markup import MAX_SOURCE
from blogreview.domain.terms import Deadline, Role
from blogreview.models import Answer, Assignment, DraftSave, Extension, Membership, Post
from blogreview.posts import commands, draft_queries
from tests.pages import text_of
from tests.posts.desk import GRADING, IMPROVING, REVIEWING, versions
from tests.world import DAY, NOW, join, make, person


def drafts(app, desk):
    """(title, answers) of every post of the assignment, by team."""
    with app.app_context():
        wanted = select(Post).where(Post.assignment_id == desk.assignment).order_by(Post.team_id)
        posts, assignment = db.session.scalars(wanted).all(), db.session.get_one(Assignment, desk.assignment)
        found = [draft_queries.draft_of(assignment, post) for post in posts]
        return [(draft.title, *(answer.body for answer in draft.answers)) for draft in found]


def history(app):
    with app.app_context():
        saves = db.session.scalars(select(DraftSave).order_by(DraftSave.id))
        return [(save.body, save.outcome.value, save.saved_by_id) for save in saves]


def test_opening_the_editor_writes_nothing(app, as_, world, desk):
    page = as_(world.kari).get(desk.post)

    assert (page.status_code, versions(page), drafts(app, desk)) == (200, (1, 1, 1), [])


def test_the_first_save_makes_the_post_and_an_answer_for_each_question(app, as_, world, desk):
    response = as_(world.kari).post(desk.post, desk.typed("", "Fordi.", ""))

    assert (response.status_code, response.location) == (303, f"{desk.post}?saved=1")
    assert drafts(app, desk) == [("", "Fordi.", "")]
    with app.app_context():
        answers = select(func.count()).select_from(Answer).where(Answer.question_id.in_(desk.questions))
        assert db.session.scalar(answers) == 2


def test_each_save_remembers_what_changed_and_only_that(app, as_, world, desk):
    kari = as_(world.kari)
    kari.post(desk.post, desk.typed("Tittel", "Fordi.", ""))
    kari.post(desk.post, desk.typed("Tittel", "Fordi det.", "", (2, 2, 1)))

    assert history(app) == [
        ("Tittel", "kept", world.kari), ("Fordi.", "kept", world.kari), ("Fordi det.", "kept", world.kari),
    ]


def test_the_page_tells_who_is_asked_what_and_when_it_was_saved(as_, world, desk):
    kari = as_(world.kari)
    page = kari.get(kari.post(desk.post, desk.typed("Vår tittel", "To ord", "")).location)

    words = text_of(page)
    assert "Team SAFA" in words
    assert "Hvorfor?" in words
    assert "2 ord" in words
    assert "onsdag 18. november kl. 13.00" in words
    assert "Svar på spørsmål 2." in words
    assert "Gi innlegget en tittel." not in words


def test_a_double_click_saves_once(app, as_, world, desk):
    kari, sent = as_(world.kari), desk.typed("Tittel", "Fordi.", "Mål.")

    assert [kari.post(desk.post, sent).status_code for _ in range(2)] == [303, 303]
    assert versions(kari.get(desk.post)) == (2, 2, 2)
    assert [body for body, *_ in history(app)] == ["Tittel", "Fordi.", "Mål."]


def test_a_team_mate_goes_on_where_the_other_left_off(as_, world, desk):
    as_(world.kari).post(desk.post, desk.typed("Tittel", "Karis svar", ""))

    assert "Karis svar" in as_(world.ola).get(desk.post).text


def test_two_in_the_same_answer_both_keep_their_text(app, as_, world, desk):
    kari, ola = as_(world.kari), as_(world.ola)
    kari.post(desk.post, desk.typed("", "Karis svar", ""))
    answer = ola.post(desk.post, desk.typed("Olas tittel", "Olas svar", "Olas andre"))

    assert answer.status_code == 409
    assert "Karis svar" in answer.text
    assert "Olas svar" in answer.text
    assert "Kari Nes lagret dette onsdag 18. november kl. 13.00:" in text_of(answer)
    assert versions(answer) == (2, 2, 2)
    assert drafts(app, desk) == [("Olas tittel", "Karis svar", "Olas andre")]
    assert history(app) == [
        ("Karis svar", "kept", world.kari), ("Olas tittel", "kept", world.ola), ("Olas svar", "lost", world.ola),
        ("Olas andre", "kept", world.ola),
    ]


def test_sending_the_losing_text_again_replaces_the_other_knowingly(app, as_, world, desk):
    kari, ola = as_(world.kari), as_(world.ola)
    kari.post(desk.post, desk.typed("", "Karis svar", ""))
    lost = ola.post(desk.post, desk.typed("", "Olas svar", ""))
    again = ola.post(desk.post, desk.typed("", "Olas svar", "", versions(lost)))

    assert (again.status_code, drafts(app, desk)) == (303, [("", "Olas svar", "")])
    assert [(body, outcome) for body, outcome, _ in history(app)] == [
        ("Karis svar", "kept"), ("Olas svar", "lost"), ("Olas svar", "kept"),
    ]


def test_a_losing_text_sent_twice_stands_once_in_the_history(app, as_, world, desk):
    as_(world.kari).post(desk.post, desk.typed("", "Karis svar", ""))
    ola, sent = as_(world.ola), desk.typed("", "Olas svar", "")

    assert [ola.post(desk.post, sent).status_code for _ in range(2)] == [409, 409]
    assert len(history(app)) == 2


def test_two_titles_at_once_are_shown_side_by_side(app, as_, world, desk):
    as_(world.kari).post(desk.post, desk.typed("Karis tittel", "", ""))
    answer = as_(world.ola).post(desk.post, desk.typed("Olas tittel", "", ""))

    assert (answer.status_code, drafts(app, desk)) == (409, [("Karis tittel", "", "")])
    assert "Karis tittel" in answer.text
    assert "Olas tittel" in answer.text


def test_an_answer_left_alone_does_not_clash_with_a_newer_one(app, as_, world, desk):
    kari, ola = as_(world.kari), as_(world.ola)
    kari.post(desk.post, desk.typed("", "Første", ""))
    kari.post(desk.post, desk.typed("", "Første, bedre", "", (1, 2, 1)))
    response = ola.post(desk.post, desk.typed("", "Første", "Olas andre", (1, 2, 1)))

    assert (response.status_code, drafts(app, desk)) == (303, [("", "Første, bedre", "Olas andre")])


def test_what_was_not_in_the_form_is_not_emptied(app, as_, world, desk):
    kari = as_(world.kari)
    kari.post(desk.post, desk.typed("Tittel", "Fordi.", "Mål."))
    one, two = desk.questions
    kari.post(desk.post, {f"q{two}-body": "Nye mål.", f"q{two}-version": "2", f"q{one}-version": "2"})

    assert drafts(app, desk) == [("Tittel", "Fordi.", "Nye mål.")]


@pytest.mark.parametrize("version", ("", "null", "-1", "9" * 40, "²", "\0"))
def test_a_version_that_is_none_loses_to_what_stands(app, as_, world, desk, version):
    kari, (one, _) = as_(world.kari), desk.questions
    kari.post(desk.post, desk.typed("", "Fordi.", ""))
    response = kari.post(desk.post, desk.typed("", "Annet.", "") | {f"q{one}-version": version})

    assert (response.status_code, drafts(app, desk)) == (409, [("", "Fordi.", "")])


def test_over_long_texts_are_refused_and_kept_in_the_form_while_the_rest_is_saved(app, as_, world, desk):
    title, body = "t" * 201, "ø" * (MAX_SOURCE + 1)
    response = as_(world.kari).post(desk.post, desk.typed(title, body, "Mål."))

    assert (response.status_code, drafts(app, desk)) == (422, [("", "", "Mål.")])
    words = text_of(response)
    assert "Tittelen er for lang: den kan ha opptil 200 tegn." in words
    assert f"Svaret er for langt: det kan ha opptil {MAX_SOURCE} tegn." in words
    assert title in words
    assert body in words


def test_the_longest_texts_allowed_are_saved(app, as_, world, desk):
    title, body = "t" * 200, "\U0001f9c1" * MAX_SOURCE

    assert as_(world.kari).post(desk.post, desk.typed(title, body, "")).status_code == 303
    assert drafts(app, desk) == [(title, body, "")]


def test_every_script_is_kept_and_what_no_database_holds_is_dropped(app, as_, world, desk):
    answer = "Første\r\nlinje \U0001f468\u200d\U0001f469\u200d\U0001f467 \u202eשלום\u202c \0x\ufffe <b>&amp;</b>"
    kari = as_(world.kari)

    assert kari.post(desk.post, desk.typed(" En\r\n  tittel\0 ", answer, "")).status_code == 303
    kept = "Første\nlinje \U0001f468\u200d\U0001f469\u200d\U0001f467 \u202eשלום\u202c x <b>&amp;</b>"
    assert drafts(app, desk) == [("En tittel", kept, "")]
    assert kept in text_of(kari.get(desk.post)).replace("\r\n", "\n")


def test_half_a_character_is_no_500(app, as_, world, desk):
    kari, (one, _) = as_(world.kari), desk.questions
    body = f"csrf_token={kari.csrf_token}&q{one}-version=1&q{one}-body=a%ED%A0%80b%FFc"
    response = kari.client.post(desk.post, data=body, content_type="application/x-www-form-urlencoded")

    assert response.status_code == 303
    assert drafts(app, desk)[0][1].startswith("a")


def test_two_who_begin_the_post_in_the_same_moment_get_the_same_one(app, world, desk):
    with app.app_context():
        ids = {"assignment_id": desk.assignment, "team_id": world.teams["safa"]}
        first = commands.open_post(**ids)
        seen = iter((None, first))
        assert commands.find_or_add(lambda: next(seen), lambda: Post(**ids)) is first
        assert db.session.scalars(select(Post.id).where(Post.assignment_id == desk.assignment)).all() == [first.id]


def test_of_two_saves_in_the_same_moment_one_stands_and_neither_is_lost(app, as_, world, desk):
    people, rounds = (as_(world.kari), as_(world.ola)), 6
    for n in range(rounds):
        page, start = people[0].get(desk.post), Barrier(2)

        def save(browser, name, *, n=n, page=page, start=start):
            start.wait()
            return browser.post(desk.post, desk.typed("", f"{name} {n}", "", versions(page))).status_code

        with ThreadPoolExecutor(2) as threads:
            assert sorted(threads.map(save, people, ("Kari", "Ola"))) == [303, 409]
    saves = history(app)
    assert {body for body, *_ in saves} == {f"{name} {n}" for name in ("Kari", "Ola") for n in range(rounds)}
    assert [outcome for _, outcome, _ in saves].count("lost") == rounds


def test_only_the_team_may_write(app, as_, world, desk):
    sent = desk.typed("Tittel", "Fordi.", "Mål.")
    browsers = {name: as_(getattr(world, name)) for name in ("tone", "ada", "per", "eva")}
    answers = {
        name: (browser.get(desk.post).status_code, browser.post(desk.post, sent).status_code)
        for name, browser in browsers.items()
    }

    assert answers == {"tone": (403, 403), "ada": (403, 403), "per": (404, 404), "eva": (404, 404)}
    assert drafts(app, desk) == []


def test_another_team_writes_a_post_of_its_own(app, as_, world, desk):
    as_(world.kari).post(desk.post, desk.typed("SAFA", "", ""))
    as_(world.nils).post(desk.post, desk.typed("Nordlys", "", ""))

    assert drafts(app, desk) == [("SAFA", "", ""), ("Nordlys", "", "")]
    assert "SAFA" not in as_(world.nils).get(desk.post).text


def test_the_anonymous_keep_their_text_through_sign_in(as_, world, desk):
    assert as_().get(desk.post).status_code == 303
    answer = as_().post(desk.post, desk.typed("Nesten ferdig", "", ""))
    assert (answer.status_code, "Nesten ferdig" in answer.text) == (401, True)


def test_an_assignment_that_is_not_opened_does_not_exist_for_students(app, as_, world, desk):
    with app.app_context():
        db.session.get_one(Assignment, desk.assignment).opened_at = None
        db.session.commit()
    kari = as_(world.kari)

    assert [kari.get(desk.post).status_code, kari.post(desk.post, desk.typed("T", "", "")).status_code] == [404, 404]


def test_after_the_deadline_an_unpublished_draft_can_be_read_and_not_changed(app, as_, world, desk, clock):
    as_(world.kari).post(desk.post, desk.typed("Tittel", "Halvveis", ""))
    clock.moment = REVIEWING
    page = as_(world.ola).get(desk.post)

    assert page.status_code == 200
    words = text_of(page)
    assert "Skrivingen stengte fredag 20. november kl. 13.00" in words
    assert "Halvveis" in words
    assert "<textarea" not in words


def test_what_is_sent_after_closing_comes_back_to_be_copied_and_is_not_saved(app, as_, world, desk, clock):
    kari = as_(world.kari)
    kari.post(desk.post, desk.typed("Tittel", "Halvveis", ""))
    clock.moment = REVIEWING
    answer = kari.post(desk.post, desk.typed("Tittel", "Nesten ferdig", "", (2, 2, 1)))

    assert (answer.status_code, "Nesten ferdig" in answer.text) == (403, True)
    assert drafts(app, desk) == [("Tittel", "Halvveis", "")]


def test_the_deadlines_minute_lasts_to_its_end(as_, world, desk, clock):
    clock.moment = (NOW + 2 * DAY).replace(second=59)

    assert as_(world.kari).post(desk.post, desk.typed("T", "", "")).status_code == 303


def test_a_published_post_is_locked_while_read_and_open_again_to_be_improved(as_, world, desk, clock):
    kari = as_(world.kari)
    desk.publish(kari)
    clock.moment = REVIEWING
    locked = kari.get(desk.post)
    assert (locked.status_code, locked.location) == (303, f"{desk.at}/posts/safa/")
    assert "Dere kan endre den fra mandag 23. november kl. 13.01." in text_of(kari.get(locked.location))

    clock.moment = IMPROVING
    assert "<textarea" in kari.get(desk.post).text
    clock.moment = GRADING
    assert kari.get(desk.post).status_code == 303


def test_an_extension_of_their_own_keeps_a_team_writing_and_nobody_else(app, as_, world, desk, clock):
    with app.app_context():
        make(
            Extension, assignment_id=desk.assignment, deadline=Deadline.PUBLISH, team_id=world.teams["safa"],
            until=NOW + 4 * DAY, granted_by_id=world.tone,
        )
        db.session.commit()
    clock.moment = REVIEWING

    assert as_(world.kari).post(desk.post, desk.typed("T", "", "")).status_code == 303
    assert as_(world.nils).post(desk.post, desk.typed("T", "", "")).status_code == 403


def test_someone_who_joins_the_team_after_the_authors_were_settled_does_not_write_it(app, as_, world, clock):
    with app.app_context():
        late = person("late", "Lars Sein")
        join(late, world.course, Role.STUDENT, world.teams["safa"])
        db.session.commit()
    clock.moment = NOW + 6 * DAY
    browser = as_(late)

    assert browser.get(f"{world.at}/post").status_code == 403
    assert browser.post(f"{world.at}/post", {"title": "Min", "title_version": "1"}).status_code == 403


def test_authors_keep_their_post_wherever_they_move(app, as_, world, clock):
    with app.app_context():
        seat = db.session.scalar(select(Membership).where(Membership.user_id == world.kari))
        seat.team_id = world.teams["makrell"]
        db.session.commit()
    clock.moment = NOW + 6 * DAY

    assert "Team SAFA" in as_(world.kari).get(f"{world.at}/post").text


def test_the_preview_draws_the_saved_draft_as_the_class_would_read_it(as_, world, desk):
    kari = as_(world.kari)
    response = kari.post(f"{desk.post}/preview", desk.typed("Tittel", "Et *ord* <b>her</b>", ""))
    assert (response.status_code, response.location) == (303, f"{desk.post}/preview")
    page = kari.get(response.location)

    assert "<p>Et <em>ord</em> &lt;b&gt;her&lt;/b&gt;</p>" in page.text
    assert as_(world.nils).get(f"{desk.post}/preview").status_code == 200
    assert "Et <em>ord</em>" not in as_(world.nils).get(f"{desk.post}/preview").text
