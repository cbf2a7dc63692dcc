"""The overview as plain data: a row a team, and what all of them come to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from blogreview.domain.estimates import Estimate, plain_mean
from blogreview.domain.flags import Flag
from blogreview.domain.remarks import Matter, Remark
from blogreview.domain.terms import GradeState


@dataclass(frozen=True, slots=True)
class Cell:
    """One criterion of one post: readers per level, lowest first, and what they come to, in levels."""

    counts: tuple[int, ...]
    mean: float | None = None
    estimate: float | None = None
    disagreement: bool = False


@dataclass(frozen=True, slots=True)
class TeamRow:
    """One team. ``title`` is None until it has published; ``matches`` tells whether the search found it."""

    slug: str
    name: str
    title: str | None
    hidden: bool
    sent: int
    wanted: int
    cells: tuple[Cell, ...]
    suggestions: int
    remarks: tuple[Remark, ...]
    grade: str | None
    state: GradeState | None
    matches: bool = True

    @property
    def missing(self) -> int:
        return self.wanted - self.sent

    @property
    def is_ready(self) -> bool:
        return self.state in (GradeState.READY, GradeState.RELEASED)

    def has(self, about: Matter | Flag) -> bool:
        return any(remark.about is about for remark in self.remarks)


@dataclass(frozen=True, slots=True)
class Totals:
    """The whole class. Posts that are hidden or not published are only among the teams and the grades.

    :ivar ready: grades that are ready or released.
    :ivar unreleased: grades that are ready, and not released.
    """

    teams: int
    posts: int
    sent: int
    wanted: int
    cells: tuple[Cell, ...]
    suggestions: int
    ready: int
    unreleased: int


def cell_of(counts: tuple[int, ...], estimate: Estimate, criterion: int) -> Cell:
    figures = estimate.criteria.get(criterion)
    if figures is None:
        return Cell(counts, plain_mean(counts))
    return Cell(counts, plain_mean(counts), figures.estimate, figures.disagreement)


def totals_of(rows: Sequence[TeamRow], criteria: int) -> Totals:
    shown = [row for row in rows if row.title is not None and not row.hidden]
    return Totals(
        teams=len(rows),
        posts=len(shown),
        sent=sum(row.sent for row in shown),
        wanted=sum(row.wanted for row in shown),
        cells=tuple(_all_of([row.cells[place] for row in shown]) for place in range(criteria)),
        suggestions=sum(row.suggestions for row in shown),
        ready=sum(row.is_ready for row in rows),
        unreleased=sum(row.state is GradeState.READY for row in rows),
    )


def _all_of(cells: Sequence[Cell]) -> Cell:
    """One criterion over the class: every reader counts, and every post's estimate weighs the same."""
    counts = tuple(map(sum, zip(*(cell.counts for cell in cells), strict=True)))
    estimates = [cell.estimate for cell in cells if cell.estimate is not None]
    return Cell(counts, plain_mean(counts), sum(estimates) / len(estimates) if estimates else None)
