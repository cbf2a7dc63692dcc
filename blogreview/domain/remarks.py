"""What a teacher is told about a team's row in the overview: each thing once, the weightiest first."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from blogreview.domain.flags import Flag


class Matter(Enum):
    """What is worth a look besides the flags of domain.scoring."""

    NOT_PUBLISHED = "not-published"
    HIDDEN = "hidden"
    DISAGREEMENT = "disagreement"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing worth a look.

    :ivar criteria: the places of the criteria it is about, the first is 0.
    :ivar count: how many it counts.
    """

    about: Matter | Flag
    criteria: tuple[int, ...] = ()
    count: int = 0


_FLAGS = (
    Flag.SPREAD, Flag.ONE_STANDS_APART, Flag.LITTLE_CONCRETE, Flag.FAR_FROM_MEAN, Flag.LITTLE_ATTENTION,
    Flag.TOO_FEW_REVIEWS,
)
#: What says the same more exactly.
_SAID_BY: dict[Flag, Matter | Flag] = {
    Flag.SPREAD: Matter.DISAGREEMENT,
    Flag.LITTLE_ATTENTION: Flag.TOO_FEW_REVIEWS,
    Flag.TOO_FEW_REVIEWS: Matter.MISSING,
}


def remarks_of(
    *, published: bool, hidden: bool, split: tuple[int, ...], missing: int, wanted: int, flags: frozenset[Flag]
) -> tuple[Remark, ...]:
    """Put what is known about a team's post in order.

    :param split: the places of the criteria its readers disagree on.
    :param missing: how many of the wanted reviews have not been sent; one in ten is no reason to look.
    """
    if hidden or not published:
        return (Remark(Matter.HIDDEN if hidden else Matter.NOT_PUBLISHED),)
    found: dict[Matter | Flag, Remark] = {}
    if split:
        found[Matter.DISAGREEMENT] = Remark(Matter.DISAGREEMENT, criteria=split)
    if missing * 10 > wanted:
        found[Matter.MISSING] = Remark(Matter.MISSING, count=missing)
    known = flags | found.keys()
    found |= {flag: Remark(flag) for flag in _FLAGS if flag in flags and _SAID_BY.get(flag) not in known}
    return tuple(found.values())
