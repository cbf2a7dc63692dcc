"""What a deal changes: everything anew, or only what is missing. Pure; ``commands`` carries it out."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import count

from blogreview.allocation.standing import Given, Standing, holding, loaded
from blogreview.domain.allocation import deal
from blogreview.domain.balancing import Table, balance
from blogreview.domain.dealing import may_exchange
from blogreview.domain.terms import AllocationSource

Pair = tuple[int, int]  # reader, post


@dataclass(frozen=True, slots=True)
class Change:
    taken: tuple[Given, ...]
    added: tuple[Pair, ...]


def dealt_anew(standing: Standing, *, seed: int) -> Change:
    """Everything that has not been begun is taken back, and as much dealt again."""
    begun = [given for given in standing.given if given.begun]
    taken = tuple(given for given in standing.given if not given.begun)
    return Change(taken, _missing(standing, begun, seed))


def filled_up(standing: Standing, *, seed: int) -> Change:
    """Late posts and readers who lack some get their share; the rest lies, but for what evening out takes.

    Whoever lacks some gets the least read posts. A late post cannot live on that (its own team may not read
    it), so unbegun reviews move to it from the most read; what a teacher has placed stays. An unbegun review
    that the rules have come to forbid is taken back.
    """
    kept = [given for given in standing.given if not _is_forbidden(standing, given)]
    loose = [given for given in kept if _is_loose(standing, given)]
    fixed = [given for given in kept if not _is_loose(standing, given)]
    table = _laid(standing, fixed)
    for given in loose:
        table.give(given.reader, given.post)
    for reader, post in _missing(standing, kept, seed):
        table.give(reader, post)
    for fits in (table.fits_apart, table.fits):
        balance(table, fits)
    return _difference(set(standing.given) - set(fixed), table)


def reader_numbers(
    pairs: Iterable[Pair], held: Mapping[int, Mapping[int, int]], *, seed: int, may_change: bool
) -> dict[Pair, int]:
    """How the team will see each new reader, "Reader 3", in an order that tells nothing; and who makes room for them.

    Whoever comes later must not be known by a later number: they take anybody's, who takes the free one instead.

    :param held: post -> reader -> number, of the readers it has already.
    :param may_change: the team has seen none of these numbers; else the new ones take the free ones.
    """
    rng, numbers = random.Random(seed), dict[Pair, int]()
    seats = {post: {number: reader for reader, number in readers.items()} for post, readers in held.items()}
    new = list(pairs)
    rng.shuffle(new)
    for reader, post in new:
        taken = seats.setdefault(post, {})
        free = next(n for n in count(1) if n not in taken)
        number = rng.choice(sorted((*taken, free))) if may_change else free
        if number != free:
            taken[free] = taken[number]
            numbers[taken[free], post] = free
        taken[number] = reader
        numbers[reader, post] = number
    return numbers


def _is_forbidden(standing: Standing, given: Given) -> bool:
    return not given.begun and standing.seats(given) and not standing.fits(given.reader, given.post)


def _is_loose(standing: Standing, given: Given) -> bool:
    return not given.begun and standing.seats(given) and given.source is AllocationSource.DEAL


def _missing(standing: Standing, given: Collection[Given], seed: int) -> tuple[Pair, ...]:
    """What a deal adds to what has been given."""
    cards = loaded(standing.cards.values(), given)
    return deal(cards, holding(standing.readers.values(), given, standing.cards), seed=seed).pairs


def _laid(standing: Standing, fixed: Collection[Given]) -> Table:
    """A table where only what cannot be moved lies."""
    cards = {card.post: card for card in loaded(standing.cards.values(), fixed)}
    readers = {reader.id: reader for reader in holding(standing.readers.values(), fixed, standing.cards)}
    return Table(
        load={post: card.load for post, card in cards.items()},
        team_of={reader.id: reader.team for reader in readers.values()},
        may_exchange=lambda reader, old, new: may_exchange(readers[reader], cards[old], cards[new]),
    )


def _difference(before: Collection[Given], table: Table) -> Change:
    had = {(given.reader, given.post) for given in before}
    has = {(reader, post): None for reader, hand in table.hands.items() for post in hand}
    taken = [given for given in before if (given.reader, given.post) not in has]
    return Change(tuple(sorted(taken, key=lambda given: given.id)), tuple(pair for pair in has if pair not in had))
