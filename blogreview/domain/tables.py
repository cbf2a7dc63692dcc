"""Pasted or exported text -> rows of clean cells, without a single national identity number.

An 11-digit number in a Norwegian list is a national identity number. It is left out here, before anything
else looks at the cells, so that no row, message or log further on can hold one.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from blogreview.domain.classlist_columns import Column, column_of, header_at

MAX_SIZE = 2 * 1024 * 1024  # bytes, or characters where text was pasted
MAX_ROWS = 2_000  # rows with something on them, below the header
MAX_LINES = 10_000  # blank ones counted
MAX_COLUMNS = 256


class FileFault(StrEnum):
    """What is wrong with a list as a whole."""

    UNREADABLE = "unreadable"
    TOO_LARGE = "too-large"
    EMPTY = "empty"
    NO_EMAIL_COLUMN = "no-email-column"
    NO_NAME_COLUMN = "no-name-column"


@dataclass(frozen=True, slots=True)
class Table:
    """Cleaned cells. A blank row is an empty tuple, so that positions still tell row numbers."""

    header: tuple[str, ...] | None
    rows: tuple[tuple[str, ...], ...]
    #: How many columns were left out because they held national identity numbers.
    dropped: int = 0
    #: The number a spreadsheet shows beside ``rows[0]``.
    first: int = 1
    #: Why there is nothing to read: UNREADABLE or TOO_LARGE.
    fault: FileFault | None = None


_DELIMITERS = ";\t,"
_SAMPLE = 20_000  # characters: enough to tell which delimiter it is
_SEP_LINE = re.compile(r"\"?sep=([;,\t])\"?[ \t]*(?:\r\n|\r|\n|$)", re.IGNORECASE)
_ADDRESS = re.compile(r"[^\s@;,]+@[^\s@;,]+")

# Joiners stay inside a word, where some scripts and emoji need them.
_JOINERS = "\u200c\u200d"
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u206f\u2800\u3164\ufeff\uffa0\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)
_IS_NATIONAL_ID = re.compile(r"[\W_]*(?:\d[\W_]*){11}")
_HOLDS_NATIONAL_ID = re.compile(r"(?<!\d)(?:\d[\W_]{0,3}){10}\d(?!\d)")


def read(data: bytes | str) -> Table:
    """Read delimited text: what was pasted, or the bytes of a CSV file.

    :param data: UTF-8, UTF-16 or Windows-1252; ``;``, ``,`` or tab between cells, quoted or not.
    :return: the table; with ``fault`` set, and nothing else, where it cannot be read. Never raises.
    """
    if len(data) > MAX_SIZE:
        return Table(None, (), fault=FileFault.TOO_LARGE)
    text = decode(data) if isinstance(data, bytes) else data
    if "\0" in text:
        return Table(None, (), fault=FileFault.UNREADABLE)
    try:
        return tabulate(_split(text.removeprefix("\ufeff")))
    except csv.Error:  # a cell beyond what the csv module takes (128 kB)
        return Table(None, (), fault=FileFault.UNREADABLE)


def decode(data: bytes) -> str:
    """Turn a file's bytes into text; what no encoding explains becomes U+FFFD. Never raises.

    The byte order mark decides; without one, zero bytes in every other place mean UTF-16, and bytes that
    are not UTF-8 are Windows-1252, which Norwegian Excel still writes.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    for encoding, high_bytes in (("utf-16-le", data[1::2]), ("utf-16-be", data[::2])):
        if 2 * high_bytes.count(0) > len(high_bytes):
            return data.decode(encoding, errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def tabulate(lines: Iterable[Sequence[str]]) -> Table:
    """Make a table of raw cells: clean them, leave out national identity numbers, find the header.

    :param lines: every line of the sheet in order, blank ones too.
    :return: the table, or one with ``fault`` TOO_LARGE.
    """
    rows: list[list[str]] = []
    for line in lines:
        rows.append(_trimmed([_visible(cell) for cell in line]))
        if len(rows) > MAX_LINES or len(rows[-1]) > MAX_COLUMNS:
            return Table(None, (), fault=FileFault.TOO_LARGE)
    at = header_at(rows)
    first = 0 if at is None else at + 1
    if sum(map(bool, rows[first:])) > MAX_ROWS:
        return Table(None, (), fault=FileFault.TOO_LARGE)
    secret = _secret_columns(rows, at)
    kept = [tuple(_harmless(cell) for i, cell in enumerate(row) if i not in secret) for row in rows]
    return Table(
        header=None if at is None else kept[at],
        rows=tuple(row if any(row) else () for row in kept[first:]),
        dropped=len(secret),
        first=first + 1,
    )


def clean(text: str) -> str:
    """What the eye sees of a text: NFC, single spaces, nothing invisible.

    :return: the text; "" where it holds an 11-digit number, however spaced or dotted.
    """
    return _harmless(_visible(text))


def without_national_ids(text: str) -> str:
    """A pasted list to show again, as it was typed but for cells that hold an 11-digit number."""
    return re.sub(rf"[^{_DELIMITERS}\r\n]+", lambda cell: _harmless(cell[0]), text)


def _visible(text: str) -> str:
    if text.isascii() and text.isprintable():
        return " ".join(text.split())  # nearly every cell, and most are blank
    seen = " ".join(_INVISIBLE.sub("", text).split()).strip(_JOINERS + " ")
    return unicodedata.normalize("NFC", seen)


def _harmless(seen: str) -> str:
    return "" if _IS_NATIONAL_ID.fullmatch(seen) or _HOLDS_NATIONAL_ID.search(seen) else seen


def _split(text: str) -> list[list[str]]:
    """The cells of a text. Excel's own first line, ``sep=;``, names the delimiter and is not a row."""
    named = _SEP_LINE.match(text)
    return _parse(text[named.end() :], named[1]) if named else _parse(text, _delimiter(text))


def _delimiter(text: str) -> str:
    """The delimiter that leaves most addresses and titles alone in their cells."""

    def score(delimiter: str) -> tuple[int, int]:
        cells = [cell.strip() for row in _parse(text[:_SAMPLE], delimiter) for cell in row]
        return sum(bool(_ADDRESS.fullmatch(c) or column_of(c)) for c in cells), len(cells)

    return max(_DELIMITERS, key=score)


def _parse(text: str, delimiter: str) -> list[list[str]]:
    try:
        return list(_reader(text, delimiter))
    except csv.Error:
        # A lone quotation mark would swallow the rows after it, so none of them means anything.
        return [[cell.strip(' "') for cell in row] for row in _reader(text, delimiter, quoted=False)]


def _reader(text: str, delimiter: str, *, quoted: bool = True) -> Iterable[list[str]]:
    lines = io.StringIO(text, newline="")
    return csv.reader(
        lines,
        delimiter=delimiter,
        quoting=csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE,
        skipinitialspace=True,
        strict=True,
    )


def _trimmed(line: list[str]) -> list[str]:
    """The line without what trailing separators leave."""
    while line and not line[-1]:
        line.pop()
    return line


def _secret_columns(rows: Sequence[Sequence[str]], header: int | None) -> set[int]:
    """Columns that say they hold national identity numbers, or hold one."""
    titled = rows[header] if header is not None else ()
    secret = {i for i, title in enumerate(titled) if column_of(title) is Column.NATIONAL_ID}
    for row in rows:
        secret |= {i for i, cell in enumerate(row) if _IS_NATIONAL_ID.fullmatch(cell)}
    return secret
