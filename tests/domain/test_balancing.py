"""The table of a deal in the making."""

from blogreview.domain.balancing import Table, balance


def table_of(hands: dict[int, list[int]], team_of: dict[int, int | None], posts: range) -> Table:
    table = Table(dict.fromkeys(posts, 0), team_of, may_exchange=lambda *exchange: len(exchange) == 3)
    for reader, hand in hands.items():
        for post in hand:
            table.give(reader, post)
    return table


def test_a_moved_review_takes_the_place_of_the_old_one():
    table = table_of({1: [10, 11, 12], 2: [11]}, {1: 1, 2: 2}, range(10, 14))

    table.move(1, 11, 13)

    assert table.hands == {1: [10, 13, 12], 2: [11]}
    assert table.readers == {10: [1], 11: [2], 12: [1], 13: [1]}
    assert table.load == {10: 1, 11: 1, 12: 1, 13: 1}


def test_a_post_fits_apart_only_while_no_teammate_has_it():
    table = table_of({1: [10], 2: [11]}, {1: 7, 2: 7}, range(10, 13))

    assert (table.fits(1, 10, 11), table.fits_apart(1, 10, 11)) == (True, False)
    table.move(2, 11, 12)
    assert (table.fits_apart(1, 10, 11), table.fits_apart(1, 10, 12)) == (True, False)


def test_a_post_in_the_hand_does_not_fit():
    table = table_of({1: [10, 11]}, {1: 7}, range(10, 12))

    assert not table.fits(1, 10, 11)


def test_a_review_is_moved_over_others_where_no_reader_can_move_it_at_once():
    chain = {(1, 10, 11), (4, 11, 12)}
    team_of: dict[int, int | None] = {1: 1, 2: 2, 3: 3, 4: 4}
    table = Table({10: 0, 11: 0, 12: 0}, team_of, may_exchange=lambda *exchange: exchange in chain)
    for reader, post in ((1, 10), (2, 10), (3, 11), (4, 11), (3, 10)):
        table.give(reader, post)

    balance(table, table.fits)

    assert table.hands == {1: [11], 2: [10], 3: [11, 10], 4: [12]}
    assert table.load == {10: 2, 11: 2, 12: 1}
