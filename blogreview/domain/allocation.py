"""Who reviews what: posts dealt to readers like cards, then evened out, then linked.

`dealing`, `balancing` and `joining` are the three steps; ``python -m benchmarks.allocation`` measures them.
"""

from __future__ import annotations

import enum
import random
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from blogreview.domain.balancing import Table, balance
from blogreview.domain.dealing import Card, Dealer, Reader, may_exchange
from blogreview.domain.joining import join

__all__ = ["ALLOCATION_VERSION", "Breach", "Card", "Deal", "Reader", "Rule", "broken_rules", "deal"]

T = TypeVar("T")

#: Stored with every deal beside its seed; raised whenever the same seed would deal differently.
ALLOCATION_VERSION = 1


@dataclass(frozen=True, slots=True)
class Deal:
    """The new (reader, post) pairs, by reader id, and each reader's posts in a random order.

    Shown in that order, no post is always read last. `short` are the readers for whom fewer posts
    fitted than they wanted.
    """

    pairs: tuple[tuple[int, int], ...]
    short: tuple[int, ...]
    seed: int
    version: int = ALLOCATION_VERSION


def deal(cards: Iterable[Card], readers: Iterable[Reader], *, seed: int, diverse_teams: bool = True) -> Deal:
    """Deal each reader the posts wanted, so that the posts' loads become as even as they can be.

    In this order: never an own, held or avoided post, nor one twice; as many posts as wanted; as few
    of seen teams as possible; the least sum of squared loads; readers and posts in one component,
    where swaps can make them so; and with `diverse_teams`, as far as the rest allows, a post's readers
    from different teams.

    A later deal is the same call, with what is done and promised as load: late posts, volunteers, and
    readers who take over from those who left.

    :param seed: of the only randomness there is. The same seed, cards and readers give the same deal,
        in whatever order cards and readers come.
    :raise ValueError: two cards have the same post, or two readers the same id.
    """
    by_post = _unique((card.post, card) for card in cards)
    by_id = _unique((reader.id, reader) for reader in readers)
    table = Table(
        load={post: card.load for post, card in by_post.items()},
        team_of={reader.id: reader.team for reader in by_id.values()},
        may_exchange=lambda reader, old, new: may_exchange(by_id[reader], by_post[old], by_post[new]),
    )
    Dealer(table, by_post, random.Random(seed)).deal(by_id.values(), diverse_teams=diverse_teams)
    held = {reader.id: reader.held for reader in by_id.values()}
    for fits in (table.fits_apart, table.fits) if diverse_teams else (table.fits,):
        balance(table, fits)
        join(table, fits, held)
    return Deal(
        pairs=tuple((reader, post) for reader, hand in table.hands.items() for post in hand),
        short=tuple(reader for reader, hand in table.hands.items() if len(hand) < by_id[reader].wanted),
        seed=seed,
    )


class Rule(enum.StrEnum):
    """What a matrix of readers and posts can break."""

    OWN_TEAM = "own-team"
    DUPLICATE = "duplicate"
    KEPT_APART = "kept-apart"
    UNEVEN_LOAD = "uneven-load"


@dataclass(frozen=True, slots=True)
class Breach:
    """A broken rule and where. Uneven load is about a post and names no reader."""

    rule: Rule
    post: int
    reader: int | None = None


def broken_rules(
    pairs: Collection[tuple[int, int]], cards: Iterable[Card], readers: Iterable[Reader]
) -> tuple[Breach, ...]:
    """Return what a matrix breaks: pair by pair as given, then post by post as given.

    :param pairs: (reader, post), on top of what the readers hold and the cards are loaded with.
    :raise KeyError: a pair names a reader or a post that is not among `readers` and `cards`.

    A post is unevenly loaded when it has fewer readers than the average rounded down, or more than it
    rounded up. Some post is, exactly when two posts differ by more than one.
    """
    by_post = {card.post: card for card in cards}
    by_id = {reader.id: reader for reader in readers}
    misplaced = [
        Breach(rule, post, reader)
        for (reader, post), count in Counter(pairs).items()
        for rule in _broken_by(by_id[reader], by_post[post], count)
    ]
    return (*misplaced, *_uneven(by_post.values(), Counter(post for _, post in pairs)))


def _broken_by(reader: Reader, card: Card, count: int) -> Iterator[Rule]:
    if card.team == reader.team:
        yield Rule.OWN_TEAM
    if count > 1 or card.post in reader.held:
        yield Rule.DUPLICATE
    if card.post in reader.avoid:
        yield Rule.KEPT_APART


def _uneven(cards: Collection[Card], new: Mapping[int, int]) -> list[Breach]:
    loads = {card.post: card.load + new[card.post] for card in cards}
    low, rest = divmod(sum(loads.values()), max(len(loads), 1))
    even = {low, low + bool(rest)}
    return [Breach(Rule.UNEVEN_LOAD, post) for post, load in loads.items() if load not in even]


def _unique(pairs: Iterable[tuple[int, T]]) -> dict[int, T]:
    """Return a mapping in the order of its keys."""
    listed = sorted(pairs, key=lambda pair: pair[0])
    index = dict(listed)
    if len(index) < len(listed):
        raise ValueError("a post or a reader comes twice")
    return index
