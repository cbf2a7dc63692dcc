"""The grid of who reads whom, measured out for the SVG: a row per reading team, a column per post, alike ordered."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

STEP = 20
SQUARE = 14
DOT = 3
#: More teams than this cannot be told apart in a drawing; the list says the same.
MOST_TEAMS = 60
#: More than these make the drawing wider than the page; it scrolls.
MANY_TEAMS = 30
#: A smaller class is not blown up: its squares are as large as in one of so many teams.
FEW_TEAMS = 24
LONGEST_NAME = 20
#: About the width of a letter at 12 px.
LETTER = 7

Place = tuple[int, int]  # reading team, team whose post it is


@dataclass(frozen=True, slots=True)
class Square:
    x: int
    y: int
    kind: str


@dataclass(frozen=True, slots=True)
class Label:
    text: str
    middle: float
    chosen: bool


@dataclass(frozen=True, slots=True)
class Matrix:
    view_box: str
    wide: bool
    side: int
    labels: tuple[Label, ...]
    own: tuple[float, ...]
    squares: tuple[Square, ...]
    #: Where the highlighted column begins.
    column: int | None


def drawn(
    teams: Sequence[tuple[int, str]], filled: Collection[Place], broken: Collection[Place], chosen: int | None
) -> Matrix | None:
    """The grid, or None where there are too many teams to see anything.

    :param teams: (id, name), in the order of rows and columns.
    :param filled: somebody of the first team reads the second's post.
    :param broken: those of them that a rule forbids.
    """
    if not 0 < len(teams) <= MOST_TEAMS:
        return None
    place = {team: n * STEP for n, (team, _) in enumerate(teams)}
    wide = len(teams) > MANY_TEAMS
    side = len(teams) * STEP
    margin = 20 + LETTER * max(len(_short(name)) for _, name in teams)
    width = margin + max(side, (MOST_TEAMS if wide else FEW_TEAMS) * STEP)
    inset = (STEP - SQUARE) // 2
    return Matrix(
        view_box=f"-{margin} -{margin} {width} {margin + side}",
        wide=wide,
        side=side,
        labels=tuple(Label(_short(name), place[team] + STEP * 0.725, team == chosen) for team, name in teams),
        own=tuple(at + (STEP - DOT) / 2 for at in place.values()),
        squares=tuple(
            Square(place[of] + inset, place[by] + inset, _kind(by, of, broken, chosen))
            for by, of in sorted(filled) if by in place and of in place
        ),
        column=place.get(chosen) if chosen is not None else None,
    )


def _kind(by: int, of: int, broken: Collection[Place], chosen: int | None) -> str:
    if (by, of) in broken:
        return "bad"
    return "pick" if of == chosen else ""


def _short(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else f"{name[:LONGEST_NAME - 1]}…"
