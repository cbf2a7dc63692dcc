"""Which rows the teacher has asked for, in which order, with which figure: all of it from the address."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any, Self
from urllib.parse import urlencode

from blogreview.domain.alphabet import alphabetical
from blogreview.domain.grading import rank
from blogreview.domain.sanitiser import printable
from blogreview.domain.terms import GradingScale
from blogreview.overview.rows import Cell, TeamRow


class Filter(StrEnum):
    ALL = "all"
    LOOK = "look"
    MISSING = "missing"
    UNGRADED = "ungraded"


_KEEPS: Mapping[Filter, Callable[[TeamRow], bool]] = {
    Filter.ALL: lambda _: True,
    Filter.LOOK: lambda row: bool(row.remarks),
    Filter.MISSING: lambda row: row.title is not None and row.missing > 0,
    Filter.UNGRADED: lambda row: row.grade is None,
}
#: The columns that can be sorted by, besides the criteria, which are called "1", "2", …
TEAM, READERS, SUGGESTIONS, GRADE = "team", "readers", "suggestions", "grade"


@dataclass(frozen=True, slots=True)
class View:
    """What the address says; a value it cannot mean is the default."""

    filter: Filter = Filter.ALL
    find: str = ""
    sort: str = TEAM
    down: bool = False
    mean: bool = False
    numbers: bool = False
    dense: bool = False

    @classmethod
    def of(cls, asked: Mapping[str, str], criteria: int) -> Self:
        columns = {TEAM, READERS, SUGGESTIONS, GRADE, *(str(place) for place in range(1, criteria + 1))}
        chosen, sort = asked.get("filter", ""), asked.get("sort", "")
        return cls(
            filter=Filter(chosen) if chosen in set(Filter) else Filter.ALL,
            find=printable(asked.get("find", "")).strip()[:100],
            sort=sort if sort in columns else TEAM,
            **{name: asked.get(name) == "1" for name in ("down", "mean", "numbers", "dense")},
        )

    def said(self) -> dict[str, str | int]:
        """What the address must say for this view: all that is not the default."""
        default = asdict(View())
        return {
            name: 1 if value is True else value for name, value in asdict(self).items() if value != default[name]
        }

    def changed(self, **changes: Any) -> str:
        """The query string of this view, but for the changes."""
        return f"?{urlencode(replace(self, **changes).said())}"

    def sorted_by(self, column: str) -> str:
        """The query string that sorts by the column: first the way that shows what to look at, then the other."""
        return self.changed(sort=column, down=not self.down if column == self.sort else column == SUGGESTIONS)

    def figure(self, cell: Cell) -> float | None:
        return cell.mean if self.mean else cell.estimate

    def rows(self, rows: Iterable[TeamRow], scale: GradingScale) -> list[TeamRow]:
        """Those the search and the filter leave, in order; without a value in the column last, whichever way."""
        left = [row for row in rows if row.matches and _KEEPS[self.filter](row)]
        left.sort(key=lambda row: alphabetical(row.name))
        if self.sort == TEAM:
            return left[::-1] if self.down else left
        value = self._value(scale)
        known = sorted((row for row in left if value(row) is not None), key=value, reverse=self.down)
        return known + [row for row in left if value(row) is None]

    def _value(self, scale: GradingScale) -> Callable[[TeamRow], Any]:
        if self.sort == READERS:
            return lambda row: row.sent
        if self.sort == SUGGESTIONS:
            return lambda row: row.suggestions
        if self.sort == GRADE:
            return lambda row: rank(row.grade, scale)
        place = int(self.sort) - 1
        return lambda row: self.figure(row.cells[place])


def kept_by(chosen: Filter, rows: Iterable[TeamRow]) -> int:
    return sum(_KEEPS[chosen](row) for row in rows)
