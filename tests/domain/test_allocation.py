"""Who reviews what: the rules every deal keeps."""

from collections import Counter
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.allocation import plain_class
from blogreview.domain.allocation import Card, Deal, Reader, deal
from tests.domain.allocation_reference import components, fitting, optimum, outcome, tight_class


def loads(cards: list[Card], dealt: Deal) -> dict[int, int]:
    new = Counter(post for _, post in dealt.pairs)
    return {card.post: card.load + new[card.post] for card in cards}


def posts_of(dealt: Deal, reader: int) -> set[int]:
    return {post for each, post in dealt.pairs if each == reader}


THREE = [Card(post=10, team=1), Card(post=20, team=2), Card(post=30, team=3)]


def test_three_teams_who_read_all_the_others_read_all_the_others():
    readers = [Reader(id=100, team=1, wanted=2), Reader(id=200, team=2, wanted=2), Reader(id=300, team=3, wanted=2)]

    dealt = deal(THREE, readers, seed=7)

    assert sorted(dealt.pairs) == [(100, 20), (100, 30), (200, 10), (200, 30), (300, 10), (300, 20)]
    assert (dealt.short, dealt.seed, dealt.version) == ((), 7, 1)


def test_whoever_wants_more_than_fits_is_named_and_gets_what_fits():
    readers = [
        Reader(id=100, team=1, wanted=3),
        Reader(id=200, team=2, wanted=1, held=frozenset({10}), avoid=frozenset({30})),
        Reader(id=300, team=None, wanted=3),
        Reader(id=400, team=3, wanted=0),
    ]

    dealt = deal(THREE, readers, seed=1)

    assert sorted(dealt.pairs) == [(100, 20), (100, 30), (300, 10), (300, 20), (300, 30)]
    assert dealt.short == (100, 200)


def test_nobody_to_deal_to_or_nothing_to_deal_is_an_empty_deal():
    assert deal(THREE, [], seed=0) == Deal(pairs=(), short=(), seed=0)
    assert deal([], [Reader(id=1, team=None, wanted=1)], seed=0) == Deal(pairs=(), short=(1,), seed=0)


def test_the_same_post_or_reader_twice_is_refused():
    reader = Reader(id=1, team=None, wanted=1)
    with pytest.raises(ValueError, match="twice"):
        deal([*THREE, Card(post=10, team=4)], [reader], seed=0)
    with pytest.raises(ValueError, match="twice"):
        deal(THREE, [reader, reader], seed=0)


@given(st.integers(0, 10**6))
def test_no_deal_breaks_a_rule_or_leaves_out_what_fits(seed):
    cards, readers = tight_class(seed)

    dealt = deal(cards, readers, seed=seed)

    assert len(set(dealt.pairs)) == len(dealt.pairs)
    for reader in readers:
        fits = {card.post for card in fitting(reader, cards)}
        unseen = {card.post for card in fitting(reader, cards) if card.team not in reader.seen_teams}
        got = posts_of(dealt, reader.id)
        assert got <= fits
        assert len(got) == min(reader.wanted, len(fits))
        assert len(got & unseen) == min(reader.wanted, len(unseen))
        assert (reader.id in dealt.short) == (len(got) < reader.wanted)


def test_four_hundred_tight_classes_are_as_even_as_a_min_cost_flow_makes_them():
    for seed in range(400):
        cards, readers = tight_class(seed)
        pairs = deal(cards, readers, seed=seed).pairs
        assert outcome(pairs, cards, readers) == optimum(cards, readers), seed


@pytest.mark.parametrize("people, team_size, each", [(30, 1, 2), (96, 4, 3), (96, 4, 5), (300, 1, 5), (40, 5, 3)])
def test_an_ordinary_class_is_dealt_evenly_in_one_component(people, team_size, each):
    cards, readers = plain_class(people, team_size, each)
    for seed in range(10):
        dealt = deal(cards, readers, seed=seed)
        assert set(loads(cards, dealt).values()) == {team_size * each}
        assert components(dealt.pairs) == 1


@given(st.lists(st.integers(1, 8), min_size=4, max_size=9), st.integers(2, 3), st.integers(0, 10**6))
def test_four_teams_of_any_size_become_one_component_with_two_posts_each(sizes, each, seed):
    teams = [team for team, size in enumerate(sizes) for _ in range(size)]
    cards = [Card(post=team, team=team) for team in range(len(sizes))]
    readers = [Reader(id=person, team=team, wanted=each) for person, team in enumerate(teams)]

    assert components(deal(cards, readers, seed=seed).pairs) == 1


def test_small_circles_are_joined_for_every_seed():
    cards, readers = plain_class(people=12, team_size=1, each=2)
    assert {components(deal(cards, readers, seed=seed).pairs) for seed in range(300)} == {1}


def test_two_sections_kept_apart_stay_two_components():
    cards, readers = plain_class(people=20, team_size=1, each=3)
    sections = frozenset(range(10)), frozenset(range(10, 20))
    readers = [replace(reader, avoid=sections[reader.id < 10]) for reader in readers]

    dealt = deal(cards, readers, seed=3)

    assert (set(loads(cards, dealt).values()), components(dealt.pairs)) == ({3}, 2)


def test_a_seed_deals_the_same_whatever_the_order_and_another_seed_otherwise():
    cards, readers = plain_class(people=96, team_size=4, each=3)

    assert deal(cards, readers, seed=5) == deal(cards[::-1], readers[::-1], seed=5)
    assert deal(cards, readers, seed=5).pairs != deal(cards, readers, seed=6).pairs


def test_version_one_deals_as_it_always_did():
    cards, readers = plain_class(people=8, team_size=2, each=2)

    assert deal(cards, readers, seed=1) == Deal(
        pairs=(
            (0, 3), (0, 2), (1, 2), (1, 0), (2, 0), (2, 1), (3, 1), (3, 0),
            (4, 1), (4, 3), (5, 3), (5, 2), (6, 3), (6, 0), (7, 2), (7, 1),
        ),
        short=(),
        seed=1,
        version=1,
    )


def test_pairs_come_by_reader_and_posts_in_no_order_of_their_own():
    dealt = deal(*plain_class(people=96, team_size=4, each=3), seed=2)

    assert [reader for reader, _ in dealt.pairs] == [reader for reader in range(96) for _ in range(3)]
    ascending = sum(one[1] < other[1] for one, other in pairwise(dealt.pairs) if one[0] == other[0])
    assert 60 < ascending < 132  # of 192


def test_a_seen_team_comes_only_when_no_other_fits():
    cards = [Card(post=team, team=team) for team in range(1, 6)]
    readers = [
        Reader(id=1, team=1, wanted=2, seen_teams=frozenset({2, 3})),
        Reader(id=2, team=2, wanted=3, seen_teams=frozenset({1, 3})),
    ]

    dealt = deal(cards, readers, seed=4)

    assert posts_of(dealt, 1) == {4, 5}
    assert posts_of(dealt, 2) > {4, 5}


@pytest.mark.parametrize("people, team_size, each", [(96, 4, 3), (96, 4, 5), (100, 5, 3)])
def test_every_reader_of_a_post_is_from_another_team_where_the_teams_suffice(people, team_size, each):
    cards, readers = plain_class(people, team_size, each)
    teams = len(cards)
    for seed in range(20):
        pairs = deal(cards, readers, seed=seed).pairs
        assert len({(reader % teams, post) for reader, post in pairs}) == people * each


def test_teammates_may_share_posts_where_the_teacher_says_so():
    cards, readers = plain_class(people=96, team_size=4, each=3)

    pairs = deal(cards, readers, seed=0, diverse_teams=False).pairs

    assert len({(reader % 24, post) for reader, post in pairs}) < 288


def test_a_team_too_large_for_different_posts_spreads_over_all_of_them():
    cards = [Card(post=team, team=team) for team in range(1, 6)]
    readers = [Reader(id=person, team=1, wanted=2) for person in range(6)]

    assert loads(cards, deal(cards, readers, seed=0)) == {1: 0, 2: 3, 3: 3, 4: 3, 5: 3}
