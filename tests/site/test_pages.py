"""The plain pages are open to everybody, and say what is so."""

from __future__ import annotations

import re

import pytest

from blogreview.config import Settings
from blogreview.upkeep.commands import ATTEMPTS_KEPT
from tests.pages import text_of

INSTITUTION = Settings(secret_key="").institution
PAGES = {
    "/help": "Hjelp og hurtigtaster",
    "/privacy": "Personvern",
    "/accessibility": "Tilgjengelighetserklæring",
}


@pytest.mark.parametrize("address, heading", PAGES.items())
def test_anyone_may_read_them_signed_in_or_not(as_, world, address, heading):
    for person in (None, world.kari, world.tone):
        response = as_(person).get(address)

        assert response.status_code == 200
        assert f"<h1>{heading}</h1>" in text_of(response)


@pytest.mark.parametrize("address", PAGES)
def test_every_page_leads_to_them(as_, world, address):
    assert f'href="{address}"' in text_of(as_(world.kari).get(f"{world.home}/"))


def test_the_institution_answers_for_privacy_and_accessibility(as_, world):
    assert f"{INSTITUTION} er behandlingsansvarlig" in text_of(as_().get("/privacy"))
    assert f"{INSTITUTION} er ansvarlig for den formelle erklæringen" in text_of(as_().get("/accessibility"))


def test_privacy_says_who_sees_who_reviewed_and_how_long_attempts_are_kept(as_, world):
    words = text_of(as_().get("/privacy"))

    assert "teamet ser «Leser 3», ikke navn, tidspunkt eller rekkefølge" in words
    assert "Faglærere og assistenter ser alltid hvem som har skrevet hva." in words
    assert ("lagres med nettadressen (IP) i ett døgn" in words) == (ATTEMPTS_KEPT.days == 1)


def test_the_accessibility_statement_says_what_is_not_tested(as_, world):
    assert "Skjermlesere, Safari og Firefox er ikke prøvd" in text_of(as_().get("/accessibility"))


@pytest.mark.parametrize(
    ("address", "marked"),
    [
        ("/", [("page", "Emnet")]),
        ("/class", [("page", "Klasse")]),
        ("/class/teams/safa", [("true", "Klasse")]),
        ("/assignments/1/edit/rubric", [("true", "Oppgave")]),
        ("/assignments/1/posts/", []),
    ],
)
def test_the_menu_marks_the_page_or_the_room_it_is_in(as_, world, address, marked):
    words = text_of(as_(world.tone).get(world.home + address))
    assert re.findall(r'aria-current="(page|true)">(\w+)</a>', words.partition("<main")[0]) == marked


def test_no_language_is_offered_where_choosing_it_would_lose_what_is_typed(as_, world):
    kari, page = as_(world.kari), f"{world.at}/posts/safa/"
    answer = kari.post(f"{page}replies", {"text": ""})

    assert (answer.status_code, 'name="language"' in answer.text) == (422, False)
    assert 'name="language"' in kari.get(page).text
