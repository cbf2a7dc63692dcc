"""How long a deal takes, how near it comes to the best there is, and what a second one mends.

``python -m benchmarks.allocation`` prints the figures and says whether each promise holds; ``--quick`` leaves
out the largest classes, measures a tenth of the rest, and gives no verdict.
"""

import argparse
import statistics
import time
from collections import Counter

from benchmarks.dropouts import GONE, LATE, thin_posts
from blogreview.domain.allocation import Card, Deal, Reader, deal
from tests.domain.allocation_reference import components, optimum, outcome, tight_class

#: people, people in a team, posts each is to read -> the most processor seconds promised
CLASSES = {
    (96, 4, 3): 0.05,
    (300, 1, 5): 0.05,
    (300, 4, 5): 0.05,
    (100_000, 1, 5): 10.0,
    (100_000, 4, 5): 10.0,
}
MOST_THIN = 0.2


def plain_class(people: int, team_size: int, each: int) -> tuple[list[Card], list[Reader]]:
    teams = people // team_size
    readers = [Reader(id=person, team=person % teams, wanted=each) for person in range(people)]
    return [Card(post=team, team=team) for team in range(teams)], readers


def timed_deal(cards: list[Card], readers: list[Reader], seed: int) -> tuple[Deal, float]:
    start = time.process_time()
    dealt = deal(cards, readers, seed=seed)
    return dealt, time.process_time() - start


def optimal(classes: int) -> int:
    """In how many tight classes a deal is as good as a min-cost flow."""
    same = 0
    for seed in range(classes):
        cards, readers = tight_class(seed)
        same += outcome(deal(cards, readers, seed=seed).pairs, cards, readers) == optimum(cards, readers)
    return same


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="no large class, a tenth of the rest, and no verdict")
    quick = parser.parse_args().quick
    share = 10 if quick else 1
    kept = [_print_class(*shape, most) for shape, most in CLASSES.items() if not quick or shape[0] < 1_000]
    kept += [_print_optimum(400 // share), _print_thin(1_000 // share)]
    if not quick:
        print("Every promise holds." if all(kept) else "Not every promise holds.")
        raise SystemExit(0 if all(kept) else 1)


def _print_class(people: int, team_size: int, each: int, most: float) -> bool:
    cards, readers = plain_class(people, team_size, each)
    deals = [timed_deal(cards, readers, seed) for seed in range(15 if people < 1_000 else 1)]
    seconds = statistics.median(taken for _, taken in deals)
    pairs = deals[0][0].pairs
    load = Counter(post for _, post in pairs)
    low, high, parts = min(load[card.post] for card in cards), max(load.values()), components(pairs)
    print(f"{people:,} people in teams of {team_size} × {each}: ", end="")
    print(f"{seconds * 1000:,.1f} ms (at most {most * 1000:,.0f}), {low}-{high} readers a post, {parts} component")
    return seconds <= most and high - low <= 1 and parts == 1


def _print_optimum(classes: int) -> bool:
    same = optimal(classes)
    print(f"as even as a min-cost flow in {same} of {classes} tight classes")
    return same == classes


def _print_thin(classes: int) -> bool:
    print(f"30 posts × 4, {GONE} people gone, {LATE} posts late: posts with under three reviews, {classes} classes")
    silent = _print_thin_row("those gone began nothing", classes, opened=0.0)
    _print_thin_row("half of them sit on one they opened", classes, opened=0.5)
    return silent <= MOST_THIN


def _print_thin_row(label: str, classes: int, opened: float) -> float:
    thin = [thin_posts(seed, opened=opened) for seed in range(classes)]
    before, after = statistics.fmean(row.before for row in thin), statistics.fmean(row.after for row in thin)
    print(f"  {label}: {before:.2f}, after one more deal {after:.3f} (at most {MOST_THIN})")
    return after


if __name__ == "__main__":
    main()
