"""Assignments: questions, rubric, deadlines, phases."""

from blogreview.assignments import extension_routes, routes, rubric_routes

blueprints = tuple(dict.fromkeys(module.bp for module in (routes, rubric_routes, extension_routes)))
