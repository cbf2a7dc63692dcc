"""What a team reads of its readers."""

from blogreview.feedback.routes import bp

blueprints = (bp,)
