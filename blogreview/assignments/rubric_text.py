"""A rubric in words, as one reader reads it or a teacher has typed it; and what the editor's buttons do to it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeVar

from blogreview.domain.rubric import MAX_LEVELS, MIN_LEVELS

T = TypeVar("T")
MAX_CRITERIA = 12
MAX_NAME, MAX_TEXT = 80, 300


@dataclass(frozen=True, slots=True)
class LevelText:
    """A level; ``id`` names the stored row it was made from, "" for a new one."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class CriterionText:
    """A criterion, and its descriptors in the order of the levels."""

    id: str
    name: str
    guidance: str
    descriptors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RubricText:
    """The grid, lowest level first. Every change gives a new one; one that cannot be made gives the same."""

    criteria: tuple[CriterionText, ...]
    levels: tuple[LevelText, ...]

    def with_criterion(self) -> RubricText:
        if len(self.criteria) >= MAX_CRITERIA:
            return self
        return replace(self, criteria=(*self.criteria, CriterionText("", "", "", ("",) * len(self.levels))))

    def without_criterion(self, place: int) -> RubricText:
        return replace(self, criteria=_without(self.criteria, place)) if len(self.criteria) > 1 else self

    def with_raised(self, place: int) -> RubricText:
        """The criterion at ``place`` changes place with the one before."""
        if not 0 < place < len(self.criteria):
            return self
        rows = list(self.criteria)
        rows[place - 1], rows[place] = rows[place], rows[place - 1]
        return replace(self, criteria=tuple(rows))

    def with_level(self) -> RubricText:
        """One more level, above the highest."""
        if len(self.levels) >= MAX_LEVELS:
            return self
        return RubricText(
            tuple(replace(row, descriptors=(*row.descriptors, "")) for row in self.criteria),
            (*self.levels, LevelText("", "")),
        )

    def without_level(self, place: int) -> RubricText:
        if len(self.levels) <= MIN_LEVELS:
            return self
        return RubricText(
            tuple(replace(row, descriptors=_without(row.descriptors, place)) for row in self.criteria),
            _without(self.levels, place),
        )


def _without(row: tuple[T, ...], place: int) -> tuple[T, ...]:
    return tuple(one for n, one in enumerate(row) if n != place)
