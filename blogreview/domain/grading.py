"""What a grade may be, by the assignment's scale. phrases.py has the words."""

from __future__ import annotations

import re
from collections.abc import Mapping

from blogreview.domain.terms import GradingScale

#: The closed scales, best first.
CHOICES: Mapping[GradingScale, tuple[str, ...]] = {
    GradingScale.LETTERS: ("A", "B", "C", "D", "E", "F"),
    GradingScale.PASS_FAIL: ("pass", "fail"),
    GradingScale.APPROVED: ("approved", "not-approved"),
}
_POINTS = re.compile(r"[0-9]{1,4}([.,][0-9]{1,2})?")


def read_points(typed: str, highest: int | None) -> str:
    """Points as they are stored, with a full stop and no needless noughts: "87,50" is "87.5".

    :raise ValueError: not a number of at most two decimals from 0 to the highest.
    """
    if not _POINTS.fullmatch(typed):
        raise ValueError(typed)
    points = typed.replace(",", ".")
    if highest is not None and float(points) > highest:
        raise ValueError(typed)
    return f"{float(points):.2f}".rstrip("0").rstrip(".")


def rank(value: str | None, scale: GradingScale) -> float | None:
    """Where a grade stands among others, the lowest first; None for none, or one of another scale."""
    if scale is GradingScale.POINTS:
        return float(value) if value and _POINTS.fullmatch(value) else None
    best_first = CHOICES.get(scale, ())
    return -float(best_first.index(value)) if value in best_first else None
