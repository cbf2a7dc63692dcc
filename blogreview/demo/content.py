"""The words of the demo, read from files: people, posts, comments, replies. All invented."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from blogreview.domain.terms import CommentKind

FOLDER = Path(__file__).parent / "content"
#: The earlier assignment, and the one being reviewed.
EARLIER, CURRENT = "kundedialog", "strategi"


@dataclass(frozen=True, slots=True)
class PostText:
    """One team's post: its title, and an answer per question in Markdown."""

    title: str
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment somebody may write on one criterion."""

    criterion: str
    kind: CommentKind
    text: str
    quote: str | None = None


@cache
def _json(name: str) -> Any:
    return json.loads((FOLDER / name).read_text(encoding="utf-8"))


def people() -> dict[str, Any]:
    """``teacher`` and ``teams``; a team has slug, name and members, a person name and email."""
    found: dict[str, Any] = _json("people.json")
    return found


def post_text(assignment: str, team: str) -> PostText:
    source = (FOLDER / assignment / f"{team}.md").read_text(encoding="utf-8")
    head, *answers = re.split(r"^## \d+$", source, flags=re.MULTILINE)
    return PostText(head.strip().removeprefix("#").strip(), tuple(answer.strip() for answer in answers))


def picture(name: str) -> bytes:
    return (FOLDER / CURRENT / name).read_bytes()


def own_remarks(assignment: str, team: str) -> list[Remark]:
    """What was written about this very post."""
    return [
        Remark(row["criterion"], CommentKind(row["kind"]), row["text"], row["quote"])
        for row in _json(f"{assignment}/{team}.json")
    ]


def shared_remarks() -> list[Remark]:
    """What could be said of any post."""
    return [
        Remark(criterion, CommentKind(kind), text)
        for criterion, kinds in _json("shared_comments.json").items()
        for kind, texts in kinds.items()
        for text in texts
    ]


def replies() -> tuple[list[str], list[str]]:
    """What classmates write under a post, and what its authors answer."""
    found = _json("replies.json")
    return found["replies"], found["answers"]
