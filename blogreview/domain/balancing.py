"""Even out how many readers each post has, by moving reviews along cost-reducing paths."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping

#: (reader, a post dealt to the reader, another post) -> whether the second may take the first one's place
Fits = Callable[[int, int, int], bool]


class Table:
    """A deal in the making: who has been dealt which post, and each post's load.

    :param load: post -> readers it already has (done and promised); every post there is.
    :param team_of: reader -> team, if any; everyone at the table.
    :param may_exchange: what the rules say of an exchange, whatever else the reader was dealt.
    """

    def __init__(
        self, load: Mapping[int, int], team_of: Mapping[int, int | None], may_exchange: Fits
    ) -> None:
        self.load = dict(load)
        self.hands: dict[int, list[int]] = {reader: [] for reader in team_of}
        self.readers: dict[int, list[int]] = {post: [] for post in load}
        self._team_of = team_of
        self._from_team: Counter[tuple[int | None, int]] = Counter()  # (team, post) -> readers
        self._may_exchange = may_exchange

    def give(self, reader: int, post: int) -> None:
        self.hands[reader].append(post)
        self._seat(reader, post)

    def move(self, reader: int, old: int, new: int) -> None:
        """Put `new` where `old` was in the reader's hand."""
        hand = self.hands[reader]
        hand[hand.index(old)] = new
        self.readers[old].remove(reader)
        self.load[old] -= 1
        self._from_team[self._team_of[reader], old] -= 1
        self._seat(reader, new)

    def _seat(self, reader: int, post: int) -> None:
        self.readers[post].append(reader)
        self.load[post] += 1
        self._from_team[self._team_of[reader], post] += 1

    def fits(self, reader: int, old: int, new: int) -> bool:
        """Whether `reader`, who was dealt `old`, may have `new` instead."""
        return new not in self.hands[reader] and self._may_exchange(reader, old, new)

    def fits_apart(self, reader: int, old: int, new: int) -> bool:
        """Whether it fits, and no teammate has been dealt `new`."""
        return self.fits(reader, old, new) and not self._from_team[self._team_of[reader], new]


def balance(table: Table, fits: Fits) -> None:
    """Make the sum of squared loads as small as moves that fit can make it.

    The deal is an integral flow with a convex cost, so it is optimal exactly when no path leads
    from a post with load L over its readers to one with load L - 2 or less (Harvey, Ladner, Lovász
    and Tamir, Semi-matchings for bipartite graphs and load balancing, 2006). Posts reached in vain
    only lead to each other, now and after any later move, so they are left out from then on.
    """
    ranked = sorted(table.load, key=table.load.__getitem__)
    while (busiest := next((post for post in reversed(ranked) if table.readers[post]), None)) is not None:
        if table.load[busiest] - table.load[ranked[0]] < 2:
            return
        stuck = _relieve(table, fits, busiest, ranked)
        ranked = sorted((post for post in ranked if post not in stuck), key=table.load.__getitem__)


def _relieve(table: Table, fits: Fits, busiest: int, ranked: Iterable[int]) -> set[int]:
    """Take one review off a post, or return the posts through which it was sought in vain."""
    enough = table.load[busiest] - 2
    came: dict[int, tuple[int, int]] = {}
    for reader, post, other in _steps(table, fits, busiest, ranked):
        came[other] = reader, post
        if table.load[other] <= enough:
            _shift(table, came, other)
            return set()
    return {busiest, *came}


def _steps(table: Table, fits: Fits, start: int, ranked: Iterable[int]) -> Iterator[tuple[int, int, int]]:
    """Breadth first, least loaded first: (reader, the reader's post, a post not met before that fits)."""
    unmet = [post for post in ranked if post != start]
    queue = [start]
    for post in queue:
        for reader in table.readers[post]:
            misfits = []
            for other in unmet:
                if fits(reader, post, other):
                    queue.append(other)
                    yield reader, post, other
                else:
                    misfits.append(other)
            unmet = misfits


def _shift(table: Table, came: Mapping[int, tuple[int, int]], post: int) -> None:
    while post in came:
        reader, before = came[post]
        table.move(reader, before, post)
        post = before
