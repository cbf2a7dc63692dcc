"""Returning commits, raising rolls back, and a route that never asks the policy answers nothing."""

from __future__ import annotations

import pytest
from flask import Flask, abort
from sqlalchemy import func, select

from blogreview import create_app
from blogreview.config import Settings
from blogreview.db import db
from blogreview.models import Attempt
from blogreview.policy import Action
from blogreview.web.guard import anyone, authorize
from tests.pages import Browser
from tests.world import NOW


@pytest.fixture
def odd(database_url, app) -> Flask:
    """The app with a few routes that misbehave, answering errors as in production."""
    odd = create_app(Settings(secret_key="test", database_url=database_url))
    odd.config["TESTING"] = False

    def write() -> None:
        db.session.add(Attempt(key="odd", at=NOW))
        db.session.flush()

    @odd.post("/never-asks")
    def never_asks():
        write()
        return "an answer"

    @odd.post("/refuses/<int:code>")
    def refuses(code):
        authorize(anyone(), Action.SITE_VIEW)
        write()
        abort(code)

    @odd.post("/returns/<int:code>")
    def returns(code):
        authorize(anyone(), Action.SITE_VIEW)
        write()
        return "returned", code

    @odd.post("/crashes")
    def crashes():
        authorize(anyone(), Action.SITE_VIEW)
        write()
        raise RuntimeError("a secret detail")

    yield odd
    with odd.app_context():
        db.engine.dispose()


def rows(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(Attempt))


def test_a_route_that_never_asks_answers_nothing_and_keeps_nothing(odd, blank):
    response = Browser(odd).post("/never-asks")

    assert (response.status_code, "an answer" in response.text, rows(odd)) == (500, False, 0)


@pytest.mark.parametrize("code", (403, 404, 413))
def test_refusing_rolls_back(odd, blank, code):
    assert (Browser(odd).post(f"/refuses/{code}").status_code, rows(odd)) == (code, 0)


@pytest.mark.parametrize("code", (200, 422))
def test_returning_commits_whatever_the_status(odd, blank, code):
    odd_browser = Browser(odd)
    assert odd_browser.client.post(f"/returns/{code}", data={"csrf_token": odd_browser.csrf_token}).status_code == code
    assert rows(odd) == 1


def test_a_crash_rolls_back_and_says_nothing_of_its_cause(odd, blank, caplog):
    response = Browser(odd).post("/crashes")

    assert (response.status_code, rows(odd)) == (500, 0)
    assert "a secret detail" not in response.text
    assert "Noe gikk galt hos oss" in response.text
    assert "a secret detail" in caplog.text


def test_a_crash_page_needs_no_database(odd, blank, monkeypatch, caplog):
    def broken(*_args, **_kwargs):
        raise RuntimeError("disk full")

    monkeypatch.setattr(db.session, "commit", broken)
    response = Browser(odd).post("/language", {"language": "nn"})

    assert (response.status_code, "Noe gikk galt hos oss" in response.text) == (500, True)


def test_a_stale_token_gets_the_typed_text_back_with_one_press_to_send_it(as_, world):
    browser = as_(world.kari)
    response = browser.post("/language", {"csrf_token": "stale", "language": "en", "essay": "Et ord til & ett"})

    assert response.status_code == 400
    assert 'name="essay" value="Et ord til &amp; ett"' in response.text


def test_an_ended_session_keeps_the_typed_text_through_sign_in(app, as_, world):
    response = as_().post(f"{world.at}/posts/safa/replies", {"title": "Nesten ferdig"})

    assert response.status_code == 401
    assert "Nesten ferdig" in response.text
    assert f'name="next" value="{world.at}/posts/safa/replies"' in response.text
