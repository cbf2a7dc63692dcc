"""Personal links: for those who need one, shown once, to print or copy; renewed only where the teacher may."""

from __future__ import annotations

import csv
import re
from io import StringIO

import pytest
from sqlalchemy import select

from blogreview.accounts.tokens import token_hash
from blogreview.db import db
from blogreview.domain.terms import LinkPurpose, Role
from blogreview.models import AccessLink, Course, User
from tests.pages import text_of
from tests.teams.scene import address, events, seat
from tests.world import join, person

PASSWORD = "tre glade laks"
URL = re.compile(r'<p class="url">http://127\.0\.0\.1:8000(/invitations/([\w-]+))</p>')


@pytest.fixture
def tone(as_, world):
    return as_(world.tone)


def change(app, user_id, **values):
    with app.app_context():
        user = db.session.get_one(User, user_id)
        for name, value in values.items():
            setattr(user, name, value)
        db.session.commit()


def sit(app, user_id, slug, role):
    """A place in another course."""
    with app.app_context():
        course = db.session.scalar(select(Course).where(Course.slug == slug))
        join(user_id, course.id, role)
        db.session.commit()


def links(app):
    with app.app_context():
        rows = db.session.execute(select(AccessLink.user_id, AccessLink.purpose).order_by(AccessLink.id))
        return [tuple(row) for row in rows]


def link_page(app, world, who):
    return address(world, "members", seat(app, world, getattr(world, who)).id)


def test_everybody_without_a_password_gets_a_slip_with_a_link_that_works(app, as_, tone, world):
    change(app, world.kari, password_hash="chosen")
    page = tone.post(address(world, "invitations"))

    assert page.status_code == 200
    assert re.findall("<li><b>(.*?)</b>", page.text) == ["Mona Vik", "Nils Øye", "Nora Ali", "Ola Berg"]
    assert "onsdag 2. desember kl. 13.00" in text_of(page)
    assert links(app) == [(who, LinkPurpose.INVITATION) for who in (world.mona, world.nils, world.nora, world.ola)]

    mona = URL.search(page.text)[1]
    assert as_().post(mona, {"new_password": PASSWORD}).status_code == 303


def test_the_same_slips_can_be_copied_as_a_list(tone, world):
    page = tone.post(address(world, "invitations"))
    text = re.search(r'<textarea[^>]*id="csv"[^>]*>\s*(.*?)</textarea>', text_of(page), re.DOTALL)[1]

    rows = list(csv.reader(StringIO(text), delimiter=";"))
    assert rows[0][:2] == ["Kari Nes", "kari@fjordvik.example"]
    assert [row[0] for row in rows] == ["Kari Nes", "Mona Vik", "Nils Øye", "Nora Ali", "Ola Berg"]
    assert [row[2] for row in rows] == [f"http://127.0.0.1:8000{path}" for path, _ in URL.findall(page.text)]


def test_links_are_stored_as_hashes_only(app, tone, world):
    page = tone.post(address(world, "invitations"))

    with app.app_context():
        stored = set(db.session.scalars(select(AccessLink.token_hash)))
    assert stored == {token_hash(token) for _, token in URL.findall(page.text)}


def test_using_one_link_ends_the_others_of_the_same_person(app, as_, tone, world):
    first = URL.search(tone.post(link_page(app, world, "mona") + "/link").text)[1]
    second = URL.search(tone.post(link_page(app, world, "mona") + "/link").text)[1]
    assert as_().get(first).status_code == as_().get(second).status_code == 200

    as_().post(second, {"new_password": PASSWORD})
    assert as_().get(first).status_code == 404


def test_a_student_of_this_teacher_alone_gets_a_link_to_a_new_password(app, tone, world):
    change(app, world.kari, password_hash="chosen")
    assert "Lag ny lenke" in text_of(tone.get(link_page(app, world, "kari")))

    assert tone.post(link_page(app, world, "kari") + "/link").status_code == 200
    assert links(app) == [(world.kari, LinkPurpose.NEW_PASSWORD)]


@pytest.mark.parametrize(
    "trusted",
    (
        lambda app, world: sit(app, world.kari, "annet", Role.STUDENT),
        lambda app, world: change(app, world.kari, may_create_courses=True),
    ),
    ids=("somebody else's student too", "may make courses"),
)
def test_a_password_that_opens_more_is_left_to_whoever_runs_the_place(app, tone, world, trusted):
    change(app, world.kari, password_hash="chosen")
    trusted(app, world)

    words = text_of(tone.get(link_page(app, world, "kari")))
    assert "flask --app app new-link kari@fjordvik.example" in words
    assert "Lag ny lenke" not in words
    assert tone.post(link_page(app, world, "kari") + "/link").status_code == 403
    assert links(app) == []


def test_a_colleague_with_a_password_is_not_a_student(app, tone, world):
    change(app, world.ada, password_hash="chosen")

    assert tone.post(link_page(app, world, "ada") + "/link").status_code == 403


def test_a_student_invited_to_two_courses_may_get_a_first_link_from_either(app, tone, world):
    sit(app, world.kari, "annet", Role.STUDENT)

    assert tone.post(link_page(app, world, "kari") + "/link").status_code == 200


def test_nobody_gets_the_first_link_of_another_teachers_colleague(app, tone, world):
    sit(app, world.kari, "annet", Role.ASSISTANT)
    change(app, world.ola, may_create_courses=True)

    for who in ("kari", "ola"):
        assert tone.post(link_page(app, world, who) + "/link").status_code == 403
    page = tone.post(address(world, "invitations"))
    assert re.findall("<li><b>(.*?)</b>", page.text) == ["Mona Vik", "Nils Øye", "Nora Ali"]


def test_a_name_that_a_spreadsheet_would_run_is_only_text(app, tone, world):
    with app.app_context():
        join(person("fx", "=1+1"), world.course, Role.STUDENT)
        db.session.commit()

    assert "'=1+1;fx@fjordvik.example;" in text_of(tone.post(address(world, "invitations")))


def test_every_link_leaves_a_trace_without_the_token(app, tone, world):
    tone.post(link_page(app, world, "mona") + "/link")
    assert events(app, world) == []

    with app.app_context():
        made = db.session.execute(db.text("SELECT verb, subject, actor_id FROM audit_event")).all()
    assert made == [("link:made", f"user {world.mona}", world.tone)]
