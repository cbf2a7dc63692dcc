"""Courses: making one, finding them."""

from blogreview.courses.routes import bp

blueprints = (bp,)
