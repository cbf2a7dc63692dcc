"""Drafts are always saved; what keeps a review from being sent is listed, with links."""

from __future__ import annotations

import pytest

from blogreview.domain.terms import ReviewState
from tests.pages import text_of
from tests.reviews.stored import levels, lost, review_of, said
from tests.reviews.typed import complete, typed

PAGE = "{at}/posts/safa/review"


@pytest.fixture
def page(world) -> str:
    return PAGE.format(at=world.at)


def field(world, key, rest) -> str:
    return f"c{world.criteria[key]}-{rest}"


def test_a_draft_is_saved_with_anything_missing_and_stands_in_the_form_again(app, as_, world, page):
    nils = as_(world.nils)
    response = nils.post(page, typed(world, goals={"changes": [("Si når.", "Svar 1")]}, examples={"level": 2}))

    assert (response.status_code, response.location) == (303, f"{page}?saved=1")
    assert said(app) == [(world.criteria["goals"], "change", "Si når.", "Svar 1")]
    assert levels(app) == {world.criteria["examples"]: 2}
    shown = text_of(nils.get(response.location))
    assert "Utkastet er lagret" in shown
    assert ">\nSi når.</textarea>" in shown
    assert ">\nSvar 1</textarea>" in shown
    assert f'name="{field(world, "examples", "level")}" value="2" checked' in shown
    assert '<input type="hidden" name="version" value="1">' in shown


def test_the_bar_names_what_is_missing(as_, world, page):
    nils = as_(world.nils)
    nils.post(page, complete(world, examples={"changes": ["Si hvem."]}))
    level = field(world, "examples", "level")
    shown = " ".join(text_of(nils.get(page)).split())
    assert f'Én ting mangler: <a href="#{level}">nivå for eksempler</a></span>' in shown

    nils.post(page, complete(world, 1, examples={}))
    change = field(world, "examples", "changes-0-text")
    shown = " ".join(text_of(nils.get(page)).split())
    both = f'<a href="#{level}">nivå for eksempler</a>, <a href="#{change}">forslag for eksempler</a></span>'
    assert f"To ting mangler: {both}" in shown


def test_an_unfinished_review_is_not_sent_but_saved_and_each_missing_thing_is_listed_with_a_link(app, as_, world, page):
    response = as_(world.nils).post(page, complete(world, examples={"changes": ["Si hvem."]}) | {"send": "1"})

    shown = text_of(response)
    assert response.status_code == 422
    assert "Én ting mangler før du kan sende" in shown
    assert f'<li><a href="#{field(world, "examples", "level")}">Nivå mangler: eksempler</a></li>' in shown
    assert f'id="{field(world, "examples", "level")}-error"' in shown
    assert ">\nSi hvem.</textarea>" in shown
    assert review_of(app, world.posts["safa"], world.nils).state is ReviewState.DRAFT
    assert len(said(app)) == 4


def test_at_the_top_level_a_strength_is_asked_for_instead_of_a_change(as_, world, page):
    nils = as_(world.nils)
    response = nils.post(page, complete(world, goals={"level": 4, "changes": ["Kortere."]}) | {"send": "1"})
    assert (response.status_code, "«Det som fungerer» mangler: mål" in text_of(response)) == (422, True)

    response = nils.post(page, complete(world, 1, goals={"level": 4, "strengths": ["Kan telles."]}) | {"send": "1"})
    assert (response.status_code, response.location) == (303, f"{page}?sent=1")


def test_a_quote_that_does_not_stand_in_the_text_is_kept_in_the_draft_and_stops_the_sending(app, as_, world, page):
    nils = as_(world.nils)
    form = complete(world, goals={"level": 2, "changes": [("Si når.", "Aldri skrevet.")]})
    assert nils.post(page, form).status_code == 303
    assert "Vi finner ikke dette i teksten. Kopier ordene slik de står, eller tøm feltet." in text_of(nils.get(page))

    response = nils.post(page, form | {"version": "1", "send": "1"})
    quote = field(world, "goals", "changes-0-quote")
    assert response.status_code == 422
    assert f'<li><a href="#{quote}">Stedet finnes ikke i teksten: mål</a></li>' in text_of(response)
    assert said(app)[0] == (world.criteria["goals"], "change", "Si når.", "Aldri skrevet.")


def test_a_button_saves_and_comes_back_with_one_more_empty_field(app, as_, world, page):
    nils = as_(world.nils)
    wanted = field(world, "goals", "changes")
    response = nils.post(page, typed(world, goals={"changes": ["Si når."]}) | {"more": wanted})

    assert (response.status_code, response.location) == (303, f"{page}?more={wanted}#{wanted}")
    shown = text_of(nils.get(response.location))
    assert f'id="{wanted}-1-text"' in shown
    assert f'<details class="crit" name="crit" id="{field(world, "goals", "")[:-1]}" open>' in shown
    assert f'id="{field(world, "goals", "strengths")}-1-text"' not in shown
    nils.post(page, typed(world, 1, goals={"changes": ["Si når.", "Og hvem."]}))
    assert [text for _, _, text, _ in said(app)] == ["Si når.", "Og hvem."]


@pytest.mark.parametrize("wanted", ("x", "c0-changes", "c99999-changes", "version-changes", "c1", "--", ""))
def test_asking_for_a_field_there_is_none_of_does_no_harm(as_, world, page, wanted):
    nils = as_(world.nils)
    assert nils.post(page, typed(world) | {"more": wanted}).location == f"{page}?saved=1"
    assert nils.get(f"{page}?more={wanted}").status_code == 200


def test_a_comment_keeps_its_identity_when_its_words_change_and_goes_when_they_are_emptied(app, as_, world, page):
    nils, post = as_(world.nils), world.posts["safa"]
    nils.post(page, typed(world, goals={"changes": ["En.", "To."]}))
    first, second = review_of(app, post, world.nils).comments
    nils.post(page, typed(world, 1, goals={"changes": [("", "", first.public_id), ("To!", "", second.public_id)]}))

    (left,) = review_of(app, post, world.nils).comments
    assert (left.id, left.public_id, left.text) == (second.id, second.public_id, "To!")


@pytest.mark.parametrize("level", ("9", "0", "-1", "tre", "3.0", "²", "9" * 5000))
def test_a_level_that_does_not_exist_gets_a_sentence_and_the_rest_is_kept(app, as_, world, page, level):
    response = as_(world.nils).post(page, typed(world, goals={"level": level, "changes": ["Si når."]}))

    assert (response.status_code, levels(app)) == (422, {})
    assert "Velg et av nivåene som står her." in text_of(response)
    assert ">\nSi når.</textarea>" in text_of(response)
    assert lost(app)[0][field(world, "goals", "changes-0-text")] == "Si når."


def test_a_criterion_that_does_not_exist_gets_a_sentence_with_what_was_written(app, as_, world, page):
    forged = {"c99999-level": "2", "c99999-changes-0-text": "Skrevet før det ble fjernet."}
    response = as_(world.nils).post(page, typed(world, goals={"level": 2}) | forged)

    assert (response.status_code, levels(app)) == (422, {})
    assert "Kriteriet finnes ikke i oppgaven lenger. Du skrev: «Skrevet før det ble fjernet.»" in text_of(response)
    assert lost(app)[0]["c99999-changes-0-text"] == "Skrevet før det ble fjernet."


def test_anothers_comment_cannot_be_named(app, as_, world, page):
    as_(world.mona).post(page, typed(world, goals={"changes": ["Monas."]}))
    theirs = review_of(app, world.posts["safa"], world.mona).comments[0].public_id
    nils = as_(world.nils)
    response = nils.post(page, typed(world, goals={"changes": [("Nils sin.", "", theirs)]}))

    shown = text_of(response)
    assert response.status_code == 422
    assert "Kommentaren hører ikke hjemme her. Send én gang til, så lagres den som ny." in shown
    assert theirs not in shown
    assert [text for _, _, text, _ in said(app)] == ["Monas."]


@pytest.mark.parametrize(
    ("part", "length", "sentence"),
    (
        ("text", 4000, "Kommentaren er over 4000 tegn. Kort den ned, eller del den."),
        ("quote", 1000, "Stedet er over 1000 tegn. Velg en kortere del av teksten."),
    ),
)
def test_text_that_is_too_long_is_refused_and_never_cut(app, as_, world, page, part, length, sentence):
    nils, name = as_(world.nils), field(world, "goals", f"changes-0-{part}")
    lines = "a\r\n" * (length // 2 - 1) + "b"
    exact = lines + "c" * (length - len(lines.replace("\r", "")))
    assert nils.post(page, typed(world) | {name: exact}).status_code == 303
    assert len(said(app)[0][2 if part == "text" else 3]) == length

    response = nils.post(page, typed(world, 1) | {name: exact + "!"})
    assert response.status_code == 422
    assert f'<a href="#{name}">{sentence}</a>' in text_of(response)
    assert exact.replace("\r\n", "\n") + "!</textarea>" in text_of(response)
    assert len(said(app)[0][2 if part == "text" else 3]) == length
    assert lost(app)[-1][name] == exact.replace("\r\n", "\n") + "!"


@pytest.mark.parametrize(
    "name",
    ("c{}-changes-²-text", f"c{{}}-changes-{'9' * 20}-text", "c{}-changes--text", "c{}-changes-0", "c{}", "c{}-"),
)
def test_a_field_with_an_odd_name_does_no_harm(app, as_, world, page, name):
    forged = name.format(world.criteria["goals"])
    response = as_(world.nils).post(page, typed(world, goals={"changes": ["Si når."]}) | {forged: "Forfalsket"})

    assert (response.status_code, [text for _, _, text, _ in said(app)]) == (303, ["Si når."])


def test_nothing_that_no_database_can_hold_is_stored(app, as_, world, page):
    as_(world.nils).post(page, typed(world, goals={"level": "\x009", "changes": [("Si\x00 når.", "Svar\x00 1")]}))
    assert lost(app)[0][field(world, "goals", "changes-0-text")] == "Si når."

    as_(world.nils).post(page, typed(world, goals={"changes": [("Si\x00 når.", "Svar\x00 1")]}))
    assert said(app) == [(world.criteria["goals"], "change", "Si når.", "Svar 1")]


def test_pressing_enter_in_the_form_saves_and_does_not_send(as_, world, page):
    shown = text_of(as_(world.nils).get(page))
    first_button = shown[shown.index('data-behaviour="once"'):].partition("<button")[2].partition(">")[0]
    assert "name=" not in first_button
