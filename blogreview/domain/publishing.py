"""A draft -> what keeps it from being published."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

MAX_TITLE = 200
"""Characters in a title. Forms refuse more."""

_UNDESCRIBED = re.compile(r"!\[\s*\]\(\s*<?image:[0-9a-f]{64}(?![0-9a-z#])")


class Lack(StrEnum):
    """What a draft must have before the class may see it."""

    TITLE = "title"
    ANSWER = "answer"
    DESCRIPTION = "description"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to put right.

    :param question: the key of the answer it is in; None: the title.
    """

    lack: Lack
    question: int | None = None


def findings(title: str, answers: Mapping[int, str]) -> tuple[Finding, ...]:
    """Everything that keeps the draft from being published, in the order it stands on the page.

    :param answers: question key -> Markdown, one per question of the assignment, in their order.
    """
    untitled = () if title.strip() else (Finding(Lack.TITLE),)
    lacks = ((question, lack) for question, body in answers.items() if (lack := _lack_of(body)))
    return (*untitled, *(Finding(lack, question) for question, lack in lacks))


def _lack_of(body: str) -> Lack | None:
    if not body.strip():
        return Lack.ANSWER
    return Lack.DESCRIPTION if _UNDESCRIBED.search(body) else None
