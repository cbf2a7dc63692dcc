"""Link the readers of a deal into one component, so that their leniency can be compared."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from itertools import islice, product

from blogreview.domain.balancing import Fits, Table

# Reviews looked at on each side. Where only own teams are closed, the first two readers who meet can swap.
# Looking further serves classes where many are kept apart, and has an end for sections that never meet.
_LOOK_AT = 50


@dataclass(slots=True)
class _Part:
    """A component of the graph of readers and posts."""

    dealt: list[tuple[int, int]] = field(default_factory=list)  # (reader, post)
    spare: dict[int, list[int]] = field(default_factory=dict)  # reader -> posts; one may go, cutting nothing


def join(table: Table, fits: Fits, held: Mapping[int, Collection[int]]) -> None:
    """Join components by letting two readers swap posts; no load changes.

    :param held: reader -> posts held before the deal, which link the class but are never moved.

    A swap joins two components when one of the swapped reviews closes a cycle, and each join spends
    one cycle. Where readers get two posts or more, at least as many readers as posts, there are enough
    of them; where moreover only own teams are closed, one of the four swaps two readers can make fits.
    """
    joined = True
    while joined:
        parts = sorted(_parts(table, held), key=lambda part: len(part.spare), reverse=True)
        joined = sum(_absorb(table, fits, parts[0], part) for part in parts[1:]) > 0


def _absorb(table: Table, fits: Fits, hub: _Part, part: _Part) -> bool:
    for (giver, posts), (taker, wish) in product(
        islice(hub.spare.items(), _LOOK_AT), islice(part.dealt, _LOOK_AT)
    ):
        for post in posts:
            if fits(giver, post, wish) and fits(taker, wish, post):
                table.move(giver, post, wish)
                table.move(taker, wish, post)
                hub.spare |= part.spare
                # What these two may give up has changed; the next round finds out.
                hub.spare.pop(giver, None)
                hub.spare.pop(taker, None)
                return True
    return False


def _parts(table: Table, held: Mapping[int, Collection[int]]) -> list[_Part]:
    parent: dict[int, int] = {}
    for posts in held.values():
        _link(parent, (), posts)  # first, so that cycles are closed by reviews that can be moved
    spare = {reader: _link(parent, hand, held[reader]) for reader, hand in table.hands.items()}
    parts: dict[int, _Part] = {}
    for reader, hand in table.hands.items():
        if hand:
            part = parts.setdefault(_root(parent, hand[0]), _Part())
            part.dealt += [(reader, post) for post in hand]
            if spare[reader]:
                part.spare[reader] = spare[reader]
    return list(parts.values())


def _link(parent: dict[int, int], hand: Collection[int], held: Collection[int]) -> list[int]:
    """Link a reader's posts; return the dealt ones that other readers have linked to one of the rest already."""
    linked: dict[int, list[int]] = {}
    for post in (*hand, *held):
        linked.setdefault(_root(parent, post), []).append(post)
    for root in linked:
        parent[root] = next(iter(linked))
    return [post for posts in linked.values() if len(posts) > 1 for post in posts if post in hand]


def _root(parent: dict[int, int], post: int) -> int:
    while (above := parent.setdefault(post, post)) != post:
        parent[post] = parent[above]
        post = above
    return post
