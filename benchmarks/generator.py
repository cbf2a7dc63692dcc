"""Simulated classes in which the true quality of every post is known.

Reviewers are careful, harsh, kind, lazy (nearly always the top level) or random. The order of the draws is
fixed, so that a seed always gives the same class and published figures can be compared.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

CRITERIA = 4
CAREFUL, HARSH, KIND, LAZY, RANDOM = range(5)
SHARES = {
    "honest": (1.0, 0.0, 0.0, 0.0, 0.0),
    "mixed": (0.60, 0.12, 0.10, 0.12, 0.06),
    "hostile": (0.40, 0.10, 0.10, 0.30, 0.10),
}
AVERAGE, SPREAD, COMMON_SHARE, HALO = 2.6, 0.65, 0.6, 0.25

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Reviewers:
    """One per post, its author."""

    kind: Ints
    leniency: Floats
    noise: Floats
    """The standard deviation of a single score."""


@dataclass(frozen=True, slots=True, eq=False)
class SimulatedClass:
    """Scores as flat arrays, and what they ought to say."""

    reviewer: Ints
    post: Ints
    criterion: Ints
    value: Floats
    truth: Floats
    """(posts, criteria) on the scale 1–4."""
    kind: Ints
    """(reviewers,)"""


def simulate(posts: int, reviews_each: int, scenario: str, seed: int) -> SimulatedClass:
    """A class of one reviewer per post, each writing and each post receiving ``reviews_each`` reviews."""
    draw = np.random.default_rng(seed)
    truth = _qualities(draw, posts)
    reviewers = _reviewers(draw, posts, SHARES[scenario])
    reviewer, post = _deal(draw, posts, reviews_each)
    value = _scores(draw, truth[post], reviewers, reviewer)
    return SimulatedClass(
        np.repeat(reviewer, CRITERIA),
        np.repeat(post, CRITERIA),
        np.tile(np.arange(CRITERIA), reviewer.size),
        value.ravel(),
        truth,
        reviewers.kind,
    )


def _qualities(draw: np.random.Generator, posts: int) -> Floats:
    common = draw.normal(size=(posts, 1))
    own = draw.normal(size=(posts, CRITERIA))
    mixed = np.sqrt(COMMON_SHARE) * common + np.sqrt(1 - COMMON_SHARE) * own
    truth: Floats = np.clip(AVERAGE + SPREAD * mixed, 1, 4)
    return truth


def _reviewers(draw: np.random.Generator, count: int, shares: tuple[float, ...]) -> Reviewers:
    kind = draw.choice(len(shares), size=count, p=shares)
    leniencies = [draw.normal(*spread, count) for spread in ((0.05, 0.30), (-0.8, 0.2), (0.7, 0.2))]
    leniencies += [np.zeros(count)] * 2
    noise = np.where(kind == CAREFUL, draw.uniform(0.35, 0.75, count), draw.uniform(0.4, 0.8, count))
    return Reviewers(kind, np.choose(kind, leniencies), noise)


def _deal(draw: np.random.Generator, posts: int, reviews_each: int) -> tuple[Ints, Ints]:
    """Posts in a random ring; everyone reviews those at the same distances ahead of their own."""
    distances = np.sort(draw.choice(np.arange(1, posts), size=min(reviews_each, posts - 1), replace=False))
    ring = draw.permutation(posts)
    place = np.argsort(ring)
    laps = [ring[(place + distance) % posts] for distance in distances]
    return np.tile(np.arange(posts), len(laps)), np.concatenate(laps)


def _scores(draw: np.random.Generator, truth: Floats, reviewers: Reviewers, reviewer: Ints) -> Floats:
    """(reviews, criteria) what the reviewers of these reviews give posts of these qualities."""
    halo = draw.normal(0, HALO, (reviewer.size, 1))
    noise = draw.normal(size=truth.shape) * reviewers.noise[reviewer, None]
    seen = np.clip(np.rint(truth + reviewers.leniency[reviewer, None] + halo + noise), 1, 4)
    careless = np.where(draw.random(truth.shape) < 0.92, 4, 3)
    arbitrary = draw.integers(1, 5, truth.shape)
    kind = reviewers.kind[reviewer, None]
    return np.select([kind == LAZY, kind == RANDOM], [careless, arbitrary], seen).astype(np.float64)
