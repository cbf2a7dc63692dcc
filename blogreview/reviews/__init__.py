"""One reader's rubric judgement of one post."""

from blogreview.reviews.routes import bp

blueprints = (bp,)
