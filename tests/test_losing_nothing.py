"""Whatever goes wrong with a press of a button, the words are on the page that answers it."""

from __future__ import annotations

from io import BytesIO

import pytest
from sqlalchemy import delete
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from blogreview.accounts.passwords import hash_password
from blogreview.db import db
from blogreview.models import Allocation, Membership, Post, User
from tests.pages import text_of
from tests.world import DAY, NOW

WORDS = "Tallet i andre avsnitt\nmangler en kilde."


def written(world):
    return {f"c{world.criteria['goals']}-changes-0-text": WORDS, "version": "0"}


def take_back(world):
    db.session.execute(delete(Allocation).where(Allocation.reviewer_id == world.nils))


def hide(world):
    db.session.get_one(Post, world.posts["safa"]).hidden_at = NOW


def remove(world):
    db.session.query(Membership).filter_by(user_id=world.nils).one().left_at = NOW


@pytest.mark.parametrize(("happens", "status"), ((take_back, 403), (hide, 404), (remove, 404)))
def test_a_review_that_is_taken_back_while_it_is_written_leaves_its_words(app, as_, world, happens, status):
    with app.app_context():
        happens(world)
        db.session.commit()
    answer = as_(world.nils).post(f"{world.at}/posts/safa/review", written(world))

    assert (answer.status_code, WORDS in text_of(answer)) == (status, True)


@pytest.mark.parametrize(("happens", "status"), ((hide, 404), (remove, 404)))
def test_a_reply_to_what_is_gone_leaves_its_words(app, as_, world, happens, status):
    with app.app_context():
        happens(world)
        db.session.commit()
    answer = as_(world.nils).post(f"{world.at}/posts/safa/replies", {"text": WORDS})

    assert (answer.status_code, WORDS in text_of(answer)) == (status, True)


def test_a_team_that_one_has_left_answers_with_the_words(app, as_, world, clock):
    """Before the deadline the post belongs to who is on the team."""
    clock.moment = NOW - 6 * DAY
    with app.app_context():
        post = db.session.get_one(Post, world.posts["makrell"])
        post.frozen_at = None
        db.session.query(Membership).filter_by(user_id=world.mona).one().team_id = None
        db.session.commit()
    answer = as_(world.mona).post(f"{world.at}/post", {f"q{world.questions[0]}-body": WORDS, "title": "T"})

    assert (answer.status_code, WORDS in text_of(answer)) == (403, True)


def send_a_film(browser, url, fields):
    """A file of thirteen megabytes, and some words. Put together here: the test client would leave a file open."""
    film = FileStorage(BytesIO(bytes(13 * 1024 * 1024)), "ferie.mov")
    boundary, body = encode_multipart(fields | {"csrf_token": browser.csrf_token, "film": film})
    return browser.client.post(url, data=body, content_type=f"multipart/form-data; boundary={boundary}")


def test_a_file_that_is_too_large_leaves_the_words_that_came_with_it(as_, world, clock):
    clock.moment = NOW + 6 * DAY
    answer = send_a_film(as_(world.kari), f"{world.at}/post", {f"q{world.questions[0]}-body": WORDS})

    assert (answer.status_code, WORDS in text_of(answer)) == (413, True)


def test_of_a_stranger_nothing_is_read_that_is_too_large(as_, world):
    answer = send_a_film(as_(), f"{world.at}/post", {"title": WORDS})

    assert (answer.status_code, WORDS in text_of(answer)) == (413, False)


def test_a_commit_that_fails_leaves_the_words_and_saves_nothing(app, as_, world, monkeypatch):
    reader = as_(world.nils)

    def broken():
        raise OSError("disk full")

    monkeypatch.setitem(app.config, "TESTING", False)
    monkeypatch.setattr(db.session, "commit", broken)
    answer = reader.post(f"{world.at}/posts/safa/replies", {"text": WORDS})
    monkeypatch.undo()

    assert (answer.status_code, WORDS in text_of(answer)) == (500, True)
    assert WORDS not in text_of(reader.get(f"{world.at}/posts/safa/"))


def test_words_that_wait_for_a_sign_in_outlive_its_stale_token_too(app, as_, world):
    with app.app_context():
        db.session.get_one(User, world.nils).password_hash = hash_password("tre glade laks")
        db.session.commit()
    browser, replies = as_(), f"{world.at}/posts/safa/replies"
    lost = browser.post(replies, {"text": WORDS, "csrf_token": "stale"})
    waiting = {"kept": lost.get_data(as_text=True).split('name="kept" value="')[1].split('"')[0].replace("&#34;", '"')}
    person = {"email": "nils@fjordvik.example", "password": "tre glade laks", "next": replies}

    again = browser.post("/sign-in", person | waiting | {"csrf_token": "stale"})
    assert (again.status_code, WORDS.splitlines()[1] in text_of(again)) == (400, True)
    assert f'name="next" value="{replies}"' in again.text
    assert WORDS in text_of(browser.post("/sign-in", person | waiting))


def test_a_stale_token_on_a_page_for_everyone_asks_nobody_to_sign_in(as_, world):
    answer = as_().post("/join", {"code": "H7K3 M2PX", "csrf_token": "stale"})

    assert (answer.status_code, 'name="code" value="H7K3 M2PX"' in answer.text) == (400, True)
