"""Whatever is pasted or uploaded: an answer, never an exception, and never a national identity number."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from blogreview.domain.classlist import ClassList, Draft, check, decode, read, understand

DIGITS = st.integers(0, 10**11 - 1).map(lambda number: f"{number:011}")
SPACED = st.tuples(DIGITS, st.sampled_from(["{}{}", "{} {}", "{}.{}", "{}-{}", "{}\u200b{}", "{}\u3164{}"])).map(
    lambda pair: pair[1].format(pair[0][:6], pair[0][6:])
)
WORDS = st.sampled_from(
    ["", "Navn", "E-post", "Team", "Fornavn", "Etternavn", "Brukernavn", "Student", "Ida Ødegård", "Ødegård, Ida",
     "ida@fjordvik.no", "ola@fjord", "Makrell", "Makrel", "100001", '"', '"x', "sep=;", "\u200b", "\ufeff", "010199",
     "12345", "Points Possible"]
)  # fmt: skip
CELLS = st.one_of(WORDS, SPACED, st.text(max_size=12))
LISTS = st.tuples(st.lists(st.lists(CELLS, max_size=6), max_size=8), st.sampled_from(";,\t|")).map(
    lambda drawn: "\n".join(drawn[1].join(row) for row in drawn[0])
)
ENCODINGS = st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "cp1252"])


def texts(people: ClassList) -> list[str]:
    return [
        text
        for row in people.rows
        for text in (
            row.name, row.email, row.team, row.student_number, row.login, row.section, row.shown_name,
            row.suggestion or "",
        )
    ]  # fmt: skip


def is_secret(text: str) -> bool:
    return bool(re.fullmatch(r"\d{11}", re.sub(r"[\s.]", "", text)) or re.search(r"(?<!\d)\d{11}(?!\d)", text))


def understood(data: bytes | str) -> ClassList:
    table = read(data)
    assert not [cell for row in (table.header or (), *table.rows) for cell in row if is_secret(cell)]
    return understand(table, known_teams=["Makrell"], known_people={"ida@fjordvik.no": None})


@settings(max_examples=300)
@given(LISTS)
def test_no_pasted_list_raises_or_lets_a_national_id_through(text: str) -> None:
    people = understood(text)
    assert not list(filter(is_secret, texts(people)))
    assert check(people.rows, known_teams=["Makrell"], known_people={"ida@fjordvik.no": None}) == people.rows


@settings(max_examples=150)
@given(LISTS, ENCODINGS)
def test_a_file_says_what_its_text_says(text: str, encoding: str) -> None:
    data = text.encode(encoding, errors="replace")
    assert not list(filter(is_secret, texts(understood(data))))


@settings(max_examples=300)
@given(st.binary(max_size=200))
def test_no_bytes_raise(data: bytes) -> None:
    assert isinstance(decode(data), str)
    assert isinstance(understood(data), ClassList)


@settings(max_examples=200)
@given(st.lists(st.builds(Draft, st.integers(1, 9), CELLS, CELLS, CELLS, CELLS, CELLS, CELLS, CELLS), max_size=5))
def test_nothing_typed_into_the_form_raises_or_lets_a_national_id_through(drafts: list[Draft]) -> None:
    rows = check(drafts, known_teams=["Makrell"], known_people={})
    assert [row.number for row in rows] == [draft.number for draft in drafts]
    assert not list(filter(is_secret, texts(ClassList(rows, {}))))
