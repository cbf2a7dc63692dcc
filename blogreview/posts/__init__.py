"""A team's post: drafts, publishing, reading, images."""

from blogreview.posts import edit_routes, hiding_routes, media_routes, saving_routes
from blogreview.posts.routes import bp

# Loaded because each puts its routes on the one blueprint.
__all__ = ["blueprints", "edit_routes", "hiding_routes", "saving_routes"]

blueprints = (bp, media_routes.bp)
