"""The rubric as plain data, and the default one, by keys; phrases.py has its words in three languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

DEFAULT_CRITERIA = ("goals", "guidelines", "examples", "positioning")
#: Lowest first.
DEFAULT_LEVELS = ("not-yet", "getting-there", "in-place", "stands-out")
MIN_LEVELS, MAX_LEVELS = 2, 6


@dataclass(frozen=True, slots=True)
class RubricLevel:
    """A level all criteria share; 1 is the lowest. No name of its own: the default's, by ``key``."""

    id: int
    number: int
    key: str | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class RubricCriterion:
    """A row of the grid. What a teacher has not written is None, or absent, and is the default's, by ``key``.

    :ivar descriptors: level number -> the teacher's own words.
    """

    id: int
    position: int
    key: str | None = None
    name: str | None = None
    guidance: str | None = None
    descriptors: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rubric:
    """The whole grid: criteria by position, levels lowest first."""

    criteria: tuple[RubricCriterion, ...]
    levels: tuple[RubricLevel, ...]

    @property
    def top(self) -> int:
        """The number of the highest level; 0 in a rubric without levels."""
        return max((level.number for level in self.levels), default=0)
