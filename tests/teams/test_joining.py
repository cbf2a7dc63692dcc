"""Joining by the code: new people, people with an account, and everything that is answered with a sentence."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from blogreview.db import db
from blogreview.domain.terms import Joined, Role
from blogreview.models import Membership, User
from blogreview.teams import joining_commands
from tests.pages import text_of
from tests.teams.scene import address, count, events, open_code, seat, seats, user
from tests.world import NOW

PASSWORD = "tre glade laks"
WRONG = "Koden virker ikke. Se etter at alle åtte tegnene er riktige, eller spør faglæreren."
WAIT = "For mange forsøk. Vent et kvarter, og prøv igjen."
KNOWN = "Med denne adressen må du bruke den personlige lenken fra faglæreren, eller logge inn først."


@pytest.fixture
def code(app, world):
    return open_code(app, world)


def joiner(code, **more):
    new = {"code": code, "name": "Lise Ny", "email": "lise@stud.fjordvik.no", "new_password": PASSWORD, "team": "safa"}
    return new | more


def test_a_shared_link_fills_the_code_in_and_looks_nothing_up(as_, code):
    known, unknown = (as_().get(f"/join?code={typed}").text for typed in (code, "AAAAAAAA"))

    assert f'value="{code}"' in known
    assert re.sub("AAAAAAAA|csrf_token.*", "", unknown) == re.sub(f"{code}|csrf_token.*", "", known)


@pytest.mark.parametrize("typed", ("WXYZ2345", " wxyz 2345", "wxyz-2345"))
def test_the_right_code_leads_to_name_address_password_and_team(as_, code, typed):
    page = as_().post("/join", {"code": typed})

    assert page.status_code == 200
    assert re.findall(r'name="(name|email|new_password|team)"', page.text) == ["name", "email", "new_password", "team"]
    assert re.findall(r'<option[^>]*value="(.*?)">(.*?)</option>', page.text) == [
        ("", "Jeg vet ikke ennå"), ("makrell", "Makrell"), ("nordlys", "Nordlys"), ("safa", "SAFA"),
    ]  # fmt: skip


def test_a_new_student_is_in_at_once_and_waits_for_the_teacher_to_confirm(app, as_, world, code):
    browser = as_()
    response = browser.post("/join/account", joiner(code, email="Lise@Stud.Fjordvik.no"))

    assert (response.status_code, response.location) == (303, f"{world.home}/")
    assert browser.get(response.location).status_code == 200
    lise = user(app, "lise@stud.fjordvik.no")
    place = seat(app, world, lise.id)
    assert (place.role, place.joined, place.confirmed, place.team_id) == (
        Role.STUDENT, Joined.CODE, False, world.teams["safa"]
    )  # fmt: skip
    assert events(app, world) == [("member:added", f"user {lise.id}")]
    assert as_().post("/sign-in", {"email": lise.email, "password": PASSWORD}).status_code == 303


def test_whoever_does_not_know_their_team_is_left_without(app, as_, world, code):
    as_().post("/join/account", joiner(code, team=""))

    assert seats(app, world)["lise@stud.fjordvik.no"] is None


def test_the_teacher_sees_who_joined_and_confirms_or_removes(app, as_, world, code):
    as_().post("/join/account", joiner(code))
    as_().post("/join/account", joiner(code, email="geir@stud.fjordvik.no", name="Geir Ny"))
    tone, lise = as_(world.tone), seat(app, world, user(app, "lise@stud.fjordvik.no").id)
    geir = seat(app, world, user(app, "geir@stud.fjordvik.no").id)
    page = text_of(tone.get(address(world)))
    assert "Ble med med koden" in page
    assert page.index("geir@stud.fjordvik.no") < page.index("lise@stud.fjordvik.no")

    assert tone.post(address(world, "members", lise.id, "confirm")).location == f"{address(world)}?saved=1"
    assert "lise@stud.fjordvik.no" not in text_of(tone.get(address(world)))
    tone.post(address(world, "members", geir.id, "remove"))
    assert "Ble med med koden" not in text_of(tone.get(address(world)))
    assert [event for event in events(app, world) if event[0] != "member:added"] == [
        ("member:confirmed", f"user {lise.user_id}"), ("member:removed", f"user {geir.user_id}"),
    ]  # fmt: skip


def test_all_who_joined_can_be_confirmed_at_once(app, as_, world, code):
    as_().post("/join/account", joiner(code))
    as_().post("/join/account", joiner(code, email="geir@stud.fjordvik.no"))
    as_(world.tone).post(address(world, "members", "confirm"))

    with app.app_context():
        assert db.session.query(Membership).filter_by(confirmed=False).count() == 0


@pytest.mark.parametrize("typed", ("AAAAAAAA", "WXYZ234", "WXYZ2345X", "0O1IL", "%", "🎉🎉🎉🎉🎉🎉🎉🎉"))
def test_a_code_that_opens_nothing_gets_one_sentence(as_, code, typed):
    for url in ("/join", "/join/account"):
        page = as_().post(url, joiner(typed))
        assert (page.status_code, WRONG in text_of(page)) == (422, True)
        assert f'value="{typed}"' in text_of(page)


def test_a_closed_code_is_answered_as_one_that_never_was(app, as_, world, code):
    never = as_().post("/join", {"code": "AAAAAAAA"})
    open_code(app, world, None)
    closed = as_().post("/join", {"code": code})

    tidy = lambda page, typed: re.sub(f"{typed}|csrf_token.*", "", page.text)  # noqa: E731
    assert (closed.status_code, tidy(closed, code)) == (422, tidy(never, "AAAAAAAA"))


def test_an_empty_code_is_asked_for(as_, code):
    page = as_().post("/join", {"code": " "})

    assert (page.status_code, "Skriv koden du har fått." in text_of(page)) == (422, True)


def test_guessing_is_stopped_for_a_quarter_of_an_hour_even_at_the_right_code(as_, world, code, clock):
    for _ in range(joining_commands.WRONG_TRIES):
        assert WRONG in text_of(as_().post("/join", {"code": "AAAAAAAA"}))
    assert WAIT in text_of(as_().post("/join", {"code": "AAAAAAAA"}))
    assert WAIT in text_of(as_().post("/join", {"code": code}))
    assert WAIT in text_of(as_().post("/join/account", joiner(code)))
    assert as_().post("/join", {"code": code}, environ_base={"REMOTE_ADDR": "10.0.0.9"}).status_code == 200

    clock.moment = NOW + timedelta(minutes=16)
    assert as_().post("/join", {"code": code}).status_code == 200


def test_a_whole_class_behind_one_address_may_join_at_once(app, as_, code, monkeypatch):
    for n in range(12):
        assert as_().post("/join/account", joiner(code, email=f"s{n}@stud.fjordvik.no")).status_code == 303

    monkeypatch.setattr(joining_commands, "JOINERS", 12)
    page = as_().post("/join/account", joiner(code))
    assert (page.status_code, WAIT in text_of(page), count(app, User)) == (422, True, 21)


@pytest.mark.parametrize("email", ("kari@fjordvik.example", "KARI@Fjordvik.example ", "per@fjordvik.example"))
def test_an_address_that_is_listed_or_has_an_account_needs_the_personal_link(app, as_, code, email):
    page = as_().post("/join/account", joiner(code, email=email))

    assert (page.status_code, KNOWN in text_of(page)) == (422, True)
    assert 'value="Lise Ny"' in page.text
    assert '<option selected value="safa">' in page.text
    assert PASSWORD not in page.text
    assert count(app, User) == 9


@pytest.mark.parametrize(
    ("field", "value", "said"),
    (
        ("name", "", "Skriv navnet ditt."),
        ("name", "x" * 121, "Navnet kan ha 120 tegn."),
        ("name", "Lise 01019912345", "Skriv navnet ditt."),
        ("email", "lise@stud", "E-postadressen er ikke hel."),
        ("new_password", "kort", "minst ti tegn"),
    ),
)
def test_what_is_wrong_is_said_and_nobody_is_added(app, as_, code, field, value, said):
    page = as_().post("/join/account", joiner(code, **{field: value}))

    assert (page.status_code, said in text_of(page), count(app, User)) == (422, True, 9)
    assert "12345" not in page.text


def test_a_team_of_another_course_is_not_found(app, as_, world, code):
    as_(world.per).post("/courses/annet/class/teams", {"team-name": "Fremmed"})

    assert as_().post("/join/account", joiner(code, team="fremmed")).status_code == 404
    assert as_(world.eva).post("/join/team", {"code": code, "team": "fremmed"}).status_code == 404
    assert count(app, User) == 9


def test_somebody_signed_in_only_chooses_a_team(app, as_, world, code):
    page = as_(world.per).post("/join", {"code": code})
    assert re.findall(r'name="(name|email|new_password|team)"', page.text) == ["team"]

    response = as_(world.per).post("/join/team", {"code": code, "team": "nordlys"})
    assert (response.status_code, response.location) == (303, f"{world.home}/")
    place = seat(app, world, world.per)
    assert (place.joined, place.confirmed, place.team_id) == (Joined.CODE, False, world.teams["nordlys"])


def test_a_listed_student_without_a_team_chooses_one_and_stays_confirmed(app, as_, world, code):
    with app.app_context():
        db.session.query(Membership).filter_by(user_id=world.mona).one().team_id = None
        db.session.commit()
    assert as_(world.mona).post("/join", {"code": code}).status_code == 200

    as_(world.mona).post("/join/team", {"code": code, "team": "safa"})
    place = seat(app, world, world.mona)
    assert (place.joined, place.confirmed, place.team_id) == (Joined.LISTED, True, world.teams["safa"])


@pytest.mark.parametrize("who", ("kari", "tone", "ada"))
def test_whoever_has_their_place_is_taken_there_and_nothing_changes(app, as_, world, code, who):
    before = seats(app, world)
    for url in ("/join", "/join/team"):
        response = as_(getattr(world, who)).post(url, {"code": code, "team": "makrell"})
        assert (response.status_code, response.location) == (303, f"{world.home}/")
    assert (seats(app, world), events(app, world)) == (before, [])


def test_somebody_who_was_removed_and_joins_again_waits_to_be_confirmed(app, as_, world, code):
    place = seat(app, world, world.kari).id
    as_(world.tone).post(address(world, "members", place, "remove"))
    as_(world.kari).post("/join/team", {"code": code, "team": "safa"})

    back = seat(app, world, world.kari)
    assert (back.id, back.left_at, back.confirmed, back.joined) == (place, None, False, Joined.CODE)


def test_choosing_a_team_needs_a_session(as_, code):
    assert as_().post("/join/team", {"code": code, "team": "safa"}).status_code == 401


def test_reloading_leads_back_to_the_code(as_, code):
    assert [as_().get(url).location for url in ("/join/account", "/join/team")] == ["/join", "/join"]
