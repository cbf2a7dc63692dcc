"""Which column holds what."""

from __future__ import annotations

import pytest

from blogreview.domain.classlist import Column, Table, read
from blogreview.domain.classlist_columns import column_of, find_columns

NAME, FIRST, LAST, EMAIL, TEAM = (
    Column.NAME, Column.FIRST_NAME, Column.LAST_NAME, Column.EMAIL, Column.TEAM,
)  # fmt: skip


def columns(table: Table) -> dict[Column, int]:
    return find_columns(table.header, table.rows)


@pytest.mark.parametrize(
    ("titles", "column"),
    [
        (("Navn", "Namn", "NAME", " Fullt navn ", "Full name", "Etternavn, fornavn", "Student"), NAME),
        (("Fornavn", "Fornamn", "First Name"), FIRST),
        (("Etternavn", "Etternamn", "Last name", "Surname"), LAST),
        (("E-post", "E‑postadresse", "Epost", "E-mail", "Email address"), EMAIL),
        (("Team", "Lag", "Gruppe", "Gruppenamn", "group_name", "Group Code"), TEAM),
        (("Studentnummer", "Studentnr.", "Student number", "SIS User ID", "ID number"), Column.STUDENT_NUMBER),
        (("Brukernavn", "Brukarnamn", "Username", "User Name", "SIS Login ID", "login_id"), Column.LOGIN),
        (("Seksjon", "Section", "Klasse"), Column.SECTION),
        (("Visningsnavn", "Visingsnamn", "Display name", "Shown name"), Column.SHOWN_NAME),
        (("Fødselsnummer", "Personnr", "National identity number"), Column.NATIONAL_ID),
        (("", "ID", "Telefon", "Kandidat"), None),
    ],
)
def test_titles_are_known_in_every_language(titles: tuple[str, ...], column: Column | None) -> None:
    assert [column_of(title) for title in titles] == [column] * len(titles)


def test_every_column_is_found_in_any_order() -> None:
    assert columns(read("Visningsnavn,Team,Studentnummer,E-post,Seksjon,Navn,Brukernavn\nI,A,1,i@x.no,S,Ida,i")) == {
        Column.SHOWN_NAME: 0, TEAM: 1, Column.STUDENT_NUMBER: 2, EMAIL: 3, Column.SECTION: 4, NAME: 5, Column.LOGIN: 6,
    }  # fmt: skip


def test_canvas_gives_the_login_as_the_address() -> None:
    head = "Student,ID,SIS User ID,SIS Login ID,Integration ID,Section,Strategi (123)\n"
    assert columns(read(head + '"Berg, Ida",7,1001,ida@fjordvik.no,,MRK2104,3')) == {
        NAME: 0, Column.STUDENT_NUMBER: 2, Column.LOGIN: 3, EMAIL: 3, Column.SECTION: 5,
    }  # fmt: skip


def test_blackboard_and_moodle_have_two_columns_of_names() -> None:
    blackboard = '"Last Name"\t"First Name"\t"Username"\t"Strategi [Total Pts: 100 Score] |12"\nBerg\tIda\tidab\t3'
    assert columns(read(blackboard)) == {LAST: 0, FIRST: 1, Column.LOGIN: 2}
    moodle = "First name,Last name,ID number,Institution,Department,Email address\nIda,Berg,1,HF,MRK,ida@fjordvik.no"
    assert columns(read(moodle)) == {FIRST: 0, LAST: 1, Column.STUDENT_NUMBER: 2, EMAIL: 5}


def test_of_two_columns_with_one_title_the_filled_one_counts_and_then_the_first() -> None:
    assert columns(read("Navn;E-post;E-post\nIda;;ida@x.no")) == {NAME: 0, EMAIL: 2}
    assert columns(read("Navn;E-post;E-post\nIda;ida@x.no;ida@y.no")) == {NAME: 0, EMAIL: 1}


def test_the_surer_title_counts_before_the_fuller_column() -> None:
    assert columns(read("Navn;E-post;Gruppe;Team\nIda;ida@x.no;A;\nOla;ola@x.no;B;Varde")) == {
        NAME: 0, EMAIL: 1, TEAM: 3,
    }  # fmt: skip


def test_unknown_titles_of_name_and_address_are_found_by_content_but_never_a_team() -> None:
    assert columns(read("Hvem;Seksjon;Adresse;Avdeling\nIda Berg;A;ida@x.no;MRK\nOla Vik;A;ola@x.no;MRK")) == {
        Column.SECTION: 1, EMAIL: 2, NAME: 0,
    }  # fmt: skip


def test_without_a_header_content_tells() -> None:
    text = "Havørn;100001;ida@x.no;Ida Berg\nHavørn;100002;ola@x.no;Ola Vik\nVarde;100003;kari@x.no;Kari O'Hara-Lie"
    assert columns(read(text)) == {EMAIL: 2, NAME: 3, Column.STUDENT_NUMBER: 1, TEAM: 0}


def test_without_a_header_three_columns_of_single_words_are_first_name_last_name_and_team() -> None:
    assert columns(read("Ida\tBerg\tida@x.no\tVarde\nOla\tVik\tola@x.no\tVarde")) == {
        EMAIL: 2, FIRST: 0, LAST: 1, TEAM: 3,
    }  # fmt: skip


def test_a_column_where_few_cells_have_an_at_sign_is_no_address() -> None:
    assert columns(read("Navn;Merknad\nIda;@ola spør\nOla;syk\nKari;syk")) == {NAME: 0}
