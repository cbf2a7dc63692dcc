"""Which column of a class list holds what: by its title in any of our languages, else by its content."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum


class Column(StrEnum):
    """What a column may hold for us."""

    NAME = "name"
    FIRST_NAME = "first-name"
    LAST_NAME = "last-name"
    EMAIL = "email"
    TEAM = "team"
    STUDENT_NUMBER = "student-number"
    LOGIN = "login"
    SECTION = "section"
    SHOWN_NAME = "shown-name"
    NATIONAL_ID = "national-id"


#: Titles in bokmål, nynorsk and English, with those that Canvas, Blackboard and Moodle write; the surest
#: first. Compared as letters and digits only, so «E-post» is "epost" and "SIS Login ID" is "sisloginid".
_TITLES: Mapping[Column, str] = {
    Column.NAME: "navn namn name fulltnavn fulltnamn fullname studentnavn studentnamn studentname student"
    " etternavnfornavn etternamnfornamn lastnamefirstname deltaker deltakar deltager participant student",
    Column.FIRST_NAME: "fornavn fornamn førenamn firstname givenname givennames",
    Column.LAST_NAME: "etternavn etternamn lastname surname familyname",
    Column.EMAIL: "epost epostadresse email emailaddress mail mailadresse studentepost studentemail",
    Column.TEAM: "team teamnavn teamnamn teamname gruppe gruppenavn gruppenamn group groupname groups grupper"
    " lag lagnavn gruppekode groupcode",
    Column.STUDENT_NUMBER: "studentnummer studentnr studnr studentnumber studentno studentid sisuserid"
    " idnummer idnumber",
    Column.LOGIN: "brukernavn brukarnamn username loginid sisloginid login innlogging feide feidenavn"
    " feidenamn feideid userid",
    Column.SECTION: "seksjon section sections klasse class parti",
    Column.SHOWN_NAME: "visningsnavn visingsnamn vistnavn vistnamn displayname shownname kallenavn kallenamn"
    " preferredname nickname",
}
_RANKED = {title: (column, rank) for column, titles in _TITLES.items() for rank, title in enumerate(titles.split())}
_NATIONAL_ID = ("fødsel", "fodsel", "fnr", "personnummer", "personnr", "nationalid", "dnummer", "ssn")

_TITLE_ROWS = 10  # how far down a header may stand: exports like to begin with a title
_WORD = r"[^\W\d_](?:[^\W\d_]|['\u2019.-])*"
_FULL_NAME = re.compile(rf"{_WORD}(?:,? {_WORD})+")
_SINGLE_NAME = re.compile(_WORD)
_NUMBER = re.compile(r"\d{5,10}")

_Cells = Mapping[int, Sequence[str]]


def column_of(title: str) -> Column | None:
    """What a column with this title holds; None for a title we do not know."""
    key = _title_key(title)
    if key.startswith(_NATIONAL_ID):
        return Column.NATIONAL_ID
    return _RANKED[key][0] if key in _RANKED else None


def header_at(rows: Sequence[Sequence[str]]) -> int | None:
    """The index of the header among the first rows, or None.

    A row with an e-mail address in it is a person, and ends the search. Two known titles make a header
    anywhere; one is enough on the first row that has anything on it.
    """
    alone = None
    first = next((at for at, row in enumerate(rows) if row), 0)
    for at, row in enumerate(rows[: first + _TITLE_ROWS]):
        if any("@" in cell for cell in row):
            break
        known = sum(column_of(cell) is not None for cell in row)
        if known >= 2:
            return at
        if known and at == first:
            alone = at
    return alone


def find_columns(header: Sequence[str] | None, rows: Sequence[Sequence[str]]) -> dict[Column, int]:
    """Find what each column holds.

    :param header: the titles, or None where the list has none.
    :param rows: cleaned cells; rows may differ in length.
    :return: column -> index. Titles decide first; then content finds the e-mail and the name, and without a
        header the student number and the team as well. A column that is nowhere is left out.
    """
    cells = _by_column(header, rows)
    found = _by_title(header, cells) if header else {}
    if Column.EMAIL not in found:
        # Canvas gives no address, but its login often is one.
        found |= _guess_email(_free(cells, found, but=Column.LOGIN))
    if not found.keys() & {Column.NAME, Column.FIRST_NAME, Column.LAST_NAME}:
        found |= _guess_name(_free(cells, found))
    if header is None:
        found |= _guess_number(_free(cells, found))
        found |= _guess_team(_free(cells, found))
    return found


def _title_key(title: str) -> str:
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFC", title).casefold())


def _by_column(header: Sequence[str] | None, rows: Sequence[Sequence[str]]) -> dict[int, list[str]]:
    """Column index -> its filled cells."""
    width = max(map(len, (header or (), *rows)))
    return {at: [row[at] for row in rows if at < len(row) and row[at]] for at in range(width)}


def _by_title(header: Sequence[str], cells: _Cells) -> dict[Column, int]:
    """The best of the columns that claim to hold the same: filled, surest title, fullest, leftmost."""
    best: dict[Column, tuple[tuple[bool, int, int, int], int]] = {}
    for at, title in enumerate(header):
        if ranked := _RANKED.get(_title_key(title)):
            column, rank = ranked
            claim = (bool(cells[at]), -rank, len(cells[at]), -at)
            best[column] = max(best.get(column, (claim, at)), (claim, at))
    return {column: at for column, (_, at) in best.items()}


def _free(cells: _Cells, found: Mapping[Column, int], but: Column | None = None) -> _Cells:
    taken = {at for column, at in found.items() if column is not but}
    return {at: filled for at, filled in cells.items() if filled and at not in taken}


def _mostly(filled: Sequence[str], fits: Callable[[str], object]) -> bool:
    return 2 * sum(bool(fits(cell)) for cell in filled) >= len(filled)


def _guess_email(cells: _Cells) -> dict[Column, int]:
    likely = [at for at, filled in cells.items() if _mostly(filled, lambda cell: "@" in cell)]
    return {Column.EMAIL: max(likely, key=lambda at: (len(cells[at]), -at))} if likely else {}


def _guess_name(cells: _Cells) -> dict[Column, int]:
    """Names vary more than teams do; three columns of single words are first name, last name and team."""
    full = [at for at, filled in cells.items() if _mostly(filled, _FULL_NAME.fullmatch)]
    single = [at for at, filled in cells.items() if _mostly(filled, _SINGLE_NAME.fullmatch)]
    varied = sorted(full or single, key=lambda at: (-len(set(cells[at])), at))
    if not full and len(single) >= 3:
        return dict(zip((Column.FIRST_NAME, Column.LAST_NAME), sorted(varied[:2]), strict=True))
    return {Column.NAME: varied[0]} if varied else {}


def _guess_number(cells: _Cells) -> dict[Column, int]:
    likely = [at for at, filled in cells.items() if _mostly(filled, _NUMBER.fullmatch)]
    return {Column.STUDENT_NUMBER: likely[0]} if likely else {}


def _guess_team(cells: _Cells) -> dict[Column, int]:
    """The column that repeats itself most."""
    repeats = {at: len(set(filled)) / len(filled) for at, filled in cells.items()}
    return {Column.TEAM: min(repeats, key=lambda at: (repeats[at], at))} if repeats else {}
