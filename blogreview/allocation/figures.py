"""What an allocation comes to, in numbers: as it is, as it would be, and what it lacks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from blogreview.allocation.standing import Standing


@dataclass(frozen=True, slots=True)
class Span:
    """From the least to the most."""

    low: int
    high: int

    def __str__(self) -> str:
        return str(self.low) if self.low == self.high else f"{self.low}–{self.high}"


@dataclass(frozen=True, slots=True)
class Figures:
    """Readers of a post, posts of a reader, how many read their own team, and a post's readers' teams."""

    readers: Span
    posts: Span
    own_team: int
    teams: Span


@dataclass(frozen=True, slots=True)
class Preview:
    """What dealing now would come to."""

    readers: int
    each: Span
    reviews: int
    posts: int
    per_post: Span


@dataclass(frozen=True, slots=True)
class Lacks:
    """Readers who could have more posts, and posts (by id) nobody reads."""

    readers: int
    posts: tuple[int, ...]

    def __bool__(self) -> bool:
        return bool(self.readers or self.posts)


def figures_of(standing: Standing) -> Figures:
    seated = [given for given in standing.given if standing.seats(given)]
    teams = {(given.post, standing.readers[given.reader].team) for given in seated}
    return Figures(
        readers=_span(standing.cards, (given.post for given in standing.given)),
        posts=_span(standing.readers, (given.reader for given in seated)),
        own_team=sum(standing.readers[g.reader].team == standing.cards[g.post].team for g in seated),
        teams=_span(standing.cards, (post for post, _ in teams)),
    )


def preview_of(standing: Standing) -> Preview:
    each = [_most(standing, reader) for reader in standing.readers]
    low, rest = divmod(sum(each), max(len(standing.cards), 1))
    return Preview(
        readers=len(each),
        each=Span(min(each, default=0), max(each, default=0)),
        reviews=sum(each),
        posts=len(standing.cards),
        per_post=Span(low, low + bool(rest)),
    )


def lacks_of(standing: Standing) -> Lacks:
    has = Counter(given.reader for given in standing.given if standing.seats(given))
    read = {given.post for given in standing.given}
    short = [r for r in standing.readers.values() if has[r.id] < r.wanted and has[r.id] < _most(standing, r.id)]
    return Lacks(len(short), tuple(post for post in standing.cards if post not in read))


def _most(standing: Standing, reader: int) -> int:
    """How many posts the reader can be dealt."""
    return min(standing.readers[reader].wanted, sum(standing.fits(reader, post) for post in standing.cards))


def _span(of: Iterable[int], met: Iterable[int]) -> Span:
    counts = Counter(met)
    found = [counts[key] for key in of]
    return Span(min(found, default=0), max(found, default=0))
