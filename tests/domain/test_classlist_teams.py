"""Teams: the same, a new one, or a known one misspelled."""

from __future__ import annotations

import pytest

from blogreview.domain.team_names import TeamNames


@pytest.mark.parametrize(
    ("typed", "known"),
    [
        ("Makrel", "Makrell"),
        ("Makkrell", "Makrell"),
        ("Makrill", "Makrell"),
        ("Makrlel", "Makrell"),
        ("Havorn", "Havørn"),
        ("team nordavid 7", "Team Nordavind 7"),
    ],
)
def test_a_letter_apart_in_a_long_word_is_a_misspelling(typed: str, known: str) -> None:
    assert TeamNames([known], [typed]).meant(typed) == known


@pytest.mark.parametrize(
    ("typed", "known"),
    [
        ("makrell", "Makrell"),
        ("Team 2", "Team 1"),
        ("Team 11", "Team 1"),
        ("Gruppe B", "Gruppe A"),
        ("Lykt", "Lyst"),
        ("C++", "C#"),
        ("Gruppe1", "Gruppe2"),
        ("Polaris", "Nordavind"),
        ("", "Makrell"),
        ("x" * 121, "x" * 120),
    ],
)
def test_other_differences_are_other_teams(typed: str, known: str) -> None:
    assert TeamNames([known], [typed]).meant(typed) is None


def test_within_a_list_the_one_that_stands_alone_is_doubted() -> None:
    teams = TeamNames([], ["Makrel", "Makrell", "Makrell"])
    assert (teams.meant("Makrel"), teams.meant("Makrell")) == ("Makrell", None)


def test_of_two_that_stand_alone_the_later_is_doubted() -> None:
    teams = TeamNames([], ["Makrell", "Makrel"])
    assert (teams.meant("Makrell"), teams.meant("Makrel")) == (None, "Makrell")


def test_two_that_several_rows_name_are_both_meant_unless_the_course_knows_better() -> None:
    twice = ["Lykke", "Lykke", "Lykka", "Lykka"]
    assert [TeamNames([], twice).meant(team) for team in ("Lykke", "Lykka")] == [None, None]
    assert [TeamNames(["Lykka"], twice).meant(team) for team in ("Lykke", "Lykka")] == ["Lykka", None]


def test_the_course_s_team_is_suggested_before_the_list_s() -> None:
    assert TeamNames(["Varden"], ["Vardes", "Vardes", "Varde"]).meant("Varde") == "Varden"


def test_the_course_s_spelling_counts_before_the_first_row_s() -> None:
    teams = TeamNames(["Havørn"], ["HAVØRN", "Varde", "VARDE"])
    assert [teams.spelled(team) for team in ("havørn", "VARDE", "Ny")] == ["Havørn", "Varde", "Ny"]
