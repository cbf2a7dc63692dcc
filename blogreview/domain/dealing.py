"""The cards, the readers and the first round: posts dealt like cards, the least read first."""

from __future__ import annotations

import math
import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from heapq import heappop, heappush

from blogreview.domain.balancing import Table


@dataclass(frozen=True, slots=True)
class Card:
    """A post to be read, the only one of its team, with the reviews it already has, done and promised."""

    post: int
    team: int
    load: int = 0


@dataclass(frozen=True, slots=True)
class Reader:
    """Someone who is to read `wanted` posts more.

    `held` are posts the reader has in this assignment already; they stay, and the cards' load counts
    them. `avoid` are posts the reader must never get: those the reader is an author of, or is kept
    apart from. A post of `seen_teams`, whose posts were read in earlier assignments, comes only when
    no other fits. Readers without a team have no own post, and are dealt to as one team.
    """

    id: int
    team: int | None
    wanted: int
    held: frozenset[int] = frozenset()
    avoid: frozenset[int] = frozenset()
    seen_teams: frozenset[int] = frozenset()


def may_have(reader: Reader, card: Card) -> bool:
    """Whether the rules without exception let the reader have a post not dealt before."""
    return card.team != reader.team and card.post not in reader.held and card.post not in reader.avoid


def may_exchange(reader: Reader, old: Card, new: Card) -> bool:
    """Whether the reader, who was dealt `old`, may have `new` in its place."""
    # An unseen team's post gives way to an unseen one only: a seen one is for when no other is left.
    seen = reader.seen_teams
    return may_have(reader, new) and (new.team not in seen or old.team in seen)


class _Rank(IntEnum):
    """How well a card suits a reader, best first: covered when a teammate has it, seen when its team is."""

    NEW = 0
    COVERED = 1
    SEEN = 2
    SEEN_AND_COVERED = 3
    CLOSED = 4


_Entry = tuple[int, float, int]  # load, lot, post


class Dealer:
    """Gives every reader the least loaded posts that will do, ties broken by lot.

    The deck is a heap by load: a lap of the posts at one level comes before the next level, and a card
    that was passed over stays in front.
    """

    def __init__(self, table: Table, cards: Mapping[int, Card], rng: random.Random) -> None:
        self._table = table
        self._cards = cards
        self._rng = rng
        self._deck: list[_Entry] = []
        for post in cards:
            self._put(post)

    def deal(self, readers: Iterable[Reader], *, diverse_teams: bool) -> None:
        """Deal team by team; with `diverse_teams` teammates get different posts as far as there are any."""
        teams: dict[int | None, list[Reader]] = {}
        for reader in readers:
            teams.setdefault(reader.team, []).append(reader)
        seats = list(teams.values())
        self._rng.shuffle(seats)
        for team in seats:
            covered = {post for reader in team for post in reader.held}
            for reader in team:
                self._serve(reader, covered if diverse_teams else set())

    def _serve(self, reader: Reader, covered: set[int]) -> None:
        for _ in range(reader.wanted):
            post = self._draw(reader, covered)
            if post is None:
                return
            self._table.give(reader.id, post)
            self._put(post)
            covered.add(post)

    def _put(self, post: int) -> None:
        heappush(self._deck, (self._table.load[post], self._rng.random(), post))

    def _draw(self, reader: Reader, covered: set[int]) -> int | None:
        """Take the best card out of the deck, of equally good ones the first.

        A card that a teammate has is passed over for one of the next lap, not for one further on. When
        all within reach is covered the team starts again: a large one spreads evenly, and does not leaf
        through the same cards at every draw.
        """
        passed: list[_Entry] = []
        best, best_rank, reach = None, _Rank.CLOSED, math.inf
        while self._deck and self._deck[0][0] <= reach:
            entry = heappop(self._deck)
            passed.append(entry)
            rank = self._rank(reader, entry[2], covered)
            if rank < best_rank:
                best, best_rank, reach = entry, rank, _reach(rank, entry[0])
        for entry in passed:
            if entry is not best:
                heappush(self._deck, entry)
        if best_rank in (_Rank.COVERED, _Rank.SEEN_AND_COVERED):
            covered.clear()
        return best and best[2]

    def _rank(self, reader: Reader, post: int, covered: set[int]) -> _Rank:
        card = self._cards[post]
        if post in self._table.hands[reader.id] or not may_have(reader, card):
            return _Rank.CLOSED
        if card.team in reader.seen_teams:
            return _Rank.SEEN_AND_COVERED if post in covered else _Rank.SEEN
        return _Rank.COVERED if post in covered else _Rank.NEW


def _reach(rank: _Rank, load: int) -> float:
    """Return the highest load at which a better card than one of this rank and load is worth a look."""
    if rank is _Rank.NEW:
        return -math.inf
    return load + 1 if rank is _Rank.COVERED else math.inf
