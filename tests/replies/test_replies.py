"""The open conversation under a post: one level deep, under one's own name, one's own to take back."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import func, select

from blogreview.db import db
from blogreview.domain.terms import ReadingOpens
from blogreview.models import Assignment, AuditEvent, Reply
from tests.pages import text_of

TURN = re.compile(
    r'<ol>|</ol>|<p class="gone"[^>]*>.*?</p>|<p class="who"><b>(.*?)</b>.*?<p class="tx"[^>]*>(.*?)</p>', re.DOTALL
)


def say(browser, world, text, parent=""):
    """The new reply's public id."""
    response = browser.post(f"{world.at}/posts/safa/replies", {"text": text, "parent": parent})
    assert response.status_code == 303
    return response.location.partition("#reply-")[2]


def thread(browser, world):
    """The conversation as one reads it: (depth, who, words) of each turn."""
    html = browser.get(f"{world.at}/posts/safa/").text.partition('aria-labelledby="replies"')[2]
    turns, depth = [], 0
    for tag in TURN.finditer(html):
        depth += {"<ol>": 1, "</ol>": -1}.get(tag[0], 0)
        if tag[0].startswith("<p"):
            words = tag[2] or re.sub("<[^>]+>", "", tag[0]).strip()
            turns.append((depth, tag[1], words))
    return turns


def test_a_conversation_is_one_level_deep_and_oldest_first(as_, world):
    nora, kari = as_(world.nora), as_(world.kari)
    first = say(nora, world, "Hvem er dette for?")
    answer = say(kari, world, "For pendlere.", first)
    say(nora, world, "Det burde stått der!", answer)
    say(as_(world.tone), world, "Godt spurt.")

    assert thread(as_(world.mona), world) == [
        (1, "Nora Ali", "Hvem er dette for?"), (2, "Kari Nes", "For pendlere."),
        (2, "Nora Ali", "Det burde stått der!"), (1, "Tone Lie", "Godt spurt."),
    ]
    words = text_of(as_(world.mona).get(f"{world.at}/posts/safa/"))
    assert "4 svar fra klassen" in words
    assert words.count("Har skrevet innlegget") == 1
    assert "Team Nordlys · " in words
    assert "Faglærer · " in words


def test_a_reply_is_text_and_never_markup(as_, world):
    say(as_(world.nora), world, "<script>alert(1)</script>\r\n*linje* to \0\U0001f9c1")

    assert thread(as_(world.nora), world) == [
        (1, "Nora Ali", "&lt;script&gt;alert(1)&lt;/script&gt;\n*linje* to \U0001f9c1"),
    ]


@pytest.mark.parametrize(
    ("text", "sentence"),
    (
        ("", "Skriv noe før du publiserer svaret."),
        (" \n\0 ", "Skriv noe før du publiserer svaret."),
        ("ø" * 5001, "Svaret er for langt: det kan ha opptil 5000 tegn."),
    ),
)
def test_what_cannot_be_a_reply_comes_back_with_a_sentence_where_it_was_typed(as_, world, text, sentence):
    nora = as_(world.nora)
    first = say(nora, world, "Hei")
    for parent in ("", first):
        answer = nora.post(f"{world.at}/posts/safa/replies", {"text": text, "parent": parent})
        assert (answer.status_code, answer.text.count(sentence)) == (422, 2)
        assert text.strip(" \n\0") in answer.text
    assert len(thread(nora, world)) == 1


def test_a_second_press_says_it_once(as_, world):
    nora = as_(world.nora)
    first = say(nora, world, "Hei")

    assert say(nora, world, "Hei") == first
    assert say(nora, world, "Hei", first) != first
    assert [depth for depth, *_ in thread(nora, world)] == [1, 2]


def test_two_presses_in_the_same_moment_say_it_once_too(app, as_, world):
    browsers, together = [as_(world.nora) for _ in range(4)], Barrier(4)

    def press(browser):
        together.wait()
        return say(browser, world, "Hvorfor måker?")

    with ThreadPoolExecutor(4) as hands:
        assert len(set(hands.map(press, browsers))) == 1


def test_an_answer_to_nothing_or_to_another_posts_reply_is_not_found(app, as_, world):
    nora = as_(world.nora)
    elsewhere = nora.post(f"{world.at}/posts/nordlys/replies", {"text": "Vårt"}).location.partition("#reply-")[2]

    for parent in ("0" * 16, elsewhere, "'", "x" * 4000):
        answer = nora.post(f"{world.at}/posts/safa/replies", {"text": "Hei", "parent": parent})
        assert answer.status_code == 404
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Reply)) == 1


def test_who_may_answer(app, as_, world):
    def answers():
        people = {name: as_(getattr(world, name)) for name in ("kari", "nils", "nora", "tone", "per", "eva")}
        address = f"{world.at}/posts/safa/replies"
        return {name: person.post(address, {"text": f"Fra {name}"}).status_code for name, person in people.items()}

    assert answers() == {"kari": 303, "nils": 303, "nora": 303, "tone": 303, "per": 404, "eva": 404}
    with app.app_context():
        db.session.get_one(Assignment, world.assignment).reading_opens = ReadingOpens.NEVER
        db.session.commit()
    # Nils has it to review, so he knows it is there; Nora does not.
    assert answers() == {"kari": 303, "nils": 403, "nora": 404, "tone": 303, "per": 404, "eva": 404}
    assert as_().post(f"{world.at}/posts/safa/replies", {"text": "Hei"}).status_code == 401


def test_ones_own_reply_can_be_taken_back_and_the_place_stays(as_, world):
    nora, kari = as_(world.nora), as_(world.kari)
    first = say(nora, world, "Flaut")
    say(kari, world, "Takk for at du sa fra.", first)
    address = f"{world.at}/posts/safa/replies/{first}/remove"
    assert {n: as_(getattr(world, n)).post(address).status_code for n in ("kari", "tone", "mona", "per")} == {
        "kari": 403, "tone": 403, "mona": 403, "per": 404,
    }
    assert [nora.post(address).status_code for _ in range(2)] == [303, 303]

    assert thread(kari, world) == [(1, None, "Fjernet av forfatteren"), (2, "Kari Nes", "Takk for at du sa fra.")]
    page = as_(world.tone).get(f"{world.at}/posts/safa/").text
    assert "Flaut" not in page
    assert "Nora Ali" not in page
    assert "Ett svar fra klassen" in page


def test_a_hidden_reply_is_out_of_the_classs_sight_and_marked_for_staff(app, as_, world):
    nora, kari, tone = as_(world.nora), as_(world.kari), as_(world.tone)
    first, alone = say(nora, world, "Uhøflig"), say(nora, world, "Også uhøflig")
    answer = say(kari, world, "Hei.", first)
    for reply in (first, alone):
        address = f"{world.at}/posts/safa/replies/{reply}"
        assert [kari.post(f"{address}/hide").status_code, tone.post(f"{address}/hide").status_code] == [403, 303]

    assert thread(kari, world) == [(1, None, "Skjult av faglæreren"), (2, "Kari Nes", "Hei.")]
    assert thread(nora, world) == thread(kari, world)
    assert "Ett svar fra klassen" in kari.get(f"{world.at}/posts/safa/").text
    assert thread(tone, world) == [(1, "Nora Ali", "Uhøflig"), (2, "Kari Nes", "Hei."), (1, "Nora Ali", "Også uhøflig")]
    assert tone.get(f"{world.at}/posts/safa/").text.count("Vis igjen") == 2

    tone.post(f"{world.at}/posts/safa/replies/{answer}/hide")
    assert thread(kari, world) == []
    for reply in (first, alone, answer):
        tone.post(f"{world.at}/posts/safa/replies/{reply}/unhide")
    assert len(thread(kari, world)) == 3
    with app.app_context():
        verbs = db.session.scalars(select(AuditEvent.verb).where(AuditEvent.verb.startswith("reply:"))).all()
        assert verbs == ["reply:hidden"] * 3 + ["reply:unhidden"] * 3
