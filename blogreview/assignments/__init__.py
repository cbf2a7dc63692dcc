"""Assignments: questions, rubric, deadlines, phases."""

from blogreview.assignments.routes import bp

blueprints = (bp,)
