"""The first sheet of an Excel file -> a table of text. A formula is its last saved value, and never run."""

from __future__ import annotations

import re
import warnings
from contextlib import suppress
from io import BytesIO
from zipfile import ZipFile

from openpyxl import load_workbook
from openpyxl.cell.read_only import EmptyCell, ReadOnlyCell
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from blogreview.domain.tables import MAX_COLUMNS, MAX_LINES, MAX_SIZE, FileFault, Table, tabulate

_MAX_ENTRIES = 500
_MAX_UNPACKED = 4 * 1024 * 1024  # bytes; a list of 2,000 with every column we know takes 0.8 MB
_MAX_PART = 512 * 1024  # bytes of XML that is not cells: openpyxl needs half a minute for 10 MB of styles
_MAX_RATIO = 100  # unpacked to packed; an honest list stays below 20
_CELLS = ("xl/worksheets/", "xl/sharedstrings")

# openpyxl warns of what it does not need, and may quote the cell: that could be a national identity number.
warnings.filterwarnings("ignore", category=UserWarning, module=r"openpyxl\.")


class Unreadable(Exception):
    """Not an Excel file, broken, or made to do harm. Says nothing of what is in it."""


def read_xlsx(data: bytes) -> Table:
    """Read the first visible sheet that has something on it.

    :raise Unreadable: the file is no workbook, or unpacks to more than an honest one does.
    """
    if len(data) > MAX_SIZE:
        return Table(None, (), fault=FileFault.TOO_LARGE)
    # Whatever openpyxl trips over in a hostile file; its messages may quote cells, so nothing is chained.
    with suppress(Exception):
        if _unpacks_modestly(data):
            return _first_table(_open(data))
    raise Unreadable


def _open(data: bytes) -> Workbook:
    return load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)


def _unpacks_modestly(data: bytes) -> bool:
    # What an entry declares binds: zipfile gives no byte beyond it.
    with ZipFile(BytesIO(data)) as archive:
        entries = archive.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    return (
        len(entries) <= _MAX_ENTRIES
        and unpacked <= min(_MAX_UNPACKED, _MAX_RATIO * len(data))
        and all(entry.file_size <= _MAX_PART for entry in entries if _is_frame(entry.filename))
    )


def _is_frame(name: str) -> bool:
    """Whether openpyxl reads the part whole, before it comes to any cell."""
    return name.endswith((".xml", ".rels")) and not name.lower().startswith(_CELLS)


def _first_table(book: Workbook) -> Table:
    visible = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    filled = (table for table in map(_table, visible) if table.fault or table.header or any(table.rows))
    return next(filled, Table(None, ()))


def _table(sheet: Worksheet) -> Table:
    # One beyond each limit, so that a sheet larger than it is refused and not cut.
    rows = sheet.iter_rows(max_row=MAX_LINES + 1, max_col=MAX_COLUMNS + 1)
    return tabulate([_text(cell) for cell in row] for row in rows)


def _text(cell: ReadOnlyCell | EmptyCell) -> str:
    """The cell as its sheet shows it: 123456, not 123456.0, and 004711 where the format is 000000."""
    value = cell.value
    if value is None or cell.data_type == "e":
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int) and re.fullmatch("0+", cell.number_format):
        return str(value).zfill(len(cell.number_format))
    return str(value)
