"""A deal after the first: what is done and promised counts, and nothing held moves."""

from statistics import fmean

from benchmarks.dropouts import thin_posts
from blogreview.domain.allocation import Card, Reader, deal
from tests.domain.allocation_reference import components

CLASS = range(1, 7)


def test_a_volunteer_gets_the_least_read_post():
    cards = [Card(post=post, team=post, load=3 - (post == 4)) for post in CLASS]

    assert deal(cards, [Reader(id=1, team=1, wanted=1)], seed=0).pairs == ((1, 4),)


def test_the_least_read_post_goes_to_someone_else_when_it_is_the_readers_own_or_held():
    cards = [Card(post=1, team=1), Card(post=2, team=2, load=1), Card(post=3, team=3, load=2)]
    volunteer = Reader(id=9, team=1, wanted=1, held=frozenset({2}))

    assert deal(cards, [volunteer], seed=0).pairs == ((9, 3),)


def test_a_volunteer_gets_another_post_than_a_teammate_has():
    cards = [Card(post=1, team=1), *(Card(post=post, team=post, load=1) for post in (2, 3, 4, 5))]
    team = [Reader(id=8, team=1, wanted=0, held=frozenset({2, 3, 5})), Reader(id=9, team=1, wanted=1)]

    assert {deal(cards, team, seed=seed).pairs for seed in range(10)} == {((9, 4),)}


def test_a_late_post_gets_its_share_from_readers_who_keep_what_they_hold():
    cards = [Card(post=post, team=post, load=0 if post == 6 else 2) for post in CLASS]
    held = {post: frozenset({post % 5 + 1, (post + 1) % 5 + 1}) for post in range(1, 6)}
    readers = [Reader(id=post, team=post, wanted=int(post < 3), held=held[post]) for post in held]

    assert deal(cards, readers, seed=0).pairs == ((1, 6), (2, 6))


def test_promised_reviews_are_made_up_for_before_anyone_gets_one_more():
    cards = [Card(post=post, team=post, load=post % 3) for post in CLASS]
    readers = [Reader(id=post, team=post, wanted=1) for post in CLASS]

    pairs = deal(cards, readers, seed=8).pairs

    assert [card.load + sum(post == card.post for _, post in pairs) for card in cards] == [2] * 6


def test_two_circles_of_held_posts_are_linked_by_two_new_pairs():
    circles = (1, 2, 3, 4), (5, 6, 7, 8)
    held = {each: frozenset({circle[at - 3], circle[at - 2]}) for circle in circles for at, each in enumerate(circle)}
    cards = [Card(post=post, team=post, load=2) for post in held]
    readers = [Reader(id=each, team=each, wanted=int(each in (1, 5)), held=held[each]) for each in held]
    before = [(reader, post) for reader, posts in held.items() for post in posts]

    assert components(before) == 2
    assert {components([*before, *deal(cards, readers, seed=seed).pairs]) for seed in range(100)} == {1}


def test_one_more_deal_leaves_hardly_a_post_with_fewer_than_three_reviews():
    thin = [thin_posts(seed) for seed in range(100)]

    assert fmean(row.before for row in thin) > 5
    assert fmean(row.after for row in thin) <= 0.2
