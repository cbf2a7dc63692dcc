"""What the readers of a post chose on one criterion, as one sentence's worth of facts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum


class Lean(Enum):
    """How the readers stand together."""

    NOBODY = "nobody"
    ALONE = "alone"
    BOTH = "both"
    ALL = "all"
    MOST = "most"
    HALF = "half"
    #: More than any other level, yet fewer than half.
    MORE = "more"
    #: Two levels, chosen equally often.
    SPLIT = "split"
    #: Three levels or more, chosen equally often.
    SCATTERED = "scattered"


@dataclass(frozen=True, slots=True)
class Verdict:
    """How the readers stand, and on which levels.

    :ivar levels: numbers of the levels chosen most often, lowest first; empty when nobody has chosen.
    :ivar choosing: how many readers chose each of them.
    :ivar readers: how many chose any level.
    """

    lean: Lean
    levels: tuple[int, ...]
    choosing: int
    readers: int


def verdict(counts: Sequence[int]) -> Verdict:
    """Sum up what was chosen.

    :param counts: readers per level, lowest level first.
    """
    readers, choosing = sum(counts), max(counts, default=0)
    if not readers:
        return Verdict(Lean.NOBODY, (), 0, 0)
    levels = tuple(number for number, count in enumerate(counts, 1) if count == choosing)
    return Verdict(_lean(len(levels), choosing, readers), levels, choosing, readers)


def _lean(levels: int, choosing: int, readers: int) -> Lean:
    if levels > 1:
        return Lean.SPLIT if levels == 2 else Lean.SCATTERED
    if choosing == readers:
        return {1: Lean.ALONE, 2: Lean.BOTH}.get(readers, Lean.ALL)
    if 2 * choosing == readers:
        return Lean.HALF
    return Lean.MOST if 2 * choosing > readers else Lean.MORE
