"""Courses: the front page, a course's home, making a course."""

from blogreview.courses.routes import bp

blueprints = (bp,)
