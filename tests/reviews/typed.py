"""What a reviewer types, as the form sends it."""

from __future__ import annotations

from typing import Any

from tests.world import World

CRITERIA = ("goals", "guidelines", "examples", "positioning")


def typed(world: World, version: int = 0, **criteria: dict[str, Any]) -> dict[str, str]:
    """``typed(world, goals={"level": 3, "changes": ["Tell dem."]})``: fields of those criteria, nothing in the rest.

    A comment is its text, or a pair (text, quote), or a triple (text, quote, public id).
    """
    fields = {"version": str(version)}
    for key, said in criteria.items():
        prefix = f"c{world.criteria[key]}"
        fields[f"{prefix}-level"] = str(said.get("level", ""))
        for name in ("strengths", "changes"):
            for row, comment in enumerate(said.get(name, ())):
                parts = (comment,) if isinstance(comment, str) else comment
                fields |= dict(
                    zip((f"{prefix}-{name}-{row}-{part}" for part in ("text", "quote", "comment")), parts, strict=False)
                )
    return fields


def complete(world: World, version: int = 0, **changed: dict[str, Any]) -> dict[str, str]:
    """Everything a review must have, and no more."""
    whole = {key: {"level": 3, "changes": [f"Vis oss mer om {key}."]} for key in CRITERIA}
    return typed(world, version, **(whole | changed))
