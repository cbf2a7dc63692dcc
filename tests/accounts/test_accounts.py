"""Signing in and out, personal links, changing the password."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from blogreview.accounts import commands
from blogreview.accounts.passwords import hash_password
from blogreview.db import db
from blogreview.domain.terms import LinkPurpose
from blogreview.models import SignIn, User
from tests.pages import text_of
from tests.world import NOW

PASSWORD = "tre glade laks"


@pytest.fixture
def kari(app, world):
    """Kari, who has chosen a password; returns her address."""
    with app.app_context():
        user = db.session.get_one(User, world.kari)
        user.password_hash = hash_password(PASSWORD)
        db.session.commit()
        return user.email


@pytest.fixture
def link(app, world):
    """Eva's invitation."""
    with app.app_context():
        user = db.session.get_one(User, world.eva)
        token = commands.add_link(user=user, purpose=LinkPurpose.INVITATION, now=NOW, actor_id=world.tone)
        db.session.commit()
    return f"/invitations/{token}"


def sign_in(browser, email, password=PASSWORD, **more):
    return browser.post("/sign-in", {"email": email, "password": password} | more)


def sessions(app, user_id):
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(SignIn).where(SignIn.user_id == user_id))


def test_the_right_password_leads_where_one_was_going(as_, kari, world):
    response = sign_in(as_(), kari.upper(), next=f"{world.home}/")

    assert (response.status_code, response.location) == (303, f"{world.home}/")


@pytest.mark.parametrize(
    "target", ("https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)")
)
def test_nobody_is_sent_to_another_site(as_, kari, target):
    assert sign_in(as_(), kari, next=target).location == "/"


@pytest.mark.parametrize(
    ("email", "password"), (("kari@fjordvik.example", "feil"), ("ingen@fjordvik.example", PASSWORD))
)
def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(as_, kari, email, password):
    response = sign_in(as_(), email, password)

    assert response.status_code == 422
    assert "E-posten eller passordet stemmer ikke" in text_of(response)
    assert f'value="{email}"' in response.text


def test_the_eleventh_try_must_wait_even_with_the_right_password(as_, kari, clock):
    browser = as_()
    for _ in range(10):
        sign_in(browser, kari, "feil")
    assert "Vent et kvarter" in text_of(sign_in(browser, kari))

    clock.moment = NOW + timedelta(minutes=16)
    assert sign_in(browser, kari).status_code == 303


def test_what_was_typed_before_the_session_ended_is_sent_after_signing_in(as_, kari, world):
    browser = as_()
    page = browser.post(f"{world.at}/posts/safa/replies", {"text": "Et spørsmål om måkene"})
    kept = re.search(r'name="kept" value="([^"]*)"', page.text).group(1).replace("&#34;", '"')

    response = sign_in(browser, kari, next=f"{world.at}/posts/safa/replies", kept=kept)

    assert response.status_code == 200
    assert 'name="text" value="Et spørsmål om måkene"' in response.text
    assert f'action="{world.at}/posts/safa/replies"' in response.text


def test_signing_out_ends_the_session_itself_and_not_only_the_cookie(app, as_, world):
    browser = as_(world.kari)
    browser.post("/sign-out")

    assert sessions(app, world.kari) == 0


def test_a_session_ends_after_two_weeks(as_, world, clock):
    browser = as_(world.kari)
    clock.moment = NOW + timedelta(days=14)

    assert browser.get("/account").status_code == 303


def test_opening_a_link_uses_nothing_up(as_, link):
    assert [as_().get(link).status_code for _ in range(3)] == [200, 200, 200]


def test_an_invitation_lets_one_choose_a_password_once(as_, link, world):
    response = as_().post(link, {"new_password": PASSWORD})
    assert (response.status_code, response.location) == (303, "/")

    assert as_().get(link).status_code == 404
    assert as_().post(link, {"new_password": PASSWORD}).status_code == 404
    assert sign_in(as_(), "eva@fjordvik.example").status_code == 303


def test_a_link_ends_after_two_weeks(as_, link, clock):
    clock.moment = NOW + timedelta(days=14)

    assert as_().get(link).status_code == 404


def test_a_short_password_is_refused_with_advice(as_, link):
    response = as_().post(link, {"new_password": "kort"})

    assert (response.status_code, "minst ti tegn" in text_of(response)) == (422, True)


def test_changing_the_password_ends_every_other_session(app, as_, kari, world):
    other, browser = as_(world.kari), as_(world.kari)
    response = browser.post("/account/password", {"password": PASSWORD, "new_password": "fire glade laks"})

    assert response.location == "/account?changed=1"
    assert other.get("/account").status_code == 303
    assert browser.get("/account?changed=1").status_code == 200
    assert sign_in(as_(), kari, "fire glade laks").status_code == 303


def test_the_old_password_is_asked_for(as_, kari, world):
    response = as_(world.kari).post("/account/password", {"password": "feil", "new_password": "fire glade laks"})

    assert (response.status_code, "ikke passordet du har nå" in text_of(response)) == (422, True)


def test_one_can_sign_out_everywhere(app, as_, world):
    as_(world.kari)
    as_(world.kari).post("/account/sign-out-everywhere")

    assert sessions(app, world.kari) == 0


@pytest.mark.parametrize(
    "kept", ("not rows", "5", "[1]", '{"a": 1}', '[["a", {"b": 1}]]', '[["a", "\\ud800"]]', "[" * 100_000)
)
def test_a_kept_text_that_somebody_has_changed_keeps_nobody_out(as_, kari, world, kept):
    assert sign_in(as_(), kari, next=f"{world.home}/", kept=kept).status_code in (200, 303)


def test_the_longest_address_is_only_a_wrong_one(as_, world):
    assert sign_in(as_(), f"{'e' * 240}@fjordvik.no").status_code == 422


def test_a_press_of_a_button_without_any_words_waits_for_the_sign_in_too(as_, kari, world):
    hide = f"{world.at}/posts/safa/hide"
    lost = as_().post(hide)
    answer = sign_in(as_(), kari, next=hide, kept=re.search('name="kept" value="(.*?)"', lost.text)[1])

    assert (answer.status_code, f'action="{hide}"' in answer.text) == (200, True)
