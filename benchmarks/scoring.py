"""How near the estimates come to the truth, and how long they take.

``python -m benchmarks.scoring`` prints the table and says of each promise whether it holds; ``--quick`` uses
a tenth of the classes, whose figures wander further from the published ones, and gives no verdict.
"""

import argparse
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from benchmarks.generator import CAREFUL, LAZY, SimulatedClass, simulate
from blogreview.domain.attention import LITTLE
from blogreview.domain.leniency import fit
from blogreview.domain.scores import ScoreArrays, Scored, ScoreTable, medians
from blogreview.domain.scoring import ClassArrays, estimate_arrays, estimate_class

Floats = NDArray[np.float64]

METHODS: dict[str, Callable[[ClassArrays], Floats]] = {
    "mean": lambda arrays: arrays.mean,
    "median": lambda arrays: arrays.median,
    "estimate": lambda arrays: arrays.estimate,
}


@dataclass(frozen=True, slots=True)
class Column:
    """A kind of class, how many of them to measure, and the (RMSE, tau) published for each method."""

    scenario: str
    posts: int
    reviews_each: int
    classes: int
    published: dict[str, tuple[float, float]]

    def draw(self, classes: int) -> Iterator[SimulatedClass]:
        return (simulate(self.posts, self.reviews_each, self.scenario, seed) for seed in range(classes))


def _column(kind: str, posts: int, each: int, classes: int, *published: tuple[float, float]) -> Column:
    return Column(kind, posts, each, classes, dict(zip(METHODS, published, strict=True)))


COLUMNS = (
    _column("honest", 8, 3, 200, (0.395, 0.70), (0.512, 0.69), (0.342, 0.73)),
    _column("honest", 30, 4, 60, (0.354, 0.72), (0.412, 0.71), (0.312, 0.74)),
    _column("mixed", 8, 3, 200, (0.530, 0.55), (0.673, 0.55), (0.427, 0.63)),
    _column("mixed", 30, 4, 60, (0.498, 0.55), (0.572, 0.55), (0.379, 0.67)),
    _column("mixed", 100, 4, 20, (0.495, 0.55), (0.571, 0.56), (0.370, 0.67)),
    _column("mixed", 1000, 5, 4, (0.460, 0.58), (0.603, 0.59), (0.334, 0.72)),
    _column("hostile", 30, 4, 60, (0.675, 0.42), (0.800, 0.39), (0.498, 0.58)),
)
MARGIN = 0.01
LEAST_AUC, MOST_FALSE_FLAGS = 0.93, 0.03
MOST_HELD, MOST_ANEW = 0.8, 1.3
MOST_TIMES_A_MEDIAN, MOST_SECONDS = 6.0, 0.1


def table_of(simulated: SimulatedClass) -> ScoreTable:
    return ScoreTable.of(ScoreArrays(simulated.reviewer, simulated.post, simulated.criterion, simulated.value))


def rmse(estimate: Floats, truth: Floats) -> float:
    """Over all cells of (criteria, posts) and (posts, criteria)."""
    return float(np.sqrt(np.mean((estimate.T - truth) ** 2)))


def kendall_tau(first: Floats, second: Floats) -> float:
    """Tau-b: how well two rankings agree, ties allowed."""
    one, other = (np.sign(ranks[:, None] - ranks) for ranks in (first, second))
    return float((one * other).sum() / np.sqrt((one**2).sum() * (other**2).sum()))


def accuracy(column: Column, classes: int) -> dict[str, tuple[float, float]]:
    """(RMSE, tau) of each method, averaged over the classes."""
    measured = [_errors(simulated) for simulated in column.draw(classes)]
    rows = zip(METHODS, np.mean(measured, axis=0).tolist(), strict=True)
    return {method: (error, tau) for method, (error, tau) in rows}


def area_under_curve(probability: Floats, kind: NDArray[np.int64]) -> float:
    """How often a careful reviewer is believed more than a lazy or random one; nan without both."""
    careful, careless = probability[kind == CAREFUL], probability[kind >= LAZY]
    if not careful.size or not careless.size:
        return float("nan")
    return float((np.sign(careful[:, None] - careless).mean() + 1) / 2)


def attention(classes: int) -> tuple[float, float]:
    """The area under the curve in mixed classes, and the share of honest reviewers who are flagged."""
    areas = [area_under_curve(*_probability(simulate(30, 4, "mixed", seed))) for seed in range(classes)]
    honest = [_probability(simulate(30, 4, "honest", seed))[0] < LITTLE for seed in range(classes)]
    return float(np.nanmean(areas)), float(np.mean(honest))


def influence(classes: int) -> tuple[float, float]:
    """How far one review going from all 1 to all 4 moves its post at most, in honest classes of 30 × 4.

    :return: in levels, with everyone counting alike, and with the weights found anew each time.
    """
    moves = [
        _moves(table_of(simulated), review)
        for simulated in (simulate(30, 4, "honest", seed) for seed in range(classes))
        for review in range(120)
    ]
    held, anew = np.max(moves, axis=0).tolist()
    return held, anew


def million() -> tuple[float, float]:
    """Processor seconds for a million scores of uneven reviews: their medians alone, and all estimates."""
    drawn = simulate(56_000, 5, "mixed", seed=0)
    order = np.random.default_rng(0).permutation(drawn.value.size)[:1_000_000]
    reviewer, post, criterion = (ids[order] for ids in (drawn.reviewer, drawn.post, drawn.criterion))
    scores = ScoreArrays(reviewer, post, criterion, drawn.value[order])
    rounds = [
        (
            _seconds(time.process_time, medians, scores.value, post * 4 + criterion, 4 * 56_000),
            _seconds(time.process_time, lambda: estimate_arrays(ScoreTable.of(scores))),
        )
        for _ in range(7)
    ]
    median, estimate = np.median(rounds, axis=0).tolist()
    return median, estimate


def five_hundred() -> float:
    """Processor seconds from the scores of 500 posts to every object of their estimates."""
    drawn = simulate(500, 4, "mixed", seed=0)
    columns = (drawn.reviewer, drawn.post, drawn.criterion.astype(str), drawn.value)
    scores = [Scored(*row) for row in zip(*(column.tolist() for column in columns), strict=True)]
    return statistics.median(_seconds(time.process_time, estimate_class, scores) for _ in range(7))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a tenth of the classes, and no verdict")
    quick = parser.parse_args().quick
    share = 10 if quick else 1
    kept = [_print_column(column, max(2, column.classes // share)) for column in COLUMNS]
    kept += [_print_attention(60 // share), _print_influence(10 // share), _print_times()]
    if not quick:
        print("Every promise holds." if all(kept) else "Not every promise holds.")
        raise SystemExit(0 if all(kept) else 1)


def _print_column(column: Column, classes: int) -> bool:
    measured = accuracy(column, classes)
    print(f"{column.scenario} {column.posts} × {column.reviews_each}, {classes} classes")
    for method, (error, tau) in measured.items():
        goal = column.published[method]
        print(f"  {method:9} RMSE {error:.3f} (published {goal[0]:.3f})   τ {tau:.3f} ({goal[1]:.2f})")
    (error, tau), goal = measured["estimate"], column.published["estimate"]
    return error <= min(goal[0] + MARGIN, measured["mean"][0]) and tau >= goal[1] - MARGIN


def _print_attention(classes: int) -> bool:
    area, flagged = attention(classes)
    print(f"attention: AUC {area:.3f} (at least {LEAST_AUC}), ", end="")
    print(f"honest reviewers flagged {flagged:.2%} (at most {MOST_FALSE_FLAGS:.0%})")
    return area >= LEAST_AUC and flagged <= MOST_FALSE_FLAGS


def _print_influence(classes: int) -> bool:
    held, anew = influence(classes)
    print(f"one review, all 1 to all 4, of four: moves its post by {held:.2f} levels (at most {MOST_HELD}), ")
    print(f"  with weights found anew by {anew:.2f} (at most {MOST_ANEW})")
    return held <= MOST_HELD and anew <= MOST_ANEW


def _print_times() -> bool:
    (median, estimate), seconds = million(), five_hundred()
    print(f"a million scores: {estimate:.2f} s, {estimate / median:.1f} × a median (at most 6)")
    print(f"500 posts: {seconds:.3f} s of processor time (at most {MOST_SECONDS})")
    return estimate <= MOST_TIMES_A_MEDIAN * median and seconds <= MOST_SECONDS


def _errors(simulated: SimulatedClass) -> list[tuple[float, float]]:
    arrays, truth = estimate_arrays(table_of(simulated)), simulated.truth
    found = [method(arrays) for method in METHODS.values()]
    return [(rmse(each, truth), kendall_tau(each.mean(axis=0), truth.mean(axis=1))) for each in found]


def _probability(simulated: SimulatedClass) -> tuple[Floats, NDArray[np.int64]]:
    return estimate_arrays(table_of(simulated)).probability, simulated.kind


def _moves(table: ScoreTable, review: int) -> tuple[float, float]:
    low, high = (_rewritten(table, review, value) for value in (1.0, 4.0))
    alike, post = np.ones(table.reviewer_ids.size), table.post[review]
    held = fit(high, alike).level - fit(low, alike).level
    anew = estimate_arrays(high).estimate - estimate_arrays(low).estimate
    return float(np.abs(held[:, post]).max()), float(np.abs(anew[:, post]).max())


def _rewritten(table: ScoreTable, review: int, score: float) -> ScoreTable:
    value = table.value.copy()
    value[:, review] = score
    return replace(table, value=value)


def _seconds(clock: Callable[[], float], work: Callable[..., object], *given: object) -> float:
    start = clock()
    work(*given)
    return clock() - start


if __name__ == "__main__":
    main()
