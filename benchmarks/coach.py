"""How well the coach reads a file of labelled comments: ``python -m benchmarks.coach FILE``.

One JSON object a line: ``id``, ``lang``, ``text`` and the four labels. Prints precision, recall and F1.
"""

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from blogreview.domain.coach import read

LABELS = ("praise_only", "localised", "reason", "suggestion")


@dataclass(frozen=True)
class Score:
    """Hits, false alarms and misses of one label."""

    hits: int
    alarms: int
    misses: int

    @property
    def precision(self) -> float:
        return self.hits / max(self.hits + self.alarms, 1)

    @property
    def recall(self) -> float:
        return self.hits / max(self.hits + self.misses, 1)

    @property
    def f1(self) -> float:
        return 2 * self.hits / max(2 * self.hits + self.alarms + self.misses, 1)


def load(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def score(comments: Iterable[Mapping[str, Any]], label: str) -> Score:
    pairs = [(comment[label], getattr(read(comment["text"]), label)) for comment in comments]
    return Score(pairs.count((True, True)), pairs.count((False, True)), pairs.count((True, False)))


def macro_f1(comments: Sequence[Mapping[str, Any]]) -> float:
    return sum(score(comments, label).f1 for label in LABELS) / len(LABELS)


def report(comments: Sequence[Mapping[str, Any]]) -> str:
    lines = [f"{'':<4}{'label':<12}{'n':>5}{'P':>7}{'R':>7}{'F1':>7}"]
    for language in ["all", *sorted({comment["lang"] for comment in comments})]:
        spoken = [comment for comment in comments if language in ("all", comment["lang"])]
        lines += [_line(language, label, score(spoken, label)) for label in LABELS]
        lines.append(f"{language:<4}{'macro':<12}{len(spoken):>5}{macro_f1(spoken):>21.3f}")
    return "\n".join(lines)


def _line(language: str, label: str, found: Score) -> str:
    figures = f"{found.precision:7.3f}{found.recall:7.3f}{found.f1:7.3f}"
    return f"{language:<4}{label:<12}{found.hits + found.misses:>5}{figures}"


if __name__ == "__main__":
    print(report(load(Path(sys.argv[1]))))
