"""A draft becomes a numbered revision: what stops it, who sees it, what never changes again."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from blogreview.db import db
from blogreview.domain import markup
from blogreview.domain.terms import Deadline, ReadingOpens
from blogreview.models import Assignment, Extension, Post, Revision, RevisionAnswer
from blogreview.posts import commands
from blogreview.web.renderer import UNSETTLED, Rendered, render_safely
from tests.pages import text_of
from tests.posts.desk import IMPROVING, REVIEWING, stamp, versions
from tests.world import DAY, NOW, make


def revisions(app, desk):
    """(number, title, words, late) of every revision of the assignment."""
    with app.app_context():
        rows = db.session.execute(
            select(Revision.number, Revision.title, Revision.words, Revision.late)
            .join(Post, Post.id == Revision.post_id)
            .where(Post.assignment_id == desk.assignment)
            .order_by(Revision.id)
        )
        return [tuple(row) for row in rows]


def change(app, desk, **values):
    with app.app_context():
        assignment = db.session.get_one(Assignment, desk.assignment)
        for name, value in values.items():
            setattr(assignment, name, value)
        db.session.commit()


@pytest.mark.parametrize(
    ("title", "first", "second", "wanted"),
    (
        ("", "", "", ["Gi innlegget en tittel.", "Svar på spørsmål 1.", "Svar på spørsmål 2."]),
        (" ", "Fordi.", "Mål.", ["Gi innlegget en tittel."]),
        ("Tittel", "\n \t", "Mål.", ["Svar på spørsmål 1."]),
        (
            "Tittel", f"![ ](image:{'a' * 64} \"Brød\")", "Mål.",
            ["Beskriv bildet i svar 1 for dem som ikke ser det, eller merk det som bare pynt."],
        ),
    ),
)
def test_what_is_missing_is_said_and_the_draft_is_saved(app, as_, world, desk, title, first, second, wanted):
    kari = as_(world.kari)
    answer = kari.post(f"{desk.post}/ready", desk.typed(title, first, second))

    summary = text_of(answer).partition('role="alert"')[2].partition("</div>")[0]
    assert (answer.status_code, [sentence for sentence in wanted if sentence not in summary]) == (422, [])
    assert summary.count("<li>") == len(wanted)
    assert kari.get(f"{desk.post}/publish").location == desk.post
    assert kari.post(f"{desk.post}/publish", {"stamp": "1.1.1"}).status_code == 422
    assert revisions(app, desk) == []
    assert first.strip() in text_of(kari.get(desk.post))


def test_the_confirm_step_says_who_sees_it_and_until_when_it_can_change(as_, world, desk):
    kari = as_(world.kari)
    response = kari.post(f"{desk.post}/ready", desk.typed("Vår tittel", "Fordi.", "Mål."))
    page = text_of(kari.get(response.location))

    assert "Publiser for klassen?" in page
    assert "Teamet og faglærerne med en gang, hele klassen fra fredag 20. november kl. 13.01." in page
    assert (
        "Til fredag 20. november kl. 13.00, så mange ganger dere vil. "
        "Deretter er teksten låst til mandag 23. november kl. 13.01." in page
    )


@pytest.mark.parametrize(
    ("rule", "sentence"),
    (
        (ReadingOpens.REVIEWING_CLOSED, "hele klassen fra mandag 23. november kl. 13.01."),
        (ReadingOpens.NEVER, "og de som skal vurdere det når skrivefristen er ute."),
    ),
)
def test_the_confirm_step_follows_when_the_class_may_read(app, as_, world, desk, rule, sentence):
    change(app, desk, reading_opens=rule)
    kari = as_(world.kari)
    kari.post(f"{desk.post}/ready", desk.typed("Vår tittel", "Fordi.", "Mål."))

    assert sentence in text_of(kari.get(f"{desk.post}/publish"))


def test_publishing_freezes_a_revision_and_gives_a_receipt(app, as_, world, desk):
    kari = as_(world.kari)
    response = desk.publish(kari, "Vår tittel", "Fordi *det*.", "- Mål\n- Mer")

    assert (response.status_code, response.location) == (303, f"{desk.at}/posts/safa/?published=1")
    assert revisions(app, desk) == [(1, "Vår tittel", 4, False)]
    with app.app_context():
        answers = db.session.scalars(select(RevisionAnswer).order_by(RevisionAnswer.id.desc()).limit(2)).all()
        assert [(a.position, a.body, a.html, a.sanitiser_version) for a in reversed(answers)] == [
            (1, "Fordi *det*.", "<p>Fordi <em>det</em>.</p>", markup.SANITISER_VERSION),
            (2, "- Mål\n- Mer", "<ul>\n<li>Mål</li>\n<li>Mer</li>\n</ul>", markup.SANITISER_VERSION),
        ]
    words = text_of(kari.get(response.location))
    assert "Innlegget er publisert" in words
    assert "Dette er versjon 1, publisert onsdag 18. november kl. 13.00." in words


def test_publishing_with_nothing_changed_makes_no_new_revision(app, as_, world, desk):
    kari = as_(world.kari)
    desk.publish(kari)

    assert desk.publish(kari).location == f"{desk.at}/posts/safa/?published=1"
    assert len(revisions(app, desk)) == 1


def test_a_second_press_publishes_once(app, as_, world, desk):
    kari = as_(world.kari)
    kari.post(f"{desk.post}/ready", desk.typed("Tittel", "Fordi.", "Mål."))
    seen = stamp(kari.get(f"{desk.post}/publish"))

    assert [kari.post(f"{desk.post}/publish", {"stamp": seen}).status_code for _ in range(2)] == [303, 303]
    assert len(revisions(app, desk)) == 1


def test_a_changed_draft_is_seen_by_the_class_only_when_published_again(app, as_, world, desk, clock):
    kari = as_(world.kari)
    desk.publish(kari, first="Første utgave")
    page = kari.get(desk.post)
    kari.post(desk.post, desk.typed("Vår tittel", "Andre utgave", "Mål.", versions(page)))
    tone = as_(world.tone)
    assert "Første utgave" in tone.get(f"{desk.at}/posts/safa/").text

    clock.moment = NOW + DAY
    desk.publish(kari, first="Andre utgave")
    words = text_of(tone.get(f"{desk.at}/posts/safa/"))
    assert "Andre utgave" in words
    assert "Publisert onsdag 18. november kl. 13.00, endret torsdag 19. november kl. 13.00" in " ".join(words.split())
    assert [number for number, *_ in revisions(app, desk)] == [1, 2]


def test_what_a_team_mate_changed_meanwhile_is_looked_over_before_it_is_published(app, as_, world, desk):
    kari = as_(world.kari)
    kari.post(f"{desk.post}/ready", desk.typed("Tittel", "Fordi.", "Mål."))
    seen = stamp(kari.get(f"{desk.post}/publish"))
    as_(world.ola).post(desk.post, desk.typed("Tittel", "Olas", "Mål.", (2, 2, 2)))
    answer = kari.post(f"{desk.post}/publish", {"stamp": seen})

    assert (answer.status_code, revisions(app, desk)) == (409, [])
    assert "Noen på teamet har endret teksten siden du åpnet denne siden" in answer.text
    assert kari.post(f"{desk.post}/publish", {"stamp": stamp(answer)}).status_code == 303


@pytest.mark.parametrize("sent", ("", "1", "\0", "1.1.1.1", "x" * 5000))
def test_a_stamp_that_is_none_asks_again(app, as_, world, desk, sent):
    kari = as_(world.kari)
    kari.post(desk.post, desk.typed("Tittel", "Fordi.", "Mål."))

    assert kari.post(f"{desk.post}/publish", {"stamp": sent}).status_code == 409
    assert revisions(app, desk) == []


def test_only_an_author_publishes_and_only_while_the_post_is_open(app, as_, world, desk, clock):
    kari = as_(world.kari)
    kari.post(desk.post, desk.typed("Tittel", "Fordi.", "Mål."))
    assert as_(world.tone).post(f"{desk.post}/publish", {"stamp": "2.2.2"}).status_code == 403
    assert as_(world.per).post(f"{desk.post}/publish", {"stamp": "2.2.2"}).status_code == 404

    clock.moment = REVIEWING
    assert kari.post(f"{desk.post}/publish", {"stamp": "2.2.2"}).status_code == 403
    assert kari.get(f"{desk.post}/publish").status_code == 403
    assert revisions(app, desk) == []


def test_a_first_publishing_after_the_deadline_is_marked_late_and_locked(app, as_, world, desk, clock):
    change(app, desk, late_publishing=True)
    clock.moment = REVIEWING
    kari = as_(world.kari)
    assert "Innlegget blir merket som sent." in text_of(kari.get(desk.post))
    assert desk.publish(kari).status_code == 303

    assert [late for *_, late in revisions(app, desk)] == [True]
    assert "<mark>For sent</mark>" in as_(world.nils).get(f"{desk.at}/posts/safa/").text
    assert "For sent" in as_(world.nils).get(f"{desk.at}/posts/").text
    assert kari.post(desk.post, desk.typed("Ny", "", "")).status_code == 403


def test_within_an_extension_it_is_not_late(app, as_, world, desk, clock):
    with app.app_context():
        make(
            Extension, assignment_id=desk.assignment, deadline=Deadline.PUBLISH, team_id=world.teams["safa"],
            until=NOW + 4 * DAY, granted_by_id=world.tone,
        )
        db.session.commit()
    clock.moment = REVIEWING
    desk.publish(as_(world.kari))

    assert [late for *_, late in revisions(app, desk)] == [False]


def test_an_improved_version_of_what_came_in_time_is_not_late(app, as_, world, desk, clock):
    kari = as_(world.kari)
    desk.publish(kari)
    clock.moment = IMPROVING
    desk.publish(kari, first="Bedre.")

    assert [(number, late) for number, *_, late in revisions(app, desk)] == [(1, False), (2, False)]


def test_a_command_refuses_a_draft_with_something_missing(app, as_, world, desk):
    as_(world.kari).post(desk.post, desk.typed("Tittel", "", "Mål."))
    with app.app_context():
        post = db.session.scalar(select(Post).where(Post.assignment_id == desk.assignment))
        with pytest.raises(commands.Refused) as refused:
            commands.publish(post=post, stamp="2.1.2", rendered={}, author_id=world.kari, now=NOW)
        assert refused.value.reason.value == "answer"
        assert db.session.scalar(select(func.count()).select_from(Revision).where(Revision.post_id == post.id)) == 0


def stored(app):
    with app.app_context():
        rows = db.session.execute(
            select(RevisionAnswer.html, RevisionAnswer.sanitiser_version).order_by(RevisionAnswer.id)
        )
        return [tuple(row) for row in rows]


def age(app, version, html="<p>gammel <script>alert(1)</script></p>"):
    with app.app_context():
        for answer in db.session.scalars(select(RevisionAnswer)):
            answer.sanitiser_version, answer.html, answer.body = version, html, "Nå *slik* <b>"
        db.session.commit()


@pytest.mark.parametrize("version", (UNSETTLED, markup.SANITISER_VERSION - 1, markup.SANITISER_VERSION + 1))
def test_html_of_another_sanitiser_is_never_shown(app, as_, world, version):
    age(app, version)
    page = as_(world.kari).get(f"{world.at}/posts/safa/").text

    assert "<script>alert" not in page
    assert page.count("<p>Nå *slik* &lt;b&gt;</p>") == 2


def test_stale_html_is_rendered_anew_a_few_at_a_time(app, world):
    age(app, markup.SANITISER_VERSION - 1)

    def again(limit):
        with app.app_context():
            made = commands.rerender_stale(limit=limit, render=render_safely)
            db.session.commit()
            return made

    assert [again(3), again(3), again(3)] == [3, 1, 0]
    assert stored(app) == [("<p>Nå <em>slik</em> &lt;b&gt;</p>", markup.SANITISER_VERSION)] * 4


def test_a_text_that_cannot_be_rendered_does_not_keep_the_others_waiting(app, world):
    age(app, markup.SANITISER_VERSION + 1)
    tried = []

    def stubborn(source, pictures, prefix):
        tried.append(prefix)
        return Rendered("<p>nei</p>", UNSETTLED)

    for _ in range(2):
        with app.app_context():
            commands.rerender_stale(limit=2, render=stubborn)
            db.session.commit()

    assert len(set(tried)) == 4
