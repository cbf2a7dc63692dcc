"""A deadline of one team's, or one reader's, own."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from blogreview.accounts.queries import actor_of, get_user
from blogreview.assignments.queries import deadlines_for
from blogreview.db import db
from blogreview.models import Assignment, AuditEvent, Extension, Membership, Post
from blogreview.policy import Action, permits
from blogreview.posts import queries as posts
from tests.assignments.filled import filled
from tests.pages import text_of
from tests.world import DAY, NOW, make_assignment

NOON = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)
TYPED = "24.11.2026 12.00"


@pytest.fixture
def page(world, as_):
    tone, address = as_(world.tone), f"{world.at}/edit/extensions"
    return tone, address


def held(app):
    with app.app_context():
        rows = db.session.query(Extension).order_by(Extension.id)
        return [(row.deadline.value, row.team_id, row.user_id, row.until, row.granted_by_id) for row in rows]


def may_edit(app, world, person, post, now=NOW):
    with app.app_context():
        actor = actor_of(get_user(person))
        scope = posts.scope_of(db.session.get_one(Post, world.posts[post]), actor, now)
        return permits(actor, Action.POST_EDIT, scope)


def words(answer):
    return " ".join(text_of(answer).split())


def test_nobody_has_one_at_first(page):
    tone, address = page
    assert "Ingen har utsatt frist nå." in text_of(tone.get(address))


def test_a_team_gets_its_own_deadline_and_the_audit_says_so(app, world, page):
    tone, address = page
    team = world.teams["nordlys"]
    answer = tone.post(address, {"who": f"team {team}", "deadline": "improve", "until": "30.11.2026 23.59"})
    assert (answer.status_code, answer.location) == (303, f"{address}?saved=1")
    until = datetime(2026, 11, 30, 22, 59, tzinfo=UTC)
    assert held(app) == [("improve", team, None, until, world.tone)]
    shown = words(tone.get(answer.location))
    assert "Fristen er utsatt" in shown
    assert "Nordlys: forbedre til mandag 30. november kl. 23.59" in shown
    assert "Gitt av Tone Lie." in shown
    with app.app_context():
        ours = db.session.get_one(Assignment, world.assignment)
        assert deadlines_for(ours, team_id=team).improve == until
        assert deadlines_for(ours, team_id=world.teams["safa"]).improve == NOW + 10 * DAY
        event = db.session.query(AuditEvent).one()
        assert (event.verb, event.details) == (
            "extension:given",
            {
                "deadline": "improve", "team_id": team, "user_id": None, "before": None,
                "after": "2026-11-30T22:59:00+00:00",
            },
        )


def test_a_student_gets_more_time_to_review(app, world, page):
    tone, address = page
    assert tone.post(address, {"who": f"student {world.kari}", "deadline": "review", "until": TYPED}).status_code == 303
    assert held(app) == [("review", None, world.kari, NOON, world.tone)]
    assert "Kari Nes: vurdere til tirsdag 24. november kl. 12.00" in words(tone.get(address))


def test_giving_it_again_moves_it(app, world, page):
    tone, address = page
    for until in (TYPED, "25.11.2026 12.00"):
        tone.post(address, {"who": f"student {world.kari}", "deadline": "review", "until": until})
    assert held(app) == [("review", None, world.kari, NOON + DAY, world.tone)]
    with app.app_context():
        last = db.session.query(AuditEvent).order_by(AuditEvent.id.desc()).first()
        assert (last.details["before"], last.details["after"]) == (NOON.isoformat(), (NOON + DAY).isoformat())


def test_one_is_taken_away_again(app, world, page):
    tone, address = page
    tone.post(address, {"who": f"student {world.kari}", "deadline": "review", "until": TYPED})
    with app.app_context():
        id = db.session.query(Extension).one().id
    answer = tone.post(f"{address}/{id}/remove")
    assert (answer.status_code, answer.location) == (303, f"{address}?removed=1")
    assert "Klassens frist gjelder også her." in text_of(tone.get(answer.location))
    assert held(app) == []
    with app.app_context():
        last = db.session.query(AuditEvent).order_by(AuditEvent.id.desc()).first()
        assert (last.verb, last.details["before"], last.details["after"]) == (
            "extension:removed", NOON.isoformat(), None,
        )


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"until": "18.11.2026 12.59"}, "Fristen har alt vært: onsdag 18. november kl. 12.59. Velg en som kommer."),
        ({"until": "23.11.2026 13.00"}, "Må være etter klassens frist, mandag 23. november kl. 13.00."),
        ({"until": "snart"}, "Skriv dato og klokkeslett slik: 13.11.2026 23.59."),
        ({"deadline": "publish"}, "En student alene kan bare få utsatt frist til å vurdere. Velg teamet."),
        ({"deadline": "grades"}, "Velg én av mulighetene."),
        ({"deadline": "ever"}, "Velg én av mulighetene."),
        ({"who": ""}, "Velg team eller student."),
        ({"who": "team 999999"}, "Velg én av mulighetene."),
        ({"who": "team"}, "Velg én av mulighetene."),
    ],
)
def test_what_is_wrong_gets_a_sentence_and_gives_nothing(app, world, page, typed, sentence):
    tone, address = page
    form = {"who": f"student {world.kari}", "deadline": "review", "until": TYPED} | typed
    answer = tone.post(address, form)
    assert (answer.status_code, held(app)) == (422, [])
    assert sentence in words(answer)
    assert filled(answer)["until"] == form["until"]


def test_nothing_typed_is_answered_with_what_to_do(app, page):
    tone, address = page
    answer = tone.post(address, {})
    assert (answer.status_code, held(app)) == (422, [])
    assert "3 ting må rettes" in text_of(answer)


def test_more_time_after_the_post_was_settled_lets_its_authors_publish_and_nobody_else(app, world, page):
    """Mona wrote Makrell's draft; she has moved, and Nora has come in her place. It is Mona who may publish."""
    tone, address = page
    with app.app_context():
        for membership in db.session.query(Membership).filter(Membership.user_id.in_((world.mona, world.nora))):
            other = "nordlys" if membership.user_id == world.mona else "makrell"
            membership.team_id = world.teams[other]
        db.session.commit()
    assert not may_edit(app, world, world.mona, "makrell")

    more = {"who": f"team {world.teams['makrell']}", "deadline": "publish", "until": "20.11.2026 12.00"}
    assert tone.post(address, more).status_code == 303
    assert (may_edit(app, world, world.mona, "makrell"), may_edit(app, world, world.nora, "makrell")) == (True, False)
    assert not may_edit(app, world, world.kari, "safa")
    assert not may_edit(app, world, world.mona, "makrell", now=NOON - 3 * DAY)
    told = "Da klassens frist gikk ut, ble forfatterne slått fast: Mona Vik. Det er de som kan publisere."
    assert told in words(tone.get(address))


def test_an_extension_of_another_assignment_is_not_found_here(app, world, page):
    tone, address = page
    tone.post(address, {"who": f"student {world.kari}", "deadline": "review", "until": TYPED})
    with app.app_context():
        make_assignment(world.course, 2)
        db.session.commit()
        id = db.session.query(Extension).one().id
    assert tone.post(f"{world.home}/assignments/2/edit/extensions/{id}/remove").status_code == 404
    assert tone.post(f"{address}/999/remove").status_code == 404
    assert len(held(app)) == 1


def test_only_the_course_s_teachers_give_them(app, world, page, as_):
    tone, address = page
    tone.post(address, {"who": f"student {world.kari}", "deadline": "review", "until": TYPED})
    with app.app_context():
        remove = f"{address}/{db.session.query(Extension).one().id}/remove"
    seen = {
        who: (as_(getattr(world, who)).get(address).status_code, as_(getattr(world, who)).post(address).status_code,
              as_(getattr(world, who)).post(remove).status_code)
        for who in ("kari", "ada", "per")
    }
    assert seen == {"kari": (403, 403, 403), "ada": (403, 403, 403), "per": (404, 404, 404)}
    assert (as_().get(address).status_code, as_().post(address).status_code) == (303, 401)
    assert len(held(app)) == 1


def test_the_list_asks_the_same_number_of_questions_however_many(world, page, count_queries):
    tone, address = page
    counts = []
    for who in ("kari", "ola", "nils"):
        tone.post(address, {"who": f"student {getattr(world, who)}", "deadline": "review", "until": TYPED})
        count_queries.clear()
        tone.get(address)
        counts.append(len(count_queries))
    assert counts == [9, 9, 9]
