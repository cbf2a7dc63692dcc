"""What a class list says of each person, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from blogreview.domain.classlist import ClassList, Column, Draft, Fault, FileFault, Row, check, read, understand
from blogreview.domain.tables import MAX_SIZE

HEAD = "Navn;E-post;Team\n"
CLASS = HEAD + "Maja Kowalska;maja@stud.fjordvik.no;Makrell\nSindre Haugen;sindre@stud.fjordvik.no;Makrell\n"


def listed(text: str, teams: tuple[str, ...] = (), people: Mapping[str, str | None] | None = None) -> ClassList:
    return understand(read(text), known_teams=teams, known_people=people or {})


def last(text: str, teams: tuple[str, ...] = (), people: Mapping[str, str | None] | None = None) -> Row:
    return listed(text, teams, people).rows[-1]


def test_a_clean_list_is_ready_as_it_stands() -> None:
    assert listed(CLASS) == ClassList(
        rows=(
            Row(2, "Maja Kowalska", "maja@stud.fjordvik.no", "Makrell"),
            Row(3, "Sindre Haugen", "sindre@stud.fjordvik.no", "Makrell"),
        ),
        columns={Column.NAME: 0, Column.EMAIL: 1, Column.TEAM: 2},
    )
    assert [row.ready for row in listed(CLASS).rows] == [True, True]


def test_every_column_reaches_its_field_and_national_ids_reach_none() -> None:
    text = (
        "Fødselsnr;Seksjon;Visningsnavn;Brukernavn;Studentnummer;Lag;E-post;Fornavn;Etternavn\n"
        "01019912345;A;Mia;idaod;100001;Havørn;ida@fjordvik.no;Ida Marie;Ødegård\n"
    )
    people = listed(text)
    assert people.dropped == 1
    assert people.rows == (Row(2, "Ida Marie Ødegård", "ida@fjordvik.no", "Havørn", "100001", "idaod", "A", "Mia"),)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Ødegård, Ida", "Ida Ødegård"),
        ("Ødegård , Ida Marie", "Ida Marie Ødegård"),
        ("Ida Ødegård", "Ida Ødegård"),
        ("Berge, Emil, jr.", "Berge, Emil, jr."),
    ],
)
def test_a_name_with_the_last_name_first_is_turned(written: str, name: str) -> None:
    assert last(f"{HEAD}{written};x@fjordvik.no;A").name == name


def test_canvas_points_possible_and_blank_rows_are_nobody_but_keep_the_row_numbers() -> None:
    text = (
        "Student,ID,SIS Login ID,Section,Strategi (12)\n,,,,Manual Posting\n    Points Possible,,,,10\n\n"
        '"Ødegård, Ida",77,ida@fjordvik.no,A,3\n'
    )
    assert listed(text).rows == (
        Row(5, "Ida Ødegård", "ida@fjordvik.no", login="ida@fjordvik.no", section="A", team_as_is=True),
    )


def test_without_a_column_of_teams_every_student_may_choose() -> None:
    row = last("Navn;E-post\nIda;ida@fjordvik.no")
    assert (row.faults, row.team_as_is) == ((), True)


@pytest.mark.parametrize(
    ("cells", "faults"),
    [
        (";emil@fjordvik.no;A", (Fault.NO_NAME,)),
        ("Emil;;A", (Fault.NO_EMAIL,)),
        ("Emil;emil@fjordvik.no;", (Fault.NO_TEAM,)),
        ("Emil;;", (Fault.NO_EMAIL, Fault.NO_TEAM)),
        (f"{'e' * 120};emil@fjordvik.no;A", ()),
        (f"{'e' * 121};emil@fjordvik.no;A", (Fault.TOO_LONG,)),
        (f"Emil;emil@{'fjordvik.' * 27}no;A", ()),
        (f"Emil;emil@{'fjordvik.' * 28}no;A", (Fault.TOO_LONG,)),
        (f"Emil;emil@fjordvik.no;{'a' * 121}", (Fault.TOO_LONG,)),
    ],
)
def test_each_fault_is_named(cells: str, faults: tuple[Fault, ...]) -> None:
    row = last(HEAD + cells)
    assert (row.faults, row.ready) == (faults, not faults)


@pytest.mark.parametrize(
    "email",
    ["emil", "emil@", "@fjordvik.no", "emil@fjordvik", "emil@@fjordvik.no", "emil berge@fjordvik.no", "emil@fjordvik.n",
     "emil..berge@fjordvik.no", "emil.@fjordvik.no", "emil@.no", "emil@fjordvik..no", "<emil@fjordvik.no>",
     f"{'e' * 65}@fjordvik.no"],
)  # fmt: skip
def test_an_address_that_is_not_whole_is_bad(email: str) -> None:
    assert check([Draft(1, "Emil", email, "A")], known_teams=(), known_people={})[0].faults == (Fault.BAD_EMAIL,)


@pytest.mark.parametrize(
    "email", ["emil.berge@stud.fjordvik.no", "ågot+1@blåbær.no", "o'hara_2@x-y.museum", f"{'e' * 64}@fjordvik.no"]
)
def test_an_unusual_address_is_good(email: str) -> None:
    assert check([Draft(1, "Emil", email, "A")], known_teams=(), known_people={})[0].faults == ()


@pytest.mark.parametrize("cut", ["", "stud", "stud.", "STUD.fjord", "stud.fjordvik.n"])
def test_a_cut_off_address_gets_the_domain_most_rows_share(cut: str) -> None:
    row = last(f"{CLASS}Emil Berge;emil.berge@{cut};Makrell")
    assert (row.faults, row.suggestion) == ((Fault.BAD_EMAIL,), "emil.berge@stud.fjordvik.no")


def test_no_address_is_guessed_where_domains_differ_or_nothing_is_cut_off() -> None:
    mixed = f"{HEAD}A;a@stud.x.no;T\nB;b@y.no;T\nEmil;emil@stud;T"
    assert last(mixed).suggestion is None
    assert last(f"{CLASS}Emil;emil@fjordvik;Makrell").suggestion is None
    assert last(f"{CLASS}Emil;emil@gmail.com;Makrell").faults == ()


def test_the_later_of_two_rows_with_one_address_is_the_double() -> None:
    row = last(f"{CLASS}Maja K;MAJA@Stud.Fjordvik.no;Varde")
    assert (row.faults, row.same_as, row.ready) == ((Fault.DUPLICATE_IN_LIST,), 2, False)


def test_addresses_are_one_however_their_letters_are_composed() -> None:
    assert last(f"{HEAD}Å;a\u030agot@x.no;A\nÅ;ågot@x.no;A").same_as == 2


def test_rows_without_an_address_are_not_doubles() -> None:
    assert [row.faults for row in listed(f"{HEAD}A;;T\nB;;T").rows] == [(Fault.NO_EMAIL,), (Fault.NO_EMAIL,)]


def test_running_twice_only_informs() -> None:
    rows = listed(CLASS, teams=("Makrell",), people={"Maja@stud.fjordvik.no": "Makrell"}).rows
    assert [(row.faults, row.ready) for row in rows] == [((Fault.ALREADY_MEMBER,), True), ((), True)]


def test_a_member_with_a_team_needs_none_in_the_list() -> None:
    row = f"{HEAD}Ida;ida@fjordvik.no;\nOla;ola@fjordvik.no;A"
    assert listed(row, people={"ida@fjordvik.no": "Varde"}).rows[0].faults == (Fault.ALREADY_MEMBER,)
    assert listed(row, people={"ida@fjordvik.no": None}).rows[0].faults == (Fault.NO_TEAM, Fault.ALREADY_MEMBER)


def test_a_misspelled_team_suggests_the_one_meant() -> None:
    row = last(f"{CLASS}Tiril;tiril@stud.fjordvik.no;Makrel")
    assert (row.team, row.faults, row.suggestion) == ("Makrel", (Fault.UNKNOWN_TEAM_CLOSE_TO,), "Makrell")


def test_a_row_with_two_faults_suggests_the_address_first() -> None:
    row = last(f"{CLASS}Tiril;tiril@stud;Makrel")
    assert (row.faults, row.suggestion) == (
        (Fault.BAD_EMAIL, Fault.UNKNOWN_TEAM_CLOSE_TO), "tiril@stud.fjordvik.no",
    )  # fmt: skip


def test_teams_get_the_spelling_of_the_course_and_else_of_the_first_row() -> None:
    text = f"{HEAD}A;a@x.no;makrell\nB;b@x.no;NORD  vest\nC;c@x.no;Nord Vest"
    assert [row.team for row in listed(text, teams=("Makrell",)).rows] == ["Makrell", "NORD vest", "NORD vest"]


def test_what_the_teacher_settles_about_a_team_stands() -> None:
    drafts = [
        Draft(1, "A", "a@x.no", "Makrel", team_as_is=True),
        Draft(2, "B", "b@x.no", "", team_as_is=True),
        Draft(3, "C", "c@x.no", ""),
    ]
    rows = check(drafts, known_teams=("Makrell",), known_people={})
    assert [row.faults for row in rows] == [(), (), (Fault.NO_TEAM,)]


def test_checking_corrected_rows_again_clears_their_faults_and_cleans_what_was_typed() -> None:
    rows = listed(f"{CLASS}Emil;emil@stud;Makrell").rows
    emil = Draft(4, " Emil\u200b  Berge ", "emil@stud.fjordvik.no\u00a0", "makrell", student_number="010199 12345")
    assert check([*rows[:2], emil], known_teams=(), known_people={}) == (
        *rows[:2],
        Row(4, "Emil Berge", "emil@stud.fjordvik.no", "Makrell"),
    )


def test_checking_its_own_answer_changes_nothing() -> None:
    rows = listed(f"{CLASS};emil@stud;Makrel\nMaja;maja@stud.fjordvik.no;\n").rows
    assert check(rows, known_teams=(), known_people={}) == rows


def test_a_number_split_over_two_names_is_blanked() -> None:
    assert last("Fornavn;Etternavn;E-post\n010199;12345;ida@fjordvik.no").name == ""


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("", (FileFault.EMPTY,)),
        ("\n ; ;\n", (FileFault.EMPTY,)),
        (HEAD, (FileFault.EMPTY,)),
        ("Student,SIS Login ID,Oppg\nPoints Possible,@,10", (FileFault.EMPTY,)),
        ("Navn;Team\nIda;A", (FileFault.NO_EMAIL_COLUMN,)),
        ("E-post;Team\nida@x.no;1", (FileFault.NO_NAME_COLUMN,)),
        ("Group Code,User Name\nVarde,idao", (FileFault.NO_EMAIL_COLUMN, FileFault.NO_NAME_COLUMN)),
        ("\0", (FileFault.UNREADABLE,)),
        (" " * (MAX_SIZE + 1), (FileFault.TOO_LARGE,)),
    ],
)
def test_a_list_that_cannot_be_used_says_why_and_gives_no_rows(text: str, faults: tuple[FileFault, ...]) -> None:
    people = listed(text)
    assert (people.faults, people.rows) == (faults, ())
