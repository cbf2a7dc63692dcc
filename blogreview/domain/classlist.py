"""A class list -> people to add, each row with what is wrong with it and what was probably meant."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from operator import itemgetter

from blogreview.domain.classlist_columns import Column, find_columns
from blogreview.domain.tables import FileFault, Table, clean, decode, read
from blogreview.domain.team_names import TeamNames

__all__ = [
    "ClassList", "Column", "Draft", "Fault", "FileFault", "Row", "Table",
    "check", "decode", "email_key", "is_email", "read", "understand",
]  # fmt: skip

#: Characters each field may have. Longer is refused, never cut.
MAX_LENGTH: Mapping[str, int] = {
    "name": 120,
    "email": 254,
    "team": 120,
    "student_number": 40,
    "login": 80,
    "section": 80,
    "shown_name": 120,
}

_ATOM = r"[^\s@.<>()\[\],;:\"\\]+"
_EMAIL = re.compile(rf"(?=.{{1,64}}@){_ATOM}(?:\.{_ATOM})*@(?:[^\W_](?:[^\W_]|-)*\.)+[^\W\d_]{{2,}}")
_NOT_A_PERSON = "points possible"  # Canvas writes the maximum points as if they were a student


class Fault(StrEnum):
    """What is to be said about a row. All but ALREADY_MEMBER keep it from being added."""

    NO_NAME = "no-name"
    NO_EMAIL = "no-email"
    BAD_EMAIL = "bad-email"
    NO_TEAM = "no-team"
    DUPLICATE_IN_LIST = "duplicate-in-list"
    UNKNOWN_TEAM_CLOSE_TO = "unknown-team-close-to"
    TOO_LONG = "too-long"
    ALREADY_MEMBER = "already-member"


@dataclass(frozen=True, slots=True)
class Draft:
    """A person as the list, or the teacher correcting it, has them."""

    #: The number a spreadsheet shows beside the row.
    number: int
    name: str
    email: str
    team: str = ""
    student_number: str = ""
    login: str = ""
    section: str = ""
    shown_name: str = ""
    #: The team stands as it is: new despite its spelling, or left for the student to choose.
    team_as_is: bool = field(default=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Row(Draft):
    """A checked draft, cleaned."""

    faults: tuple[Fault, ...] = ()
    #: What was probably meant: the address under BAD_EMAIL, else the team under UNKNOWN_TEAM_CLOSE_TO.
    suggestion: str | None = None
    #: The number of the earlier row with the same address, under DUPLICATE_IN_LIST.
    same_as: int | None = None

    @property
    def ready(self) -> bool:
        """Whether the row can be added as it stands."""
        return not set(self.faults) - {Fault.ALREADY_MEMBER}


@dataclass(frozen=True, slots=True)
class ClassList:
    """What a table says. With ``faults`` there are no rows."""

    rows: tuple[Row, ...]
    columns: Mapping[Column, int]
    faults: tuple[FileFault, ...] = ()
    #: How many columns of national identity numbers were left out unread.
    dropped: int = 0


def understand(table: Table, *, known_teams: Iterable[str], known_people: Mapping[str, str | None]) -> ClassList:
    """Read a table as a class list, and check every row.

    :param table: from :func:`read`, or from a spreadsheet.
    :param known_teams: names of the course's teams.
    :param known_people: e-mail of each member of the course -> the name of their team, or None.
    :return: rows in the file's order, blank ones left out. Where the table has no column of teams, every
        row's team is left for the student to choose.
    """
    faults, columns = _file_faults(table)
    if faults:
        return ClassList((), columns, faults, table.dropped)
    drafts = [_draft(table.first + at, row, columns) for at, row in enumerate(table.rows)]
    people = [draft for draft in drafts if _is_person(draft)]
    rows = check(people, known_teams=known_teams, known_people=known_people)
    return ClassList(rows, columns, () if rows else (FileFault.EMPTY,), table.dropped)


def check(
    rows: Sequence[Draft], *, known_teams: Iterable[str], known_people: Mapping[str, str | None]
) -> tuple[Row, ...]:
    """Say what is wrong with each row, the whole list seen together. May be asked again of its own answer.

    :param known_teams: as for :func:`understand`.
    :param known_people: as for :func:`understand`.
    :return: a row per draft in the same order, texts cleaned and teams spelled as the course, or the first
        row, spells them.
    """
    drafts = [_cleaned(draft) for draft in rows]
    teams = TeamNames(known_teams, [draft.team for draft in drafts])
    domain = _shared_domain(draft.email for draft in drafts)
    members = {key: team for email, team in known_people.items() if (key := email_key(email))}
    numbers: dict[str, int] = {}
    return tuple(_checked(draft, teams, domain, members, numbers) for draft in drafts)


def is_email(text: str) -> bool:
    """Whether a cleaned text is one whole address."""
    return _EMAIL.fullmatch(text) is not None


def email_key(email: str) -> str:
    """The form in which two addresses are compared."""
    return unicodedata.normalize("NFC", clean(email).casefold())


# From a table to drafts


def _file_faults(table: Table) -> tuple[tuple[FileFault, ...], dict[Column, int]]:
    if table.fault:
        return (table.fault,), {}
    if not any(table.rows):
        return (FileFault.EMPTY,), {}
    columns = find_columns(table.header, table.rows)
    faults = []
    if Column.EMAIL not in columns:
        faults.append(FileFault.NO_EMAIL_COLUMN)
    if not columns.keys() & {Column.NAME, Column.FIRST_NAME, Column.LAST_NAME}:
        faults.append(FileFault.NO_NAME_COLUMN)
    return tuple(faults), columns


def _draft(number: int, cells: Sequence[str], columns: Mapping[Column, int]) -> Draft:
    def cell(column: Column) -> str:
        at = columns.get(column, len(cells))
        return cells[at] if at < len(cells) else ""

    return Draft(
        number=number,
        name=_first_name_first(cell(Column.NAME)) or f"{cell(Column.FIRST_NAME)} {cell(Column.LAST_NAME)}",
        email=cell(Column.EMAIL),
        team=cell(Column.TEAM),
        student_number=cell(Column.STUDENT_NUMBER),
        login=cell(Column.LOGIN),
        section=cell(Column.SECTION),
        shown_name=cell(Column.SHOWN_NAME),
        team_as_is=Column.TEAM not in columns,
    )


def _first_name_first(name: str) -> str:
    """«Ødegård, Ida» -> «Ida Ødegård». More commas than one are left alone."""
    last, comma, first = name.partition(",")
    return f"{first.strip()} {last.strip()}" if comma and "," not in first else name


def _is_person(draft: Draft) -> bool:
    texts = [getattr(draft, name) for name in MAX_LENGTH]
    return any(map(str.strip, texts)) and draft.name.casefold().strip() != _NOT_A_PERSON


# Checking


def _cleaned(draft: Draft) -> Draft:
    texts = {name: clean(getattr(draft, name)) for name in MAX_LENGTH}
    return Draft(number=draft.number, team_as_is=draft.team_as_is, **texts)


def _checked(
    draft: Draft,
    teams: TeamNames,
    domain: str,
    members: Mapping[str, str | None],
    numbers: dict[str, int],
) -> Row:
    """:param numbers: address -> the row that has it, of the rows so far; this one is added."""
    key = email_key(draft.email)
    same_as = numbers.setdefault(key, draft.number) if key else draft.number
    whole = _completed(draft.email, domain)
    meant = None if draft.team_as_is else teams.meant(draft.team)
    found = {
        Fault.NO_NAME: not draft.name,
        Fault.NO_EMAIL: not draft.email,
        Fault.BAD_EMAIL: draft.email and (whole or not _EMAIL.fullmatch(draft.email)),
        Fault.NO_TEAM: not (draft.team or draft.team_as_is or members.get(key)),
        Fault.DUPLICATE_IN_LIST: same_as != draft.number,
        Fault.UNKNOWN_TEAM_CLOSE_TO: meant,
        Fault.TOO_LONG: any(len(getattr(draft, name)) > most for name, most in MAX_LENGTH.items()),
        Fault.ALREADY_MEMBER: key in members,
    }
    texts = {name: getattr(draft, name) for name in MAX_LENGTH} | {"team": teams.spelled(draft.team)}
    return Row(
        number=draft.number,
        **texts,
        team_as_is=draft.team_as_is,
        faults=tuple(fault for fault, holds in found.items() if holds),
        suggestion=whole or meant,
        same_as=same_as if same_as != draft.number else None,
    )


def _shared_domain(emails: Iterable[str]) -> str:
    """The domain that most addresses of the list share, or ""."""
    domains = Counter(email_key(email).rpartition("@")[2] for email in emails if _EMAIL.fullmatch(email))
    domain, count = max(domains.items(), key=itemgetter(1), default=("", 0))
    return domain if 2 * count > domains.total() else ""


def _completed(email: str, domain: str) -> str | None:
    """The address with the list's domain, where its own is a piece cut off from that; else None."""
    local, at, own = email.partition("@")
    if not at or own.casefold() == domain or not domain.startswith(own.casefold()):
        return None
    whole = clean(f"{local}@{domain}")
    return whole if _EMAIL.fullmatch(whole) else None
