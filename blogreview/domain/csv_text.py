"""A table as the CSV that Norwegian spreadsheets open by themselves."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

BYTE_ORDER_MARK = "\ufeff"
#: A spreadsheet would calculate a text that begins with one of these.
_BEGINS_FORMULA = ("=", "+", "-", "@", "\t", "\r")

Value = str | int | float | None


def csv_text(table: Iterable[Sequence[Value]]) -> str:
    """Semicolons, a byte order mark, one decimal after a comma; an empty cell for None.

    Text that could be taken for a formula gets an apostrophe in front.
    """
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows([_cell(value) for value in line] for line in table)
    return BYTE_ORDER_MARK + out.getvalue()


def _cell(value: Value) -> str:
    if isinstance(value, str):
        return f"'{value}" if value.startswith(_BEGINS_FORMULA) else value
    return "" if value is None else str(value)
