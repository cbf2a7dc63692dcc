"""How a post's readers are numbered for its team: nobody is known by when they came."""

from __future__ import annotations

from collections import Counter

from blogreview.allocation.changes import reader_numbers

POST, LATE = 7, 99
HELD = {POST: {11: 1, 12: 2, 13: 3}}
SEEDS = range(400)


def test_a_reader_who_comes_later_may_get_any_number_and_the_one_who_had_it_gets_the_free_one():
    drawn = [reader_numbers([(LATE, POST)], HELD, seed=seed, may_change=True) for seed in SEEDS]

    assert {tuple(sorted(numbers.items())) for numbers in drawn} == {
        (((LATE, POST), 4),),
        (((11, POST), 4), ((LATE, POST), 1)),
        (((12, POST), 4), ((LATE, POST), 2)),
        (((13, POST), 4), ((LATE, POST), 3)),
    }
    assert min(Counter(numbers[LATE, POST] for numbers in drawn).values()) > 70


def test_a_hole_is_filled_whoever_comes_to_stand_in_it():
    for seed in SEEDS:
        numbers = reader_numbers([(LATE, POST)], {POST: {11: 1, 13: 3}}, seed=seed, may_change=True)
        assert sorted(({11: 1, 13: 3} | {reader: n for (reader, _), n in numbers.items()}).values()) == [1, 2, 3]


def test_numbers_the_team_has_seen_stay():
    new = [(LATE, POST), (LATE + 1, POST)]
    drawn = [reader_numbers(new, HELD, seed=seed, may_change=False) for seed in SEEDS]

    assert {tuple(sorted(numbers.items())) for numbers in drawn} == {
        (((LATE, POST), 4), ((LATE + 1, POST), 5)),
        (((LATE, POST), 5), ((LATE + 1, POST), 4)),
    }


def test_several_new_ones_leave_everybody_a_number_of_their_own():
    for seed in SEEDS:
        numbers = reader_numbers([(n, POST) for n in range(20, 25)], HELD, seed=seed, may_change=True)
        standing = HELD[POST] | {reader: n for (reader, _), n in numbers.items()}
        assert sorted(standing.values()) == [*range(1, 9)]
        assert [n for (reader, _), n in numbers.items() if reader in HELD[POST] and n < 4] == []
