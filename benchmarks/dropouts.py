"""A class in which some leave and some publish late, and what one more deal makes of it."""

import random
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from blogreview.domain.allocation import Card, Reader, deal

POSTS, EACH = 30, 4  # one reader a team
GONE, LATE = 6, 3
ENOUGH = 3  # reviews of a post


@dataclass(frozen=True, slots=True)
class Thin:
    """Posts that end with fewer than three reviews: of the first deal alone, and after the second."""

    before: int
    after: int


def thin_posts(seed: int, *, opened: float = 0.0) -> Thin:
    """Deal to a class, let people go, release what they had not started, and deal that to the others.

    :param opened: the share of those gone who have opened one review they will never finish; it
        cannot be released, and the second deal still counts on it.
    """
    rng = random.Random(seed)
    everyone = range(POSTS)
    gone, late = set(rng.sample(everyone, GONE)), set(rng.sample(everyone, LATE))
    in_time = [person for person in everyone if person not in late]
    first = deal(_cards(in_time), [Reader(person, person, EACH) for person in in_time], seed=seed).pairs

    lost = [pair for pair in first if pair[0] in gone]
    kept = [pair for pair in first if pair[0] not in gone]
    stuck = {pair for pair in {reader: (reader, post) for reader, post in lost}.values() if rng.random() < opened}
    active = [person for person in in_time if person not in gone]
    extra = Counter(_shares(rng, active, len(lost) - len(stuck)))
    second = deal(
        _cards(everyone, [*kept, *stuck]),
        [
            Reader(
                id=person,
                team=person,
                wanted=EACH if person in late else extra[person],
                held=frozenset(post for reader, post in kept if reader == person),
            )
            for person in everyone
            if person not in gone
        ],
        seed=seed,
    ).pairs
    return Thin(before=_thin(kept), after=_thin([*kept, *second]))


def _cards(posts: Collection[int], dealt: Collection[tuple[int, int]] = ()) -> list[Card]:
    load = Counter(post for _, post in dealt)
    return [Card(post, post, load[post]) for post in posts]


def _shares(rng: random.Random, people: list[int], reviews: int) -> list[int]:
    """Return who takes the reviews, everyone as many as the others or one more."""
    rounds, rest = divmod(reviews, len(people))
    return people * rounds + rng.sample(people, rest)


def _thin(done: Collection[tuple[int, int]]) -> int:
    reviews = Counter(post for _, post in done)
    return sum(reviews[post] < ENOUGH for post in range(POSTS))
