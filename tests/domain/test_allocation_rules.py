"""What a matrix made by hand breaks."""

import pytest

from benchmarks.allocation import plain_class
from blogreview.domain.allocation import Breach, Card, Reader, Rule, broken_rules, deal

CARDS = [Card(post=10, team=1), Card(post=20, team=2), Card(post=30, team=3)]
READERS = [
    Reader(id=100, team=1, wanted=2),
    Reader(id=200, team=2, wanted=2, avoid=frozenset({30})),
    Reader(id=300, team=3, wanted=2, held=frozenset({10})),
]


def test_a_deal_breaks_no_rule():
    cards, readers = plain_class(people=96, team_size=4, each=3)

    assert broken_rules(deal(cards, readers, seed=0).pairs, cards, readers) == ()


def test_an_empty_class_breaks_no_rule():
    assert broken_rules([], [], []) == ()


def test_every_broken_rule_is_named_where_it_is_broken():
    pairs = [(100, 10), (200, 30), (300, 10), (100, 20), (100, 20)]

    assert broken_rules(pairs, CARDS, READERS) == (
        Breach(Rule.OWN_TEAM, post=10, reader=100),
        Breach(Rule.KEPT_APART, post=30, reader=200),
        Breach(Rule.DUPLICATE, post=10, reader=300),
        Breach(Rule.DUPLICATE, post=20, reader=100),
    )


def test_an_own_post_kept_apart_breaks_two_rules():
    author = Reader(id=1, team=1, wanted=1, avoid=frozenset({10}))

    assert broken_rules([(1, 10)], CARDS[:1], [author]) == (
        Breach(Rule.OWN_TEAM, post=10, reader=1),
        Breach(Rule.KEPT_APART, post=10, reader=1),
    )


def test_a_reader_without_a_team_has_no_own_post():
    assert broken_rules([(1, 10)], CARDS[:1], [Reader(id=1, team=None, wanted=1)]) == ()


@pytest.mark.parametrize(
    "loads, uneven",
    [
        ((2, 2, 2), []),
        ((2, 3, 2), []),
        ((1, 3, 2), [10, 20]),
        ((0, 2, 2), [10]),
        ((4, 2, 2), [10]),
        ((0, 0, 9), [10, 20, 30]),
    ],
)
def test_posts_are_uneven_when_two_differ_by_more_than_one(loads, uneven):
    cards = [Card(card.post, card.team, load) for card, load in zip(CARDS, loads, strict=True)]

    assert broken_rules([], cards, READERS) == tuple(Breach(Rule.UNEVEN_LOAD, post) for post in uneven)


def test_a_moved_review_leaves_one_post_short_and_one_over():
    cards, readers = plain_class(people=96, team_size=4, each=3)
    pairs = list(deal(cards, readers, seed=0).pairs)
    reader, before = pairs[0]
    after = next(post for post in range(24) if post != reader % 24 and (reader, post) not in pairs)

    moved = broken_rules([(reader, after), *pairs[1:]], cards, readers)

    assert set(moved) == {Breach(Rule.UNEVEN_LOAD, before), Breach(Rule.UNEVEN_LOAD, after)}


def test_a_pair_of_strangers_is_an_error():
    with pytest.raises(KeyError):
        broken_rules([(999, 10)], CARDS, READERS)
    with pytest.raises(KeyError):
        broken_rules([(100, 99)], CARDS, READERS)
