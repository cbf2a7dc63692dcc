"""Small classes with little room, and what a graph library says of them and of a deal."""

import random
from collections.abc import Collection, Sequence

import networkx as nx

from blogreview.domain.allocation import Card, Reader

SEEN_COSTS = 10_000  # more than any evenness is worth


def tight_class(seed: int) -> tuple[list[Card], list[Reader]]:
    """Return 3-8 posts and 3-12 readers with uneven teams, closed posts, seen teams and earlier reviews."""
    rng = random.Random(seed)
    posts = range(1, rng.randint(3, 8) + 1)
    readers = [_tight_reader(rng, reader, posts) for reader in range(1, rng.randint(3, 12) + 1)]
    held = [post for reader in readers for post in reader.held]
    return [Card(post, post, held.count(post) + rng.choice((0, 0, 0, 1, 3))) for post in posts], readers


def _tight_reader(rng: random.Random, reader: int, posts: Sequence[int]) -> Reader:
    team = rng.choice((None, *posts, 1, 1, 2))
    return Reader(
        id=reader,
        team=team,
        wanted=rng.randint(0, 4),
        held=_some(rng, [post for post in posts if post != team], 0.15),
        avoid=_some(rng, posts, rng.choice((0, 0.4, 0.7))),
        seen_teams=_some(rng, posts, rng.choice((0, 0.5))),
    )


def _some(rng: random.Random, posts: Collection[int], share: float) -> frozenset[int]:
    return frozenset(post for post in posts if rng.random() < share)


def fitting(reader: Reader, cards: Collection[Card]) -> list[Card]:
    closed = reader.held | reader.avoid
    return [card for card in cards if card.team != reader.team and card.post not in closed]


def optimum(cards: Collection[Card], readers: Collection[Reader]) -> tuple[int, int, int]:
    """Return the most pairs there can be, then the fewest of seen teams, then the least sum of squared loads."""
    graph = nx.MultiDiGraph()
    dealt = 0
    for reader in readers:
        fits = fitting(reader, cards)
        share = min(reader.wanted, len(fits))
        dealt += share
        graph.add_node(("reader", reader.id), demand=-share)
        for card in fits:
            cost = SEEN_COSTS * (card.team in reader.seen_teams)
            graph.add_edge(("reader", reader.id), ("post", card.post), capacity=1, weight=cost)
    for card in cards:
        for load in range(card.load, card.load + len(readers)):
            graph.add_edge(("post", card.post), "pile", capacity=1, weight=2 * load + 1)
    graph.add_node("pile", demand=dealt)
    cost, _ = nx.network_simplex(graph)
    seen, added = divmod(cost, SEEN_COSTS)
    return dealt, seen, added + sum(card.load**2 for card in cards)


def outcome(
    pairs: Collection[tuple[int, int]], cards: Collection[Card], readers: Collection[Reader]
) -> tuple[int, int, int]:
    """Return of a deal what `optimum` returns of the class."""
    by_id = {reader.id: reader for reader in readers}
    team_of = {card.post: card.team for card in cards}
    seen = sum(team_of[post] in by_id[reader].seen_teams for reader, post in pairs)
    dealt = [post for _, post in pairs]
    return len(pairs), seen, sum((card.load + dealt.count(card.post)) ** 2 for card in cards)


def components(pairs: Collection[tuple[int, int]]) -> int:
    """Return how many parts the graph of readers and posts falls into."""
    graph = nx.Graph([(("reader", reader), ("post", post)) for reader, post in pairs])
    return nx.number_connected_components(graph)
