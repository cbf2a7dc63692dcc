"""A checked class list, held against the class: who is new, who is here, who would change team."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from enum import StrEnum

from blogreview.domain.classlist import MAX_LENGTH, Draft, Fault, Row, check, email_key
from blogreview.domain.team_names import team_key

_COLUMNS = tuple(field.name for field in fields(Draft))
_FIELD = {
    Fault.NO_NAME: "name",
    Fault.NO_EMAIL: "email",
    Fault.BAD_EMAIL: "email",
    Fault.DUPLICATE_IN_LIST: "email",
    Fault.NO_TEAM: "team",
    Fault.UNKNOWN_TEAM_CLOSE_TO: "team",
}


class Press(StrEnum):
    """What a button of the preview does with its row."""

    USE = "use"  # take the suggestion
    AS_IS = "as-is"  # the team is right as it stands: a new one, or none yet
    SKIP = "skip"


@dataclass(frozen=True, slots=True)
class Known:
    """A member, as the list meets them."""

    name: str
    team: str | None
    studies: bool


@dataclass(frozen=True, slots=True)
class Move:
    """A member whom the list has on another team."""

    row: Row
    known: Known

    @property
    def renamed(self) -> bool:
        """The list has another name for the address: perhaps it means somebody else."""
        return self.row.name.casefold() != self.known.name.casefold()


@dataclass(frozen=True, slots=True)
class Preview:
    """What would happen if the list were added now."""

    to_fix: tuple[Row, ...]
    fresh: tuple[Row, ...]
    moves: tuple[Move, ...]
    #: How many are in the class already, on the team the list gives them or with none given.
    here: int
    #: Names of teams that do not exist yet.
    new_teams: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Class:
    """The class a list is held against: team names, and members by e-mail."""

    teams: tuple[str, ...]
    people: Mapping[str, Known]

    @property
    def team_by_email(self) -> dict[str, str | None]:
        return {email: known.team for email, known in self.people.items()}

    def check(self, drafts: Sequence[Draft]) -> tuple[Row, ...]:
        return check(drafts, known_teams=self.teams, known_people=self.team_by_email)

    def preview(self, rows: Sequence[Row]) -> Preview:
        """:param rows: checked against this class."""
        ready = [row for row in rows if row.ready]
        fresh = tuple(row for row in ready if Fault.ALREADY_MEMBER not in row.faults)
        members = [(row, self.people[email_key(row.email)]) for row in ready if Fault.ALREADY_MEMBER in row.faults]
        moves = tuple(Move(row, known) for row, known in members if _changes_team(row, known))
        known_teams = set(map(team_key, self.teams))
        named = dict.fromkeys(row.team for row in (*fresh, *(move.row for move in moves)) if row.team)
        return Preview(
            to_fix=tuple(row for row in rows if not row.ready),
            fresh=fresh,
            moves=moves,
            here=len(members) - len(moves),
            new_teams=tuple(team for team in named if team_key(team) not in known_teams),
        )


def _changes_team(row: Row, known: Known) -> bool:
    return known.studies and bool(row.team) and team_key(row.team) != team_key(known.team or "")


def wrong_fields(row: Row) -> frozenset[str]:
    """Names of the row's fields that a fault of it is about."""
    too_long = {name for name, most in MAX_LENGTH.items() if len(getattr(row, name)) > most}
    return frozenset({_FIELD[fault] for fault in row.faults if fault in _FIELD} | too_long)


def pressed(rows: Iterable[Row], press: Press, number: int) -> list[Row]:
    """The rows after a button beside one of them; an unknown number changes nothing."""
    changed = [_changed(row, press) if row.number == number else row for row in rows]
    return [row for row in changed if row is not None]


def _changed(row: Row, press: Press) -> Row | None:
    if press is Press.SKIP:
        return None
    if press is Press.AS_IS:
        return replace(row, team_as_is=True)
    if row.suggestion is None:
        return row
    return replace(row, email=row.suggestion) if Fault.BAD_EMAIL in row.faults else replace(row, team=row.suggestion)


def pack(rows: Iterable[Draft]) -> str:
    """The rows as one text, to travel in a form."""
    return json.dumps([[getattr(row, name) for name in _COLUMNS] for row in rows], ensure_ascii=False)


def unpack(packed: str) -> list[Draft]:
    """The rows that :func:`pack` packed, each number once.

    :raise ValueError: somebody has changed the text.
    """
    try:
        rows = json.loads(packed)
        drafts = [Draft(**dict(zip(_COLUMNS, row, strict=True))) for row in rows]
    except (TypeError, RecursionError) as error:
        raise ValueError("not rows") from error
    if type(rows) is not list or not all(map(_is_sound, drafts)):
        raise ValueError("not rows")
    return list({draft.number: draft for draft in drafts}.values())


def _is_sound(draft: Draft) -> bool:
    *texts, as_is = (getattr(draft, name) for name in _COLUMNS if name != "number")
    return type(draft.number) is int and type(as_is) is bool and all(type(value) is str for value in texts)
