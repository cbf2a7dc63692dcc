"""The teacher's page over all teams."""

from blogreview.overview.routes import bp

blueprints = (bp,)
