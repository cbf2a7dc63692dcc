"""Components joined by swaps that change no load."""

import random
from itertools import product

from blogreview.domain.balancing import Table
from blogreview.domain.joining import join
from tests.domain.allocation_reference import components


def table_of(hands: dict[int, list[int]], refused: frozenset[tuple[int, int]] = frozenset()) -> Table:
    """A table where a reader may have every post but those refused."""
    table = Table(
        load={post: 0 for hand in hands.values() for post in hand},
        team_of=dict.fromkeys(hands),
        may_exchange=lambda reader, old, new: old != new and (reader, new) not in refused,
    )
    for reader, hand in hands.items():
        for post in hand:
            table.give(reader, post)
    return table


def pairs_of(table: Table) -> list[tuple[int, int]]:
    return [(reader, post) for reader, hand in table.hands.items() for post in hand]


def nothing_held(table: Table) -> dict[int, tuple[int, ...]]:
    return dict.fromkeys(table.hands, ())


def test_a_reader_on_several_cycles_joins_several_trees():
    table = table_of({3: [5], 4: [6], 5: [7], 1: [1, 2, 3, 4], 2: [1, 2, 3, 4]})

    join(table, table.fits, nothing_held(table))

    assert components(pairs_of(table)) == 1


def test_trees_without_a_cycle_stay_as_they_are():
    table = table_of({1: [1, 2], 2: [3, 4]})

    join(table, table.fits, nothing_held(table))

    assert table.hands == {1: [1, 2], 2: [3, 4]}


def test_a_cycle_of_held_posts_has_nothing_to_give():
    table = table_of({1: [], 2: [], 3: [3]})

    join(table, table.fits, {1: (1, 2), 2: (1, 2), 3: ()})

    assert table.hands == {1: [], 2: [], 3: [3]}


def test_a_swap_takes_no_post_that_a_reader_may_not_have():
    circles = {1: [1, 2], 2: [1, 2], 3: [3, 4], 4: [3, 4]}
    table = table_of(circles, refused=frozenset(product((1, 2), (3, 4))))

    join(table, table.fits, nothing_held(table))

    assert table.hands == circles


def test_many_circles_become_one_though_half_of_the_posts_are_refused():
    hands = {reader: [reader // 3 * 3 + at for at in range(3)] for reader in range(30)}
    for seed in range(100):
        rng = random.Random(seed)
        refused = frozenset(pair for pair in product(hands, hands) if rng.random() < 0.5)
        table = table_of(hands, refused)

        join(table, table.fits, nothing_held(table))

        assert components(pairs_of(table)) == 1
        assert set(table.load.values()) == {3}
        assert all(len(set(hand)) == 3 for hand in table.hands.values())
        assert not refused & (set(pairs_of(table)) - {(each, post) for each, hand in hands.items() for post in hand})
