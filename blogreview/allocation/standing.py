"""Who may read what, and who has been given what: an assignment's allocation as plain data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from blogreview.domain.allocation import Breach, Card, Reader, Rule, broken_rules
from blogreview.domain.dealing import may_have
from blogreview.domain.terms import AllocationSource, ReviewState


@dataclass(frozen=True, slots=True)
class Given:
    """One post given to one reader, and how far the review has come; no state: not begun."""

    id: int
    post: int
    reader: int
    number: int
    source: AllocationSource
    state: ReviewState | None

    @property
    def begun(self) -> bool:
        return self.state is not None


@dataclass(frozen=True, slots=True)
class Standing:
    """The posts in the deck and the readers at the table as before any deal, by id, and what has been given.

    Something may be given that is not at the table any more: a post hidden since, a reader who has left.
    """

    cards: Mapping[int, Card]
    readers: Mapping[int, Reader]
    given: tuple[Given, ...]

    @property
    def begun(self) -> bool:
        return any(given.begun for given in self.given)

    def seats(self, given: Given) -> bool:
        """Whether both the reader and the post are at the table."""
        return given.reader in self.readers and given.post in self.cards

    def fits(self, reader: int, post: int) -> bool:
        """Whether the rules let this reader have this post, both being at the table."""
        return may_have(self.readers[reader], self.cards[post])

    def choices(self, given: Given) -> list[int]:
        """The posts that may take its place; none once it is begun."""
        if given.begun or given.reader not in self.readers:
            return []
        has = {other.post for other in self.given if other.reader == given.reader}
        return [post for post in self.cards if post not in has and self.fits(given.reader, post)]


def loaded(cards: Iterable[Card], given: Iterable[Given]) -> list[Card]:
    """The cards with what has been given as their load."""
    loads = Counter(each.post for each in given)
    return [replace(card, load=loads[card.post]) for card in cards]


def holding(readers: Iterable[Reader], given: Iterable[Given], deck: Collection[int]) -> list[Reader]:
    """The readers with what they have been given as held; they want as many fewer as are still in the deck."""
    held: dict[int, set[int]] = {}
    for each in given:
        held.setdefault(each.reader, set()).add(each.post)
    return [_holding(reader, held.get(reader.id, set()), deck) for reader in readers]


def _holding(reader: Reader, held: set[int], deck: Collection[int]) -> Reader:
    readable = sum(post in deck for post in held)
    return replace(reader, held=frozenset(held), wanted=max(0, reader.wanted - readable))


def breaches(standing: Standing) -> tuple[Breach, ...]:
    """What the allocation breaks now; an own team's post is not also one to be kept apart from."""
    pairs = [(given.reader, given.post) for given in standing.given if standing.seats(given)]
    others = [given for given in standing.given if given.reader not in standing.readers]
    found = broken_rules(pairs, loaded(standing.cards.values(), others), standing.readers.values())
    own = {(breach.reader, breach.post) for breach in found if breach.rule is Rule.OWN_TEAM}
    return tuple(
        breach for breach in found if breach.rule is not Rule.KEPT_APART or (breach.reader, breach.post) not in own
    )
