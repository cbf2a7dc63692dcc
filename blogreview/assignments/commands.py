from __future__ import annotations

from blogreview.assignments.rubric_commands import add_default_rubric, copy_rubric

__all__ = ["add_default_rubric", "copy_rubric"]
