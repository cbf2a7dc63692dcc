"""From bytes and pasted text to rows of clean cells."""

from __future__ import annotations

import pytest

from blogreview.domain.classlist import FileFault, Table, decode, read
from blogreview.domain.tables import MAX_LINES, MAX_ROWS, MAX_SIZE, clean, tabulate

LIST = "Navn;E-post;Team\nIda Ødegård;ida@stud.fjordvik.no;Havørn\n"
TABLE = Table(("Navn", "E-post", "Team"), (("Ida Ødegård", "ida@stud.fjordvik.no", "Havørn"),), first=2)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_every_encoding_of_a_list_reads_the_same(encoding: str) -> None:
    assert decode(LIST.encode(encoding)).removeprefix("\ufeff") == LIST
    assert read(LIST.encode(encoding)) == TABLE


def test_utf16_with_a_big_endian_mark_is_text() -> None:
    assert decode(b"\xfe\xff" + LIST.encode("utf-16-be")) == LIST


def test_a_byte_that_no_encoding_explains_shows_as_a_replacement() -> None:
    assert decode(b"Berg\xe5s\x81") == "Bergås\ufffd"


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_every_delimiter_and_newline_reads_the_same(delimiter: str, newline: str) -> None:
    assert read(LIST.replace(";", delimiter).replace("\n", newline)) == TABLE


@pytest.mark.parametrize("text", ["sep=;\n" + LIST, '"sep=;"\r\n' + LIST, "\ufeffsep=;\n" + LIST])
def test_the_line_that_names_the_delimiter_is_not_a_row(text: str) -> None:
    assert read(text) == TABLE


def test_commas_inside_names_do_not_hide_the_semicolons() -> None:
    assert read("Ødegård, Ida;ida@fjordvik.no;Havørn\nHaugen, Sindre;sindre@fjordvik.no;Havørn").rows == (
        ("Ødegård, Ida", "ida@fjordvik.no", "Havørn"),
        ("Haugen, Sindre", "sindre@fjordvik.no", "Havørn"),
    )


def test_a_quoted_cell_may_hold_newlines_delimiters_and_quotation_marks() -> None:
    assert read('Navn;E-post\n"Ida\nMarie ""Mia""; Ødegård"; "ida@fjordvik.no"\nOla;ola@fjordvik.no').rows == (
        ('Ida Marie "Mia"; Ødegård', "ida@fjordvik.no"),
        ("Ola", "ola@fjordvik.no"),
    )


def test_a_lone_quotation_mark_does_not_swallow_the_rows_below() -> None:
    assert read('Navn;E-post\n"Ida;ida@fjordvik.no\nOla;ola@fjordvik.no').rows == (
        ("Ida", "ida@fjordvik.no"),
        ("Ola", "ola@fjordvik.no"),
    )


def test_blank_rows_keep_their_place_and_trailing_separators_leave_nothing() -> None:
    assert read("Navn;E-post;;;\n;;;;\n\u200b; \u00a0;\nIda;ida@fjordvik.no;;;\n") == Table(
        ("Navn", "E-post"), ((), (), ("Ida", "ida@fjordvik.no")), first=2
    )


def test_a_list_without_a_header_begins_at_row_one() -> None:
    assert read("Ida;ida@fjordvik.no;Havørn") == Table(None, (("Ida", "ida@fjordvik.no", "Havørn"),), first=1)


def test_lines_above_the_header_are_titles() -> None:
    assert read("Deltakerliste MRK2104\n\nHvem;E-post;Team\nIda;ida@fjordvik.no;Havørn") == Table(
        ("Hvem", "E-post", "Team"), (("Ida", "ida@fjordvik.no", "Havørn"),), first=4
    )


def test_one_known_title_makes_a_header_only_on_the_first_row() -> None:
    assert read("Hvem,E-post\nIda,ida@fjordvik.no").header == ("Hvem", "E-post")
    assert read("Ida,her\nHvem,E-post\nOla,ola@fjordvik.no").header is None


def test_what_cannot_be_seen_is_gone_and_joiners_stay_inside_words() -> None:
    assert clean("\ufeff\u202eIda\u00a0\u00a0Øde\u00adgård\u200b\u2066 ") == "Ida Ødegård"
    assert clean("A\u030agot") == "Ågot"
    assert clean("\u200dTeam 👩\u200d💻\u200c") == "Team 👩\u200d💻"


@pytest.mark.parametrize(
    "number",
    ["01019912345", "010199 12345", "010199.12345", "010199-12345", "01 01 99 123 45", "0101\u200b9912345",
     "'01019912345", "010199\u316412345", "０１０１９９１２３４５", "0 1 0 1 9 9 1 2 3 4 5"],
)  # fmt: skip
def test_a_column_with_one_eleven_digit_number_is_dropped_whole(number: str) -> None:
    assert read(f"Ola;4711;ola@fjordvik.no\nIda;{number};ida@fjordvik.no") == Table(
        None, (("Ola", "ola@fjordvik.no"), ("Ida", "ida@fjordvik.no")), dropped=1
    )


@pytest.mark.parametrize("title", ["Fødselsnummer", "Fødselsnr. (11 siffer)", "FNR", "Personnummer", "National ID"])
def test_a_column_that_says_it_holds_national_ids_is_dropped_even_where_a_zero_was_lost(title: str) -> None:
    assert read(f"Navn;{title};E-post\nIda;1019912345;ida@fjordvik.no") == Table(
        ("Navn", "E-post"), (("Ida", "ida@fjordvik.no"),), dropped=1, first=2
    )


def test_a_cell_with_a_national_id_among_other_words_is_blanked() -> None:
    assert read("Navn;E-post\nIda Ødegård (010199 12345);ida@fjordvik.no").rows == (("", "ida@fjordvik.no"),)
    assert read("Ida Ødegård 01019912345 ida@fjordvik.no").rows == ((),)


@pytest.mark.parametrize("number", ["1234567890", "123456789012", "+47 912 34 567", "2026-11-22 21.28"])
def test_other_numbers_stay(number: str) -> None:
    assert read(f"Ida;{number};ida@fjordvik.no").rows == (("Ida", number, "ida@fjordvik.no"),)


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", b"PK\x03\x04\x14\x00\x00\x00", "Ida\0;x"])
def test_what_is_no_text_is_unreadable(data: bytes | str) -> None:
    assert read(data) == Table(None, (), fault=FileFault.UNREADABLE)


def test_a_cell_of_a_whole_page_is_unreadable() -> None:
    assert read("Navn;E-post\n" + "x" * 140_000) == Table(None, (), fault=FileFault.UNREADABLE)


def test_limits_hold_to_the_row_and_the_byte() -> None:
    too_large = Table(None, (), fault=FileFault.TOO_LARGE)
    row = ["Ida", "ida@fjordvik.no"]
    assert len(tabulate([["Navn", "E-post"], *[row] * MAX_ROWS]).rows) == MAX_ROWS
    assert tabulate([["Navn", "E-post"], *[row] * (MAX_ROWS + 1)]) == too_large
    assert len(tabulate([["Navn", "E-post"], row, *[[]] * (MAX_LINES - 2)]).rows) == MAX_LINES - 1
    assert tabulate([["Navn", "E-post"], row, *[[]] * (MAX_LINES - 1)]) == too_large
    assert tabulate([["x"] * 256]).fault is None
    assert tabulate([["x"] * 257]) == too_large
    full = (b"x" * 2047 + b"\n") * (MAX_SIZE // 2048)
    assert (len(full), read(full).fault) == (MAX_SIZE, None)
    assert read(full + b"\n") == too_large
