"""Excel files as people and programs make them, and as nobody honest does."""

from __future__ import annotations

import importlib.util
import logging
import traceback
import warnings
from collections.abc import Mapping
from contextlib import suppress
from io import BytesIO
from random import Random
from types import ModuleType
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from blogreview.domain.classlist import FileFault, Row, Table, understand
from blogreview.domain.tables import MAX_LINES, MAX_ROWS, MAX_SIZE
from blogreview.teams.spreadsheets import Unreadable, read_xlsx

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
SHEET, STRINGS, BOOK = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml"


def saved(book: Workbook) -> bytes:
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def workbook(*rows: tuple[object, ...]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    return saved(book)


def with_parts(parts: Mapping[str, str | bytes]) -> bytes:
    """An empty workbook with parts of it replaced or added."""
    out = BytesIO()
    with ZipFile(BytesIO(workbook())) as source, ZipFile(out, "w", ZIP_DEFLATED) as target:
        kept = {name: source.read(name) for name in source.namelist()}
        for name, content in {**kept, **parts}.items():
            target.writestr(name, content)
    return out.getvalue()


def sheet(rows: str, *, before: str = "", after: str = "") -> bytes:
    return with_parts({SHEET: f"{before}<worksheet {MAIN}><sheetData>{rows}</sheetData>{after}</worksheet>"})


def test_a_workbook_reads_like_the_same_list_as_text() -> None:
    table = read_xlsx(workbook(("Navn", "E-post", "Team"), ("Ødegård, Ida", "ida@fjordvik.no", "Havørn")))
    assert table == Table(("Navn", "E-post", "Team"), (("Ødegård, Ida", "ida@fjordvik.no", "Havørn"),), first=2)
    assert understand(table, known_teams=(), known_people={}).rows == (
        Row(2, "Ida Ødegård", "ida@fjordvik.no", "Havørn"),
    )


def test_numbers_are_text_as_the_sheet_shows_them() -> None:
    book = Workbook()
    book.active.append(("ida@fjordvik.no", 100001, 100002.0, 2.5, True, 4711))
    book.active["F1"].number_format = "000000"
    assert read_xlsx(saved(book)).rows == (("ida@fjordvik.no", "100001", "100002", "2.5", "True", "004711"),)


def test_rows_keep_the_numbers_excel_shows() -> None:
    book = Workbook()
    book.active["B3"], book.active["C3"] = "Navn", "E-post"
    book.active["B6"], book.active["C6"] = "Ida", "ida@fjordvik.no"
    assert read_xlsx(saved(book)) == Table(("", "Navn", "E-post"), ((), (), ("", "Ida", "ida@fjordvik.no")), first=4)


def test_the_first_visible_sheet_with_content_is_the_one() -> None:
    book = Workbook()
    hidden, chosen = book.create_sheet("Skjult"), book.create_sheet("Klasse")
    hidden.append(("Ikke", "denne"))
    hidden.sheet_state = "hidden"
    chosen.append(("Ida", "ida@fjordvik.no"))
    assert read_xlsx(saved(book)).rows == (("Ida", "ida@fjordvik.no"),)


def test_an_empty_workbook_is_an_empty_table() -> None:
    assert read_xlsx(workbook()) == Table(None, ())


def test_a_formula_is_its_saved_value_and_an_error_is_nothing() -> None:
    cells = (
        '<c r="A1" t="str"><f>"ida"&amp;"@x.no"</f><v>ida@x.no</v></c>'
        '<c r="B1"><f>1+1</f></c><c r="C1" t="e"><v>#REF!</v></c><c r="D1"><v>7</v></c>'
    )
    assert read_xlsx(sheet(f'<row r="1">{cells}</row>')).rows == (("ida@x.no", "", "", "7"),)


def test_shared_strings_and_a_wrong_dimension_as_other_programs_write_them() -> None:
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Override PartName="/xl/workbook.xml" ContentType='
        '"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
        '<Override PartName="/xl/sharedStrings.xml" ContentType='
        '"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>'
    )
    strings = f"<sst {MAIN}><si><t>Ida</t></si><si><r><t>ida@</t></r><r><t>x.no</t></r></si></sst>"
    rows = '<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row>'
    parts = {
        "[Content_Types].xml": types,
        STRINGS: strings,
        SHEET: f'<worksheet {MAIN}><dimension ref="A1"/><sheetData>{rows}</sheetData></worksheet>',
    }
    assert read_xlsx(with_parts(parts)).rows == (("Ida", "ida@x.no"),)


@pytest.mark.parametrize("number", [1019912345 * 10 + 1, 10199123451.0, "010199 12345", "01019912345"])
def test_a_column_of_national_ids_is_dropped(number: object) -> None:
    assert read_xlsx(workbook(("Ida", number, "ida@x.no"))) == Table(None, (("Ida", "ida@x.no"),), dropped=1)


def test_a_national_id_that_lost_its_zero_is_known_by_its_format() -> None:
    book = Workbook()
    book.active.append(("Ida", 1019912345, "ida@x.no"))
    book.active["B1"].number_format = "00000000000"
    assert read_xlsx(saved(book)) == Table(None, (("Ida", "ida@x.no"),), dropped=1)


def fresh(name: str) -> ModuleType:
    """A second copy of the module: the first one's warning filter is gone, pytest sets its own for each test."""
    spec = importlib.util.find_spec(name)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_no_warning_quotes_a_cell() -> None:
    styles = f'<styleSheet {MAIN}><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>'
    rows = '<row r="1"><c r="A1" s="1"><v>10199123451</v></c><c r="B1" t="str"><v>ida@x.no</v></c></row>'
    data = with_parts({SHEET: f"<worksheet {MAIN}><sheetData>{rows}</sheetData></worksheet>", "xl/styles.xml": styles})
    with warnings.catch_warnings(record=True) as heard:
        warnings.simplefilter("always")
        assert fresh("blogreview.teams.spreadsheets").read_xlsx(data).rows == (("", "ida@x.no"),)
    assert heard == []


def test_neither_the_error_nor_the_log_says_what_was_in_a_broken_file(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    broken = sheet('<row r="01019912345x"><c r="A1"><v>01019912345</v></c></row>')
    with pytest.raises(Unreadable) as caught:
        read_xlsx(broken)
    assert "01019912345" not in "".join(traceback.format_exception(caught.value)) + caplog.text
    assert (caught.value.__cause__, caught.value.__context__, caught.value.args) == (None, None, ())


@pytest.mark.parametrize(
    "data", [b"", b"PK\x03\x04", b"Navn;E-post", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600]
)
def test_what_is_no_workbook_is_unreadable(data: bytes) -> None:
    with pytest.raises(Unreadable):
        read_xlsx(data)


def test_a_zip_that_is_no_workbook_is_unreadable() -> None:
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        archive.writestr("readme.txt", "hei")
    with pytest.raises(Unreadable):
        read_xlsx(out.getvalue())


DECLARED = '<!DOCTYPE x [<!ENTITY a "ida@x.no">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
CELL = '<row r="1"><c r="A1" t="inlineStr"><is><t>&a;</t></is></c></row>'


@pytest.mark.parametrize("doctype", [DECLARED, OUTSIDE])
@pytest.mark.parametrize("part", [SHEET, BOOK, "xl/styles.xml", "[Content_Types].xml", "xl/_rels/workbook.xml.rels"])
def test_no_part_may_declare_entities(part: str, doctype: str) -> None:
    with ZipFile(BytesIO(sheet(CELL.replace("&a;", "Ida")))) as archive:
        content = archive.read(part).decode()
    content = content[content.index("?>") + 2 :] if content.startswith("<?xml") else content
    assert read_xlsx(with_parts({SHEET: f"<worksheet {MAIN}/>", part: content})).fault is None
    with pytest.raises(Unreadable):
        read_xlsx(with_parts({SHEET: f"<worksheet {MAIN}/>", part: doctype + content}))


def test_an_entity_in_a_cell_is_never_expanded() -> None:
    with pytest.raises(Unreadable):
        read_xlsx(sheet(CELL, before=DECLARED))


#: Does not shrink, so a part beside it escapes the limit on the ratio.
NOISE = Random(1).randbytes(20_000)


@pytest.mark.parametrize(
    "parts",
    [
        {SHEET: f"<worksheet {MAIN}><sheetData>{'<row/>' * 100_000}</sheetData></worksheet>"},
        {f"xl/media/{number}.png": b"" for number in range(500)},
        {"xl/theme/theme1.xml": " " * (512 * 1024 + 1), "x": NOISE},
    ],
    ids=["ratio", "entries", "a part that is not cells"],
)
def test_a_file_that_unpacks_beyond_reason_is_unreadable(parts: Mapping[str, str | bytes]) -> None:
    with pytest.raises(Unreadable):
        read_xlsx(with_parts(parts))


def test_a_file_that_unpacks_to_too_much_is_unreadable_whatever_its_ratio() -> None:
    noise = "".join(f"<c><v>{number * 7919 % 1000003}</v></c>" for number in range(260_000))
    data = sheet(f"<row>{noise}</row>")
    assert len(data) < MAX_SIZE < 4 * 1024 * 1024 < len(noise) < 100 * len(data)
    with pytest.raises(Unreadable):
        read_xlsx(data)


def test_more_than_the_limits_is_too_large_and_not_cut() -> None:
    too_large = Table(None, (), fault=FileFault.TOO_LARGE)
    row = ("Ida", "ida@x.no")
    assert read_xlsx(workbook(*[row] * (MAX_ROWS + 1))) == too_large
    assert read_xlsx(workbook(("x",) * 257)) == too_large
    assert read_xlsx(bytes(MAX_SIZE + 1)) == too_large
    far = '<row r="{0}"><c r="A{0}" t="str"><v>Ida</v></c></row>'
    assert read_xlsx(sheet(far.format(MAX_LINES + 1))) == too_large
    assert read_xlsx(sheet(far.format(10**12))) == too_large


@settings(max_examples=60)
@given(st.integers(0, 10**6), st.binary(min_size=1, max_size=40))
def test_a_damaged_workbook_is_read_or_refused_and_nothing_else(place: int, damage: bytes) -> None:
    whole = workbook(("Navn", "E-post"), ("Ida", "ida@x.no"))
    at = place % len(whole)
    with suppress(Unreadable):
        assert isinstance(read_xlsx(whole[:at] + damage + whole[at + len(damage) :]), Table)
