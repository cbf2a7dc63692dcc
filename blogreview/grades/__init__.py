"""The teacher's decision: the sheet, the grade, its release."""

from blogreview.grades.routes import bp

blueprints = (bp,)
