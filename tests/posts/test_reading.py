"""What the class reads: the list, one post's page, and what staff take out of sight."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from blogreview.db import db
from blogreview.domain.terms import ReadingOpens, Role
from blogreview.models import Assignment, AuditEvent, Post, Team
from tests.pages import text_of
from tests.world import DAY, NOW, join, make, person, published_post


def listed(browser, world):
    """The teams whose posts the list links to, in order."""
    return re.findall(rf'<a href="{world.at}/posts/([^/]+)/">', browser.get(f"{world.at}/posts/").text)


def change(app, world, **values):
    with app.app_context():
        assignment = db.session.get_one(Assignment, world.assignment)
        for name, value in values.items():
            setattr(assignment, name, value)
        db.session.commit()


def test_the_list_holds_what_the_reader_may_see_by_team_name(as_, world):
    lists = [listed(as_(getattr(world, name)), world) for name in ("kari", "mona", "tone", "ada")]

    assert lists == [["nordlys", "safa"]] * 4
    assert as_(world.per).get(f"{world.at}/posts/").status_code == 404


def test_the_list_gives_title_team_and_reading_time(as_, world):
    words = " ".join(re.sub("<[^>]+>", " ", text_of(as_(world.kari).get(f"{world.at}/posts/"))).split())

    assert "Hvorfor strategi? Team Nordlys · 1 min å lese Hvorfor strategi? Team SAFA · 1 min å lese" in words


@pytest.mark.parametrize(
    ("rule", "sentence"),
    (
        (ReadingOpens.REVIEWING_CLOSED, "Innleggene åpner for klassen mandag 23. november kl. 13.01"),
        (ReadingOpens.NEVER, "Bare lesere og teamet selv ser innleggene"),
    ),
)
def test_before_the_class_may_read_one_sees_ones_own_and_those_given_and_is_told_when(app, as_, world, rule, sentence):
    change(app, world, reading_opens=rule)

    assert listed(as_(world.kari), world) == ["nordlys", "safa"]
    assert listed(as_(world.nora), world) == ["nordlys"]
    assert sentence in text_of(as_(world.nora).get(f"{world.at}/posts/"))
    assert sentence not in text_of(as_(world.tone).get(f"{world.at}/posts/"))


def test_an_empty_list_says_what_will_come(as_, world, desk, clock):
    clock.moment = NOW + 3 * DAY

    assert "Ingen har publisert ennå" in as_(world.kari).get(f"{desk.at}/posts/").text


def test_a_post_is_read_with_its_questions_authors_version_and_neighbours(as_, world):
    page = as_(world.mona).get(f"{world.at}/posts/safa/")
    words = " ".join(text_of(page).split())

    assert '<h2 class="q"><span>Spørsmål 1</span>Hvorfor trenger de en strategi?</h2>' in words
    assert "<p>Svar 2 fra teamet.</p>" in words
    assert "Publisert torsdag 12. november kl. 13.00 · 1 min å lese" in words
    assert "Skrevet av <b>Kari Nes, Ola Berg</b>." in words
    assert "Dette er versjon 1, publisert torsdag 12. november kl. 13.00." in words
    assert re.findall(r'<a href="[^"]*/posts/(\w+)/" rel="(\w+)">', page.text) == [("nordlys", "prev")]
    assert "For sent" not in words


def test_what_is_not_published_or_not_there_is_not_found(as_, world):
    readers = [as_(getattr(world, name)) for name in ("kari", "tone", "per")]
    for team in ("makrell", "nobody", "x" * 500):
        assert [reader.get(f"{world.at}/posts/{team}/").status_code for reader in readers] == [404, 404, 404]

    assert as_().get(f"{world.at}/posts/safa/").status_code == 303


def test_the_writers_of_a_draft_are_taken_to_the_editor(as_, world):
    response = as_(world.mona).get(f"{world.at}/posts/makrell/")

    assert (response.status_code, response.location) == (303, f"{world.at}/post")


def test_what_the_reader_may_do_is_offered_and_nothing_else(as_, world, clock):
    def offered(name, moment):
        clock.moment = moment
        page = as_(getattr(world, name)).get(f"{world.at}/posts/safa/").text
        words = ("Rediger innlegget", "Vurder innlegget", "Skjul innlegget", "Publiser svaret")
        return [word for word in words if word in page]

    assert offered("kari", NOW) == ["Publiser svaret"]
    assert offered("kari", NOW + 6 * DAY) == ["Rediger innlegget", "Publiser svaret"]
    assert offered("nils", NOW) == ["Vurder innlegget", "Publiser svaret"]
    assert offered("nora", NOW) == ["Publiser svaret"]
    assert offered("tone", NOW) == ["Skjul innlegget", "Publiser svaret"]


def test_a_hidden_post_is_out_of_the_classs_sight_until_it_is_shown_again(app, as_, world):
    post, tone = f"{world.at}/posts/safa/", as_(world.tone)

    def seen():
        return {name: as_(getattr(world, name)).get(post).status_code for name in ("nils", "nora", "kari", "tone")}

    assert [tone.post(f"{post}hide").location for _ in range(2)] == [post, post]
    assert seen() == {"nils": 404, "nora": 404, "kari": 200, "tone": 200}
    assert listed(as_(world.nora), world) == ["nordlys"]
    assert "Innlegget er skjult for klassen" in as_(world.kari).get(post).text
    assert "Vis igjen" in tone.get(post).text
    assert "<span class=\"tag\">Skjult</span>" in tone.get(f"{world.at}/posts/").text

    tone.post(f"{post}unhide")
    assert seen() == {"nils": 200, "nora": 200, "kari": 200, "tone": 200}
    with app.app_context():
        events = db.session.execute(select(AuditEvent.verb, AuditEvent.subject, AuditEvent.actor_id)).all()
        name = f"post {world.posts['safa']}"
        assert [tuple(e) for e in events] == [("post:hidden", name, world.tone), ("post:unhidden", name, world.tone)]
        assert db.session.get_one(Assignment, world.assignment).score_version == 2


@pytest.mark.parametrize("act", ("hide", "unhide"))
def test_only_staff_hide_and_only_what_they_can_see(as_, world, act):
    def answers(team):
        names = ("kari", "nora", "per", "tone")
        return [as_(getattr(world, name)).post(f"{world.at}/posts/{team}/{act}").status_code for name in names]

    assert answers("safa") == [403, 403, 404, 303]
    assert answers("makrell") == [404, 404, 404, 404]
    assert answers("nobody") == [404, 404, 404, 404]


def fill(app, world, posts):
    """So many published posts in all."""
    with app.app_context():
        assignment = db.session.get_one(Assignment, world.assignment)
        for n in range(posts - 2):
            team = make(Team, course_id=world.course, slug=f"t{n}", name=f"T{n}")
            author = person(f"p{n}", f"P {n}")
            join(author, world.course, Role.STUDENT, team.id)
            published_post(assignment, team.id, world.questions, [author])
        if posts == 1:
            db.session.get_one(Post, world.posts["nordlys"]).current_revision_id = None
        db.session.commit()


@pytest.mark.parametrize("posts", (1, 30))
def test_the_list_takes_the_same_queries_however_long(app, as_, world, count_queries, posts):
    fill(app, world, posts)
    kari = as_(world.kari)
    count_queries.clear()
    assert len(listed(kari, world)) == posts
    assert len(count_queries) == 6


@pytest.mark.parametrize("posts", (2, 30))
@pytest.mark.parametrize("replies", (0, 30))
def test_a_post_takes_the_same_queries_however_much_is_around_it(app, as_, world, count_queries, posts, replies):
    fill(app, world, posts)
    nora, address = as_(world.nora), f"{world.at}/posts/safa/"
    for n in range(replies):
        nora.post(f"{address}replies", {"text": f"Svar {n}"})
    count_queries.clear()
    assert nora.get(address).text.count('<p class="tx"') == replies
    assert len(count_queries) == 15
