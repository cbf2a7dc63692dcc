"""Who reviews what."""

from blogreview.allocation.routes import bp

blueprints = (bp,)
